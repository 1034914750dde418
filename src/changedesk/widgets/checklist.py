"""A lane's checklist under a gate: what is done, what is missing, who signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.values import dataclass
from changedesk.widgets.canvas import LEFT_OUT, Canvas, Line, Look, cells, fit, wrap

GAP: Final = 3
TICKED: Final = ("✓", "fine")
OPEN: Final = ("✗", "late")
OVER: Final = ("×", "explain")
UNKNOWN: Final = ("○", "unknown")
"""The sign before an item and the meaning of its colour: done, missing, not asked any more, and not followed here."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to have done, and whether it is."""

    text: str
    done: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """The state of a lane's signature in one sentence (with the meaning of its colour), its items, what comes next.

    ``still_open`` is the sign before what is not done: see :func:`sign_of_open`.
    """

    heading: str
    token: str
    items: tuple[Item, ...]
    closing: str = ""
    still_open: tuple[str, str] = OPEN


def sign_of_open(*, cancelled: bool, in_use: bool) -> tuple[str, str]:
    """The sign before what is not done of a gate, and the meaning of its colour: only where it is followed is it missing."""
    return OVER if cancelled else OPEN if in_use else UNKNOWN


def draw_checklist(checklist: Checklist, width: int, height: int) -> tuple[Line, ...]:
    """Draw heading, items (the missing first) side by side where they fit, and the closing words under them when there is room."""
    sheet = Canvas(width, height)
    y = 0
    for line in wrap(checklist.heading, width)[: max(1, height - 1)]:
        sheet.put(0, y, line, Look(checklist.token))
        y += 1
    items = sorted(checklist.items, key=lambda item: item.done)
    most = _widest(items, width, 4)
    room = height - y
    bottom = height - 1 if checklist.closing and -(-len(items) // most) < room else height
    columns = next((columns for columns in range(1, most) if -(-len(items) // columns) <= bottom - y), most)
    _draw_items(sheet, items, y, bottom, columns, checklist.still_open)
    if bottom < height:
        sheet.put(0, min(bottom, y - (-len(items) // columns)), fit(checklist.closing, width), Look("explain"))
    return sheet.lines()


def _widest(items: Sequence[Item], width: int, columns: int) -> int:
    """At most so many columns of items as fit beside each other without being shortened; at least one."""
    widest = max((cells(item.text) + 2 for item in items), default=1)
    return max(1, min(columns, (width + GAP) // (widest + GAP)))


def _draw_items(
    sheet: Canvas, items: Sequence[Item], top: int, bottom: int, columns: int, undone: tuple[str, str]
) -> None:
    rows = max(0, bottom - top)
    fitting = len(items) if len(items) <= rows * columns else max(0, rows * columns - 1)
    step = (sheet.width + GAP) // columns
    for index, item in enumerate(items[:fitting]):
        x, y = index % columns * step, top + index // columns
        mark, token = TICKED if item.done else undone
        sheet.put(x, y, mark, Look(token))
        sheet.put(x + 2, y, fit(item.text, step - GAP - 2), Look("explain" if item.done else "ink"))
    if fitting < len(items) and rows:
        x, y = fitting % columns * step, top + fitting // columns
        sheet.put(x, y, fit(f"+{len(items) - fitting} more", step - GAP), LEFT_OUT)
