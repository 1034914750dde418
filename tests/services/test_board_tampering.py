"""What a meeting decided, and which conflicts were accepted, cannot be rewritten behind the events that tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import as_person
from changedesk.services.control.approvals import acknowledging, meetings
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.database import Desk
from changedesk.store.proving.check import check
from control_desks import START, a_change, a_control_desk, at_the_board, submitted
from tampering import problems_after


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        yield desk


def _decided(desk: Desk, *notes: str) -> str:
    """A change that a meeting has decided on, once for each of the notes; gives its number."""
    number = at_the_board(desk)
    session = open_session(desk)
    texts = {"client": "alder", "kind": "cab", "title": "CAB", "at": START.isoformat()}
    texts["ends_at"] = (START + timedelta(hours=1)).isoformat()
    blank = records.blank(session, "meetings")
    meeting = records.save(session, "meetings", blank, {**blank.values, **texts}).id or ""
    meetings.fill(session, meeting)
    (item,) = (one.item.id for one in meetings.meeting_view(session, meeting).agenda)
    meetings.begin(session, meeting, item)
    for said in notes:
        meetings.decide(session, meeting, item, {}, said)
    return number


@pytest.mark.parametrize("field", ["decision = 'rejected'", "notes = 'nobody asked'", "decision = NULL, notes = NULL"])
def test_what_a_meeting_decided_is_not_rewritten(desk: Desk, field: str) -> None:
    _decided(desk, "asked for a rehearsal")
    (problem,) = problems_after(desk, f"UPDATE cab_item SET {field}")
    assert problem.startswith("what a meeting decided ")


def test_a_meeting_has_not_decided_what_no_event_tells_of(desk: Desk) -> None:
    number = _decided(desk)
    (problem,) = problems_after(desk, "UPDATE cab_item SET decision = 'scheduled'")
    assert problem == f"what a meeting decided of the change {number} is told of by no event"


def test_notes_that_stay_when_a_meeting_decides_again_are_what_was_said_first(desk: Desk) -> None:
    _decided(desk, "asked for a rehearsal", "")
    assert check(desk, None).problems == ()


@pytest.mark.parametrize("field", ["reason = 'all is well'", "at = '2026-11-01T08:00:00.000Z'"])
def test_why_a_conflict_was_accepted_is_not_rewritten(desk: Desk, field: str) -> None:
    submitted(desk, "CHG-1")
    number = a_change(desk, "CHG-2")
    assert acknowledging.acknowledge(as_person(desk, "mona"), number, "both are small") > 0
    problems = problems_after(desk, f"UPDATE conflict_ack SET {field}")
    assert set(problems) == {f"the conflict that was accepted for the change {number} is told of by no event"}
