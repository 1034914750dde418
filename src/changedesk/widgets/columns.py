"""How wide the columns of a list are on a terminal of some width, and which of them appear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from changedesk.widgets.rows import Column

WIDE = 100
"""From so many columns of room on, two blanks stand between columns instead of one."""


class Place(NamedTuple):
    """A column that appears: its index among the declared ones, and its width."""

    index: int
    width: int


def gap_at(room: int) -> int:
    """How many blanks stand between two columns."""
    return 2 if room >= WIDE else 1


def places(columns: Sequence[Column], room: int, terminal: int) -> tuple[Place, ...]:
    """The columns that appear in ``room`` on a terminal of ``terminal`` columns.

    A column that does not fit is left out whole, the highest priority number first. What is left over goes to the
    columns with a share; nobody is made narrower than its ``width``, unless it is the only one.
    """
    shown = [index for index, column in enumerate(columns) if terminal >= column.from_width]
    gap = gap_at(room)
    while len(shown) > 1 and _needed(columns, shown, gap) > room:
        shown.remove(max(shown, key=lambda index: (columns[index].priority, index)))
    if len(shown) == 1:
        return (Place(shown[0], max(room, 0)),)
    spare = room - _needed(columns, shown, gap)
    shares = sum(columns[index].share for index in shown)
    result = []
    for index in shown:
        share = columns[index].share
        extra = spare * share // shares if shares else 0
        spare -= extra
        shares -= share
        result.append(Place(index, columns[index].width + extra))
    return tuple(result)


def _needed(columns: Sequence[Column], shown: Sequence[int], gap: int) -> int:
    return sum(columns[index].width for index in shown) + gap * (len(shown) - 1)
