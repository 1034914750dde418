"""What waits for whom: by deadline, for oneself, for whom one stands in, and on a personal desk for everybody there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import NOW, a_person, as_person, found
from changedesk.domain.control.policy import Policy, Route
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control import reading
from changedesk.services.control.approvals import card, delegating, news, queue, voting
from changedesk.services.control.approvals.deputy import Seat, session_as
from changedesk.services.control.approvals.waiting import Docket
from changedesk.services.control.changes import asking, running
from changedesk.services.control.changes.change_page import change_page
from changedesk.services.imports.importing import import_file
from changedesk.services.session import Choices, open_session
from changedesk.store.control import decisions, requests
from changedesk.store.desk.database import Desk
from changedesk.store.proving.check import check
from changedesk.store.scope import Scope
from control_desks import (
    ASSESS,
    BOARD,
    CAB,
    START,
    a_change,
    a_control_desk,
    at_the_board,
    brought,
    later,
    scheduled,
    submitted,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def numbers(found: queue.Queue) -> list[str]:
    return [item.number for item in found.items]


@pytest.mark.requirement("R91")
def test_the_owner_of_a_personal_desk_sees_every_vote_that_a_person_of_it_can_give(desk: Desk):
    first, second = submitted(desk), at_the_board(desk)
    found = queue.queue(open_session(desk))
    assert numbers(found) == [first, second]
    assert [seat.voter for seat in found.items[0].seats] == ["mona"]
    assert sorted(seat.voter for seat in found.items[1].seats) == sorted(BOARD)
    assert found.people == (("ben", 1), ("mona", 1), ("nora", 1), ("sam", 1))


def test_seen_as_one_person_only_that_persons_votes_wait(desk: Desk):
    submitted(desk)
    waiting = at_the_board(desk)
    assert numbers(queue.queue(open_session(desk), "nora")) == [waiting]
    assert numbers(queue.queue(as_person(desk, "nora"))) == [waiting]
    assert numbers(queue.queue(as_person(desk, "ivan"))) == []


def test_a_decision_leaves_the_queue_as_soon_as_it_is_settled(desk: Desk):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    assert numbers(queue.queue(as_person(desk, "nora"))) == []
    assert numbers(queue.queue(as_person(desk, "ben"))) == [number]
    voting.vote(as_person(desk, "sam"), number, "approve")
    assert numbers(queue.queue(as_person(desk, "ben"))) == []


def test_who_voted_on_what_was_edited_since_votes_again(desk: Desk):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    asking.edit(as_person(desk, "rita"), number, {"plan": "install, wait, switch"})
    assert numbers(queue.queue(as_person(desk, "nora"))) == []
    assert voting.vote(as_person(desk, "mona"), number, "approve") == "authorizing"
    assert numbers(queue.queue(as_person(desk, "nora"))) == [number]
    assert voting.vote(as_person(desk, "nora"), number, "approve") == "authorizing"
    assert voting.vote(as_person(desk, "sam"), number, "approve") == "scheduled"


def test_the_queue_is_by_deadline(desk: Desk):
    late = at_the_board(desk)
    later(desk, hours=1)
    urgent = submitted(desk, path="emergency", incident="INC-1")
    assert numbers(queue.queue(open_session(desk))) == [urgent, late]


def test_whoever_asks_for_a_change_or_does_it_has_no_seat_in_the_queue(desk: Desk):
    at_the_board(desk, implementer="nora")
    (item,) = queue.queue(open_session(desk)).items
    assert sorted(seat.voter for seat in item.seats) == ["ben", "sam"]
    assert numbers(queue.queue(as_person(desk, "nora"))) == []


def test_who_stands_in_sees_it_with_until_when(desk: Desk):
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4), "cab")
    found = queue.queue(as_person(desk, "mona"))
    assert numbers(found) == [number]
    assert found.items[0].seats == (Seat("mona", "nora"),)
    assert [(one.of, one.role) for one in found.standing_in] == [("nora", "cab")]
    voting.vote(as_person(desk, "mona"), number, "approve", seat="nora")
    assert numbers(queue.queue(as_person(desk, "nora"))) == []


def test_the_owner_votes_in_the_name_of_a_person_and_it_is_recorded(desk: Desk):
    number = at_the_board(desk)
    me = open_session(desk)
    voting.vote(session_as(me, "nora"), number, "approve")
    view = card.card(me, number).view
    (vote,) = view.steps[1].cast
    assert (vote.voter, vote.recorded_by) == ("nora", "desk.owner")


def test_the_first_vote_on_a_change_from_a_file_begins_a_round_under_the_policy_of_today(desk: Desk, tmp_path: Path):
    file = tmp_path / "changes.csv"
    file.write_text(
        "number,client,title,path,risk,services,planned_start,planned_end,state\n"
        f"OLD-1,alder,Old,normal,low,mail,{START.isoformat()},{(START + timedelta(hours=1)).isoformat()},assessing\n"
    )
    assert import_file(open_session(desk), file, "changes").problems == ()
    before = reading.change_view(open_session(desk), "OLD-1")
    assert (before.change.round, before.policy_version) == (0, None)
    voting.vote(as_person(desk, "mona"), "OLD-1", "approve")
    after = reading.change_view(open_session(desk), "OLD-1")
    assert (after.change.round, after.change.panel["cab"], after.policy_version) == (1, tuple(sorted(BOARD)), 1)
    assert [vote.round for vote in after.s.votes] == [1]
    assert check(desk, None).problems == ()


def test_the_count_on_every_screen_is_that_of_the_queue(desk: Desk):
    for _ in range(3):
        at_the_board(desk)
    submitted(desk)
    assert news.waits(open_session(desk)).votes == 4
    assert news.waits(as_person(desk, "nora")).votes == 3
    assert news.waits(as_person(desk, "mona")).votes == 1
    assert news.waits(as_person(desk, "rita")).votes == 0


def test_the_verb_approvals_tells_of_what_the_screen_shows(desk: Desk):
    at_the_board(desk)
    submitted(desk)
    at_the_board(desk, implementer="nora")
    delegating.give_delegation(as_person(desk, "sam"), "ivan", NOW.date(), NOW.date() + timedelta(days=4))
    for reader in (open_session(desk), *(as_person(desk, login) for login in ("nora", "mona", "sam", "ivan", "rita"))):
        assert [one.change.number for one in reading.waits_for_me(reader)] == numbers(queue.queue(reader))


def test_who_stands_in_for_one_role_neither_is_asked_for_the_votes_of_another_nor_can_give_them(desk: Desk):
    number = at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4), "ecab")
    assert reading.waits_for_me(as_person(desk, "mona")) == ()
    with pytest.raises(RuleRefused, match="mona stands in for nora as ecab only, not in this step"):
        voting.vote(as_person(desk, "mona"), number, "approve", seat="nora")


def stands_in(desk: Desk, deputy: str, of: str, role: str) -> None:
    delegating.give_delegation(as_person(desk, of), deputy, NOW.date(), NOW.date() + timedelta(days=4), role)


def test_who_stands_in_on_the_board_does_not_assess_as_well(desk: Desk):
    a_person(desk, "zoe", "cab", "change_manager", client="alder")
    stands_in(desk, "ben", "zoe", "cab")
    number = submitted(desk)
    assert reading.waits_for_me(as_person(desk, "ben")) == ()
    with pytest.raises(RuleRefused, match="ben stands in for zoe as cab only, not in this step"):
        voting.vote(as_person(desk, "ben"), number, "approve", seat="zoe")


def test_who_stands_in_on_the_board_has_the_seats_that_the_policy_gives_by_name(tmp_path: Path):
    by_name = Policy(tuple(Route(path, (ASSESS, replace(CAB, seats=BOARD))) for path in ("normal", "emergency")))
    with a_control_desk(tmp_path, by_name) as desk:
        stands_in(desk, "ivan", "nora", "cab")
        number = at_the_board(desk, implementer="")
        assert [one.change.number for one in reading.waits_for_me(as_person(desk, "ivan"))] == [number]
        voting.vote(as_person(desk, "ivan"), number, "approve", seat="nora")
        (*_, vote) = reading.change_view(open_session(desk), number).s.votes
        assert (vote.voter, vote.on_behalf_of, vote.counts) == ("ivan", "nora", True)


def test_who_stands_in_has_one_vote_in_a_step_for_whomever_it_is(desk: Desk):
    for absent in ("nora", "ben"):
        delegating.give_delegation(as_person(desk, absent), "sam", NOW.date(), NOW.date() + timedelta(days=4))
    number = at_the_board(desk)
    voting.vote(as_person(desk, "sam"), number, "approve", seat="nora")
    for seat in (None, "ben"):
        with pytest.raises(RuleRefused, match="sam has voted in the step CAB already; one person, one vote a step"):
            voting.vote(as_person(desk, "sam"), number, "approve", seat=seat)


def test_nobody_stands_in_whom_the_desk_does_not_know(desk: Desk):
    with pytest.raises(BadInput, match="nobody on this desk has the login eve"):
        delegating.give_delegation(as_person(desk, "nora"), "eve", NOW.date(), NOW.date() + timedelta(days=4))


def test_somebody_stands_in_from_midnight_where_the_client_is(desk: Desk):
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Pacific/Auckland'")
        transaction.record("test.made", found(desk, "SELECT id FROM client")[0][0], {})
    delegating.give_delegation(as_person(desk, "nora"), "mona", date(2026, 12, 1), date(2026, 12, 3))
    (days,) = found(desk, "SELECT starts_at, ends_at FROM delegation")
    assert days == ("2026-11-30T11:00:00.000Z", "2026-12-02T11:00:00.000Z")


def test_nobody_who_stands_in_passes_it_on(desk: Desk):
    at_the_board(desk)
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=4))
    delegating.give_delegation(as_person(desk, "mona"), "ivan", NOW.date(), NOW.date() + timedelta(days=4))
    assert [one.seat for one in reading.waits_for_me(as_person(desk, "mona"))] == ["nora"]
    assert reading.waits_for_me(as_person(desk, "ivan")) == ()


def test_nothing_is_read_on_a_desk_without_changes(tmp_path: Path):
    with a_control_desk(tmp_path) as empty:
        assert news.waits(open_session(empty)) == news.Waits(0, 0, 0)


@pytest.mark.requirement("R14")
def test_an_emergency_begun_on_somebodys_word_waits_and_is_overdue_everywhere(desk: Desk):
    number = a_change(desk, path="emergency", incident="INC-7", planned_start=NOW.isoformat())
    running.act_first(as_person(desk, "ivan"), number, ["nora"], None)
    (item,) = queue.queue(open_session(desk)).items
    assert (item.kind, item.overdue) == ("retro", False)
    assert news.waits(open_session(desk)).retro == 0
    now = later(desk, hours=25)
    (item,) = queue.queue(now).items
    assert item.overdue
    assert news.waits(now).retro == 1


def test_a_review_that_is_owed_is_overdue_after_the_clients_business_days(desk: Desk):
    number = scheduled(desk)
    later(desk, days=6)
    running.start(as_person(desk, "ivan"), number)
    running.finish(as_person(desk, "ivan"), number, "successful", [running.Proof(text="all mails pass")])
    assert news.waits(later(desk, days=6)).reviews == 0
    assert news.waits(later(desk, days=4)).reviews == 1


def test_the_card_has_what_changed_since_the_revision_that_was_voted_on(desk: Desk):
    number = at_the_board(desk)
    voting.vote(as_person(desk, "nora"), number, "approve")
    asking.edit(as_person(desk, "rita"), number, {"backout_minutes": "90", "services": "mail;web"})
    shown = card.card(open_session(desk), number, ("nora",))
    assert (shown.revision, shown.voted_on) == (2, 1)
    found = card.since(open_session(desk), number, shown.voted_on)
    assert [(one.label, one.before, one.after) for one in found.changes] == [
        ("Services", "mail", "mail, web"),
        ("Back-out, minutes", "10", "90"),
    ]
    assert found.made_by == "rita"
    assert card.since(open_session(desk), submitted(desk)) is None


def test_a_change_that_only_a_file_has_brought_waits_for_nobody_and_is_counted(desk: Desk):
    assert queue.queue(open_session(desk)).brought == 0
    brought(desk)
    found = queue.queue(open_session(desk))
    assert (numbers(found), found.brought) == ([], 1)


def test_whoever_asks_for_it_can_begin_to_vote_on_what_a_file_has_brought(desk: Desk):
    change = brought(desk)
    assert change_page(open_session(desk), change).refused["vote"] is None
    (item,) = queue.queue(open_session(desk), asked_for=change).items
    assert sorted(seat.voter for seat in item.seats) == sorted(BOARD)
    voting.vote(as_person(desk, "nora"), "OLD-1", "approve")
    found = queue.queue(open_session(desk))
    assert (numbers(found), found.brought) == (["OLD-1"], 0)


def test_who_stands_in_for_a_role_can_begin_to_vote_as_well_on_what_a_file_has_brought(desk: Desk):
    change, mona = brought(desk), as_person(desk, "mona")
    delegating.give_delegation(as_person(desk, "nora"), "mona", NOW.date(), NOW.date() + timedelta(days=2), "cab")
    (item,) = queue.queue(mona, asked_for=change).items
    assert item.seats == (Seat("mona", "nora"),)
    assert voting.vote(mona, "OLD-1", "approve", seat="nora") == "authorizing"


def test_who_holds_which_role_is_read_once_for_all_that_files_have_brought(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    holders = decisions.holders
    monkeypatch.setattr(decisions, "holders", lambda *given: (asked.append(given[1]), holders(*given))[1])
    changes = [requests.by_id(desk.reader(), Scope(None), brought(desk, number)) for number in ("OLD-1", "OLD-2")]
    docket = Docket(open_session(desk), desk.reader())
    assert all(change and docket.vote_on(change) for change in changes)
    assert asked == ["alder"]


def test_who_works_for_every_client_lets_somebody_stand_in_from_midnight_by_the_own_clock(desk: Desk):
    a_person(desk, "root", "change_manager")
    root = as_person(desk, "root")
    for zone in (None, ZoneInfo("America/New_York")):
        own = replace(root, choices=lambda zone=zone: Choices(zone))
        delegating.give_delegation(own, "mona", date(2026, 12, 1), date(2026, 12, 3))
    days = found(desk, "SELECT starts_at, ends_at FROM delegation ORDER BY id")
    assert days == [
        ("2026-12-01T00:00:00.000Z", "2026-12-03T00:00:00.000Z"),
        ("2026-12-01T05:00:00.000Z", "2026-12-03T05:00:00.000Z"),
    ]


def test_the_trail_tells_who_stands_in_as_what_until_when_and_who_wrote_it_down(desk: Desk):
    mona = found(desk, "SELECT id FROM person WHERE login = 'mona'")[0][0]
    nora = session_as(open_session(desk), "nora")
    delegating.give_delegation(nora, "mona", date(2026, 12, 1), date(2026, 12, 3), "cab", "on leave")
    ((actor, body),) = found(desk, "SELECT actor, body FROM audit WHERE kind = 'delegation.given'")
    told = {key: value for key, value in json.loads(body).items() if not key.startswith(("log_", "row_"))}
    assert actor == nora.actor.id
    assert told == {
        "to": {"person": mona},
        "role": "cab",
        "start": "2026-12-01T00:00:00+00:00",
        "end": "2026-12-03T00:00:00+00:00",
        "reason": "on leave",
        "recorded_by": open_session(desk).actor.id,
    }


@pytest.mark.parametrize(
    ("to", "first", "until", "said"),
    [
        ("nora", 0, 2, "nobody stands in for themselves"),
        ("mona", 2, 2, "a delegation ends after it begins"),
        ("mona", -3, -1, "this delegation would be over already"),
    ],
)
def test_a_delegation_that_says_nothing_is_refused_and_not_kept(desk: Desk, to: str, first: int, until: int, said: str):
    days = (NOW.date() + timedelta(days=offset) for offset in (first, until))
    with pytest.raises(RuleRefused, match=said):
        delegating.give_delegation(as_person(desk, "nora"), to, *days)
    assert found(desk, "SELECT 1 FROM delegation") == []


def test_nobody_stands_in_as_what_no_role_is_called(desk: Desk):
    with pytest.raises(BadInput, match="there is no role king"):
        delegating.give_delegation(as_person(desk, "nora"), "mona", date(2026, 12, 1), date(2026, 12, 3), "king")
