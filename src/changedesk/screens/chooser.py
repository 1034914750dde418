"""Choosing from a list: found by a few letters, one with Enter, or several marked with the space bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from changedesk.screens.finding import FindDialog
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line, Look, Span, cells, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell

DETAIL: Final = 4
FRAME: Final = 5
"""The rows of the border, of the line that is typed in with the blank one under it, and of the titles of the columns."""
HIGHEST: Final = 42
LEAST: Final = 4
"""The rows of a list that may be empty: what would stand there takes some."""
MARK: Final = Column("", 1, tight=True)
LEAST_WIDTH: Final = 56
WIDEST: Final = 112
"""The columns of the box: as many as what it holds needs, so that it covers no more of what is being decided about."""
WIDEST_SAID: Final = 100
"""No box is wider for what is said of a choice: that breaks into lines."""
SIDES: Final = 8
"""The columns of the border, of the mark of the selected row and of that of a marked one."""


class Choice(NamedTuple):
    """Something to choose: its key, one text for each column, what it is in a sentence, and why it cannot be chosen.

    The key is never empty: an empty one is that of the list in which nothing has the letters that were typed. What stands
    for ``all`` of the others comes behind them once letters are typed: whoever types ``eve`` means Eve, not everybody.
    """

    key: str
    texts: tuple[str, ...]
    detail: str = ""
    refused: str = ""
    all: bool = False

    @property
    def sought(self) -> str:
        """All that stands in it, for letters to be found in whatever their case."""
        return f"{' '.join(self.texts)} {self.detail}".casefold()


class _Found(ListSource):
    """What of the choices has the letters; a row is made when it is looked at, of thousands hardly one."""

    def __init__(self, choices: Sequence[Choice], row: Callable[[Choice], Row], widths: Sequence[int]) -> None:
        self._choices, self._row, self._widths = choices, row, widths

    def widest(self, columns: int) -> tuple[int, ...]:
        """How wide the widest cell of each column is among all choices: columns stay where they are while one types."""
        return tuple(self._widths[:columns])

    def count(self) -> int:
        """How many there are."""
        return len(self._choices)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some of them."""
        return [self._row(choice) for choice in self._choices[offset : offset + limit]]

    def position(self, key: str) -> int | None:
        """Where the one with this key stands."""
        return next((n for n, choice in enumerate(self._choices) if choice.key == key), None)


