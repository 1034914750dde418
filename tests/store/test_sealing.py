"""What an event seals, byte for byte: a desk that this program has sealed must still prove itself to every later one."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builders import a_desk
from changedesk.store.trail import sealing


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """A change log with two entries about a risk, which has a text, a number and two unknown columns at its end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.executescript(
            "CREATE TABLE change_log (seq INTEGER, event INTEGER, record TEXT, row_id TEXT, base_rev INTEGER, op TEXT);"
            "CREATE TABLE row_seal (entry INTEGER, digest BLOB);"
            "CREATE TABLE risk (id TEXT, title TEXT, impact INTEGER, owner TEXT, closed_on TEXT);"
            "CREATE TABLE person (id TEXT, client_id TEXT, login TEXT, roles TEXT);"
            "CREATE TABLE observation (id TEXT, numerator REAL);"
            "INSERT INTO risk VALUES ('r', 'Régn', 3, NULL, NULL);"
            "INSERT INTO change_log VALUES (1, 1, 'risk', 'r', 0, 'insert'), (2, 1, 'risk', 'r', 1, 'update');"
        )
        yield conn


def seals(conn: sqlite3.Connection) -> list[tuple[int, str]]:
    return [
        (entry, digest.hex()) for entry, digest in conn.execute("SELECT entry, digest FROM row_seal ORDER BY entry")
    ]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ROW = sha('changedesk row 2\nrisk\n["r","R\\u00e9gn",3]')


@pytest.mark.requirement("R95")
def test_a_row_is_sealed_by_its_values_up_to_the_last_that_is_known(conn: sqlite3.Connection) -> None:
    sealing.seal(conn, 0)
    assert seals(conn) == [(1, ROW), (2, ROW)]


@pytest.mark.requirement("R95")
def test_an_event_seals_the_entries_since_the_one_before_it_with_what_their_rows_were_sealed_as(
    conn: sqlite3.Connection,
) -> None:
    first, second = (f"{n} 1 risk r {rev} {op} {ROW.upper()}\n" for n, rev, op in ((1, 0, "insert"), (2, 1, "update")))
    assert sealing.seal(conn, 0) == {"log_entries": 2, "log_digest": sha(f"changedesk log 1\n{first}{second}")}
    assert sealing.log_digest(conn, 1, 2) == sha(f"changedesk log 1\n{second}")
    assert sealing.seal(conn, 2) == {}, "nothing was written since"


@pytest.mark.requirement("R95")
def test_of_a_person_only_client_and_roles_are_sealed_and_of_a_count_nothing(conn: sqlite3.Connection) -> None:
    conn.executescript(
        "INSERT INTO person VALUES ('p', NULL, 'nora', 'cab'), ('q', NULL, 'paul', '');"
        "INSERT INTO observation VALUES ('o', 4.0);"
        "INSERT INTO change_log VALUES (3, 2, 'person', 'p', 0, 'insert'), (4, 2, 'person', 'q', 0, 'insert'),"
        " (5, 2, 'observation', 'o', 0, 'insert');"
    )
    sealing.seal(conn, 2)
    assert seals(conn) == [(3, sha('changedesk row 1\n["person","p",null,"cab"]'))]
    assert list(sealing.against_rows(conn, "person")) == [], (
        "one without a role is as it was, and so is one of no client"
    )
    conn.execute("UPDATE person SET roles = 'cab'")
    assert list(sealing.against_rows(conn, "person")) == [(4, "q")]


@pytest.mark.requirement("R95")
def test_a_row_that_is_not_what_it_was_sealed_as_last_is_named_with_its_entry(conn: sqlite3.Connection) -> None:
    sealing.seal(conn, 0)
    assert list(sealing.against_rows(conn, "risk")) == []
    conn.execute("UPDATE risk SET closed_on = '2026-11-26'")
    assert list(sealing.against_rows(conn, "risk")) == [(2, "r")]


def test_a_desk_is_sealed_from_its_first_row_on(conn: sqlite3.Connection) -> None:
    assert not sealing.is_begun(conn)
    sealing.seal(conn, 0)
    assert sealing.is_begun(conn)
    assert sealing.entries(conn) == 2


BESIDE_ITS_EVENT = {
    "change_revision": "id, rev, at, made_by",
    "checklist": "id, rev",
    "decision": "id, rev, initiative_id, title, touches_timing, touches_adoption",
    "delegation": "id, rev, reason, ended_at",
    "evidence": "id, rev, kind, name, at, by_id",
    "gap_mark": "id, rev, initiative_id, gap, owner, snoozed_by, snoozed_until",
    "handover": "id, rev, initiative_id, planned_start, planned_end, started_on, planned_hours, spent_hours, recorded_by, digest",
    "improvement": (
        "id, rev, service_id, limitation, kind, owner, due, decided_at, decided_by, reason, evidence, implemented_on,"
        " initiative_id"
    ),
    "lane": "id, rev, initiative_id, kind, closure_basis",
    "policy": "id, rev, client_id, version, made_at, made_by",
    "review": "id, rev, at, impacts, last_minute, informed, adoption_effect, proposal, incidents, downtime_minutes",
    "signature": "id, rev",
    "template": ("id, rev, min_success, approved_until, proposer, approver, suspended_why, approved_at, retired_why"),
    "vote": "id, rev",
}
"""What of a row the event about it does not tell, in the order in which it is sealed; a new column stands last."""

OF_A_CHANGE = "id, rev, client_id, number, submitted_at, opened_at, decided_at, outcome_reason, caused_p1"
OF_HISTORY = (
    "title path risk services planned_start planned_end actual_start actual_end requester implementer state outcome"
    " initiative_id milestone reason outage_minutes plan test_plan backout_plan backout_minutes risk_answers template"
    " template_version incident hold revision round policy_id panel authorisers retro_due"
)


@pytest.mark.requirement("R95")
def test_what_is_sealed_of_a_row_and_in_which_order_is_as_it_was(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        path = desk.path
    with closing(sqlite3.connect(path)) as conn:
        sealed = {table: sealing._sealed_of(conn, table) for table in (*sealing.TOLD, "change_request")}
    history = ", ".join(f"CASE WHEN imported THEN {column} END" for column in OF_HISTORY.split())
    assert sealed.pop("change_request") == f"SELECT {OF_A_CHANGE}, {history} FROM change_request"
    assert sealed == {table: f"SELECT {columns} FROM {table}" for table, columns in BESIDE_ITS_EVENT.items()}
