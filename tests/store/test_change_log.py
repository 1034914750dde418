"""Nothing that writes records can forget the change log, and what is append-only stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import NOW, TODAY, a_client, a_desk, a_person, an_initiative, at, found, record, stranger
from changedesk.store.desk.database import Desk
from changedesk.store.ids import new_id
from changedesk.store.proving import check
from changedesk.store.schema.desk import RECORDS as FIRST_RECORDS
from changedesk.store.schema.people_side import PEOPLE_SIDE_TABLES
from changedesk.store.schema.service import SERVICE_TABLES
from changedesk.store.schema.working import WORKING_TABLES

RECORDS = (*FIRST_RECORDS, *WORKING_TABLES, *PEOPLE_SIDE_TABLES, *SERVICE_TABLES)
UNCHANGING = {"signature"}
GUARDED = "change_log.event|append-only"


def _one_of_each(desk: Desk) -> None:
    """One row at least in every table of records."""
    initiative = an_initiative().with_audience("all").with_target(80, TODAY).on(desk)
    a_person(desk, "pat", client="alder")
    record(
        desk,
        "activity",
        initiative_id=initiative,
        lane="delivery",
        phase="planning",
        title="Plan",
        planned_end="2026-11-01",
    )
    record(desk, "checklist", initiative_id=initiative, checkpoint="planning", lane="people", item="training_plan")
    record(
        desk, "signature", initiative_id=initiative, checkpoint="planning", lane="people", signer="x",
        signed_at=NOW.isoformat(), digest="d",
    )  # fmt: skip
    other = record(
        desk, "activity", initiative_id=initiative, lane="delivery", phase="execution", title="Build", planned_end="2026-11-02"
    )  # fmt: skip
    plan = found(desk, "SELECT id FROM activity WHERE title = 'Plan'")[0][0]
    of_initiative: dict[str, dict[str, Any]] = {
        "snapshot": {"day": "2026-11-20"},
        "risk": {"title": "r", "kind": "delivery"},
        "decision": {"title": "d", "touches_timing": 1, "touches_adoption": 0},
        "resistance": {"title": "r", "first_seen": "2026-11-20"},
        "workaround": {"title": "w", "first_seen": "2026-11-20"},
        "dependency": {"predecessor_id": plan, "successor_id": other, "kind": "FS", "lag_days": 0.0},
        "readiness": {"about": "sponsor", "item": "Has said so", "status": "unknown"},
        "contact_reason": {"reason": "Lost phone"},
        "stakeholder": {"name": "Dora"},
        "confidence": {"whose": "sponsor", "day": "2026-11-20", "score": 3},
        "behaviour": {"title": "One queue"},
        "expected_resistance": {"title": "Not mine"},
        "gap_mark": {"gap": "training"},
        "support_hours": {"day": "2026-11-20"},
        "security_exception": {"title": "Shared account", "opened_on": "2026-11-20"},
        "handover": {},
        "handover_item": {"item": "runbooks"},
        "exit_word": {"criterion": "activity", "said_at": NOW.isoformat(), "said_by": "x", "evidence": "seen"},
        "ticket": {"number": "T1", "opened_at": "2026-11-20T09:00:00Z"},
    }
    for table, values in of_initiative.items():
        record(desk, table, initiative_id=initiative, **values)
    service = record(desk, "service", client_id=a_client(desk), name="Mail")
    of_service: dict[str, dict[str, Any]] = {
        "agreement": {"kind": "SLA", "metric": "csat", "target": 80.0},
        "service_period": {"start_on": "2026-10-01", "end_on": "2026-10-31"},
        "service_signal": {"limitation": "Slow", "kind": "feedback", "day": "2026-11-20", "detail": "d"},
        "improvement": {"limitation": "Slow"},
    }
    for table, values in of_service.items():
        record(desk, table, service_id=service, **values)
    times = {"starts_at": "2026-11-26T07:00:00Z", "ends_at": "2026-11-26T15:00:00Z"}
    record(desk, "duty", client_id=a_client(desk), who="pat", **times)
    change = record(
        desk, "change_request", client_id=a_client(desk), number="C1", title="c", path="normal",
        planned_start="2026-11-20T09:00:00Z", planned_end="2026-11-20T10:00:00Z",
    )  # fmt: skip
    ticket = found(desk, "SELECT id FROM ticket")[0][0]
    record(
        desk, "ticket_cause", ticket_id=ticket, change_id=change, reason="r", linked_at=NOW.isoformat(), linked_by="x"
    )  # fmt: skip
    benefit = record(desk, "benefit", initiative_id=initiative, name="b", baseline=1.0, target=2.0)
    record(desk, "benefit_observation", benefit_id=benefit, day="2026-11-20", value=1.5)
    record(desk, "holiday", client_id=a_client(desk), day="2026-12-24", title="Eve")
    audience = found(desk, "SELECT id FROM audience")[0][0]
    record(desk, "impact", audience_id=audience, aspect="tools", degree=3)
    record(desk, "survey_answer", audience_id=audience, day="2026-11-20", respondent="1", desire=2)
    record(
        desk, "observation", audience_id=audience, metric="utilization", method="observed", day="2026-11-20",
        numerator=1.0, denominator=2.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one row of each, closed."""
    with a_desk(tmp_path_factory.mktemp("made")) as desk:
        _one_of_each(desk)
    return desk.path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    with Desk(Path(shutil.copy(made, tmp_path / "desk.db")), at()) as desk:
        yield desk


