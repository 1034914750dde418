"""The time axis of the calendar: days by the clock on a wall, all of them as wide, and what stands above them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from changedesk.domain.saying import MONTHS, WEEKDAYS
from changedesk.domain.weeks import monday_of
from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, cells
from changedesk.widgets.lane.axis import ticks
from changedesk.widgets.time_window import TimeWindow

ZOOMS: Final = (1, 7, 35, 91)
"""How many days are shown: a day, a week, a month, a quarter."""
MONTH: Final = 35
_DAY: Final = 86_400
_HOURS: Final = (1, 2, 3, 4, 6, 12)
_HOUR_LABEL: Final = 6
NOW: Final = "▾"


@dataclass(frozen=True, slots=True)
class Axis:
    """The days of a window on so many columns, by the clock of a zone: on a day on which clocks change, too, noon is its middle."""

    window: TimeWindow
    zone: tzinfo
    width: int

    @property
    def since(self) -> datetime:
        """The moment at which it begins."""
        return self.midnight(self.window.start)

    @property
    def until(self) -> datetime:
        """The moment at which it ends."""
        return self.midnight(self.window.end)

    def midnight(self, day: date) -> datetime:
        """When a day begins, in UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def column(self, moment: datetime) -> int:
        """The column of a moment; below 0 or from ``width`` on when it is outside."""
        local = moment.astimezone(self.zone)
        days = (local.date() - self.window.start).days
        seconds = local.hour * 3600 + local.minute * 60 + local.second
        return (days * _DAY + seconds) * self.width // (self.window.days * _DAY)

    def columns(self, start: datetime, end: datetime) -> range:
        """The columns of a time that are seen: at least one, unless all of it lies outside."""
        if end <= self.since or start >= self.until:
            return range(0)
        first = max(0, self.column(start))
        return range(first, max(first + 1, min(self.width, self.column(end - timedelta(seconds=1)) + 1)))

    def weeks(self) -> tuple[tuple[date, range], ...]:
        """The Mondays of the weeks that are seen, each with its columns."""
        monday = monday_of(self.window.start)
        found = []
        while monday < self.window.end:
            following = monday + timedelta(days=7)
            first, after = (self.column(self.midnight(day)) for day in (monday, following))
            found.append((monday, range(max(0, first), min(self.width, after))))
            monday = following
        return tuple(found)


def grid(axis: Axis) -> tuple[int, ...]:
    """The columns at which something begins that is worth a faint line: hours, days, weeks or months."""
    if axis.window.days == 1:
        return tuple(hour * axis.width // 24 for hour in range(0, 24, _hours(axis.width)))
    return tuple(tick.column for tick in ticks(axis.window, axis.width) if tick.line)


def heading(axis: Axis, now: datetime) -> str:
    """What stands above the axis, exactly as wide: hours, days or weeks, and a mark over the present moment."""
    sheet = Canvas(axis.width, 1)
    if axis.window.days == 1:
        for hour in range(0, 24, _hours(axis.width)):
            sheet.put(hour * axis.width // 24, 0, f"{hour:02}:00")
    else:
        for tick in ticks(axis.window, axis.width):
            sheet.put(tick.column, 0, tick.label)
    here = axis.column(now)
    if axis.since <= now < axis.until and sheet.char(here, 0) == " ":
        sheet.put(here, 0, NOW)
    return "".join(text for text, _ in sheet.lines()[0]) if axis.width > 0 else ""


def said_days(window: TimeWindow) -> str:
    """The days that are shown, in words: ``Mon 23 Nov to Sun 27 Dec``."""
    last = window.end - timedelta(days=1)
    first = f"{WEEKDAYS[window.start.weekday()]} {window.start.day} {MONTHS[window.start.month - 1]}"
    if last == window.start:
        return f"{first} {window.start.year}"
    return f"{first} to {WEEKDAYS[last.weekday()]} {last.day} {MONTHS[last.month - 1]}"


def _hours(width: int) -> int:
    """How many hours lie between two labels that stand free of each other."""
    return next((step for step in _HOURS if step * width // 24 >= _HOUR_LABEL), _HOURS[-1])


def zoomed(window: TimeWindow, step: int, around: date) -> TimeWindow:
    """The next wider (1) or narrower (-1) window with this day in it; weeks begin on Mondays."""
    place = ZOOMS.index(window.days) + step
    days = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]
    return beginning(around if days < window.days else max(window.start, around - timedelta(days=days - 1)), days)


def beginning(day: date, days: int) -> TimeWindow:
    """The window of so many days that has this day in its first week, or is this day."""
    first = day if days == 1 else monday_of(day)
    return TimeWindow.of(first.toordinal(), days)


def moved(window: TimeWindow, step: int) -> TimeWindow:
    """The window a week on or back; a day when one day is shown."""
    return TimeWindow.of(window.start.toordinal() + step * (1 if window.days == 1 else 7), window.days)


def room_for(text: str, columns: range) -> bool:
    """Whether a text stands in these columns with a blank to each side."""
    return len(columns) >= cells(text) + 2
