"""When a deadline passes: a step rejects or somebody is told, once and on record; it never approves. And reminders."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import a_person, as_person, found
from changedesk.errors import RuleRefused
from changedesk.services.control import reading
from changedesk.services.control.approvals import expiry, meetings, reminding, voting
from changedesk.services.control.changes import asking
from changedesk.services.control.changes.change_page import change_page
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import STRICT, a_change, a_control_desk, at_the_board, later, submitted


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, STRICT) as desk:
        yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def told(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [json.loads(body) for (body,) in found(desk, "SELECT body FROM audit WHERE kind = ? ORDER BY seq", kind)]


def state(desk: Desk, number: str) -> str:
    return found(desk, "SELECT state FROM change_request WHERE number = ?", number)[0][0]


@pytest.mark.requirement("R91")
def test_a_missed_deadline_rejects_where_the_policy_says_so_with_one_event(strict: Desk):
    number = at_the_board(strict)
    assert expiry.settle_expired(later(strict, hours=72)) == ()
    (one,) = expiry.settle_expired(later(strict, minutes=1))
    assert (one.number, one.step, one.became) == (number, "CAB", "rejected")
    assert state(strict, number) == "rejected"
    assert expiry.settle_expired(open_session(strict)) == ()
    (event,) = told(strict, "change.expired")
    assert (event["from"], event["to"], event["name"]) == ("authorizing", "rejected", "CAB")
    assert reading.change_view(open_session(strict), number).s.approval == "rejected"


def test_a_rejected_change_is_asked_for_again_as_a_new_revision(strict: Desk):
    number = at_the_board(strict)
    expiry.settle_expired(later(strict, hours=73))
    assert asking.edit(as_person(strict, "rita"), number, {"reason": "still wanted"}) == 2
    assert state(strict, number) == "draft"
    asking.submit(as_person(strict, "rita"), number)
    assert reading.change_view(open_session(strict), number).s.approval == "pending"


@pytest.mark.parametrize("decision", ["approve", "abstain"])
def test_a_vote_after_such_a_deadline_comes_too_late_whoever_looked_since(strict: Desk, decision: str):
    number = at_the_board(strict)
    voting.vote(as_person(strict, "nora"), number, "approve")
    later(strict, hours=73)
    with pytest.raises(RuleRefused, match="deadline of the step CAB"):
        voting.vote(as_person(strict, "sam"), number, decision)
    assert state(strict, number) == "rejected"


def test_otherwise_a_missed_deadline_tells_the_change_manager_once_and_decides_nothing(desk: Desk):
    number = at_the_board(desk)
    (one,) = expiry.settle_expired(later(desk, hours=73))
    assert (one.became, one.to) == ("escalated", ("mona",))
    assert expiry.settle_expired(later(desk, hours=10)) == ()
    assert len(told(desk, "change.escalated")) == 1
    assert state(desk, number) == "authorizing"
    voting.vote(as_person(desk, "nora"), number, "approve")
    assert voting.vote(as_person(desk, "sam"), number, "approve") == "scheduled"


def test_a_new_revision_waits_anew(desk: Desk):
    number = submitted(desk)
    expiry.settle_expired(later(desk, hours=49))
    asking.edit(as_person(desk, "rita"), number, {"reason": "better said"})
    assert expiry.settle_expired(later(desk, hours=47)) == ()
    assert len(expiry.settle_expired(later(desk, hours=2))) == 1


def test_a_desk_that_is_read_only_stays_as_it_is(strict: Desk):
    number = at_the_board(strict)
    session = later(strict, hours=73)
    strict.read_only = True
    assert expiry.settle_expired(session) == ()
    assert state(strict, number) == "authorizing"


def a_ballot(desk: Desk, hours: int) -> None:
    """A ballot on what waits for the board, open for so long."""
    session = open_session(desk)
    ends = (session.now + timedelta(hours=hours)).isoformat()
    texts = {"client": "alder", "kind": "vcab", "title": "Ballot", "at": session.now.isoformat(), "ends_at": ends}
    blank = records.blank(session, "meetings")
    meetings.fill(session, records.save(session, "meetings", blank, {**blank.values, **texts}).id or "")


@pytest.mark.requirement("R91")
@pytest.mark.parametrize("kind", ["desk", "strict"])
def test_a_ballot_that_is_over_is_told_once_and_neither_approves_nor_rejects(kind: str, request: pytest.FixtureRequest):
    desk: Desk = request.getfixturevalue(kind)
    number = at_the_board(desk)
    a_ballot(desk, 4)
    voting.vote(as_person(desk, "nora"), number, "approve")
    assert expiry.settle_expired(later(desk, hours=3)) == ()
    (one,) = expiry.settle_expired(later(desk, hours=2))
    assert (one.became, one.to) == ("escalated", ("mona",))
    assert expiry.settle_expired(later(desk, hours=2)) == ()
    assert len(told(desk, "change.escalated")) == 1
    assert state(desk, number) == "authorizing"
    later(desk, hours=70)
    expiry.settle_expired(open_session(desk))
    assert state(desk, number) == ("rejected" if kind == "strict" else "authorizing"), "the step's own deadline rejects"


def test_no_deadline_ever_approves(desk: Desk):
    numbers = [submitted(desk), at_the_board(desk)]
    for hours in (50, 50, 500):
        expiry.settle_expired(later(desk, hours=hours))
    assert {state(desk, number) for number in numbers} == {"assessing", "authorizing"}


# --- reminders


def test_whoever_a_change_waits_for_is_reminded_as_an_event_and_not_twice_a_day(desk: Desk):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    (one,) = reminding.remind_all(open_session(desk))
    assert (one.number, one.who) == (number, ("ben", "sam"))
    (event,) = told(desk, "change.reminded")
    assert (event["from"], event["to"], event["what"]) == ("authorizing", "authorizing", "vote")
    assert reminding.remind_all(later(desk, hours=11)) == ()
    assert len(reminding.remind_all(later(desk, hours=2))) == 1


def test_a_single_reminder_says_why_it_is_not_given(desk: Desk):
    number = at_the_board(desk)
    assert reminding.remind(as_person(desk, "mona"), number).who == ("ben", "nora", "sam")
    with pytest.raises(RuleRefused, match="within the last 12 hours"):
        reminding.remind(as_person(desk, "mona"), number)


def test_only_a_change_manager_or_whoever_asked_reminds(desk: Desk):
    number = at_the_board(desk)
    assert reminding.remind(as_person(desk, "rita"), number).refused is None
    other = at_the_board(desk)
    a_person(desk, "olga", "auditor", client="alder")
    with pytest.raises(RuleRefused, match="olga may not remind"):
        reminding.remind(as_person(desk, "olga"), other)
    (refused,) = reminding.remind_all(as_person(desk, "olga"))
    assert refused.refused.startswith("olga may not remind")


def test_the_life_of_a_change_is_told_in_sentences(desk: Desk):
    number = a_change(desk)
    asking.edit(as_person(desk, "rita"), number, {"reason": "clearer", "risk": "low"})
    asking.submit(as_person(desk, "rita"), number)
    asking.hold(as_person(desk, "mona"), number, "vendor is late")
    asking.release(as_person(desk, "mona"), number, "vendor is back")
    voting.vote(as_person(desk, "mona"), number, "approve", comment="looks fine")
    reminding.remind(as_person(desk, "mona"), number)
    expiry.settle_expired(later(desk, hours=73))
    change = reading.change_view(open_session(desk), number).change
    told_so = [(one.sentence, one.state) for one in change_page(open_session(desk), change.id).timeline]
    assert told_so == [
        ("asked for, as a draft", None),
        ("edited, revision 2: why and risk", None),
        ("handed in", "assessing"),
        ("held: vendor is late", None),
        ("released: vendor is back", None),
        ("mona voted: approve: looks fine", "authorizing"),
        ("ben, nora and sam reminded of the vote", None),
        ("the deadline of the step CAB passed; told mona", None),
    ]
