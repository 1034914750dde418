"""The two-by-two of "Built and ready?": how far each initiative is built, and how far its people are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Line, Look, cells, fit
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN

CORNERS: Final = (("wanted, not built", "wanted"), ("go",), ("early",), ("built, nobody ready", "not ready"))
"""What each corner means, in forms from long to short: top left, top right, bottom left, bottom right."""

HALF: Final = 0.5
"""Where the fields meet, of 1."""

_NEAR: Final = tuple(
    sorted(
        ((dx, dy) for dx in range(-2, 3) for dy in range(-2, 3)),
        key=lambda step: (step[0] ** 2 + 2 * step[1] ** 2, step),
    )
)
"""Where a point goes whose own cell is taken: the nearest first."""


@dataclass(frozen=True, slots=True)
class Point:
    """An initiative: a short label, delivery and people progress (0 to 1, None unknown), its status."""

    label: str
    built: float | None
    ready: float | None
    level: str


def draw_quadrant(points: Sequence[Point], width: int, height: int, left_out: int = 0) -> tuple[Line, ...]:
    """Draw the points on ``width`` x ``height`` cells.

    They come most urgent first, and the most urgent get their labels. ``left_out`` initiatives are not among the
    points. What has no label, or no place, is counted at the bottom.
    """
    sheet = Canvas(width, height)
    gutter = 8 if width >= 36 else 2
    left, right, bottom = gutter + 1, width, height - 2
    if right - left < 8 or bottom < 4:
        return sheet.lines()
    known = [(p, p.built, p.ready) for p in points if p.built is not None and p.ready is not None]
    middle, centre = bottom // 2, left + (right - left) // 2
    _draw_corners(sheet, left, right, centre, bottom)
    unnamed = 0
    for point, built, ready in known:
        x = left + round(min(max(built, 0.0), 1.0) * (right - left - 1))
        y = 1 + round((1 - min(max(ready, 0.0), 1.0)) * (bottom - 3))
        columns = range(centre, right) if built >= HALF else range(left, centre + 1)
        # The row that says what a corner means has room for a point as well, once the others of its field have none.
        fields = (
            (range(1, middle + 1), range(middle + 1))
            if ready >= HALF
            else (range(middle, bottom - 1), range(middle, bottom))
        )
        spot = next((spot for rows in fields if (spot := _free_near(sheet, x, y, columns, rows))), None)
        if spot:
            sheet.put(*spot, *_mark(point))
        unnamed += not (spot and _name(sheet, left, right, point, *spot))
    _draw_frame(sheet, gutter, left, centre, middle, bottom)
    _draw_foot(sheet, left, right, bottom + 1, unnamed + left_out, len(points) - len(known))
    return sheet.lines()


def _mark(point: Point) -> tuple[str, Look]:
    return GLYPH[point.level], Look(LEVEL_TOKEN[point.level])


def _draw_corners(sheet: Canvas, left: int, right: int, centre: int, bottom: int) -> None:
    """The meaning of each corner, on rows that no point uses."""
    for index, forms in enumerate(CORNERS):
        x = left + 1 if index % 2 == 0 else centre + 2
        end = centre if index % 2 == 0 else right
        text = next((form for form in forms if x + cells(form) <= end), "")
        sheet.put(x, 0 if index < 2 else bottom - 1, text, Look("fine" if text == "go" else "faint"))


def _free_near(sheet: Canvas, x: int, y: int, columns: range, rows: range) -> tuple[int, int] | None:
    """The cell itself or, when another point is there, the nearest free one beside it in the same field."""
    for dx, dy in _NEAR:
        if x + dx in columns and y + dy in rows and sheet.is_blank(x + dx, y + dy, 1):
            return x + dx, y + dy
    return None


def _name(sheet: Canvas, left: int, right: int, point: Point, x: int, y: int) -> bool:
    """Write a point's label to its right or left where there is room; false when there is none."""
    width = cells(point.label)
    for first, start in ((x + 1, x + 2), (x - width - 2, x - width - 1)):
        begin, end = max(left, first), min(right, first + width + 2)
        if start >= left and start + width <= right and sheet.is_blank(begin, y, end - begin):
            sheet.put(begin, y, f" {point.label} "[begin - first : end - first], _mark(point)[1])
            return True
    return False


def _draw_frame(sheet: Canvas, gutter: int, left: int, centre: int, middle: int, bottom: int) -> None:
    """The axes with their names, and the faint lines that part the four fields, where nothing else stands."""
    look = Look("line")
    for x in range(left, sheet.width):
        sheet.put(x, bottom, "─", look)
        if sheet.is_blank(x, middle, 1):
            sheet.put(x, middle, "╌", look)
    for y in range(bottom):
        sheet.put(gutter, y, "│", look)
        if sheet.is_blank(centre, y, 1):
            sheet.put(centre, y, "┆", look)
    sheet.put(gutter, bottom, "└", look)
    if gutter == 8:
        sheet.put(0, 0, "people", Look("people"))
        sheet.put(0, 1, "done", Look("people"))


def _draw_foot(sheet: Canvas, left: int, right: int, y: int, unnamed: int, unknown: int) -> None:
    """Under the axis: its name, and how many initiatives are not named or not placed."""
    parts = [f"+{unnamed:,} more" if unnamed else "", f"{unknown} without a plan" if unknown else ""]
    sheet.put_right(right, y, "built", Look("delivery"))
    sheet.put(left, y, fit(" · ".join(part for part in parts if part), right - left - 7), Look("explain"))
