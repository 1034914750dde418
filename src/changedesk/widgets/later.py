"""What is to be done in a while, unless something else is wanted before: a held key asks for much that nobody would see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual.message_pump import MessagePump
from textual.timer import Timer

RESTED: Final = 0.08
"""So many seconds without a call the keys rest: longer than the repeat of a held key, shorter than two presses."""

FOLLOWS_AFTER: Final = 0.15
"""Seconds after the last key until what is much to send, or much to read, follows a list; until then only the list moves."""

LATE: Final = 0.3
"""Seconds that what was shown before stays while the next is read: most is here sooner, and nothing blank flickers between."""


class Later:
    """One thing that waits to be done, in the message loop of a widget or screen; another one takes its place."""

    def __init__(self, pump: MessagePump) -> None:
        self._pump = pump
        self._act: Callable[[], object] | None = None
        self._timer: Timer | None = None

    @property
    def waits(self) -> bool:
        """Whether there is something to be done yet."""
        return self._act is not None

    def call(self, seconds: float, act: Callable[[], object]) -> None:
        """Do this after so many seconds, and no longer what was to be done."""
        self.forget()
        self._act = act
        self._timer = self._pump.set_timer(seconds, self._over)

    def at_once_or_rested(self, act: Callable[[], object]) -> None:
        """Do this at once where nothing was asked for just before, else when the keys rest: the first of many, and the last."""
        if self.waits:
            self.call(RESTED, act)
        else:
            act()
            self.call(RESTED, _nothing)

    def forget(self) -> None:
        """Nothing is to be done any more."""
        self._act = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _over(self) -> None:
        # A timer that has run out is not stopped any more: what it was for may be forgotten by now.
        act = self._act
        self.forget()
        if act is not None:
            act()


def _nothing() -> None:
    """What is to be done when nothing came after the first."""
