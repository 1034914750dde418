"""Counts beside their bands, one column an hour or a day: what came as a bar, what was to be expected as a shade behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Line, Look, Span, cells
from changedesk.widgets.paint import GLYPH, SPARKS

LEFT: Final = 4
"""The columns for the numbers at the left."""
SHADE: Final = "░"
FULL: Final = SPARKS[-1]
STAR: Final = "★"
"""The name of the day of a go-live."""
WIDEST: Final = 4
"""No column is wider than so many columns of text."""


@dataclass(frozen=True, slots=True)
class LoadColumn:
    """An hour or a day: how many came (None: still to come, or not over), the band (None: unknown), its name under it.

    ``now`` marks the one that runs.
    """

    count: int | None
    low: int | None
    high: int | None
    label: str = ""
    now: bool = False


def draw_load(columns: Sequence[LoadColumn], width: int, height: int) -> tuple[Line, ...]:
    """The columns, as many of the last ones as there is room for, with their names in the last row."""
    sheet = Canvas(width, height)
    room = width - LEFT
    if room < 1 or height < 2 or not columns:
        return sheet.lines()
    each = max(1, min(WIDEST, room // len(columns)))
    shown = columns[-(room // each) :]
    top = max(1, *(max(one.count or 0, one.high or 0) for one in shown))
    rows = height - 1
    sheet.put_right(LEFT - 1, 0, str(top), Look("explain"))
    if rows > 1:
        sheet.put_right(LEFT - 1, rows - 1, "0", Look("explain"))
    free, star = 0, next((LEFT + place * each for place, one in enumerate(shown) if one.label == STAR), width + 1)
    for place, one in enumerate(shown):
        left = LEFT + place * each
        _put_band(sheet, left, one, each, rows, top)
        _put_bar(sheet, left, one, max(1, each - 1), rows, top)
        # A name ends a blank before the star, which has its place whatever stands beside it.
        end = star - 1 if left < star else width
        if one.label and left >= free and left + cells(one.label) <= end:
            free = sheet.put(left, rows, one.label, Look("key" if one.now else "explain", "", one.now)) + 1
    return sheet.lines()


def draw_legend(name: str, columns: Sequence[LoadColumn], width: int) -> Line:
    """The name of a strip and what its signs mean, those alone that are in it and have room."""
    if not columns:
        return ()
    said = [Span(name, Look("explain"))]
    signs = [(FULL, "service", "came")] if any(one.count for one in columns) else []
    if any(one.high is not None for one in columns):
        signs.append((SHADE, "explain", "normal"))
    if any(_over(one) for one in columns):
        signs.append((GLYPH["late"], "late", "too many"))
    signs += [(one.label, "key", "go-live") for one in columns if one.label == STAR]
    free = width - cells(name)
    for sign, token, word in signs:
        free -= cells(word) + 3
        if free >= 0:
            said += [Span(f" {sign}", Look(token)), Span(f" {word}", Look("explain"))]
    return tuple(said)


def _over(one: LoadColumn) -> bool:
    return one.count is not None and one.high is not None and one.count > one.high


def _put_band(sheet: Canvas, left: int, one: LoadColumn, each: int, rows: int, top: int) -> None:
    """A shade from the lowest to the highest count that is as expected; at least one row."""
    if one.low is None or one.high is None:
        return
    first, last = int(one.low * rows / top), max(int(one.low * rows / top) + 1, round(one.high * rows / top))
    for row in range(first, min(last, rows)):
        sheet.put(left, rows - 1 - row, SHADE * each, Look("explain"))


def _put_bar(sheet: Canvas, left: int, one: LoadColumn, wide: int, rows: int, top: int) -> None:
    if not one.count:
        return
    over = _over(one)
    look = Look("late" if over else "service", "", over)
    eighths = max(1, round(one.count * rows * len(SPARKS) / top))
    highest = (eighths - 1) // len(SPARKS)
    if over:
        # Its upper end is a sign, so that it is not told by its colour alone.
        sheet.put(left, rows - 1 - highest, GLYPH["late"] * wide, look)
        eighths = highest * len(SPARKS)
    for row in range(rows):
        left_over = eighths - row * len(SPARKS)
        if left_over > 0:
            sheet.put(left, rows - 1 - row, SPARKS[min(left_over, len(SPARKS)) - 1] * wide, look)