def test_every_record_has_an_id_and_counts_its_changes(desk: Desk) -> None:
    for table in RECORDS:
        columns = {row[1] for row in desk.reader().execute(f"PRAGMA table_info({table})")}
        assert {"id", "rev"} <= columns, table


def test_every_table_is_declared_strictly(desk: Desk) -> None:
    ours = found(desk, "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    loose = {name for name, strict in ours if not strict and not name.startswith(("sqlite_", "_sqlite"))}
    assert loose == set()


@pytest.mark.requirement("R95")
@pytest.mark.parametrize("table", RECORDS)
def test_every_insert_is_in_the_change_log(desk: Desk, table: str) -> None:
    rows = dict(found(desk, f"SELECT id, rev FROM {table}"))
    logged = found(desk, "SELECT row_id, base_rev, event FROM change_log WHERE record = ? AND op = 'insert'", table)
    assert rows
    assert {row_id for row_id, _, _ in logged} == set(rows)
    assert {base for _, base, _ in logged} == {0}
    events = {seq for (seq,) in found(desk, "SELECT seq FROM audit")}
    assert {event for _, _, event in logged} <= events


@pytest.mark.requirement("R95")
@pytest.mark.parametrize("table", sorted(set(RECORDS) - UNCHANGING))
def test_every_update_and_delete_is_in_the_change_log(desk: Desk, table: str) -> None:
    row_id = found(desk, f"SELECT id FROM {table} LIMIT 1")[0][0]
    with desk.write("me") as transaction:
        transaction.conn.execute("PRAGMA defer_foreign_keys = ON")
        transaction.conn.execute(f"UPDATE {table} SET rev = rev + 1 WHERE id = ?", (row_id,))
        event = transaction.record("test.changed", row_id, {}).seq
    assert ("update", row_id, 1, event) in found(
        desk, "SELECT op, row_id, base_rev, event FROM change_log WHERE record = ?", table
    )
    with desk.write("me") as transaction:
        # Only the log of the deletion is looked at: what refers to the row would be left without it.
        transaction.conn.execute("PRAGMA defer_foreign_keys = ON")
        transaction.conn.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        logged = transaction.conn.execute(
            "SELECT op, base_rev FROM change_log WHERE row_id = ? ORDER BY seq DESC LIMIT 1", (row_id,)
        ).fetchone()
        transaction.conn.execute("ROLLBACK")
        transaction.conn.execute("BEGIN IMMEDIATE")
    assert logged == ("delete", 2)


@pytest.mark.requirement("R95")
@pytest.mark.parametrize("table", RECORDS)
def test_another_program_cannot_change_records_unnoticed(desk: Desk, table: str) -> None:
    other = stranger(desk.path)
    for statement in (f"UPDATE {table} SET rev = rev + 1", f"DELETE FROM {table}"):
        with pytest.raises(sqlite3.DatabaseError, match=GUARDED):
            other.execute(statement)
    columns = [row[1] for row in other.execute(f"PRAGMA table_info({table})")]
    with pytest.raises(sqlite3.DatabaseError, match=GUARDED):
        other.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns)} FROM {table}")
    other.close()


@pytest.mark.requirement("R95")
@pytest.mark.parametrize("table", ["audit", "change_log", "row_seal", "signature"])
def test_what_is_append_only_refuses_every_other_change(desk: Desk, table: str) -> None:
    with desk.write("me") as transaction:
        conn = transaction.conn
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
        for statement in (
            f"UPDATE {table} SET {columns[-1]} = {columns[-1]}",
            f"DELETE FROM {table}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
            f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
        ):
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
                conn.execute(statement)


@pytest.mark.parametrize("table", ["audit", "change_log", "row_seal", "signature"])
def test_another_program_cannot_take_from_what_is_append_only(desk: Desk, table: str) -> None:
    other = stranger(desk.path)
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            other.execute(statement)
    other.close()


def test_a_change_that_names_no_event_is_found(desk: Desk) -> None:
    other = stranger(desk.path)
    other.execute("UPDATE write_door SET event = 4711")
    other.execute("UPDATE initiative SET title = 'Something else', rev = rev + 1")
    assert "the write door is not as this program leaves it" in check.check(desk, None).problems
    other.execute("UPDATE write_door SET event = NULL")
    assert "1 change of records has no audit event" in check.check(desk, None).problems
    other.execute("DELETE FROM write_door")
    other.close()
    assert "the write door is not as this program leaves it" in check.check(desk, None).problems


def test_a_table_that_is_misspelt_is_not_made(desk: Desk) -> None:
    with desk.write("me") as transaction, pytest.raises(sqlite3.OperationalError, match="no such table"):
        transaction.conn.execute("INSERT INTO initiatve (id) VALUES (?)", (new_id(),))


def test_a_client_is_written_once(desk: Desk) -> None:
    assert a_client(desk) == a_client(desk)
    with pytest.raises(sqlite3.IntegrityError):
        record(desk, "client", code="alder")
