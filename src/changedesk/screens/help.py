"""Help on the screen that is shown: its question, its keys, and what signs and words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.widget import Widget

from changedesk.commands import MAIN_SCREENS, PLACES, Command, commands_on, shown_key
from changedesk.keymap import Keymap
from changedesk.screens.commanded import SWITCHES
from changedesk.screens.dialog import Dialog
from changedesk.screens.glossary import COLOURS, MARKS, OF_SCREEN, QUESTIONS, SIGNS, WORDS, Sign
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
        title = PLACES.get(self._scope, "ChangeDesk")
        yield Reading(f"Help: {title}", lambda width: help_lines(self._scope, self._keymap, width))


def help_lines(scope: str, keymap: Keymap, width: int) -> Lines:
    """The lines of the help on a screen, for a width."""
    lines: list[Sequence[Span]] = []
    questions = {**QUESTIONS, **{screen.name: screen.question for screen in MAIN_SCREENS}}
    if scope in questions:
        lines += [_indented(text, Look("ink", "", True)) for text in wrap(questions[scope], width - 2)]
    lines += _signs("Signs of this screen", OF_SCREEN.get(scope, ()), width)
    here = [command for command in commands_on(scope) if command.scope == scope]
    lines += _keys("Keys of this screen", here, keymap, width)
    # What a key of this screen does is not told again for the list of commands.
    told = {command.title for command in here if keymap.of(command.id)}
    others = [
        one for one in commands_on("app") if one.id not in SWITCHES and (keymap.of(one.id) or one.title not in told)
    ]
    lines += _keys("Keys of every screen", others, keymap, width)
    switches = " ".join(keymap.shown(f"app.{screen.name}") for screen in MAIN_SCREENS)
    titles = ", ".join(screen.title for screen in MAIN_SCREENS)
    lines += _entry((Span(switches, Look("key", "", True)),), f"Show a main screen: {titles}.", width)
    lines += _section("In every list")
    for keys, meaning in MOVING:
        lines += _entry((Span(keys, Look("key", "", True)),), meaning, width)
    lines += _signs("Signs of every screen", (*SIGNS, *MARKS, *COLOURS), width)
    lines += _section("Words")
    for word, meaning in WORDS:
        lines += _entry((Span(word, Look("ink")),), meaning, width)
    return lines


def _section(title: str) -> Iterator[Sequence[Span]]:
    yield ()
    yield _indented(title, Look("explain"))


def _keys(title: str, commands: Sequence[Command], keymap: Keymap, width: int) -> Iterator[Sequence[Span]]:
    by_name = f"{keymap.shown('app.palette')} by name"
    if commands:
        yield from _section(title)
    for command in commands:
        keys = " ".join(shown_key(key) for key in keymap.of(command.id)) or by_name
        said = command.title if command.title.endswith("?") else f"{command.title}."
        yield from _entry((Span(keys, Look("key", "", True)),), f"{said} {command.help}", width)


def _signs(title: str, signs: Sequence[Sign], width: int) -> Iterator[Sequence[Span]]:
    if signs:
        yield from _section(title)
    for sign in signs:
        # A sign may be as weak as it is where it stands; its name is there to be read.
        word = "explain" if sign.token == "faint" else sign.token
        yield from _entry((Span(f"{sign.glyph} ", Look(sign.token)), Span(sign.word, Look(word))), sign.meaning, width)


def _indented(text: str, look: Look) -> Sequence[Span]:
    return (Span(" ", Look()), Span(text, look))


def _entry(left: Sequence[Span], text: str, width: int) -> Iterator[Sequence[Span]]:
    taken = sum(cells(span.text) for span in left)
    if taken >= LEFT:
        yield (Span("  ", Look()), *left)
        left, taken = (), 0
    for line in wrap(text, width - LEFT - 3):
        yield Span("  ", Look()), *left, Span(" " * (LEFT - taken), Look()), Span(line, Look())
        left, taken = (), 0
