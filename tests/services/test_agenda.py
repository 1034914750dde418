"""What comes on the agenda of a board: what waits for its votes, as on Approvals, and nothing that no vote is open on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from changedesk.services.control.approvals import meetings
from changedesk.services.imports.imports import import_file
from changedesk.services.records import records
from changedesk.services.session import open_session
from control_desks import START, a_control_desk, at_the_board


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
        blank = records.blank(session, "meetings")
        texts = {
            "client": "alder",
            "kind": "cab",
            "title": "CAB",
            "at": START.isoformat(),
            "ends_at": ends.isoformat(),
        }
        meeting = records.save(session, "meetings", blank, {**blank.values, **texts}).id or ""
        assert meetings.fill(session, meeting) == 1
        assert [one.item.number for one in meetings.meeting_view(session, meeting).agenda] == [number]
