"""Help on the screen that is shown: its question, its keys, and what signs and words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.widget import Widget

from changedesk.commands import MAIN_SCREENS, OTHER_SCOPES, commands_on, shown_key
from changedesk.keymap import Keymap
from changedesk.screens.dialog import Dialog
from changedesk.screens.glossary import COLOURS, MARKS, OF_SCREEN, QUESTIONS, SIGNS, WORDS
from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines
from changedesk.widgets.reading import Reading

LEFT = 16
"""The columns for a key or a word before its explanation."""

MOVING = (
    ("↑ ↓ or k j", "the row above, the row below"),
    ("page up, down", "one screenful up or down"),
    ("home, end", "the first row, the last row"),
)


class Help(Dialog[None]):
    """Explains the screen under it."""

    hints = (KeyHint("↑ ↓", "read on"),)

    def __init__(self, scope: str, keymap: Keymap) -> None:
        super().__init__()
        self._scope = scope
        self._keymap = keymap

    def content(self) -> Iterable[Widget]:
        """A box with a page."""
        titles = {**OTHER_SCOPES, **{screen.name: screen.title for screen in MAIN_SCREENS}}
        title = titles.get(self._scope, "ChangeDesk")
        yield Reading(f"Help: {title}", lambda width: help_lines(self._scope, self._keymap, width))


def help_lines(scope: str, keymap: Keymap, width: int) -> Lines:
    """The lines of the help on a screen, for a width."""
    lines: list[Sequence[Span]] = []
    questions = {**QUESTIONS, **{screen.name: screen.question for screen in MAIN_SCREENS}}
    if scope in questions:
        lines += [_indented(text, Look("ink", "", True)) for text in wrap(questions[scope], width - 2)]
    lines += _section("Keys")
    by_name = f"{keymap.shown('app.palette')} by name"
    for command in commands_on(scope):
        keys = " ".join(shown_key(key) for key in keymap.of(command.id)) or by_name
        title = command.title if command.title.endswith("?") else f"{command.title}."
        lines += _entry(keys, Look("key", "", True), f"{title} {command.help}", width)
    lines += _section("In every list")
    for keys, meaning in MOVING:
        lines += _entry(keys, Look("key", "", True), meaning, width)
    lines += _section("Signs")
    for sign in (*OF_SCREEN.get(scope, ()), *SIGNS, *MARKS, *COLOURS):
        lines += _entry(f"{sign.glyph} {sign.word}", Look(sign.token), sign.meaning, width)
    lines += _section("Words")
    for word, meaning in WORDS:
        lines += _entry(word, Look("ink"), meaning, width)
    return lines


def _section(title: str) -> Iterator[Sequence[Span]]:
    yield ()
    yield _indented(title, Look("explain"))


def _indented(text: str, look: Look) -> Sequence[Span]:
    return (Span(" ", Look()), Span(text, look))


def _entry(left: str, look: Look, text: str, width: int) -> Iterator[Sequence[Span]]:
    if cells(left) >= LEFT:
        yield (Span("  ", Look()), Span(left, look))
        left = ""
    for line in wrap(text, width - LEFT - 3):
        yield Span("  ", Look()), Span(left + " " * (LEFT - cells(left)), look), Span(line, Look())
        left = ""
