"""A short list of what comes: day, time, what it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from changedesk.domain.saying import WEEKDAYS
from changedesk.values import dataclass
from changedesk.widgets.canvas import LEFT_OUT, Canvas, Line, Look, fit


@dataclass(frozen=True, slots=True)
class Event:
    """Something on a day (and at a time, when it has one): its glyph, its words, the meaning of its colour."""

    day: date
    time: time | None
    glyph: str
    text: str
    token: str = "ink"


def draw_upcoming(events: Sequence[Event], width: int, height: int, empty: str) -> tuple[Line, ...]:
    """Draw the events, in the order given, one a row; what has no room is counted on the last row.

    ``empty`` is said when there is none. The column of times appears only when an event has one.
    """
    sheet = Canvas(width, height)
    if not events:
        sheet.put(0, 0, fit(empty, width), Look("explain"))
        return sheet.lines()
    shown = events if len(events) <= height else events[: max(0, height - 1)]
    text_at = 16 if any(event.time for event in shown) else 8
    day_before: date | None = None
    for y, event in enumerate(shown):
        if event.day != day_before:
            sheet.put(0, y, f"{WEEKDAYS[event.day.weekday()]} {event.day.day:>2}", Look("explain"))
            day_before = event.day
        if event.time:
            sheet.put(8, y, f"{event.time:%H:%M}", Look("faint"))
        sheet.put(text_at, y, event.glyph, Look(event.token))
        sheet.put(text_at + 2, y, fit(event.text, width - text_at - 2), Look(event.token))
    if len(shown) < len(events):
        sheet.put(0, height - 1, fit(f"{len(events) - len(shown)} more", width), LEFT_OUT)
    return sheet.lines()
