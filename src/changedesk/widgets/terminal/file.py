"""The terminal as a file that nothing can make raise, whatever happens to it."""

from __future__ import annotations

import os
import selectors
from collections.abc import Callable
from typing import Final

PAUSE: Final = 0.1
"""Seconds after which a terminal that takes nothing is tried again."""


class TerminalFile:
    """The terminal as a file that never raises: once it is lost, what is written goes nowhere.

    Text is always sent as UTF-8, whatever the locale says.
    """

    def __init__(self, descriptor: int, on_loss: Callable[[], None]) -> None:
        self._descriptor = descriptor
        self._on_loss = on_loss
        self.closed_to = False
        """True from when on nothing may be drawn any more."""

    def write(self, text: str) -> int:
        """Write all of it, or find out that nobody reads it."""
        if not self.closed_to:
            self.force(text)
        return len(text)

    def force(self, text: str) -> None:
        """Write also when nothing may be drawn any more."""
        data = memoryview(text.encode("utf-8", "replace"))
        while data:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                _wait_until_writable(self._descriptor)
            except OSError:
                self.closed_to = True
                self._on_loss()
                return

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        """The number of the open file."""
        return self._descriptor

    def isatty(self) -> bool:
        """It was checked before."""
        return True


def _wait_until_writable(descriptor: int) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_WRITE)
        selector.select(PAUSE)
