"""What comes from the terminal in one piece was typed before anything that it leads to could be seen."""

from __future__ import annotations

from textual._xterm_parser import XTermParser
from textual.message import Message

from changedesk.widgets.terminal.driver import DeskDriver


class Keyboard(DeskDriver):
    """A driver without a terminal, which keeps when each key came."""

    def __init__(self) -> None:
        self.came: list[float] = []

    def process_message(self, message: Message) -> None:
        self.came.append(message.time)


def test_keys_that_come_together_were_typed_at_one_moment() -> None:
    keyboard = Keyboard()
    keyboard._feed(XTermParser(), "n")
    keyboard._feed(XTermParser(), "title\r")
    first, *together = keyboard.came
    assert len(together) == 6
    assert len(set(together)) == 1
    assert first < together[0]
