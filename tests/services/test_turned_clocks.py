"""Clocks that are turned, by somebody or by the season: what was over stays over, and days are those of whoever looks (F13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import NOW, TODAY, a_client, a_desk, an_initiative, as_person
from changedesk.errors import BadInput
from changedesk.services import desks
from changedesk.services.control.approvals import delegating, queue, voting
from changedesk.services.control.calendar import page as calendar
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import a_control_desk, at_the_board, clock_at

pytestmark = pytest.mark.fault("F13")
YEARS = timedelta(days=365 * 40)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def stands_in(desk: Desk) -> list[str]:
    """For whom mona stands in now."""
    return [one.of for one in queue.queue(as_person(desk, "mona")).standing_in]


def delegate(desk: Desk) -> None:
    """Let mona stand in for nora for four days."""
    delegating.give_delegation(as_person(desk, "nora"), "mona", TODAY, TODAY + timedelta(days=4))


def test_a_clock_that_is_set_back_does_not_revive_a_delegation_whatever_is_written_then(desk: Desk) -> None:
    number = at_the_board(desk)
    delegate(desk)
    assert stands_in(desk) == ["nora"]
    clock_at(desk, NOW + timedelta(days=5))
    a_client(desk, "birch")
    for client in ("cedar", "dover"):
        clock_at(desk, NOW + timedelta(days=1))
        assert stands_in(desk) == []
        with pytest.raises(BadInput, match="the vote of nora is written down with evidence"):
            voting.vote(as_person(desk, "mona"), number, "approve", seat="nora")
        a_client(desk, client)


def test_a_clock_that_was_far_ahead_for_a_while_ends_what_ran_and_not_what_is_given_afterwards(desk: Desk) -> None:
    at_the_board(desk)
    delegate(desk)
    clock_at(desk, NOW + YEARS)
    a_client(desk, "birch")
    clock_at(desk, NOW)
    a_client(desk, "cedar")
    assert stands_in(desk) == []
    delegate(desk)
    assert stands_in(desk) == ["nora"]


def test_the_doctor_names_an_event_of_a_time_that_is_still_to_come(desk: Desk) -> None:
    def clock_is_well() -> bool:
        return next(one.well for one in desks.doctor(open_session(desk)) if one.what == "clock")

    assert clock_is_well()
    clock_at(desk, NOW - timedelta(days=5))
    assert not clock_is_well()
    clock_at(desk, NOW + YEARS)
    assert clock_is_well()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "UTC"])
def test_the_weeks_of_people_on_the_calendar_are_those_of_the_days_that_are_looked_at(
    tmp_path: Path, zone: str
) -> None:
    monday = datetime(2027, 1, 4, tzinfo=ZoneInfo(zone))
    with a_desk(tmp_path) as desk:
        an_initiative().with_audience("nurses", 40).planned_for(date(2027, 1, 12)).on(desk)
        view = calendar.calendar(open_session(desk), monday, monday + timedelta(weeks=2))
    assert {week.week for week in view.weeks} == {date(2027, 1, 4), date(2027, 1, 11)}
    assert (view.since, view.since.tzinfo) == (monday, UTC)
