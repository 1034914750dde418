"""The base of what lies over a main screen for a moment: help, the list of commands, questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from changedesk.screens.messages import AnswerFollowed, NotAnswered, WaitEnded
from changedesk.widgets.frame import KeyHint, KeyLine
from changedesk.widgets.keys import Typed

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box over the main screen, with its own line of keys; Esc closes it and changes nothing."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $ground 80%; color: $ink; }
    Dialog > Box { border: round $explain; width: 100%; max-width: 100; height: 100%; max-height: 42; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]
    hints: tuple[KeyHint, ...] = ()
    leave_word: str = "close"

    def __init__(self) -> None:
        super().__init__()
        self._key_line = KeyLine()
        self._is_there = False
        self._is_answered = False
        self._is_submitting = False
        """Whether Enter is on its way through the line in which one types, behind the letters before it."""

    def show_keys(self, hints: Sequence[KeyHint]) -> None:
        """Name the keys that work now, and Esc."""
        self._key_line.set_keys((*hints, KeyHint("esc", self.leave_word)))

    def content(self) -> Iterable[Widget]:
        """The box."""
        return ()

    def compose(self) -> ComposeResult:
        """The box, and the keys that work here."""
        yield from self.content()
        self.show_keys(self.hints)
        yield self._key_line

    def waits_before(self, typed: Typed) -> bool:  # noqa: ARG002 - whatever it is
        """Until the line stands in which one types, all waits: letters that came sooner would be lost.

        So does what comes behind its Enter: it is meant for what the answer opens.
        """
        return not self._is_there or self._is_submitting

    def answer_of(self, key: str) -> Answer | None:  # noqa: ARG002 - for subclasses
        """What this key answers by itself; None where it answers nothing."""
        return None

    async def take(self, typed: Typed) -> bool:
        """A key that answers does so at once: what is typed after it is meant for what it opens.

        All else goes to what has the keys here.
        """
        answer = self.answer_of(typed.key) if isinstance(typed, events.Key) else None
        if answer is None:
            in_line = isinstance(self.focused, Input)
            self._is_submitting = in_line and isinstance(typed, events.Key) and typed.key == "enter"
            return False
        self.dismiss(answer)
        return True

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Answer, once: a second Enter that was on its way before the first was followed answers nothing."""
        if self._is_answered:
            return AwaitComplete()
        self._is_answered = True
        asker = self._result_callbacks[-1].requester or self.app
        popped = super().dismiss(result)
        # Behind the callback, which waits in the same queue.
        asker.call_next(self._answer_followed)
        return popped

    def _answer_followed(self) -> None:
        """To the screen that is seen: what the answer made it ask of the program goes the same way, and before."""
        self.app.screen.post_message(AnswerFollowed())

    def on_input_submitted(self) -> None:
        """Enter came through the line; where it answered nothing, one goes on typing here."""
        self._is_submitting = False
        if not self._is_answered:
            self.app.post_message(NotAnswered())

    def on_screen_resume(self) -> None:
        """It is there, and what has the keys is known in a moment."""
        self.call_next(self._let_typing_in)

    def _let_typing_in(self) -> None:
        if not self._is_there:
            self._is_there = True
            self.app.post_message(WaitEnded())

    def action_close(self) -> None:
        """Close it without an answer."""
        self.dismiss(None)
