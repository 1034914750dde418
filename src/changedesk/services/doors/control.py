"""One change with all that decides about it, for any screen that names one; what is done with changes has doors of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.control.reading import ChangeView


@dataclass(frozen=True, slots=True)
class ControlDoor:
    """The part of the door that leads to change control; each use case is imported when it is first asked for."""

    session: Session

    def change(self, number: str) -> ChangeView:
        """One change with all that decides about it."""
        from changedesk.services.control import reading

        return reading.change_view(self.session, number)
