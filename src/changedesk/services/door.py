"""The one door between the dashboard and the use cases: an open session, and what its screens may ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from changedesk.domain.attention import DEFAULT_THRESHOLDS, Thresholds
from changedesk.domain.records import Initiative
from changedesk.errors import BadInput, ChangeDeskError
from changedesk.services import initiative, initiative_lists, portfolio
from changedesk.services.desks import open_desk
from changedesk.services.session import Session, open_session
from changedesk.store import initiatives


def open_door(
    path: Path, acting_for: str | None = None, thresholds: Thresholds = DEFAULT_THRESHOLDS, zone: str | None = None
) -> Door:
    """Open the desk at ``path`` for its dashboard; ``zone`` is an IANA name, None the computer's own."""
    desk = open_desk(path)
    try:
        return Door(open_session(desk, acting_for, ZoneInfo(zone) if zone else None), thresholds)
    except ChangeDeskError:
        desk.close()
        raise


@dataclass(frozen=True, slots=True)
class Door:
    """A session as the screens see it; every question is answered from one state of the desk."""

    session: Session
    thresholds: Thresholds = DEFAULT_THRESHOLDS

    def portfolio(self, query: portfolio.PortfolioQuery) -> portfolio.PortfolioView:
        """Every initiative in view, as asked."""
        return portfolio.portfolio(self.session, query, self.thresholds)

    def initiative(self, initiative_id: str) -> initiative.InitiativeView:
        """One initiative with its lanes side by side."""
        return initiative.initiative(self.session, self._record(initiative_id).code, self.thresholds)

    def activities(self, initiative_id: str) -> Sequence[initiative_lists.ActivityRow]:
        """Its activities, by lane and planned end."""
        return initiative_lists.activity_rows(self.session, self._record(initiative_id).code)

    def audiences(self, initiative_id: str) -> Sequence[initiative_lists.AudienceRow]:
        """Its audiences with their own waves and their newest use."""
        return initiative_lists.audience_rows(self.session, self._record(initiative_id).code)

    def observations(self, initiative_id: str) -> initiative_lists.ObservationSource:
        """Its observations, newest first, page by page."""
        return initiative_lists.observation_source(self.session, self._record(initiative_id).code)

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

    def close(self) -> None:
        """Stop what is still being read, and close the desk."""
        self.session.desk.close()

    def _record(self, initiative_id: str) -> Initiative:
        found = initiatives.initiative_by_id(self.session.desk.reader(), self.session.scope, initiative_id)
        if found is None:
            raise BadInput("this initiative is no longer in view")
        return found
