"""The grid of power and interest: who is where, by the number in the list beside it, and how far each is from backing it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import LEFT_OUT, Canvas, Line, Look, cells

STEPS: Final = 5
CUT: Final = 3
LEFT: Final = 3
TOP: Final = 1
FIELDS: Final = (
    ("keep satisfied", "satisfy"),
    ("manage closely", "manage"),
    ("monitor",),
    ("keep informed", "inform"),
)
"""What each field asks for: high power and low or high interest, low power and low or high interest."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Somebody on the grid: the mark, power and interest from 1 to 5, the meaning of the colour, whether selected."""

    mark: str
    power: int
    interest: int
    token: str
    chosen: bool = False


def draw_grid(points: Sequence[Standpoint], width: int, height: int) -> tuple[Line, ...]:
    """Power upwards, interest to the right; several in one cell stand beside each other, and the rest are counted."""
    sheet = Canvas(width, height)
    step_x = (width - LEFT) // STEPS
    step_y = max(1, (height - TOP - 2) // STEPS)
    if step_x < 3 or height < STEPS + TOP + 2:
        return sheet.lines()
    bottom = TOP + STEPS * step_y
    _draw_axes(sheet, step_x, step_y, bottom)
    for power in range(1, STEPS + 1):
        for interest in range(1, STEPS + 1):
            here = [p for p in points if (p.power, p.interest) == (power, interest)]
            y = TOP + (STEPS - power) * step_y + step_y // 2
            _draw_cell(sheet, here, LEFT + (interest - 1) * step_x, y, step_x)
    return sheet.lines()


def _draw_axes(sheet: Canvas, step_x: int, step_y: int, bottom: int) -> None:
    """The axes, the lines at the cut, and what each field asks for."""
    cut_x, cut_y = LEFT + (CUT - 1) * step_x - 1, TOP + (STEPS - CUT + 1) * step_y - 1
    sheet.put(0, 0, "power ↑", Look("explain"))
    sheet.put_right(sheet.width, 0, "interest →", Look("explain"))
    for y in range(TOP, bottom):
        sheet.put(1, y, "│", Look("line"))
        sheet.put(cut_x, y, "┆", Look("line"))
    for step in range(1, STEPS + 1):
        sheet.put(0, TOP + (STEPS - step) * step_y + step_y // 2, str(step), Look("faint"))
        sheet.put(LEFT + (step - 1) * step_x, bottom + 1, str(step), Look("faint"))
    for x in range(LEFT - 1, sheet.width):
        sheet.put(x, bottom, "─", Look("line"))
        if step_y > 1:
            sheet.put(x, cut_y, "╌", Look("line"))
    sheet.put(1, bottom, "└", Look("line"))
    if step_y > 1:
        # Only with rows between the people is there room for words: the field's name stands on its uppermost row.
        for place, forms in enumerate(FIELDS):
            x = LEFT if place % 2 == 0 else cut_x + 2
            room = (cut_x if place % 2 == 0 else sheet.width) - x
            text = next((form for form in forms if cells(form) < room), "")
            sheet.put(x, TOP if place < 2 else cut_y + 1, text, Look("faint"))


def _draw_cell(sheet: Canvas, here: Sequence[Standpoint], x: int, y: int, room: int) -> None:
    used = 0
    for place, point in enumerate(here):
        text = f"[{point.mark}]" if point.chosen else point.mark
        rest = len(here) - place
        size = cells(text) + (1 if used else 0)
        more = f"+{rest}"
        if used + size + (0 if rest == 1 else 3) > room - 1 and used:
            sheet.put(x + used, y, more, LEFT_OUT)
            return
        sheet.put(x + used + (1 if used else 0), y, text, Look(point.token, "", point.chosen))
        used += size
