"""Windows, roles, locks and the change log cannot be rewritten behind the events that have sealed them (SAFETY.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, a_person, an_initiative, at, found, record, staffed, tampered
from changedesk.domain.words import plain
from changedesk.services.control.calendar import windows
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.importing import import_file
from changedesk.services.initiative import decisions
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.services.trail_words import says
from changedesk.store.desk import creating, database, migrate
from changedesk.store.desk.database import Connection, Desk
from changedesk.store.proving.check import check
from changedesk.store.trail import audit, sealing
from tampering import problems_after

WINDOWS = (
    "client,kind,title,start,end\n"
    "alder,freeze_hard,Year end,2026-12-20T00:00Z,2027-01-04T00:00Z\n"
    "alder,maintenance,Sunday,2026-12-06T02:00Z,2026-12-06T06:00Z\n"
)
PEOPLE = "login,name,client,roles\nnora,Nora,alder,cab\npaul,Paul,alder,\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        a_client(desk)
        yield desk


def _take(desk: Desk, kind: str, text: str) -> None:
    file = desk.path.with_name(f"{kind}.csv")
    file.write_text(text, encoding="utf-8")
    assert import_file(open_session(desk), file, kind).problems == ()


def _window(desk: Desk, title: str = "Stocktaking") -> str:
    """A window that was made in a form; gives its id."""
    owner = open_session(desk)
    blank = records.blank(owner, "windows")
    values = {"client": "alder", "kind": "freeze_hard", "title": title}
    values |= {"start": "2026-12-10T00:00", "end": "2026-12-12T00:00"}
    return str(records.save(owner, "windows", blank, {**blank.values, **values}).id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE time_window SET ends_at = '2026-12-21T00:00:00Z' WHERE title = 'Year end'",
        "UPDATE time_window SET kind = 'freeze_soft' WHERE title = 'Year end'",
        "UPDATE time_window SET client_id = NULL, scope = 'service:mail' WHERE title = 'Year end'",
    ],
)
def test_a_freeze_that_a_file_brought_is_not_shortened_or_softened(desk: Desk, statement: str) -> None:
    _take(desk, "windows", WINDOWS)
    (said,) = problems_after(desk, statement)
    assert said.startswith("the window Year end is not what event")


def test_a_window_is_not_taken_away_behind_its_events(desk: Desk) -> None:
    made = _window(desk)
    (gone,) = problems_after(desk, f"DELETE FROM time_window WHERE id = '{made}'")
    assert gone == f"the window {made} is gone, and no event says so"


def test_a_window_that_nobody_made_is_seen(desk: Desk) -> None:
    (said,) = problems_after(
        desk,
        "INSERT INTO time_window (id, kind, title, starts_at, ends_at)"
        " VALUES ('01M8ENB4JC5FVHBX0BZJVP16FQ', 'maintenance', 'Tonight', '2026-11-26T20:00:00Z', '2026-11-26T23:00:00Z')",
    )
    assert said == "the window Tonight is told of by no event"


def test_windows_that_were_changed_taken_away_and_taken_back_prove_themselves(desk: Desk) -> None:
    owner = open_session(desk)
    made = records.fetch(owner, "windows", _window(desk))
    records.save(owner, "windows", made, {**made.values, "end": "2026-12-13T00:00"})
    _take(desk, "windows", WINDOWS)
    _take(desk, "windows", WINDOWS.replace("06:00Z", "07:00Z"))
    import_undo.undo_import(owner, import_undo.imports(owner)[0].number)
    windows.remove(owner, str(made.id))
    assert check(desk, None).problems == ()


@pytest.mark.parametrize("login", ["nora", "paul"])
def test_a_role_is_not_given_or_taken_behind_its_events(desk: Desk, login: str) -> None:
    _take(desk, "people", PEOPLE)
    (said,) = problems_after(desk, f"UPDATE person SET roles = 'administrator' WHERE login = '{login}'")
    assert said.startswith(f"the roles of {login} are ")


def test_nobody_loses_a_role_or_sees_more_clients_behind_the_events(desk: Desk) -> None:
    _take(desk, "people", PEOPLE)
    (said,) = problems_after(desk, "UPDATE person SET client_id = NULL WHERE login = 'nora'")
    assert said.startswith("the roles of nora are not what event")


def test_a_role_that_was_taken_is_seen(desk: Desk) -> None:
    a_person(desk, "nora", "cab")
    (said,) = problems_after(desk, "UPDATE person SET roles = NULL")
    assert said.startswith("the roles of nora are not what event")


def test_people_whose_roles_were_taken_by_a_file_and_given_again_prove_themselves(desk: Desk) -> None:
    for roles in ("cab", "", "cab;ecab"):
        _take(desk, "people", PEOPLE.replace("cab", roles))
    assert check(desk, None).problems == ()


def test_nobody_becomes_an_account_of_the_desk_behind_its_events(desk: Desk) -> None:
    told, made = problems_after(
        desk,
        "INSERT INTO account (id, os_login, roles) VALUES ('01M8ENB4JC5FVHBX0BZJVP16FQ', 'mallory', 'administrator')",
    )
    assert told == "the account mallory is told of by no event"
    assert made.startswith("the account 01M8ENB4JC5FVHBX0BZJVP16FQ with the role administrator is not the one")


@pytest.mark.parametrize("field", ["kind = 'shared'", "demo = 1", "created_at = '2020-01-01T00:00:00.000Z'"])
def test_a_desk_is_the_one_that_was_made(desk: Desk, field: str) -> None:
    (said,) = problems_after(desk, f"UPDATE desk SET {field}")
    assert said.startswith("the desk is not the one that was made: ")


def test_the_account_of_a_desk_is_not_given_to_somebody_else(desk: Desk) -> None:
    (said,) = problems_after(desk, "UPDATE account SET os_login = 'mallory'")
    assert said.startswith("the account mallory is not what event")


def _decision(desk: Desk) -> str:
    """A decision that both sides have acknowledged and that is locked; gives its id."""
    staffed(desk)
    initiative = an_initiative().on(desk)
    decision = record(
        desk, "decision", initiative_id=initiative, title="One queue", touches_timing=1, touches_adoption=1
    )
    for side in ("delivery", "people"):
        decisions.acknowledge(open_session(desk), decision, side)
    decisions.lock(open_session(desk), decision)
    return decision


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("locked_at = NULL", "the lock of the decision One queue is not what event"),
        ("locked_at = '2026-11-01T08:00:00.000Z'", "the lock of the decision One queue is not what event"),
        ("people_ack = delivery_ack", "the acknowledgement of the people side of the decision One queue is not what"),
        ("delivery_ack_at = NULL", "the acknowledgement of the delivery side of the decision One queue is not what"),
    ],
)
def test_the_lock_of_a_decision_and_who_agreed_to_it_is_not_rewritten(desk: Desk, field: str, said: str) -> None:
    _decision(desk)
    (problem,) = problems_after(desk, f"UPDATE decision SET {field}")
    assert problem.startswith(said)


def test_a_decision_is_not_locked_behind_its_events(desk: Desk) -> None:
    initiative = an_initiative().on(desk)
    record(desk, "decision", initiative_id=initiative, title="Later", touches_timing=0, touches_adoption=0)
    (said,) = problems_after(desk, "UPDATE decision SET locked_at = '2026-11-01T08:00:00.000Z'")
    assert said == "the lock of the decision Later is told of by no event"


def test_a_locked_decision_is_not_taken_away(desk: Desk) -> None:
    _decision(desk)
    missing, gone = problems_after(desk, "DELETE FROM decision")
    assert missing.endswith("has locked is missing")
    assert gone.endswith("is gone, and no event says so")


@pytest.mark.parametrize("field", ["title = 'Two queues'", "touches_timing = 0", "touches_adoption = 0"])
def test_what_was_decided_and_whom_it_touches_is_not_rewritten(desk: Desk, field: str) -> None:
    _decision(desk)
    (said,) = problems_after(desk, f"UPDATE decision SET {field}")
    assert said.startswith(("the decision One queue is not what event", "the decision Two queues is not what event"))


@pytest.mark.parametrize("which", ["= 2", "= (SELECT max(seq) FROM change_log)", "> 1"])
def test_entries_of_the_change_log_are_not_taken_away(desk: Desk, which: str) -> None:
    _take(desk, "people", PEOPLE)
    (said,) = problems_after(desk, f"DELETE FROM change_log WHERE seq {which}")
    assert said.startswith("the change log ")
    assert said.endswith(("lacks 1 entry", "has sealed it: entries are missing"))


def test_the_entries_that_are_left_are_not_numbered_anew(desk: Desk) -> None:
    _take(desk, "people", PEOPLE)
    _window(desk)
    (said,) = problems_after(
        desk, "DELETE FROM change_log WHERE seq = 2", "UPDATE change_log SET seq = seq - 1 WHERE seq > 2"
    )
    assert said.startswith("the change log is not as long as event")


@pytest.mark.parametrize("field", ["row_id = 'x'", "record = 'client'", "op = 'update'", "base_rev = 7", "event = 1"])
def test_an_entry_of_the_change_log_is_not_rewritten_in_its_place(desk: Desk, field: str) -> None:
    _take(desk, "people", PEOPLE)
    (said,) = problems_after(desk, f"UPDATE change_log SET {field} WHERE seq = 3")
    assert said.startswith("entries ")
    assert " of the change log are not what event " in said


def test_an_entry_that_no_event_has_sealed_is_seen(desk: Desk) -> None:
    (said,) = problems_after(
        desk, "INSERT INTO change_log (event, record, row_id, base_rev, op) VALUES (1, 'client', 'x', 0, 'insert')"
    )
    assert said == "1 entry of the change log no event has sealed"


@pytest.mark.parametrize("statement", ["DELETE FROM row_seal", "UPDATE row_seal SET digest = zeroblob(32)"])
def test_what_rows_were_sealed_as_is_not_rewritten(desk: Desk, statement: str) -> None:
    _take(desk, "people", PEOPLE)
    assert problems_after(desk, statement)[0].startswith("entries ")


def test_a_plain_record_is_not_made_behind_the_change_log(desk: Desk) -> None:
    initiative = an_initiative().on(desk)
    (said,) = problems_after(
        desk,
        "INSERT INTO risk (id, initiative_id, title, kind)"
        f" VALUES ('01M8ENB4JC5FVHBX0BZJVP16FQ', '{initiative}', 'Rain', 'delivery')",
    )
    assert said == "the risk Rain is told of by no event"


def test_a_plain_record_is_not_taken_away_behind_the_change_log(desk: Desk) -> None:
    an_initiative().with_target(80, TODAY).on(desk)
    (said,) = problems_after(desk, "DELETE FROM target")
    assert said.startswith("the target ")
    assert said.endswith(" is gone, and no event says so")


HISTORY = (
    "number,client,title,path,planned_start,planned_end,actual_start,actual_end,state,outcome\n"
    "OLD-1,alder,Patch,normal,2026-10-01T20:00Z,2026-10-01T22:00Z,2026-10-01T20:00Z,2026-10-01T21:30Z,closed,failed\n"
)


@pytest.mark.parametrize(
    "field", ["outcome = 'successful'", "actual_end = '2026-10-01T20:30:00Z'", "risk = 'low'", "imported = 0"]
)
def test_what_a_file_brought_as_history_is_not_rewritten(desk: Desk, field: str) -> None:
    _take(desk, "changes", HISTORY)
    (said,) = problems_after(desk, f"UPDATE change_request SET {field}")
    assert said.startswith("the change OLD-1 is not what event")


def test_a_value_of_a_plain_record_is_not_rewritten(desk: Desk) -> None:
    an_initiative().with_target(80, TODAY).on(desk)
    (said,) = problems_after(desk, "UPDATE target SET target = 20")
    assert said.startswith("the target ")
    assert " is not what event " in said


def test_a_value_that_makes_no_sense_is_a_finding_and_the_rest_is_looked_at(desk: Desk) -> None:
    initiative = an_initiative().on(desk)
    (client,) = (row[0] for row in found(desk, "SELECT id FROM client"))
    record(
        desk,
        "change_request",
        client_id=client,
        number="CHG-1",
        title="Patch",
        path="normal",
        planned_start="2026-12-01T20:00:00Z",
        planned_end="2026-12-01T22:00:00Z",
        risk_answers="[]",
        initiative_id=initiative,
        imported=1,
        held_here=0,
    )
    problems = problems_after(
        desk, "UPDATE change_request SET risk_answers = '[', held_here = 1", "UPDATE initiative SET title = 'Else'"
    )
    assert any(said.startswith("the desk is damaged: a value makes no sense") for said in problems)
    assert any(said.startswith("the change CHG-1 is not what event") for said in problems)
    assert any(said.startswith("the initiative ") for said in problems)


def _sealed_by_the_program_before(conn: Connection, _after: int) -> dict[str, object]:
    """What events had in their bodies before they sealed the change log: its length, and windows and roles row by row."""
    rows = {
        table: {
            row[0]: hashlib.sha256(b"changedesk row 1\n" + audit.canonical([table, *row]).encode()).hexdigest()
            for row in conn.execute(query)
        }
        for table, query in sealing.AS_BEFORE.items()
    }
    return {sealing.LOG: sealing.entries(conn), sealing.BEFORE: rows}


def _earlier(path: Path, monkeypatch: pytest.MonkeyPatch, seal: Callable[[Connection, int], dict[str, object]]) -> None:
    """Make a desk as an earlier program has left it."""
    older = migrate.SEALS_SINCE - 1
    with monkeypatch.context() as earlier:
        for module in (migrate, database):
            earlier.setattr(module, "SCHEMA", older)
        earlier.setattr(migrate, "_STEPS", migrate._STEPS[:older])
        earlier.setattr(sealing, "seal", seal)
        creating.create_desk(path, kind="personal", demo=False, owner="desk.owner", clock=at())
        with Desk(path, at()) as desk:
            a_client(desk)
            _take(desk, "windows", WINDOWS)
            _take(desk, "people", PEOPLE)


@pytest.fixture(params=[lambda _conn, _after: {}, _sealed_by_the_program_before])
def upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A desk of an earlier program, which sealed nothing or less, as its upgrade leaves it."""
    _earlier(tmp_path / "older.db", monkeypatch, request.param)
    with Desk(tmp_path / "older.db", at()) as desk:
        yield desk


