"""One field of a form: its label, its line, what it means, and the sentence about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from changedesk.domain.field_entry import (
    Entry,
    entered,
    is_short,
    narrowed,
    read_from,
    words_of,
    written,
)
from changedesk.domain.forms.form import FormField
from changedesk.domain.kinds.kind import CellType
from changedesk.domain.saying import as_sentence
from changedesk.widgets.canvas import Look, Span, cells, first_that_fits, wrap
from changedesk.widgets.forms.field_line import FieldLine
from changedesk.widgets.keys import Typed
from changedesk.widgets.paint import GLYPH, fit_spans, ink, paint_of

SHORT: Final = 24
"""The columns of a line for a day, a word or a number; beside it stands what it means."""
MARK: Final = 2
NEEDED: Final = "*"
_CLAUSES: Final = re.compile(r"(?<! ); ")
"""Where a clause ends; a semicolon after a blank is one that is meant as a sign."""


def hint_of(field: FormField, words: Sequence[str]) -> str:
    """What stands under the line that is typed in: what is meant, and the words to choose from."""
    if not words or ":" in field.help:
        return field.help
    between = "" if not field.help else " " if field.help.endswith("?") else ": "
    return f"{field.help}{between}{' · '.join(words)}"


class FieldEntry(Widget):
    """A field of a form. It says :class:`Edited` when another text stands in it."""

    DEFAULT_CSS = """
    FieldEntry { height: 2; padding: 0; }
    FieldEntry Input:focus { background: $selection; }
    """

    class Edited(Message):
        """Another text stands in the field."""

        def __init__(self, entry: FieldEntry) -> None:
            super().__init__()
            self.entry = entry

    class Grown(Message):
        """What stands under the line that has the keys takes another room."""

    def __init__(self, field: FormField, label_width: int, today: date) -> None:
        super().__init__()
        self.field = field
        self.name_of_column = field.column.name
        self.touched = False
        """Whether a missing value may be spoken of: the field was typed in, or one has tried to save."""
        self.given = False
        """Whether what stands in it was filled in for a new record, and not by whoever makes it."""
        self.hushed = False
        """Whether it is being typed in: what is wrong is said only when the typing pauses."""
        self.begins: FieldEntry | None = None
        """The field where the period begins that this one ends: a time without a day, a day without a year comes after that."""
        self.lane: FieldEntry | None = None
        """The field of the lane: a phase or a kind of activity is one of its own."""
        self.line = FieldLine(field)
        self._label_width = label_width
        self._today = today
        self._text = ""
        self._takes = field.column.type
        self._entry = Entry("")
        self._checked = ("", "")
        self._shown: tuple[str, tuple[tuple[str, str], ...], bool] | None = None

    def compose(self) -> ComposeResult:
        """The line beside its label."""
        self.line.styles.margin = (0, 0, 0, self._label_width)
        self.line.styles.width = SHORT if is_short(self.field.column.type) else "1fr"
        yield self.line

    # --- what a form uses

    @property
    def value(self) -> str:
        """What stands in the field, as in a canonical file."""
        self._read()
        return self._entry.value

    @property
    def words(self) -> tuple[str, ...]:
        """The closed list of words that it takes beside the lane that was chosen; empty where any text may stand."""
        return words_of(self._kind)

    @property
    def place(self) -> Region:
        """Where on the screen the line stands, with the room beside it."""
        line = self.line.region
        return Region(line.x, line.y, self.region.right - line.x, 1)

    def put(self, value: str) -> None:
        """Show a value of the desk."""
        self.write(written(self.field.column.type, value))

    def write(self, text: str) -> None:
        """Show a text as if it were typed."""
        with self.line.prevent(Input.Changed):
            self.line.value = text
            self.line.cursor_position = len(text)
        self._understand()

    def enter(self) -> None:
        """The keys come here: what is short, or was filled in and not touched since, is selected, and so typed over."""
        if is_short(self.field.column.type) or (self.given and not self.touched):
            self.line.select_all()

    async def take_typed(self, typed: Typed) -> bool:
        """Take what is typed, and understand it at once; false when it does nothing in a line."""
        before = self.line.value
        with self.line.prevent(Input.Changed):
            taken = await self.line.take_typed(typed)
        if self.line.value != before:
            self.touched = self.hushed = True
            self._checked = ("", "")
            self._understand()
            self.post_message(self.Edited(self))
        return taken

    def take(self, text: str) -> None:
        """Put a choice into the field, as if it were typed."""
        if text != self.line.value:
            self.touched = True
            self._checked = ("", "")
            self.write(text)
            self.post_message(self.Edited(self))

    def judge(self, problem: str, warning: str) -> None:
        """Say what a rule says about the value."""
        self._checked = (self._worded(problem), self._worded(warning))
        self.hushed = False
        self._say()

    @property
    def problem(self) -> str:
        """Why the value cannot be taken; empty when nothing speaks against it, or nothing yet."""
        self._read()
        if self._entry.problem:
            return self._entry.problem
        return self._checked[0] if self.touched or self.value else ""

    def leave(self) -> None:
        """The field is left: what was meant stands in it from now on."""
        self._read()
        if self._entry.value and not self._entry.problem:
            meant = written(self.field.column.type, self._entry.value)
            if meant != self.line.value:
                self.write(meant)
        self._say()

    # --- how it works

    @property
    def _kind(self) -> CellType:
        return narrowed(self.field.column.type, self.lane.value if self.lane else "")

    def on_descendant_focus(self) -> None:
        """The focused field explains itself."""
        self._say()

    def on_descendant_blur(self) -> None:
        """And falls silent."""
        self._say()

    def on_resize(self) -> None:
        """Another width breaks the sentence elsewhere."""
        self._say()
        if self.line.has_focus:
            self.post_message(self.Grown())

    def _understand(self) -> None:
        self._read()
        self._say()

    def _read(self) -> None:
        """Understand the text that stands in the line now: keys may be ahead of the messages about them."""
        kind = self._kind
        if (self.line.value, kind) != (self._text, self._takes):
            self._text, self._takes = self.line.value, kind
            first = self.begins
            begins = read_from(first.field.column.type, first.value, self._today) if first else None
            self._entry = entered(kind, self._text, self._today, begins)

    def _sentence(self) -> tuple[str, str, str]:
        """Sign, sentence and colour of what stands under the line."""
        if self.problem and not self.hushed:
            return GLYPH["late"], self.problem, "late"
        if self._checked[1]:
            return GLYPH["at_risk"], self._checked[1], "risk"
        if not self.line.has_focus:
            return "", self.field.help, "explain"
        return "", hint_of(self.field, self.words), "explain"

    def _say(self) -> None:
        """Paint again what has changed, and make room for a longer sentence."""
        width = self.size.width
        if not width:
            return
        lines = self._lines(max(20, width - self._label_width - 1))
        shown = (self._meaning(), lines, self.line.has_focus)
        if shown == self._shown:
            return
        self._shown = shown
        height = 1 + max(1, len(lines))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def _lines(self, room: int) -> tuple[tuple[str, str], ...]:
        """What stands under the line, each with its colour. The field that has the keys says all of it, before it a value
        that is longer than its line; the others say what they mean in one line, without the clauses that have no room.
        """
        sign, text, token = self._sentence()
        if not sign and not self.line.has_focus:
            return ((first_that_fits(_shorter(text), room), token),)
        said = tuple((line, token) for line in wrap(f"{sign} {text}".strip(), room))
        value = self.line.value if self.line.has_focus else ""
        seen = (SHORT if is_short(self.field.column.type) else room + 1) - 2
        whole = tuple((line, "ink") for line in wrap(ink(value).text, room)) if cells(value) >= seen else ()
        return (*whole, *said)

    def _worded(self, sentence: str) -> str:
        """A rule's sentence with the name that the field has here."""
        name = self.field.column.name
        return as_sentence(
            f"{self.field.label}{sentence[len(name) :]}" if sentence.startswith(f"{name} ") else sentence
        )

    def _meaning(self) -> str:
        return "" if self._entry.problem else self._entry.meaning

    def render_line(self, y: int) -> Strip:
        """The label and what the value means; below it the sentence."""
        paint, width, focused = paint_of(self), self.size.width, self.line.has_focus
        left = Span("▌ " if focused and y == 0 else "  ", Look("key"))
        if y:
            lines = self._shown[1] if self._shown else ()
            text, token = lines[y - 1] if y <= len(lines) else ("", "explain")
            look = Look(token, bold=token == "late")
            return paint.strip((Span(" " * (self._label_width + 1), Look()), Span(text, look)), width)
        label = ink(self.field.label, "ink" if focused else "explain", bold=focused)
        needed = Span(f" {NEEDED}", Look("risk")) if self.field.column.required else Span("", Look())
        head = fit_spans((left, label, needed), self._label_width)
        short = is_short(self.field.column.type)
        line = Span(" " * (SHORT + 2), Look()) if short else Span("", Look())
        room = width - self._label_width - SHORT - 2
        meaning = first_that_fits((self._meaning(), self._meaning().partition(",")[0]), room) if short else ""
        return paint.strip((*head, line, Span(meaning, Look("ink" if focused else "explain"))), width)


def _shorter(text: str) -> tuple[str, ...]:
    """A sentence about a field, and what is left of it without its last clause, its last two, and so on."""
    clauses = _CLAUSES.split(text)
    return tuple("; ".join(clauses[:kept]) for kept in range(len(clauses), 0, -1))


def label_width(fields: tuple[FormField, ...]) -> int:
    """The columns that the labels of a form need, with the mark of the focus and the sign of a needed field."""
    return MARK + max(cells(field.label) + (2 if field.column.required else 0) for field in fields) + 1
