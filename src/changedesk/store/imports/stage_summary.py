"""What stands in the columns of a file that is tried out: how many cells are filled, and with what."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from changedesk.domain.kinds.kind import Column, Day, Moment, Number, Whole
from changedesk.domain.kinds.row_rules import Cell
from changedesk.values import dataclass

MOST = 20
"""So many of the most frequent values of a column are named."""


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """One column over all rows that can be taken: how many cells are filled, how many different values there are.

    ``most`` are the most frequent values with their rows; a column of days, times or numbers has its lowest and highest
    value instead.
    """

    column: str
    filled: int
    different: int
    most: tuple[tuple[str, int], ...]
    lowest: Cell
    highest: Cell


def summaries(conn: sqlite3.Connection, columns: Sequence[Column]) -> tuple[ColumnSummary, ...]:
    """The columns of the staged rows, those that nothing stands in left out."""
    found = (_summary(conn, column) for column in columns)
    return tuple(summary for summary in found if summary.filled)


def _summary(conn: sqlite3.Connection, column: Column) -> ColumnSummary:
    cell = f'"{column.name}"'
    filled, different, lowest, highest = conn.execute(
        f"SELECT count({cell}), count(DISTINCT {cell}), min({cell}), max({cell}) FROM staged"
    ).fetchone()
    if isinstance(column.type, Day | Moment | Number | Whole):
        return ColumnSummary(column.name, filled, different, (), lowest, highest)
    rows = conn.execute(
        f"SELECT {cell}, count(*) FROM staged WHERE {cell} IS NOT NULL GROUP BY {cell} ORDER BY count(*) DESC, {cell} LIMIT ?",
        (MOST,),
    )
    return ColumnSummary(
        column.name, filled, different, tuple((str(value), count) for value, count in rows), None, None
    )
