"""What main screens tell the program around them, and it them."""

from __future__ import annotations

from textual.message import Message

from changedesk.commands import Command


class WaitEnded(Message):
    """What a screen waited for has come: what was typed meanwhile goes on."""


class AnswerFollowed(Message):
    """Whoever asked has followed the answer of a dialog: what was typed after it goes on."""


class NotAnswered(Message):
    """Enter in the line of a dialog answered nothing: what was typed behind it had counted on an answer."""


class ScreenWanted(Message):
    """Another main screen shall be shown, perhaps with a subject such as the id of an initiative; it says a sentence then."""

    def __init__(self, name: str, subject: str = "", said: str = "") -> None:
        super().__init__()
        self.name = name
        self.subject = subject
        self.said = said


class CommandGiven(Message):
    """A command of the whole program was given on this screen."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command


class EnterFollowed(Message):
    """What Enter in a list asked for has been followed: it goes the same way, from the list to its screen (``of_list``) and
    from there to the program, one step behind."""

    def __init__(self, *, of_list: bool = True) -> None:
        super().__init__()
        self.of_list = of_list
