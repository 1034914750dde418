"""The labels of a time axis: days, weeks, months, quarters or years, whatever the window has room for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from changedesk.domain.saying import MONTHS, WEEKDAYS
from changedesk.widgets.time_window import TimeWindow


class Tick(NamedTuple):
    """A mark of the axis: the column of its day and what stands there (empty: only the mark).

    ``line`` is false for the name of the stretch in which the window begins: it is a word, not the start of anything.
    """

    column: int
    label: str
    line: bool = True


class _Unit(NamedTuple):
    """A step of the axis: shortest length in days, widest label, its days, their labels, the left edge's."""

    days: int
    widest: int
    days_in: Callable[[TimeWindow], Iterator[date]]
    label: Callable[[date], str]
    leading: Callable[[date], str]


def ticks(window: TimeWindow, width: int) -> tuple[Tick, ...]:
    """The marks of the axis in the finest unit whose labels all stand free of each other."""
    for unit in _UNITS:
        if unit.days * width < unit.widest * window.days:
            continue
        marks = [Tick(window.column(day, width), unit.label(day)) for day in unit.days_in(window)]
        if all(one.column + len(one.label) < other.column for one, other in pairwise(marks)):
            return _finished(marks, unit.leading(window.start), width)
    return ()


def _finished(marks: list[Tick], leading: str, width: int) -> tuple[Tick, ...]:
    """The marks, the last without its label when that has no room, and before them the name of the first stretch."""
    if marks and marks[-1].column + len(marks[-1].label) > width:
        marks[-1] = marks[-1]._replace(label="")
    room = marks[0].column if marks else width
    return (Tick(0, leading, line=False), *marks) if leading and len(leading) + 1 < room else tuple(marks)


def _every_day(window: TimeWindow) -> Iterator[date]:
    for offset in range(window.days):
        yield window.start + timedelta(days=offset)


def _mondays(window: TimeWindow) -> Iterator[date]:
    for offset in range(-window.start.weekday() % 7, window.days, 7):
        yield window.start + timedelta(days=offset)


def _months(step: int) -> Callable[[TimeWindow], Iterator[date]]:
    """The first days of every ``step``-th month of the calendar, counted from January of year 0."""

    def days_in(window: TimeWindow) -> Iterator[date]:
        month = window.start.year * 12 + window.start.month - 1
        month -= month % step
        while month < 12:
            month += step
        while month // 12 <= date.max.year and (day := date(month // 12, month % 12 + 1, 1)) < window.end:
            if day >= window.start:
                yield day
            month += step

    return days_in


def _day_label(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}" if day.day == 1 else f"{WEEKDAYS[day.weekday()]} {day.day}"


def _month_label(day: date) -> str:
    return MONTHS[day.month - 1]


def _month_with_year(day: date) -> str:
    return f"Jan {day.year}" if day.month == 1 else MONTHS[day.month - 1]


def _quarter_label(day: date) -> str:
    return str(day.year) if day.month == 1 else f"Q{(day.month + 2) // 3}"


def _year_label(day: date) -> str:
    return str(day.year)


def _nothing(_day: date) -> str:
    return ""


_UNITS: Final = (
    _Unit(1, 7, _every_day, _day_label, _nothing),
    _Unit(7, 7, _mondays, lambda day: f"{day.day} {MONTHS[day.month - 1]}", _nothing),
    _Unit(28, 9, _months(1), _month_with_year, _month_label),
    _Unit(28, 4, _months(1), _month_label, _month_label),
    _Unit(90, 5, _months(3), _quarter_label, _year_label),
    *(_Unit(365 * years, 5, _months(12 * years), _year_label, _year_label) for years in (1, 2, 5, 10, 20, 50)),
)
