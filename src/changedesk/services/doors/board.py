"""What a screen may do with the board's meetings and with the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.control.meeting import Meeting
    from changedesk.services.control.approvals.meetings import Cast, MeetingView
    from changedesk.services.trail import TrailRow, Verified


@dataclass(frozen=True, slots=True)
class BoardDoor:
    """The part of the door that leads to meetings and the trail; each use case is imported when it is first asked for."""

    session: Session

    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings in view, those to come first."""
        from changedesk.services.control.approvals import meetings

        return meetings.listed(self.session)

    def zone(self, client: str) -> tzinfo:
        """The clock of a client, by which its meetings begin."""
        from changedesk.services.zones import client_zone

        return client_zone(self.session, client)

    def meeting(self, meeting_id: str) -> MeetingView:
        """One meeting with its agenda."""
        from changedesk.services.control.approvals import meetings

        return meetings.meeting_view(self.session, meeting_id)

    def fill(self, meeting_id: str) -> int:
        """Put on the agenda what waits for the board."""
        from changedesk.services.control.approvals import meetings

        return meetings.fill(self.session, meeting_id)

    def move_item(self, meeting_id: str, item_id: str, step: int) -> None:
        """Move an item on the agenda."""
        from changedesk.services.control.approvals import meetings

        meetings.move_item(self.session, meeting_id, item_id, step)

    def take_off(self, meeting_id: str, item_id: str) -> None:
        """Take an item off the agenda."""
        from changedesk.services.control.approvals import meetings

        meetings.take_off(self.session, meeting_id, item_id)

    def begin(self, meeting_id: str, item_id: str) -> None:
        """Begin to talk about an item."""
        from changedesk.services.control.approvals import meetings

        meetings.begin(self.session, meeting_id, item_id)

    def decide(self, meeting_id: str, item_id: str, votes: Mapping[str, str], notes: str) -> tuple[Cast, ...]:
        """Take the votes of those present."""
        from changedesk.services.control.approvals import meetings

        return meetings.decide(self.session, meeting_id, item_id, votes, notes)

    def close(self, meeting_id: str) -> tuple[str, ...]:
        """End a meeting; gives what is still undecided."""
        from changedesk.services.control.approvals import meetings

        return meetings.close(self.session, meeting_id)

    def minutes(self, meeting_id: str) -> str:
        """The minutes as Markdown."""
        from changedesk.services.control.approvals import meetings

        return meetings.minutes(self.session, meeting_id)

    def event_numbers(self, words: str, *, of_people: bool) -> list[int]:
        """The events of the audit trail with these words; ``of_people`` leaves out what the program itself has written down."""
        from changedesk.services import trail

        return trail.event_numbers(self.session, words, of_people=of_people)

    def events(self, numbers: Sequence[int]) -> tuple[TrailRow, ...]:
        """The events with these numbers, the newest first."""
        from changedesk.services import trail

        return trail.events(self.session, numbers)

    def bundle(self, number: str, folder: Path) -> list[str]:
        """Write everything about a change into a new folder; gives the names of the files."""
        from changedesk.services import trail

        return trail.bundle(self.session, number, folder)

    def verify(self) -> Verified:
        """Prove the desk."""
        from changedesk.services import trail

        return trail.verified(self.session)
