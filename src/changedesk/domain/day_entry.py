"""Days as people write them: ``fri``, ``+2w``, ``2 dec``, ``eom``, or exactly as 2026-12-02."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from changedesk.domain.saying import day_month, in_days
from changedesk.domain.weeks import monday_of

HOW_TO_WRITE: Final = "write fri, next fri, +2w, 2 dec or 2026-12-02"
"""What is said about a text that is no day."""
HOW_TO_WRITE_PAST: Final = "write yesterday, fri, -2w, 2 nov or 2026-11-02"
"""The same where a day that has been is asked for."""

ONE_DAY: Final = timedelta(days=1)
LOOK_BACK: Final = timedelta(days=92)
"""A day without a year is the first such day from three months ago on: plans lie ahead, what was done lies close behind."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_SHORTEST: Final = 3
"""Letters that name a weekday or a month."""

_STEP = re.compile(r"([+-]?) ?([0-9]{1,5}) ?([dwmy])")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.? ?([a-z]+)\.?(?: ([0-9]{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?: ([0-9]{4}))?")


def parse_day(
    text: str, today: date, *, steps_from: date | None = None, has_been: bool = False, begins: date | None = None
) -> date | None:
    """The day that a person means; None when the text is no day.

    ``fri`` is the coming Friday and never today; ``next fri`` the one of the next week, ``last fri`` the one before today.
    ``+2w``, ``-3d``, ``+1m``, ``+1y`` count from today, or from the day that something is moved away from, ``steps_from``
    (a month later than 31 January is the last of February); ``eom`` is the last day of
    this month. A leading weekday is left aside: ``Wed 2 Dec`` is ``2 Dec``. Where it is a day that ``has_been``, ``fri`` and
    ``2 dec`` are the last ones up to today; where it ends a period, the first ones from the day on which that ``begins``, and
    ``+2w`` counts from there.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    try:
        if step := _STEP.fullmatch(words):
            sign, number, unit = step.groups()
            return _stepped(steps_from or begins or today, -int(number) if sign == "-" else int(number), unit)
        return _plain(words, today, has_been=has_been, begins=begins)
    except (ValueError, OverflowError):
        return None


def day_said(day: date, today: date) -> str:
    """A day exactly, and how far off it is: ``Fri 27 Nov 2026, in 5 d``."""
    exact = day_month(day, today)
    return f"{exact if day.year != today.year else f'{exact} {day.year}'}, {in_days(day, today)}"


def day_of(value: str) -> date | None:
    """The day of a cell of a file, 2026-11-27; None where there is none."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def day_written(day: date) -> str:
    """A day as it stands in a field, and as :func:`parse_day` reads it on any day: ``27 Nov 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1][:3].title()} {day.year:04d}"


def _plain(words: str, today: date, *, has_been: bool, begins: date | None) -> date | None:
    near = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if words in near:
        return today + timedelta(days=near[words])
    if words == "eom":
        return today.replace(day=monthrange(today.year, today.month)[1])
    if iso := _ISO.fullmatch(words):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    first, _, rest = words.partition(" ")
    if (weekday := _named(first, _WEEKDAYS)) is not None:
        if rest:
            return _dated(rest, today, has_been=has_been, begins=begins)
        return _last(weekday, today) if has_been else _coming(weekday, begins - ONE_DAY if begins else today)
    if first in ("next", "last") and (weekday := _named(rest, _WEEKDAYS)) is not None:
        return monday_of(today) + timedelta(days=7 + weekday) if first == "next" else _last(weekday, today)
    return _dated(words, today, has_been=has_been, begins=begins)


def _dated(words: str, today: date, *, has_been: bool, begins: date | None) -> date | None:
    if found := _DAY_MONTH.fullmatch(words):
        day, month, year = int(found[1]), _named(found[2], _MONTHS), found[3]
    elif found := _MONTH_DAY.fullmatch(words):
        day, month, year = int(found[2]), _named(found[1], _MONTHS), found[3]
    else:
        return None
    if month is None:
        return None
    if year:
        return date(int(year), month + 1, day)
    return (
        _last_of_year(day, month + 1, today)
        if has_been
        else _first_of_year(day, month + 1, begins or today - LOOK_BACK)
    )


def _first_of_year(day: int, month: int, earliest: date) -> date | None:
    # Between two leap days lie at most eight years; after the last year of the calendar comes ValueError, which is no day.
    for year in range(earliest.year, earliest.year + 9):
        if day <= monthrange(year, month)[1] and date(year, month, day) >= earliest:
            return date(year, month, day)
    return None


def _last_of_year(day: int, month: int, today: date) -> date | None:
    for year in range(today.year, today.year - 9, -1):
        if day <= monthrange(year, month)[1] and date(year, month, day) <= today:
            return date(year, month, day)
    return None


def _last(weekday: int, today: date) -> date:
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def _coming(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _stepped(begin: date, number: int, unit: str) -> date:
    if unit in "dw":
        return begin + timedelta(days=number * (7 if unit == "w" else 1))
    months = begin.year * 12 + begin.month - 1 + number * (12 if unit == "y" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(begin.day, monthrange(year, month)[1]))


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names a word begins; three letters are enough."""
    if len(word) < _SHORTEST:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)
