"""What a screen may do with the calendar: look at it, find a time on it, take a window away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.control.calendar.page import CalendarView
    from changedesk.services.control.calendar.planning import Feasible


@dataclass(frozen=True, slots=True)
class CalendarDoor:
    """The part of the door that leads to the calendar; each use case is imported when it is first asked for."""

    session: Session

    def look(self, since: datetime, until: datetime, *, quick: bool = False) -> CalendarView:
        """What lies on the calendar between two moments; a ``quick`` look leaves the people out if they are many."""
        from changedesk.services.control.calendar import page as calendar

        return calendar.calendar(self.session, since, until, quick=quick)

    def when(self, client: str, services: tuple[str, ...], length: timedelta, implementer: str | None) -> Feasible:
        """When a change of these services could run."""
        from changedesk.services.control.calendar import planning

        return planning.when(self.session, client, services, length, implementer)

    def remove(self, window_id: str) -> tuple[str, ...]:
        """Take a window away; gives what was done, a sentence each."""
        from changedesk.services.control.calendar import windows

        return windows.remove(self.session, window_id)
