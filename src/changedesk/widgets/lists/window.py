"""The part of a long list that is seen: its rows are fetched once, and of a long one no others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.widgets.lists.rows import Column, ListSource, Row, RowSource, widest

FEW: Final = 200
"""A source of so many lines is looked at as a whole, which costs some milliseconds once: what all of them leave unused is lent."""


class Window:
    """A source of rows, seen through a window of ``height`` lines from line ``top`` on."""

    def __init__(self) -> None:
        self._source: RowSource = ListSource()
        self._rows: Sequence[Row] = ()
        self._from = 0
        self._contents: tuple[int, ...] = ()
        self.count = 0
        """How many lines the source has, headings included."""
        self.total = 0
        """How many rows it has, without headings."""

    def look_at(self, source: RowSource, total: int | None) -> None:
        """Show another source, or the same one after a change."""
        self._source = source
        self.count = source.count()
        self.total = self.count if total is None else total
        self._contents = ()
        self.forget()

    def forget(self) -> None:
        """Fetch the rows again when they are needed."""
        self._rows, self._from = (), 0

    def position(self, key: str) -> int | None:
        """On which line a key stands."""
        return self._source.position(key) if key else None

    def contents(self, columns: Sequence[Column], top: int, height: int) -> tuple[int, ...]:
        """What each column needs to show all that stands in it.

        Of many rows that come in parts only the first that are seen are known: unless those are all, no column counts as
        needing less than its least width.
        """
        if len(self._contents) != len(columns):
            if isinstance(self._source, ListSource):
                self._contents = self._source.widest(len(columns))
            else:
                all_seen = self.count <= height
                few = not all_seen and self.count <= FEW
                found = widest(self._source.rows(0, FEW) if few else self.seen(top, height), len(columns))
                least = (0 if few or all_seen else column.width for column in columns)
                self._contents = tuple(map(max, found, least))
        return self._contents

    def seen(self, top: int, height: int) -> Sequence[Row]:
        """The rows in the window."""
        wanted = min(height, max(0, self.count - top))
        if self._from != top or len(self._rows) < wanted:
            self._rows, self._from = self._moved(top, height), top
        return self._rows

    def _moved(self, top: int, height: int) -> Sequence[Row]:
        """The rows from another line on; those that were seen already are not fetched again."""
        by = top - self._from
        if 0 < by < len(self._rows):
            kept = self._rows[by:]
            return [*kept, *self._source.rows(top + len(kept), height - len(kept))]
        if by < 0 and -by < height and self._rows:
            return [*self._source.rows(top, -by), *self._rows[: height + by]]
        return self._source.rows(top, height)

    def row(self, line: int, top: int, height: int) -> Row | None:
        """The row on a line; outside the window it is fetched by itself."""
        rows = self.seen(top, height)
        if 0 <= line - top < len(rows):
            return rows[line - top]
        return next(iter(self._source.rows(line, 1)), None)

    def selectable(self, line: int, step: int, top: int, height: int) -> tuple[int, Row] | None:
        """The first line from ``line`` on, downwards or upwards as ``step`` says, that is no heading."""
        direction = 1 if step > 0 else -1
        while 0 <= line < self.count:
            row = self.row(line, top, height)
            if row is not None and not row.heading:
                return line, row
            line += direction
        return None

    def last_number(self, top: int, height: int) -> int:
        """The number of the last row in the window, from 1; 0 when there is none."""
        rows = self.seen(top, height)
        for index in range(len(rows) - 1, -1, -1):
            if not rows[index].heading:
                return rows[index].number or top + index + 1
        return 0
