"""The one door between the dashboard and the use cases: an open session, and what its screens may ask.

Each use case is imported when it is first asked for: the first frame waits for none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from changedesk.domain.thresholds import DEFAULT_THRESHOLDS, Thresholds
from changedesk.errors import ChangeDeskError
from changedesk.services.opening import open_desk
from changedesk.services.session import Session, chosen, open_session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.records import Initiative
    from changedesk.services.doors.adoption import AdoptionDoor
    from changedesk.services.doors.approvals import ApprovalsDoor
    from changedesk.services.doors.board import BoardDoor
    from changedesk.services.doors.calendar import CalendarDoor
    from changedesk.services.doors.changes import ChangesDoor
    from changedesk.services.doors.learning import LearningDoor
    from changedesk.services.doors.people import PeopleDoor
    from changedesk.services.doors.policies import PoliciesDoor
    from changedesk.services.doors.service import ServiceDoor
    from changedesk.services.doors.work import WorkDoor
    from changedesk.services.initiative.lists import ActivityRow, AudienceRow, ObservationSource
    from changedesk.services.initiative.page import InitiativeView
    from changedesk.services.portfolio.page import PortfolioView
    from changedesk.services.portfolio.query import PortfolioQuery
    from changedesk.services.records.listing import RecordSource
    from changedesk.services.records.records import Checked, Record
    from changedesk.services.records.undoing import LastChange


def open_door(
    path: Path,
    acting_for: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    zone: str | None = None,
    checkpoints: Path | None = None,
    *,
    read_only: bool = False,
) -> Door:
    """Open the desk at ``path`` for its dashboard, ``read_only`` for looking alone.

    ``zone`` is an IANA name, None the computer's own; ``checkpoints`` the folder in which the end of its audit chain is kept
    on each approval, None the one of the desk.
    """
    desk = open_desk(path, read_only=read_only)
    try:
        choices = chosen(zone, thresholds)
        return Door(open_session(desk, acting_for, checkpoints or path.parent, lambda: choices))
    except ChangeDeskError:
        desk.close()
        raise


@dataclass(frozen=True, slots=True)
class Door:
    """A session as the screens see it; every question is answered from one state of the desk."""

    session: Session

    def portfolio(self, query: PortfolioQuery) -> PortfolioView:
        """Every initiative in view, as asked."""
        from changedesk.services.portfolio import page as portfolio

        return portfolio.portfolio(self.session, query)

    def initiative(self, initiative_id: str) -> InitiativeView:
        """One initiative with its lanes side by side."""
        from changedesk.services.initiative import page as initiative

        return initiative.initiative(self.session, self._record(initiative_id).code)

    def activities(self, initiative_id: str) -> Sequence[ActivityRow]:
        """Its activities, by lane and planned end."""
        from changedesk.services.initiative import lists as initiative_lists

        return initiative_lists.activity_rows(self.session, self._record(initiative_id).code)

    def audiences(self, initiative_id: str) -> Sequence[AudienceRow]:
        """Its audiences with their own waves and their newest use."""
        from changedesk.services.initiative import lists as initiative_lists

        return initiative_lists.audience_rows(self.session, self._record(initiative_id).code)

    def observations(self, initiative_id: str) -> ObservationSource:
        """Its observations, newest first, page by page."""
        from changedesk.services.initiative import lists as initiative_lists

        return initiative_lists.observation_source(self.session, self._record(initiative_id).code)

    def blank(self, form_name: str, initiative_code: str | None = None) -> Record:
        """A record yet to be made."""
        from changedesk.services.records import records

        return records.blank(self.session, form_name, initiative_code)

    def fetch(self, form_name: str, record_id: str) -> Record:
        """A record as it is now."""
        from changedesk.services.records import records

        return records.fetch(self.session, form_name, record_id)

    def listed(self, form_name: str, initiative_code: str | None = None) -> Sequence[Record]:
        """The records of a kind, of one initiative or all in view."""
        from changedesk.services.records import records

        return records.listed(self.session, form_name, initiative_code)

    def record_source(self, form_name: str, initiative_code: str = "") -> RecordSource:
        """The same records as a source of pages, what is open first."""
        from changedesk.services.records.listing import record_source

        return record_source(self.session, form_name, initiative_code)

    def check(self, form_name: str, values: Mapping[str, str]) -> Checked:
        """What the rules say of the values; nothing is written."""
        from changedesk.services.records import records

        return records.check(self.session, form_name, values)

    def save(self, form_name: str, record: Record, values: Mapping[str, str]) -> Record:
        """Save a record that was opened as ``record``."""
        from changedesk.services.records import records

        return records.save(self.session, form_name, record, values)

    def suggestions(
        self,
        form_name: str,
        column: str,
        text: str,
        initiative_code: str | None = None,
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> tuple[str, ...]:
        """Names that complete what was typed, beside what stands in the other fields."""
        from changedesk.services.records import completing

        return completing.suggestions(self.session, form_name, column, text, initiative_code, values)

    def refusal(self, action: str) -> str | None:
        """Why whoever is at the keyboard may not do this at any client, as a sentence; None when there is one where they may."""
        from changedesk.domain.roles import refusal

        return refusal(self.session.actor, action)

    def last_change(self) -> LastChange:
        """One's own last change that can be taken back."""
        from changedesk.services.records import undoing

        return undoing.last_change(self.session)

    def undo(self, seq: int) -> str:
        """Take one's own last change back."""
        from changedesk.services.records import undoing

        return undoing.undo(self.session, seq)

    def keep_draft(self, form_name: str, key: str, values: Mapping[str, str]) -> bool:
        """Keep what was typed."""
        from changedesk.services.records import drafts

        return drafts.keep(self.session, form_name, key, values)

    def kept_draft(self, form_name: str, key: str) -> dict[str, str] | None:
        """What was typed and not saved, None when there is nothing."""
        from changedesk.services.records import drafts

        return drafts.kept(self.session, form_name, key)

    def drop_draft(self, form_name: str, key: str) -> None:
        """Throw what was typed away."""
        from changedesk.services.records import drafts

        drafts.drop(self.session, form_name, key)

    @property
    def work(self) -> WorkDoor:
        """What is done with an initiative beyond its records: gates, lanes, decisions, the plan, new initiatives."""
        from changedesk.services.doors.work import WorkDoor

        return WorkDoor(self.session)

    @property
    def people(self) -> PeopleDoor:
        """The people side: readiness, impact, stakeholders, saturation, which gap first."""
        from changedesk.services.doors.people import PeopleDoor

        return PeopleDoor(self.session)

    @property
    def board(self) -> BoardDoor:
        """The board's meetings, and the audit trail."""
        from changedesk.services.doors.board import BoardDoor

        return BoardDoor(self.session)

    @property
    def approvals(self) -> ApprovalsDoor:
        """Decisions that wait: the queue, its cards, votes."""
        from changedesk.services.doors.approvals import ApprovalsDoor

        return ApprovalsDoor(self.session)

    @property
    def changes(self) -> ChangesDoor:
        """Change requests: the list, one of them, moving it on."""
        from changedesk.services.doors.changes import ChangesDoor

        return ChangesDoor(self.session)

    @property
    def policies(self) -> PoliciesDoor:
        """Approval policies of clients."""
        from changedesk.services.doors.policies import PoliciesDoor

        return PoliciesDoor(self.session)

    @property
    def calendar(self) -> CalendarDoor:
        """The calendar: changes, freezes, maintenance, and when a change could run."""
        from changedesk.services.doors.calendar import CalendarDoor

        return CalendarDoor(self.session)

    @property
    def adoption(self) -> AdoptionDoor:
        """Adoption: counts, forecasts, and what the change has brought."""
        from changedesk.services.doors.adoption import AdoptionDoor

        return AdoptionDoor(self.session)

    @property
    def learning(self) -> LearningDoor:
        """What changes teach: risk, base rates, reviews, lessons, figures, standard changes."""
        from changedesk.services.doors.learning import LearningDoor

        return LearningDoor(self.session)

    @property
    def service(self) -> ServiceDoor:
        """What runs: go-lives, services, handovers, clients, reports, imports and their undo."""
        from changedesk.services.doors.service import ServiceDoor

        return ServiceDoor(self.session)

    def wall_clock(self) -> datetime:
        """The desk's clock in the reader's time zone."""
        return self.session.wall_clock

    def revision(self) -> int:
        """A number that is another one as soon as any process has written; costs microseconds."""
        return self.session.desk.data_version()

    @property
    def read_only(self) -> bool:
        """Whether this account can only read the desk's file."""
        return self.session.desk.read_only

    def close(self, *, still_read: bool = False) -> str | None:
        """Stop what is still being read, keep the end of the audit chain, and close the desk; gives what was odd about it.

        ``still_read``: threads may not have noticed yet, and keep their connections until the program ends.
        """
        from changedesk.services.checkpoints import keep_at_end

        desk = self.session.desk
        desk.interrupt()
        trouble = keep_at_end(desk, lambda: self.session.checkpoints)
        desk.close(still_read=still_read)
        return trouble

    def interrupt(self) -> None:
        """Stop what is still being read, so that leaving never waits for it."""
        self.session.desk.interrupt()

    def _record(self, initiative_id: str) -> Initiative:
        from changedesk.services.lookup import initiative_in_view

        return initiative_in_view(self.session, initiative_id)
