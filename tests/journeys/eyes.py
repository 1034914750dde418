"""Somebody at a terminal: gives commands by their keys, and waits until the words that answer stand on the screen."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path

import pyte
from terminals import PATIENCE, Terminal

from builders import NOW
from changedesk.commands import BY_ID

BYTES = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "right": "\x1b[C",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
}
"""What a terminal sends for a key that is no letter."""


ONE_FRAME = 0.03
"""Seconds without output after which a frame has been drawn to its end: half a frame still has words of the one before."""


class AtTheScreen(Terminal):
    """The program on a desk, on a terminal of so many columns and rows, read as a person reads it."""

    def __init__(self, desk: Path, size: tuple[int, int], *words: str) -> None:
        super().__init__(
            desk.parent,
            size=size,
            command=("-m", "changedesk", "--db", str(desk), *words),
            CHANGEDESK_NOW=NOW.isoformat(),
        )
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def seen(self) -> str:
        """The screen as it stands, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def shows(self, *words: str) -> None:
        """Wait until all of these words stand on the screen."""
        end = time.monotonic() + PATIENCE
        while (missing := [word for word in words if word not in self.seen]) or (words and self._more_comes(ONE_FRAME)):
            if missing:
                assert self._more_comes(max(0.0, end - time.monotonic())), f"{missing} did not come:\n{self.seen}"
            data = os.read(self.descriptor, 1 << 16)
            self.out += data
            self._stream.feed(data)

    def _more_comes(self, seconds: float) -> bool:
        return bool(select.select([self.descriptor], [], [], seconds)[0])

    def give(self, command_id: str, *words: str) -> None:
        """Give a command by its key, and wait for what answers."""
        self.press(BY_ID[command_id].keys[0], *words)

    def press(self, key: str, *words: str) -> None:
        """Press a key, and wait for what answers."""
        self.type(BYTES.get(key, key))
        self.shows(*words)

    def write(self, text: str, key: str, *words: str) -> None:
        """Write a text, and press the key that hands it in."""
        self.type(text)
        self.press(key, *words)
