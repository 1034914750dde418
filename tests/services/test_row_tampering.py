"""Windows, roles, locks and the change log cannot be rewritten behind the events that have sealed them (SAFETY.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import a_client, a_desk, a_person, an_initiative, at, found, record, staffed
from changedesk.domain.words import plain
from changedesk.services.control.calendar import windows
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.imports import import_file
from changedesk.services.initiative import decisions
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.services.trail_words import says
from changedesk.store import creating, database, migrate, sealing
from changedesk.store.database import Desk
from changedesk.store.proving.check import check
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
    assert gone.startswith(f"the window {made} is gone, and no event after")


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
    assert said.startswith("the roles of nora are gone, and no event after")


def test_people_whose_roles_were_taken_by_a_file_and_given_again_prove_themselves(desk: Desk) -> None:
    for roles in ("cab", "", "cab;ecab"):
        _take(desk, "people", PEOPLE.replace("cab", roles))
    assert check(desk, None).problems == ()


def test_nobody_becomes_an_account_of_the_desk_behind_its_events(desk: Desk) -> None:
    (said,) = problems_after(
        desk,
        "INSERT INTO account (id, os_login, roles) VALUES ('01M8ENB4JC5FVHBX0BZJVP16FQ', 'mallory', 'administrator')",
    )
    assert said.startswith("the account 01M8ENB4JC5FVHBX0BZJVP16FQ with the role administrator is not the one")


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


@pytest.mark.parametrize("field", ["title = 'Two queues'", "touches_adoption = 0"])
def test_what_both_sides_agreed_to_is_not_rewritten(desk: Desk, field: str) -> None:
    _decision(desk)
    (problem,) = problems_after(desk, f"UPDATE decision SET {field}")
    assert problem.startswith("the decision ")
    assert "is not what event" in problem


def test_an_agreement_of_an_earlier_program_stands_without_its_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(decisions.decisions, "content", lambda _: None)
        _decision(desk)
    assert check(desk, None).problems == ()


def test_a_decision_is_not_locked_behind_its_events(desk: Desk) -> None:
    initiative = an_initiative().on(desk)
    record(desk, "decision", initiative_id=initiative, title="Later", touches_timing=0, touches_adoption=0)
    (said,) = problems_after(desk, "UPDATE decision SET locked_at = '2026-11-01T08:00:00.000Z'")
    assert said == "the lock of the decision Later is told of by no event"


def test_a_locked_decision_is_not_taken_away(desk: Desk) -> None:
    _decision(desk)
    (said,) = problems_after(desk, "DELETE FROM decision")
    assert said.endswith("has locked is missing")


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


@pytest.fixture
def upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk of an earlier program, whose events have sealed no row, as its upgrade leaves it."""
    path, older = tmp_path / "older.db", migrate.SEALS_SINCE - 1
    with monkeypatch.context() as earlier:
        for module in (migrate, database):
            earlier.setattr(module, "SCHEMA", older)
        earlier.setattr(migrate, "_STEPS", migrate._STEPS[:older])
        earlier.setattr(sealing, "seals_since", lambda _conn, _entry: {})
        creating.create_desk(path, kind="personal", demo=False, owner="desk.owner", clock=at())
        with Desk(path, at()) as desk:
            a_client(desk)
            _take(desk, "windows", WINDOWS)
            _take(desk, "people", PEOPLE)
    with Desk(path, at()) as desk:
        yield desk


def test_a_desk_of_an_earlier_program_is_sealed_whole_when_it_is_upgraded(upgraded: Desk) -> None:
    (role,) = problems_after(upgraded, "UPDATE person SET roles = 'administrator' WHERE login = 'paul'")
    assert role == "the roles of paul are told of by no event"


def test_what_an_upgrade_has_sealed_is_held_like_what_was_written_since(upgraded: Desk) -> None:
    _window(upgraded)
    (said,) = problems_after(upgraded, "UPDATE time_window SET title = 'Nothing' WHERE title = 'Year end'")
    assert said.startswith("the window Nothing is not what event")


def test_a_second_upgrade_does_not_seal_what_was_rewritten(upgraded: Desk) -> None:
    assert problems_after(
        upgraded,
        "UPDATE time_window SET ends_at = '2026-12-21T00:00:00Z' WHERE title = 'Year end'",
        f"PRAGMA user_version = {migrate.SEALS_SINCE - 1}",
    )[0].startswith("the window Year end is not what was sealed before event")


def test_of_new_people_without_a_role_nothing_is_sealed_and_of_those_who_lost_theirs_that_they_have_none(
    desk: Desk,
) -> None:
    _take(desk, "people", PEOPLE)
    _take(desk, "people", PEOPLE.replace("cab", ""))
    bodies = [json.loads(body) for (body,) in found(desk, "SELECT body FROM audit WHERE kind = 'import' ORDER BY seq")]
    ((nora,),) = found(desk, "SELECT id FROM person WHERE login = 'nora'")
    first, second = (body[sealing.SEALED]["person"] for body in bodies)
    assert (list(first), second) == ([nora], {nora: None})
    assert check(desk, None).problems == ()


def test_an_event_says_to_people_what_it_tells_and_not_what_it_seals(desk: Desk) -> None:
    _window(desk)
    ((body,),) = found(desk, "SELECT body FROM audit WHERE kind = 'record.saved'")
    labels = [label for label, _ in says(body, str, str)]
    assert "columns" in labels
    assert not {plain(seal) for seal in sealing.KEYS} & set(labels)
    assert set(sealing.KEYS) <= set(json.loads(body))
