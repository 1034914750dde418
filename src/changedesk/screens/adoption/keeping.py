"""This week's forecasts are kept beside the dashboard: in the background, batch after batch, while nobody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.worker import get_current_worker

from changedesk.screens.loading import LoadingScreen

if TYPE_CHECKING:
    from changedesk.services.adoption.keeping import Keeper

FIRST: Final = 5.0
"""Seconds until it begins: whoever opens a desk looks at it first."""

REST: Final = 2.0
"""Seconds between two batches, and without a key before one is begun."""


AGAIN: Final = 1800.0
"""Seconds until one looks again when all was kept: others import, and weeks begin, while a dashboard is open."""


class Keeping:
    """Keeps what is due from a screen that stays; whoever types or leaves has the machine at once."""

    def __init__(self, screen: LoadingScreen) -> None:
        self._screen = screen
        self._keeper: Keeper | None = None

    def begin(self) -> None:
        """Begin after some moments, on a desk that can be written."""
        if self._screen.context.door is not None and not self._screen.context.read_only:
            self._screen.set_timer(FIRST, self._go_on)

    def _go_on(self) -> None:
        self._screen.load("keep", self._batch, self._rest)

    def _batch(self) -> bool:
        # Imported here, in its thread: the first screen begins it, and its frame waits for no forecast.
        from changedesk.services.adoption.keeping import Keeper

        context, worker = self._screen.context, get_current_worker()
        self._keeper = self._keeper or Keeper(context.session)
        return self._keeper.go_on(lambda: not worker.is_cancelled and context.typed.quiet_for >= REST)

    def _rest(self, left: bool) -> None:
        if not left:
            self._keeper = None
        self._screen.set_timer(REST if left else AGAIN, self._go_on)