def test_a_desk_of_an_earlier_program_is_sealed_whole_when_it_is_upgraded(upgraded: Desk) -> None:
    (role,) = problems_after(upgraded, "UPDATE person SET roles = 'administrator' WHERE login = 'paul'")
    assert role.startswith("the roles of paul are not what event")


def test_what_an_upgrade_has_sealed_is_held_like_what_was_written_since(upgraded: Desk) -> None:
    _window(upgraded)
    (said,) = problems_after(upgraded, "UPDATE time_window SET title = 'Nothing' WHERE title = 'Year end'")
    assert said.startswith("the window Nothing is not what event")


def test_an_entry_of_the_change_log_from_before_an_upgrade_is_held(upgraded: Desk) -> None:
    (said,) = problems_after(upgraded, "UPDATE change_log SET op = 'update' WHERE seq = 2")
    assert said.startswith("entries 1 to ")


def test_a_second_upgrade_does_not_seal_what_was_rewritten(upgraded: Desk) -> None:
    assert problems_after(
        upgraded,
        "UPDATE time_window SET ends_at = '2026-12-21T00:00:00Z' WHERE title = 'Year end'",
        f"PRAGMA user_version = {migrate.SEALS_SINCE - 1}",
    )[0].startswith("the window Year end is not what event")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE time_window SET kind = 'freeze_soft' WHERE title = 'Year end'", "the window Year end is not what was"),
        ("UPDATE person SET roles = 'administrator' WHERE login = 'paul'", "the roles of paul are not what was"),
        ("UPDATE person SET roles = NULL WHERE login = 'nora'", "the roles of nora are not what was"),
    ],
)
def test_what_the_program_before_had_sealed_was_not_rewritten_until_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statement: str, said: str
) -> None:
    _earlier(tmp_path / "older.db", monkeypatch, _sealed_by_the_program_before)
    tampered(tmp_path / "older.db", statement)
    with Desk(tmp_path / "older.db", at()) as desk:
        (problem,) = check(desk, None).problems
    assert problem.startswith(said)


