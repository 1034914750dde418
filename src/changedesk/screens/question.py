"""A question with a few answers, each with its own key; Esc leaves everything as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from textual.screen import Screen
from textual.widget import Widget

from changedesk.screens.dialog import Dialog
from changedesk.widgets.box import CORNERS, Box
from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import ink

WIDTH = 64
BESIDE_KEY = 6


class Answer(NamedTuple):
    """An answer: its key, its word, and what it does."""

    key: str
    word: str
    meaning: str = ""


class KeyedDialog(Dialog[str]):
    """Offers answers, and answers with the key of one that was pressed; None when it was left with Esc."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._answers = tuple(answers)
        self.hints = tuple(KeyHint(answer.key, answer.word) for answer in answers)

    def answer_of(self, key: str) -> str | None:
        """The key of an answer answers; any other goes to what has the keys."""
        return key if any(answer.key == key for answer in self._answers) else None


class Question(KeyedDialog):
    """Asks in a few sentences."""

    DEFAULT_CSS = f"""
    Question > Box {{ width: {WIDTH}; max-width: 100%; padding: 0 1; margin: 0; }}
    """

    def __init__(self, title: str, text: str, answers: Sequence[Answer], leave: str = "go on") -> None:
        super().__init__(answers)
        self._title = title
        self._text = text
        self.leave_word = leave

    def content(self) -> Iterable[Widget]:
        """A small box in the middle."""
        box = Box(self._title, Page(self._lines))
        box.styles.height = len(self._lines(WIDTH - 4)) + 2
        yield box

    def _lines(self, width: int) -> Lines:
        lines: list[Sequence[Span]] = [()]
        if cells(self._title) > width + 4 - CORNERS:
            # A title that has no room on the edge of its box is read in it.
            lines += [*((ink(f" {text}", bold=True),) for text in wrap(self._title, width - 2)), ()]
        lines += [(ink(f" {text}"),) for text in wrap(self._text, width - 2)]
        lines.append(())
        for answer in (*self._answers, Answer("esc", self.leave_word)):
            meaning = wrap(answer.meaning, max(10, width - BESIDE_KEY - len(answer.word) - 3))
            key = Span(f" {answer.key:<{BESIDE_KEY - 2}} ", Look("key", "", True))
            lines.append((key, ink(f"{answer.word}  "), Span(meaning[0] if meaning else "", Look("explain"))))
            beside = " " * (BESIDE_KEY + len(answer.word) + 2)
            lines += [(Span(f"{beside}{text}", Look("explain")),) for text in meaning[1:]]
        lines.append(())
        return lines


def ask_first(
    screen: Screen[None], title: str, text: str, word: str, do: Callable[[], object], leave: str = "leave"
) -> None:
    """Ask whether it is to be done: only ``y`` does it, Esc leaves everything as it is."""

    def answered(key: str | None) -> None:
        if key is not None:
            do()

    screen.app.push_screen(Question(title, text, (Answer("y", word),), leave), answered)
