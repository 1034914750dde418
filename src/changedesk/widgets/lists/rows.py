"""What a list is fed with: columns, rows, and a source that hands out only the rows that are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, Protocol

from changedesk.widgets.canvas import Span
from changedesk.widgets.paint import ink, width_of

Cell = tuple[Span, ...]
"""What stands in one column of one row: spans of text, each in its own colour."""


def cell(text: str, token: str = "ink", *, bold: bool = False) -> Cell:
    """A cell with one text from data."""
    return (ink(text, token, bold=bold),)


class Column(NamedTuple):
    """A column of a list.

    ``width`` is its least width in columns of text; ``share`` its part of the room that is left over. It appears from
    ``from_width`` columns of the terminal on; when the room is still too small, the highest ``priority`` goes first.
    After a ``tight`` one stands a single blank. A ``snug`` one takes of that room no more than what stands in it, so that
    the next column stays beside it. Up to ``whole`` columns are kept for what stands in it before anything is shared: a
    code that is cut names nothing. A ``sentence`` is left out where less than half of the longest would be seen: of most
    a word would be left.
    """

    title: str
    width: int
    share: int = 0
    align: str = "left"
    from_width: int = 0
    priority: int = 0
    tight: bool = False
    snug: bool = False
    whole: int = 0
    sentence: bool = False


class Row(NamedTuple):
    """A line of a list: ``key`` is its identity, ``cells`` one for each declared column, also for those not shown now.

    A ``heading`` stands above a group: its first cell goes over the whole width, and it cannot be selected. ``number`` is
    the row's place among the countable ones, from 1; 0 takes the line's place in the list.
    """

    key: str
    cells: Sequence[Cell]
    heading: bool = False
    number: int = 0


class RowSource(Protocol):
    """Where the lines of a list come from. Each call is cheap: a page of a query, or a slice of what is in memory."""

    def count(self) -> int:
        """How many lines there are, headings included."""

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """The lines from ``offset`` (0 is the first) on, at most ``limit``."""

    def position(self, key: str) -> int | None:
        """On which line the row with this key stands; None when it is not there (any more)."""


MEASURED: Final = 400
"""So many rows of a list are looked at to see how wide its columns have to be."""


class ListSource:
    """A source over rows that are in memory anyway."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._positions = {row.key: index for index, row in enumerate(self._rows) if not row.heading}
        self._widest: tuple[int, ...] = ()

    def widest(self, columns: int) -> tuple[int, ...]:
        """How wide the widest cell of each of so many columns is, as far as rows are looked at for that."""
        if len(self._widest) != columns:
            self._widest = widest(self._rows[:MEASURED], columns)
        return self._widest

    def count(self) -> int:
        """How many lines there are."""
        return len(self._rows)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """A slice of them."""
        return self._rows[offset : offset + limit]

    def position(self, key: str) -> int | None:
        """On which line the row with this key stands."""
        return self._positions.get(key)


def widest(rows: Iterable[Row], columns: int) -> tuple[int, ...]:
    """How wide the widest cell of each of so many columns is."""
    found = [0] * columns
    for row in rows:
        if not row.heading:
            for index, spans in enumerate(row.cells[:columns]):
                found[index] = max(found[index], width_of(spans))
    return tuple(found)
