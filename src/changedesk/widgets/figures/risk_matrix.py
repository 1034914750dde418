"""The matrix of a risk: impact to the right, likelihood upwards, each cell with its level, and where a change stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from changedesk.widgets.canvas import Canvas, Line, Look
from changedesk.widgets.paint import GLYPH

LEVEL: Final[Mapping[str, tuple[str, str]]] = {
    "low": (GLYPH["fine"], "fine"),
    "medium": (GLYPH["at_risk"], "risk"),
    "high": (GLYPH["late"], "late"),
}
"""The sign and the colour of each level."""
CELL: Final = 3
LEFT: Final = 4
WIDTH: Final = 21
HEIGHT: Final = 7
"""The columns and rows that the drawing takes."""


def draw_risk_matrix(matrix: Sequence[Sequence[str]], impact: int | None, likelihood: int | None) -> tuple[Line, ...]:
    """Draw the levels of ``matrix[likelihood - 1][impact - 1]``; the cell of the change stands in brackets.

    ``impact`` and ``likelihood`` are 1 to 5, None while they are not known.
    """
    sheet = Canvas(WIDTH, HEIGHT)
    side = len(matrix)
    for y, row in enumerate(reversed(matrix)):
        here = side - y
        sheet.put(2, y, str(here), Look("ink" if here == likelihood else "faint", "", here == likelihood))
        for place, level in enumerate(row, 1):
            glyph, token = LEVEL[level]
            x = LEFT + (place - 1) * CELL
            if (place, here) == (impact, likelihood):
                sheet.put(x, y, "[", Look("key", "", True))
                sheet.put(x + 1, y, glyph, Look(token, "", True))
                sheet.put(x + 2, y, "]", Look("key", "", True))
            else:
                sheet.put(x + 1, y, glyph, Look(token))
    for place in range(1, side + 1):
        look = Look("ink" if place == impact else "faint", "", place == impact)
        sheet.put(LEFT + (place - 1) * CELL + 1, side, str(place), look)
    sheet.put(0, side + 1, "likelihood ↑ impact →", Look("explain"))
    return sheet.lines()
