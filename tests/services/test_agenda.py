"""What comes on the agenda of a board: what waits for its votes, as on Approvals, and nothing that no vote is open on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, TODAY, at, found
from change_desks import ChangeDesk
from changedesk.errors import RuleRefused
from changedesk.services.control.approvals import meetings
from changedesk.services.control.changes import asking
from changedesk.services.imports.importing import import_file
from changedesk.services.records import records
from changedesk.services.session import Session, open_session
from changedesk.store.proving import check
from control_desks import START, a_control_desk, at_the_board


def a_meeting(session: Session, kind: str = "cab") -> str:
    """A meeting of the board, about to begin."""
    blank = records.blank(session, "meetings")
    ends = START + timedelta(hours=1)
    texts = {"client": "alder", "kind": kind, "title": "CAB", "at": START.isoformat(), "ends_at": ends.isoformat()}
    return records.save(session, "meetings", blank, {**blank.values, **texts}).id or ""


def test_what_a_meeting_that_is_over_says_stays_as_its_minutes_have_it(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session = open_session(desk)
        meeting = a_meeting(session, "vcab")
        opened = records.fetch(session, "meetings", meeting)
        later = records.save(session, "meetings", opened, {**opened.values, "chair": "cora"})
        meetings.close(session, meeting)
        with pytest.raises(RuleRefused, match="this meeting is over; its minutes are what they are"):
            records.save(session, "meetings", later, {**later.values, "attendees": "cora; ned"})
        assert records.fetch(session, "meetings", meeting).values["attendees"] == ""


def test_a_change_that_was_cancelled_is_not_decided_any_more_and_makes_no_ballot_late(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        number = at_the_board(desk)
        session = open_session(desk)
        meeting = a_meeting(session, "vcab")
        meetings.fill(session, meeting)
        over = START + timedelta(hours=2)
        assert replace(meetings.meeting_view(session, meeting), now=over).late
        asking.STOPS["cancel"](session, number, "not wanted any more")
        view = replace(meetings.meeting_view(session, meeting), now=over)
        assert view.agenda[0].view.s.approval == "pending"
        assert (view.undecided, view.late) == ((), False)


def test_a_board_has_before_it_what_waits_for_its_votes_and_no_history_from_a_file(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        number = at_the_board(desk)
        session = open_session(desk)
        ends = START + timedelta(hours=1)
        file = tmp_path / "changes.csv"
        file.write_text(
            "number,client,title,path,planned_start,planned_end,state\n"
            f"OLD-1,alder,Old,normal,{START.isoformat()},{ends.isoformat()},authorizing\n"
            f"OLD-2,alder,Old,standard,{START.isoformat()},{ends.isoformat()},authorizing\n"
        )
        import_file(session, file, "changes")
        meeting = a_meeting(session)
        assert meetings.fill(session, meeting) == 1
        assert [one.item.number for one in meetings.meeting_view(session, meeting).agenda] == [number]


def at_its_first_item(desk: ChangeDesk, kind: str = "cab") -> tuple[Session, str, str, str]:
    """A meeting with its agenda: its session, its id, the id of its first item, and somebody who votes on that."""
    at_the_board(desk)
    session = open_session(desk)
    meeting = a_meeting(session, kind)
    meetings.fill(session, meeting)
    first = meetings.meeting_view(session, meeting).agenda[0]
    return session, meeting, first.item.id, first.view.voters[0]


def test_the_first_votes_open_the_meeting_and_say_on_which_day_people_sat(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk)
        (cast,) = meetings.decide(session, meeting, item, {voter: "approve"})
        assert cast.refused is None
        view = meetings.meeting_view(session, meeting)
        assert (view.meeting.state, view.end_refused(session.wall_clock)) == ("open", None)
        assert found(desk, "SELECT evidence FROM vote WHERE evidence LIKE 'present at%'") == [
            (f"present at CAB, {session.today}",)
        ]
        meetings.close(session, meeting)
        assert check.check(desk, None).problems == ()


def test_whoever_votes_in_a_meeting_is_among_those_present_in_its_minutes_and_whoever_was_refused_is_not(
    tmp_path: Path,
):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk)
        meetings.decide(session, meeting, item, {voter: "approve", "nobody": "approve"})
        meetings.decide(session, meeting, item, {voter: "approve"})
        assert f"- Present: {voter}\n" in meetings.minutes(session, meeting)
        assert check.check(desk, None).problems == ()


def test_a_vote_that_a_ballot_brought_does_not_say_that_somebody_was_present(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk, "vcab")
        desk.clock = at(START)
        meetings.decide(session, meeting, item, {voter: "approve"})
        assert found(desk, "SELECT DISTINCT evidence FROM vote WHERE evidence <> ''") == [
            (f"ballot CAB, {START:%Y-%m-%d}",)
        ]
        assert "Present" not in meetings.minutes(session, meeting)


def test_votes_that_are_written_down_a_day_later_say_on_which_day_people_sat(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk)
        meetings.begin(session, meeting, item)
        desk.clock = at(NOW + timedelta(days=1))
        meetings.decide(session, meeting, item, {voter: "approve"})
        assert found(desk, "SELECT evidence FROM vote WHERE evidence LIKE 'present at%'") == [
            (f"present at CAB, {TODAY}",)
        ]


def test_a_meeting_that_is_over_takes_no_vote_and_keeps_none_of_those_it_refused(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk)
        meetings.begin(session, meeting, item)
        meetings.close(session, meeting)
        votes = found(desk, "SELECT count(*) FROM vote")
        with pytest.raises(RuleRefused, match="CAB is closed; its minutes are what they are"):
            meetings.decide(session, meeting, item, {voter: "approve"})
        assert found(desk, "SELECT count(*) FROM vote") == votes


def test_a_ballot_that_is_not_open_yet_is_not_begun_and_takes_no_votes(tmp_path: Path):
    with a_control_desk(tmp_path) as desk:
        session, meeting, item, voter = at_its_first_item(desk, "vcab")
        with pytest.raises(RuleRefused, match="CAB takes no votes yet: its ballot opens"):
            meetings.decide(session, meeting, item, {voter: "approve"})
        with pytest.raises(RuleRefused, match="CAB takes no votes yet: its ballot opens"):
            meetings.begin(session, meeting, item)
        assert meetings.meeting_view(session, meeting).meeting.state == "planned"
        assert found(desk, "SELECT count(*) FROM cab_item WHERE began_at IS NOT NULL") == [(0,)]