class FindLine(TypedLine):
    """The line in which a few letters are typed; where several can be chosen, the space bar marks and is no letter."""

    class Marked(Message):
        """The space bar was pressed."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__(placeholder="type to find one")
        self._marks = marks

    def on_key(self, event: events.Key) -> None:
        """Space marks a row and is no letter of a name."""
        if self._marks and event.key == "space":
            event.prevent_default()
            event.stop()
            self.post_message(self.Marked())


class Chooser(FindDialog[tuple[str, ...]]):
    """Answers with the keys of what was chosen: one, or with ``many`` all that are marked; None when it was left.

    ``start`` is the key of the choice that is selected at first.
    """

    DEFAULT_CSS = """
    Chooser > Box { max-width: 100%; max-height: 100%; margin: 0; }
    Chooser Drawing { padding: 1 1 0 1; }
    """
    leave_word = "leave"

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        choices: Sequence[Choice],
        *,
        many: bool = False,
        empty: str = "",
        start: str = "",
    ) -> None:
        super().__init__(FindLine(marks=many), FollowedTable((MARK, *columns), self._follow, empty=empty))
        self._title = title
        self._choices = tuple(choices)
        self._sought: tuple[str, ...] = ()
        self._columns = tuple(columns)
        self._widths = tuple(
            max((cells(choice.texts[place]) for choice in self._choices), default=0) for place in range(len(columns))
        )
        self._empty = empty
        self._many = many
        self._start = start
        self._marked: set[str] = set()
        self._detail = Drawing()
        self._box = Box(title)
        marking = (KeyHint("space", "mark"),) if many else ()
        self.hints = (KeyHint("↑ ↓", "select"), *marking, KeyHint("enter", "go on" if many else "choose"))

    def content(self) -> Iterable[Widget]:
        """What is typed, the list, and what the selected one is."""
        detail = DETAIL if any(choice.detail or choice.refused for choice in self._choices) else 0
        self._detail.styles.height = detail
        self._detail.display = bool(detail)
        # It is as high as all of the choices need, so that it stays where it is while letters make them fewer.
        self._box.styles.height = min(HIGHEST, FRAME + max(LEAST, len(self._choices)) + detail)
        self._box.styles.width = self._width()
        with self._box:
            yield self._input
            yield self._table
            yield self._detail

    def on_mount(self) -> None:
        """Begin at the one that is chosen now."""
        self._find()
        if self._start:
            self._table.select(self._start)

    def on_find_line_marked(self) -> None:
        """Mark the selected one, or no longer."""
        chosen = self._selected()
        if chosen is not None and not chosen.refused:
            self._marked ^= {chosen.key}
            self._fill(self._input.value)
            self._box.set_title(self._title, f"{len(self._marked)} marked" if self._marked else "", "key")

    def _choose(self, key: str) -> None:
        chosen = next((choice for choice in self._choices if choice.key == key and not choice.refused), None)
        if self._marked:
            self.dismiss(tuple(choice.key for choice in self._choices if choice.key in self._marked))
        elif chosen is not None:
            self.dismiss((chosen.key,))

    def _width(self) -> int:
        rows = sum(2 + max(column.width, width) for column, width in zip(self._columns, self._widths, strict=True))
        title = cells(self._title) + len("  99 marked") * self._many
        # What is said of a choice has one row less than there is for it: lines break before they are full.
        said = max((cells(choice.refused or choice.detail) for choice in self._choices), default=0) // (DETAIL - 2)
        return max(LEAST_WIDTH, min(WIDEST, SIDES + max(rows, title)), min(WIDEST_SAID, SIDES + said))

    def _selected(self) -> Choice | None:
        return next((choice for choice in self._choices if choice.key == self._table.selected_key), None)

    def _fill(self, text: str) -> None:
        words = text.casefold().split()
        found: Sequence[Choice] = self._choices
        if words:
            self._sought = self._sought or tuple(choice.sought for choice in self._choices)
            places: Sequence[int] = range(len(self._choices))
            for word in words:
                places = [place for place in places if word in self._sought[place]]
            found = sorted((self._choices[place] for place in places), key=lambda choice: choice.all)
        source = _Found(found, self._row, (MARK.width, *self._widths))
        self._table.show(source, empty="Nothing has these letters." if words else self._empty)

    def _row(self, choice: Choice) -> Row:
        sign = cell("✓" if choice.key in self._marked else "", "key")
        token = "faint" if choice.refused else "ink"
        first, *rest = choice.texts
        return Row(choice.key, (sign, cell(first, token), *(cell(text, "explain") for text in rest)))

    def _follow(self) -> None:
        chosen = self._selected()
        text, token = (chosen.refused or chosen.detail, "risk" if chosen.refused else "explain") if chosen else ("", "")
        self._box.set_note(self._table.position_text)

        def draw(width: int, height: int) -> tuple[Line, ...]:
            return tuple((Span(line, Look(token)),) for line in wrap(text, width)[:height])

        self._detail.show(draw)


def choose_one(
    screen: Screen[Any],
    title: str,
    columns: Sequence[Column],
    choices: Sequence[Choice],
    then: Callable[[str], object],
    *,
    empty: str = "",
    start: str = "",
) -> None:
    """Let one be chosen: ``then`` is given its key, and nothing happens when the list is left."""

    def answered(keys: tuple[str, ...] | None) -> None:
        if keys:
            then(keys[0])

    screen.app.push_screen(Chooser(title, columns, choices, empty=empty, start=start), answered)
