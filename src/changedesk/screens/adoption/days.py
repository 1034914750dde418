"""The days that a chart shows: moved, widened, narrowed, and all of them again."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.widgets.time_window import TimeWindow

PAN: Final = 0.25
SHOWN: Final = {
    "zoom_in": "This is the shortest time that is shown.",
    "zoom_out": "This is the longest time that is shown.",
    "fit": "The whole time is shown already.",
}
"""Why the time stays as it is."""


class MovesInTime(DeskScreen):
    """A main screen whose chart is looked at from day to day. Until its days are moved they are the whole time."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._window: TimeWindow | None = None

    @abstractmethod
    def whole_time(self) -> TimeWindow | None:
        """The days of all that the chart can show; None while there is nothing to show."""

    @abstractmethod
    def draw_time(self) -> None:
        """Draw the chart for the days that are shown now."""

    def time_blocked(self, name: str) -> str | None:
        """Why a command would show the time that is shown."""
        if name not in SHOWN or self._window is None:
            return None
        if name == "fit":
            other = self.whole_time() or self._window
        else:
            other = self._window.zoom_in() if name == "zoom_in" else self._window.zoom_out()
        return SHOWN[name] if other == self._window else None

    def do_zoom_in(self) -> None:
        """Show a shorter time around today."""
        if self._window is not None:
            self._look_at(self._window.zoom_in(self.context.clock().date()))

    def do_zoom_out(self) -> None:
        """Show a longer time around today."""
        if self._window is not None:
            self._look_at(self._window.zoom_out(self.context.clock().date()))

    def do_earlier(self) -> None:
        """Move to earlier days."""
        if self._window is not None:
            self._look_at(self._window.pan(-PAN))

    def do_later(self) -> None:
        """Move to later days."""
        if self._window is not None:
            self._look_at(self._window.pan(PAN))

    def do_fit(self) -> None:
        """Show the whole time again."""
        self._window = None
        self.draw_time()

    def _look_at(self, window: TimeWindow) -> None:
        if window != self._window:
            self._window = window
            self.draw_time()
