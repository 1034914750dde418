"""What change control brings on the next fourteen days, beside what initiatives bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled, view_of

from builders import NOW, as_person, at, found, record
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, running
from changedesk.services.portfolio import page as portfolio
from changedesk.services.session import Choices, Session, open_session
from changedesk.store.desk.database import Desk

DAY = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, "alder", "birch") as desk:
        yield desk


def events(session: Session) -> list[tuple[str, str, str]]:
    return [(f"{event.day:%d %b}", event.kind, event.text) for event in portfolio.portfolio(session).events]


def test_hard_freezes_that_begin_or_are_in_force_are_told(desk):
    owner = open_session(desk)
    a_window(owner, title="Stocktaking", start="2026-11-20T00:00:00", end="2026-11-28T00:00:00", scope="service:till")
    a_window(owner, title="Audit", client="", start="2026-11-30T09:00:00", end="2026-12-02T09:00:00")
    a_window(owner, title="Soft", kind="freeze_soft")
    a_window(owner, title="Over", start="2026-11-20T00:00:00", end="2026-11-21T00:00:00")
    a_window(owner, title="Far", start="2026-12-10T00:00:00", end="2026-12-11T00:00:00")
    a_window(
        owner, title="Nights", start="2026-01-09T20:00:00", end="2026-01-09T22:00:00", rrule="FREQ=MONTHLY;BYMONTHDAY=9"
    )
    assert events(owner) == [
        ("26 Nov", "freeze_hard", "Alder: hard freeze of till, Stocktaking, to Fri 27 Nov"),
        ("30 Nov", "freeze_hard", "every client: hard freeze, Audit, to Wed 2 Dec"),
        ("09 Dec", "freeze_hard", "Alder: hard freeze, Nights, to Wed 9 Dec"),
    ]


def test_scheduled_changes_are_told_one_by_one_or_together_when_there_are_many(desk):
    first = scheduled(desk)
    assert events(open_session(desk)) == [("01 Dec", "change", f"Alder: {first} Firewall rules")]
    others = [scheduled(desk, "birch", start=START + timedelta(hours=hour)) for hour in (0, 1)]
    assert events(open_session(desk)) == [("01 Dec", "change", f"3 changes: {first}, {others[0]} and 1 more")]
    assert events(as_person(desk, "alder.does")) == [("01 Dec", "change", f"Alder: {first} Firewall rules")]
    ask_for(desk, start=START + DAY)
    assert len(events(open_session(desk))) == 1


def test_a_change_that_is_on_hold_is_told_as_such(desk):
    number = scheduled(desk)
    asking.hold(open_session(desk), number, "vendor is late")
    (event,) = portfolio.portfolio(open_session(desk)).events
    assert (event.text, event.level) == (f"Alder: {number} on hold, Firewall rules", "at_risk")


def test_meetings_of_boards_come_with_what_is_on_their_agenda(desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    meeting = record(desk, "cab_meeting", client_id=client, kind="cab", title="CAB", at="2026-11-27T14:00:00Z",
                     ends_at="2026-11-27T15:00:00Z", state="planned")  # fmt: skip
    for place in (1, 2):
        change = view_of(desk, ask_for(desk)).change.id
        record(desk, "cab_item", meeting_id=meeting, change_id=change, position=place, minutes=5)
    record(desk, "cab_meeting", client_id=client, kind="cab", title="Old", at="2026-11-26T09:00:00Z",
           ends_at="2026-11-26T10:00:00Z", state="closed")  # fmt: skip
    assert events(open_session(desk)) == [("27 Nov", "cab", "Alder: CAB, 2 changes")]


def test_a_ballot_is_told_by_its_end(desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    for title, days in (("Ballot A", 3), ("Ballot B", 40)):
        begun, over = ((NOW + timedelta(days=n)).isoformat() for n in (-1, days))
        record(desk, "cab_meeting", client_id=client, kind="vcab", title=title, at=begun, ends_at=over, state="planned")
    assert events(open_session(desk)) == [("29 Nov", "cab", "Alder: Ballot A ends")]


@pytest.mark.requirement("R87")
def test_an_approval_that_is_owed_is_told_until_it_is_there_and_overdue_stands_on_today(desk):
    number = ask_for(desk, path="emergency", incident="INC-1")
    running.act_first(as_person(desk, "alder.does"), number, ["alder.cab1"], None)
    owner = open_session(desk)
    assert events(owner) == [("27 Nov", "retro", f"{number}: approval afterwards due")]
    desk.clock = at(NOW + 3 * DAY)
    (event,) = portfolio.portfolio(open_session(desk)).events
    assert (event.text, event.level, event.day) == (
        f"{number}: approval afterwards overdue",
        "late",
        (NOW + 3 * DAY).date(),
    )
    voting.vote(as_person(desk, "alder.cab2"), number, "approve")
    assert events(open_session(desk)) == []


def test_days_are_those_of_the_reader(desk):
    scheduled(desk, start=datetime(2026, 12, 1, 23, 30, tzinfo=NOW.tzinfo))
    from zoneinfo import ZoneInfo

    for zone, day in (("Australia/Sydney", "02 Dec"), ("America/New_York", "01 Dec")):
        choices = Choices(ZoneInfo(zone))
        assert events(open_session(desk, choices=lambda choices=choices: choices))[0][0] == day
