"""The five elements of readiness of a group: how the answers are spread, how many are past each, where most are held up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Line, Look
from changedesk.widgets.paint import SPARKS, bar

NAME: Final = 14
SCORES: Final = 5
HELD: Final = "◆"


@dataclass(frozen=True, slots=True)
class Element:
    """An element: how many gave each score from 1 to 5, and whether it is the barrier."""

    name: str
    counts: Sequence[int]
    is_barrier: bool


def draw_elements(elements: Sequence[Element], width: int, limit: int) -> tuple[Line, ...]:
    """A row for each element: five columns for the scores 1 to 5, a bar for those who scored above ``limit``, the barrier.

    The columns of all elements have one scale.
    """
    sheet = Canvas(width, len(elements))
    most = max((count for one in elements for count in one.counts), default=0)
    room = max(4, width - NAME - SCORES - 2 - 7 - (10 if width >= 48 else 2))
    for y, one in enumerate(elements):
        token = "risk" if one.is_barrier else "ink"
        sheet.put(0, y, f"{HELD} " if one.is_barrier else "  ", Look("risk"))
        sheet.put(2, y, one.name, Look(token, "", one.is_barrier))
        for place, count in enumerate(one.counts):
            x = NAME + 2 + place
            if not count:
                sheet.put(x, y, "·", Look("faint"))
                continue
            low = place < limit
            sheet.put(x, y, SPARKS[max(0, round(count / most * 7))], Look("risk" if low else "people"))
        total = sum(one.counts)
        past = sum(one.counts[limit:]) / total if total else None
        x = NAME + SCORES + 4
        for span in bar(past, room, "people"):
            x = sheet.put(x, y, *span)
        sheet.put(x + 1, y, "   ?" if past is None else f"{round(100 * past):>3} %", Look("explain"))
        if one.is_barrier and width >= 48:
            sheet.put(x + 8, y, "barrier", Look("risk"))
    return sheet.lines()
