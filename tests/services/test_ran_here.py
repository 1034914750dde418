"""When a change ran is held against what was in force then: freezes of its client, and whether it was on hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import as_person, found
from changedesk.domain.control.ran import Ran
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.changes import asking, running
from changedesk.services.control.changes.change_page import change_page
from changedesk.services.control.learning.looking_back import looking_back
from changedesk.services.control.reading import change_view
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.service import tickets
from control_desks import START, a_change, a_control_desk, clock_at, scheduled

TEN = timedelta(minutes=10)
LOG = [running.Proof("log")]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def test_it_did_not_begin_while_it_was_on_hold(desk: Desk) -> None:
    number = scheduled(desk)
    ivan, rita = as_person(desk, "ivan"), as_person(desk, "rita")
    for minutes, act in ((-5, asking.hold), (15, asking.release)):
        clock_at(desk, START + timedelta(minutes=minutes))
        act(rita, number, "the landlord")
    clock_at(desk, START + 2 * TEN)
    running.start(ivan, number)
    with pytest.raises(RuleRefused, match="it was on hold then"):
        running.finish(ivan, number, "successful", LOG, ran=Ran(began=START + TEN))
    running.finish(ivan, number, "successful", LOG, ran=Ran(began=START + 1.8 * TEN))
    page = change_page(ivan, change_view(ivan, number).change.id)
    (told,) = (moment.ran for moment in page.timeline if moment.ran)
    assert told == (START + 1.8 * TEN, START + 2 * TEN)


def test_an_emergency_that_began_inside_a_hard_freeze_takes_the_word_of_two(desk: Desk) -> None:
    owner = open_session(desk)
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    now = desk.clock()
    values = {"client": "alder", "kind": "freeze_hard", "title": "Stocktaking"}
    values |= {"start": (now - 9 * TEN).isoformat(), "end": (now - 3 * TEN).isoformat()}
    blank = records.blank(owner, "windows")
    records.save(owner, "windows", blank, {**blank.values, **values})
    with pytest.raises(RuleRefused, match="inside the hard freeze Stocktaking it takes the word of two"):
        running.back_out(owner, number, "it failed", ran=Ran(began=now - 6 * TEN))
    running.back_out(owner, number, "it failed", ran=Ran(began=now - 2 * TEN))


def test_what_was_said_is_what_the_review_and_the_tickets_around_it_are_held_against(desk: Desk) -> None:
    number = a_change(desk, path="emergency")
    running.act_first(as_person(desk, "ivan"), number, ["nora"], "INC-1")
    began, ended = desk.clock() - 90 * TEN, desk.clock() - 84 * TEN
    running.finish(as_person(desk, "ivan"), number, "successful", LOG, ran=Ran(began, ended))
    compared = {one.label: one.actual for one in looking_back(open_session(desk), number).times}
    assert (compared["Started"], compared["Completed"]) == (began, ended)
    (window,) = tickets.change_windows(desk.reader(), "alder", began - TEN, ended + TEN)
    assert (window.number, window.start, window.end) == (number, began, ended)
    assert tickets.change_windows(desk.reader(), "alder", ended + TEN, desk.clock()) == ()


def test_ending_says_who_may_and_that_it_is_said_from_the_change(desk: Desk) -> None:
    number = scheduled(desk)
    clock_at(desk, START)
    running.start(as_person(desk, "ivan"), number)
    ((change_id,),) = found(desk, "SELECT id FROM change_request")
    with pytest.raises(RuleRefused, match="nora may not start or end this change"):
        records.fetch(as_person(desk, "nora"), "ending", change_id)
    with pytest.raises(BadInput, match="from the change itself"):
        records.blank(open_session(desk), "ending")