def test_of_people_without_a_role_nothing_is_sealed(desk: Desk) -> None:
    _take(desk, "people", PEOPLE)
    _take(desk, "people", PEOPLE.replace("cab", ""))
    logins = "SELECT p.login FROM row_seal s JOIN change_log l ON l.seq = s.entry JOIN person p ON p.id = l.row_id"
    assert found(desk, f"{logins} WHERE l.record = 'person'") == [("nora",)]
    assert check(desk, None).problems == ()


def test_a_column_that_a_later_schema_adds_changes_no_seal(desk: Desk) -> None:
    an_initiative().with_target(80, TODAY).on(desk)
    assert problems_after(desk, "ALTER TABLE target ADD COLUMN why TEXT") == ()


def test_what_events_tell_of_a_row_are_columns_that_it_has(desk: Desk) -> None:
    for table, told in sealing.TOLD.items():
        assert told <= {row[1] for row in found(desk, f"PRAGMA table_info({table})")}, table


def test_an_event_is_as_short_for_many_rows_as_for_one(desk: Desk) -> None:
    _take(desk, "windows", WINDOWS)
    ((body,),) = found(desk, "SELECT body FROM audit WHERE kind = 'import'")
    sealed = {key: value for key, value in json.loads(body).items() if key in sealing.KEYS}
    assert sealed.keys() == {sealing.LOG, sealing.DIGEST}
    assert len(str(sealed[sealing.DIGEST])) == 64


def test_an_event_says_to_people_what_it_tells_and_not_what_it_seals(desk: Desk) -> None:
    _window(desk)
    ((body,),) = found(desk, "SELECT body FROM audit WHERE kind = 'record.saved'")
    labels = [label for label, _ in says(body, str, str)]
    assert "columns" in labels
    assert not {plain(seal) for seal in sealing.KEYS} & set(labels)
    assert {sealing.LOG, sealing.DIGEST} <= set(json.loads(body))
