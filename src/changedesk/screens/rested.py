"""What a held key would do again and again: the first at once, those that follow once the keys rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.message_pump import MessagePump
from textual.timer import Timer

RESTED: Final = 0.08
"""So many seconds without a call the keys rest: longer than the repeat of a held key, shorter than two presses."""


class Rested:
    """Calls what it is given; of calls that follow one another quickly only the first and the last."""

    def __init__(self, pump: MessagePump) -> None:
        self._pump = pump
        self._timer: Timer | None = None
        self._last: Callable[[], object] | None = None

    def call(self, act: Callable[[], object]) -> None:
        """Act at once where nothing was asked for just before, else once the keys rest."""
        if self._timer is None:
            act()
        else:
            self._timer.stop()
            self._last = act
        self._timer = self._pump.set_timer(RESTED, self._rests)

    def _rests(self) -> None:
        act, self._last, self._timer = self._last, None, None
        if act is not None:
            act()
