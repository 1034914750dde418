"""A hard freeze and a scheduled change never meet, whichever of them came first (invariant 11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled, state_of, told, view_of

from builders import NOW, as_person, found
from changedesk.domain.control.policy import DEFAULT_POLICY, Policy, Route, StepRule
from changedesk.domain.control.windows import hard_freezes
from changedesk.errors import Denied, RefusedFile, RuleRefused
from changedesk.services.control.approvals import voting
from changedesk.services.control.calendar import windows
from changedesk.services.control.changes import asking, running
from changedesk.services.control.rules import policies, templates
from changedesk.services.control.situation import spans
from changedesk.services.imports.importing import import_file
from changedesk.services.records import records, undoing
from changedesk.services.session import Session, open_session
from changedesk.store.control import calendar
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from changedesk.store.scope import Scope


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, "alder", "birch") as desk:
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def assert_none_meet(desk: Desk) -> None:
    """Invariant 11, looked at from outside."""
    conn = desk.reader()
    for change in calendar.scheduled(conn, Scope(None)):
        laid = spans(conn, Scope(None), change.start, change.end, ("freeze_hard",))
        assert hard_freezes(laid, change.client, change.services, change.start, change.end) == []
    assert check.check(desk, None).problems == ()


def test_a_hard_freeze_takes_a_scheduled_change_back_to_where_its_votes_stand(desk, owner):
    number = scheduled(desk)
    decided = view_of(desk, number).change.decided_at
    saved = a_window(owner)
    view = view_of(desk, number)
    assert saved.followed == (f"{number} waits again: the hard freeze Audit week until Sat 5 Dec 00:00",)
    assert view.change.state == "authorizing"
    assert view.s.approval == "approved"
    assert view.missing == ("the hard freeze Audit week until Sat 5 Dec 00:00",)
    assert view.change.decided_at == decided
    assert told(desk, number).count("change.met_freeze") == 1
    assert_none_meet(desk)


def test_the_event_says_which_freeze_it_was_and_who_set_it(desk):
    number = scheduled(desk)
    saved = a_window(as_person(desk, "alder.manager"), approved_by="alder.cab1")
    actor, body = found(desk, "SELECT actor, body FROM audit WHERE kind = 'change.met_freeze'")[0]
    assert actor == found(desk, "SELECT id FROM person WHERE login = 'alder.manager'")[0][0]
    said = json.loads(body)
    assert (said["from"], said["to"], said["freeze"], said["window"]) == (
        "scheduled",
        "authorizing",
        "Audit week",
        saved.id,
    )
    window = json.loads(
        found(desk, "SELECT body FROM audit WHERE kind = 'record.saved' ORDER BY seq DESC LIMIT 1")[0][0]
    )
    assert window["after"]["approved_by"] == {
        "person": found(desk, "SELECT id FROM person WHERE login = 'alder.cab1'")[0][0]
    }
    assert number in saved.followed[0]


@pytest.mark.parametrize("how", ["moved", "softened", "removed", "undone", "of another service"])
def test_when_the_freeze_goes_away_the_votes_schedule_it_again(desk, owner, how):
    number = scheduled(desk)
    decided = view_of(desk, number).change.decided_at
    saved = a_window(owner)
    change = {
        "moved": {"start": "2026-12-02T00:00:00"},
        "softened": {"kind": "freeze_soft"},
        "of another service": {"scope": "service:mail"},
    }
    if how == "removed":
        said = windows.remove(owner, saved.id or "")
    elif how == "undone":
        said = (undoing.undo(owner, undoing.last_change(owner).seq),)
    else:
        said = records.save(owner, "windows", saved, saved.values | change[how]).followed
    assert any(f"{number} is scheduled again" in sentence for sentence in said)
    assert state_of(desk, number) == "scheduled"
    assert view_of(desk, number).change.decided_at == decided
    assert told(desk, number)[-2:] == ["change.met_freeze", "change.freeze_left"]
    assert_none_meet(desk)


def test_a_change_that_got_its_last_vote_inside_a_freeze_goes_on_when_it_leaves(desk, owner):
    freeze = a_window(owner)
    number = scheduled(desk)
    assert state_of(desk, number) == "authorizing"
    windows.remove(owner, freeze.id or "")
    change = view_of(desk, number).change
    assert (change.state, change.decided_at) == ("scheduled", NOW)


def test_undoing_the_end_of_a_freeze_takes_the_change_back_again(desk, owner):
    number = scheduled(desk)
    saved = a_window(owner)
    records.save(owner, "windows", saved, saved.values | {"kind": "freeze_soft"})
    assert state_of(desk, number) == "scheduled"
    assert f"{number} waits again" in undoing.undo(owner, undoing.last_change(owner).seq)
    assert state_of(desk, number) == "authorizing"
    assert_none_meet(desk)


def test_a_standard_change_goes_back_to_its_draft_and_is_submitted_anew(desk, owner):
    body = {"title": "Firewall rules", "plan": "load them", "backout_plan": "put the old rules back", "risk": "low"}
    templates.propose(as_person(desk, "alder.manager"), "alder", "restart", body, allowed=("services", "plan"))
    templates.approve(as_person(desk, "alder.cab1"), "alder", "restart")
    number = ask_for(desk, path="standard", template="restart")
    asks = as_person(desk, "alder.asks")
    assert asking.submit(asks, number) == "scheduled"
    freeze = a_window(owner)
    assert freeze.followed == (f"{number} goes back to its draft: the hard freeze Audit week until Sat 5 Dec 00:00",)
    assert state_of(desk, number) == "draft"
    with pytest.raises(RuleRefused, match="the hard freeze Audit week"):
        asking.submit(asks, number)
    assert windows.remove(owner, freeze.id or "") == ("removed: Audit week",)
    assert asking.submit(asks, number) == "scheduled"
    assert_none_meet(desk)


@pytest.mark.parametrize(
    ("window", "state"),
    [
        ({"scope": "service:network"}, "authorizing"),
        ({"scope": "service:mail"}, "scheduled"),
        ({"client": "birch"}, "scheduled"),
        ({"client": ""}, "authorizing"),
        ({"kind": "freeze_soft"}, "scheduled"),
        ({"kind": "maintenance"}, "scheduled"),
        ({"end": "2026-12-01T22:00:00"}, "scheduled"),
        ({"start": "2026-12-01T22:59:00"}, "authorizing"),
        ({"start": "2026-12-01T23:00:00"}, "scheduled"),
        ({"start": "2026-11-03T21:00:00", "end": "2026-11-03T23:00:00", "rrule": "FREQ=WEEKLY"}, "authorizing"),
        ({"start": "2026-11-04T21:00:00", "end": "2026-11-04T23:00:00", "rrule": "FREQ=WEEKLY"}, "scheduled"),
    ],
)
def test_a_freeze_concerns_what_it_is_about_while_it_lasts(desk, owner, window, state):
    number = scheduled(desk)
    a_window(owner, **window)
    assert state_of(desk, number) == state


def test_a_change_without_services_meets_every_freeze_of_its_client(desk, owner):
    number = scheduled(desk, services="")
    a_window(owner, scope="service:mail")
    assert state_of(desk, number) == "authorizing"


def test_an_emergency_stays_scheduled_and_needs_a_second_vote(desk, owner):
    number = ask_for(desk, path="emergency", incident="INC-1")
    asking.submit(as_person(desk, "alder.asks"), number)
    assert voting.vote(as_person(desk, "alder.cab1"), number, "approve") == "scheduled"
    a_window(owner)
    view = view_of(desk, number)
    assert view.change.state == "scheduled"
    assert any("1 vote of the step ECAB" in sentence for sentence in view.missing)


@pytest.mark.parametrize(
    "step",
    [
        StepRule("ECAB", "authorize", "percent", ("alder.cab1", "alder.cab2"), number=50),
        StepRule("ECAB", "authorize", "majority", ("alder.cab1",)),
        StepRule("ECAB", "authorize", "all", ("alder.cab1",)),
        StepRule("ECAB", "authorize", "any", ("alder.cab1", "alder.cab2"), freeze_number=1),
    ],
)
def test_whatever_rule_a_policy_has_one_vote_alone_takes_no_emergency_through_a_freeze(desk, owner, step):
    policies.set_policy(owner, "alder", Policy((DEFAULT_POLICY.routes[0], Route("emergency", (step,)))))
    number = ask_for(desk, path="emergency", incident="INC-1")
    asking.submit(as_person(desk, "alder.asks"), number)
    assert voting.vote(as_person(desk, "alder.cab1"), number, "approve") == "scheduled"
    a_window(owner)
    assert view_of(desk, number).s.approval != "approved"


def test_what_is_being_done_goes_on(desk, owner):
    number = scheduled(desk, start=NOW - timedelta(minutes=5))
    running.start(as_person(desk, "alder.does"), number)
    a_window(owner, start="2026-11-26T14:00:00")
    assert state_of(desk, number) == "implementing"


def test_history_from_a_file_keeps_the_state_that_it_came_with(desk, owner, tmp_path):
    file = tmp_path / "changes.csv"
    file.write_text(
        "number,client,title,path,planned_start,planned_end,state\n"
        "C1,alder,Old,normal,2026-12-01T22:00Z,2026-12-01T23:00Z,scheduled\n"
    )
    import_file(owner, file, "changes")
    a_window(owner)
    assert state_of(desk, "C1") == "scheduled"
    assert [one.sentence for one in view_of(desk, "C1").s.conflicts] == ["hard freeze Audit week"]
    assert import_file(owner, file, "changes").unchanged == 1


def test_a_file_of_windows_takes_changes_back_and_says_so(desk, owner, tmp_path):
    first, second = scheduled(desk), scheduled(desk, start=START + timedelta(days=30))
    file = tmp_path / "windows.csv"
    file.write_text("client,kind,title,start,end\nalder,freeze_hard,Audit week,2026-12-01T00:00,2026-12-05T00:00\n")
    report = import_file(owner, file, "windows")
    assert [warning.problem for warning in report.warnings] == [
        f"{first} waits again: the hard freeze Audit week until Sat 5 Dec 00:00"
    ]
    assert (state_of(desk, first), state_of(desk, second)) == ("authorizing", "scheduled")
    file.write_text("client,kind,title,start,end\nalder,freeze_hard,Audit week,2026-12-01T00:00,2026-12-01T09:00\n")
    report = import_file(owner, file, "windows")
    assert [warning.problem for warning in report.warnings] == [
        f"{first} is scheduled again: no hard freeze is in its way any more"
    ]
    assert_none_meet(desk)


def test_another_clock_of_the_client_moves_its_recurring_freezes(desk, owner):
    number = scheduled(desk)  # Tuesday 22:00 to 23:00 in Dublin
    a_window(owner, start="2026-11-02T08:00:00", end="2026-11-02T11:00:00", rrule="FREQ=DAILY")
    assert state_of(desk, number) == "scheduled"
    client = next(one for one in records.listed(owner, "clients") if one.values["client"] == "alder")
    moved = records.save(owner, "clients", client, client.values | {"timezone": "America/Los_Angeles"})
    # What began at 8:00 UTC on the first day begins at midnight in Los Angeles: nothing of it meets Tuesday evening.
    assert moved.followed == ()
    a_window(owner, title="Tills", start="2026-11-02T13:00:00", end="2026-11-02T16:00:00", rrule="FREQ=DAILY")
    assert state_of(desk, number) == "authorizing"
    client = records.fetch(owner, "clients", client.id or "")
    back = records.save(owner, "clients", client, client.values | {"timezone": "Pacific/Kiritimati"})
    assert back.followed == ()
    assert_none_meet(desk)


@pytest.mark.parametrize("client", ["", "birch"])
def test_nobody_freezes_clients_that_they_do_not_see(desk, client):
    before = found(desk, "SELECT count(*) FROM time_window")
    with pytest.raises(Denied):
        a_window(as_person(desk, "alder.manager"), client=client)
    assert found(desk, "SELECT count(*) FROM time_window") == before
    assert found(desk, "SELECT kind FROM audit ORDER BY seq DESC LIMIT 1") == [("denied",)]


def test_only_whoever_may_set_windows_takes_one_away(desk, owner):
    saved = a_window(owner)
    with pytest.raises(Denied, match="may not set freezes and maintenance windows"):
        windows.remove(as_person(desk, "alder.does"), saved.id or "")
    windows.remove(as_person(desk, "alder.manager"), saved.id or "")
    before = json.loads(found(desk, "SELECT body FROM audit WHERE kind = 'window.removed'")[0][0])["before"]
    assert (before["title"], before["start"]) == ("Audit week", "2026-12-01T00:00:00Z")
    assert records.listed(owner, "windows") == ()


def test_a_window_that_takes_no_time_is_refused(owner):
    with pytest.raises(RefusedFile) as refused:
        a_window(owner, end="2026-12-01T00:00:00")
    assert [(one.column, one.problem) for one in refused.value.problems] == [("end", "end does not lie after start")]
