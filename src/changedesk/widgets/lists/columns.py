"""How wide the columns of a list are on a terminal of some width, and which of them appear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from changedesk.widgets.canvas import cells
from changedesk.widgets.lists.rows import Column

WIDE = 100
"""From so many columns of room on, two blanks stand between columns instead of one."""


class Place(NamedTuple):
    """A column that appears: its number among the declared ones, from 0, its width, and the blanks after it."""

    column: int
    width: int
    gap: int


def places(columns: Sequence[Column], room: int, terminal: int, contents: Sequence[int] = ()) -> tuple[Place, ...]:
    """The columns that appear in ``room`` on a terminal of ``terminal`` columns.

    A column that does not fit is left out whole, the highest priority number first. What is left over goes to the
    columns with a share; nobody is made narrower than its ``width``, unless it is the only one. ``contents`` is what each
    declared column needs to show all that stands in it, where that is known: then a column with room to spare lends it
    to one that would cut its words.
    """
    if contents:
        columns = [_kept_whole(column, need) for column, need in zip(columns, contents, strict=True)]
    shown = [index for index, column in enumerate(columns) if terminal >= column.from_width]
    placed = _placed(columns, shown, room, contents)
    while contents and (cut := [place for place in placed if _says_nothing(columns, place, contents)]):
        shown.remove(max(cut, key=lambda place: (columns[place.column].priority, place.column)).column)
        placed = _placed(columns, shown, room, contents)
    return placed


def _says_nothing(columns: Sequence[Column], place: Place, contents: Sequence[int]) -> bool:
    return columns[place.column].sentence and 2 * place.width < contents[place.column]


def _placed(columns: Sequence[Column], wanted: Sequence[int], room: int, contents: Sequence[int]) -> tuple[Place, ...]:
    """Those of the wanted columns that have room, with their widths."""
    shown = [*wanted]
    gaps = [2 if room >= WIDE and not column.tight else 1 for column in columns]
    while len(shown) > 1 and _needed(columns, shown, gaps) > room:
        shown.remove(max(shown, key=lambda index: (columns[index].priority, index)))
    if len(shown) == 1:
        return (Place(shown[0], max(room, 0), 0),)
    spare = room - _needed(columns, shown, gaps)
    shares = sum(columns[index].share for index in shown)
    widths = {}
    for index in shown:
        share = columns[index].share
        extra = spare * share // shares if shares else 0
        spare -= extra
        shares -= share
        widths[index] = columns[index].width + extra
    if contents:
        needs = {index: max(contents[index], cells(columns[index].title)) for index in shown}
        _lend(widths, needs, spare)
        for index in shown:
            if columns[index].snug:
                widths[index] = min(widths[index], max(columns[index].width, needs[index]))
        _part_figures_from_words(columns, shown, gaps, widths, needs)
    return tuple(Place(index, widths[index], gaps[index] if index != shown[-1] else 0) for index in shown)


def _kept_whole(column: Column, need: int) -> Column:
    """The column, as wide as what stands in it as far as that is kept whole."""
    return column._replace(width=max(column.width, min(column.whole, need)))


def _part_figures_from_words(
    columns: Sequence[Column], shown: Sequence[int], gaps: list[int], widths: dict[int, int], needs: Mapping[int, int]
) -> None:
    """Put a second blank between a figure and the words behind it, out of a column of words that has room to spare.

    A figure ends where the next column begins: with one blank between them "260 Wed 9 Dec" reads as one.
    """
    words = [index for index in shown if columns[index].align == "left"]
    for index, after in pairwise(shown):
        meet = columns[index].align == "right" and columns[after].align == "left" and not columns[index].tight
        if not meet or gaps[index] > 1:
            continue
        giver = max(words, key=lambda other: widths[other] - needs[other])
        # Its last spare blank is what parts it itself from the next column.
        if widths[giver] > needs[giver] + 1:
            widths[giver] -= 1
            gaps[index] += 1


def _lend(widths: dict[int, int], needs: Mapping[int, int], unused: int) -> None:
    """Give room that nobody uses, then what others have too much, to the columns that cut something, the least first."""
    for index in sorted(widths, key=lambda index: needs[index] - widths[index]):
        missing = needs[index] - widths[index]
        if missing <= 0:
            continue
        taken = min(missing, unused)
        unused -= taken
        for other in sorted(widths, key=lambda other: needs[other] - widths[other]):
            lent = min(missing - taken, max(0, widths[other] - needs[other]))
            widths[other] -= lent
            taken += lent
        widths[index] += taken


def _needed(columns: Sequence[Column], shown: Sequence[int], gaps: Sequence[int]) -> int:
    return sum(columns[index].width for index in shown) + sum(gaps[index] for index in shown[:-1])
