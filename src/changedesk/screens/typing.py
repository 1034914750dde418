"""What is typed, in the order in which it was typed.

Textual passes a key on through the queues of the focused widget and all that it stands in, but follows a binding with
priority at once: a tab overtakes the letters before it when they arrive together, as they do over a slow line. A screen
that :class:`TakesTyping` is given its keys one after the other instead, and they wait while it waits.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Final, Protocol, runtime_checkable

from textual.events import Key

from changedesk.widgets.keys import Typed


@runtime_checkable
class TakesTyping(Protocol):
    """A screen that handles by itself, and at once, what is typed."""

    def waits_before(self, typed: Typed) -> bool:
        """Whether something is still being read or saved that decides what this does."""

    async def take(self, typed: Typed) -> bool:
        """Do what this does here; false when it does nothing here, and may do something elsewhere."""


AT_MOST: Final = 1.0
"""Seconds that what is typed waits for another screen: if none comes, the one that is seen has it."""


class TypedAhead:
    """What was typed and is not handled yet."""

    def __init__(self) -> None:
        self._waiting: deque[Typed] = deque()
        self._newest = monotonic()
        self._held_until = 0.0
        self._forgotten_at = 0.0

    def add(self, typed: Typed) -> None:
        """It comes after all that waits, unless it was typed before something was forgotten."""
        self._newest = monotonic()
        if typed.time >= self._forgotten_at:
            self._waiting.append(typed)

    @property
    def quiet_for(self) -> float:
        """For how many seconds nothing was typed."""
        return monotonic() - self._newest

    def hold(self) -> None:
        """Another screen was asked for, and what is typed after that is meant for it."""
        self._held_until = monotonic() + AT_MOST

    def hold_for_answer(self) -> None:
        """A question was answered: what is typed after it is meant for what that opens, the same Enter once more for nothing."""
        self.forget_repeats()
        self.hold()

    def forget_repeats(self) -> None:
        """Enter has asked or answered something: the same Enter once more is meant for nothing."""
        while self._waiting and isinstance(self._waiting[0], Key) and self._waiting[0].key == "enter":
            self._waiting.popleft()

    def let_go(self) -> None:
        """It is there."""
        self._held_until = 0.0

    def next_for(self, screen: object) -> Typed | None:
        """The oldest, if this screen can have it now."""
        if (
            not self._waiting
            or monotonic() < self._held_until
            or (isinstance(screen, TakesTyping) and screen.waits_before(self._waiting[0]))
        ):
            return None
        return self._waiting.popleft()

    def forget(self) -> None:
        """Something was refused: what was typed in the belief that it had succeeded is not meant for what is seen now.

        That is what waits, and what has come already and is still on its way here.
        """
        self._waiting.clear()
        self._forgotten_at = monotonic()
