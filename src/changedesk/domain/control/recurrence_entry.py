"""Rules of recurrence as people write and read them: ``every sun``, ``every 2 weeks on mon, wed``, ``last fri until 31 dec``."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from changedesk.domain.control.recurrence_rule import WEEKDAY_CODES, NoRule, Rule, parse_rule, refuse_rule
from changedesk.domain.counted import counted, listed
from changedesk.domain.day_entry import day_written, parse_day

HOW_TO_REPEAT: Final = "write daily, every sun, every 2 weeks, last fri or every year; until 31 dec ends it"
"""What is said about a text that is no rule."""
USUAL: Final = ("every day", "every week", "every 2 weeks", "first Sunday", "last Sunday", "every month", "every year")
"""What most windows do, to choose from."""

_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_UNITS: Final = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_SHORT: Final = {"daily": "every day", "weekly": "every week", "monthly": "every month", "yearly": "every year"}
_STEP = re.compile(r"every (?:([0-9]{1,3}) )?(day|week|month|year)s?(?: on (.+))?")
_ENDED = re.compile(r"(.+?) (?:until (.+)|([0-9]{1,4}) times)")
_BETWEEN = re.compile(r",| and | ")
_OF_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_LAST_DAY: Final = "last day"
_SHORTEST: Final = 2
"""Letters that name a weekday here."""


def rule_read(text: str, today: date) -> str | None:
    """The rule that a person means, as calendars write it; None when the text is none."""
    words = " ".join(text.casefold().split())
    if refuse_rule(words.replace(" ", "")) is None:
        return words.replace(" ", "").upper()
    end = ""
    if ended := _ENDED.fullmatch(words):
        words, day = ended[1], parse_day(ended[2], today) if ended[2] else None
        if ended[2] and day is None:
            return None
        end = f";UNTIL={day:%Y%m%d}" if day else f";COUNT={ended[3]}"
    rule = _read(_SHORT.get(words, words))
    return None if rule is None or refuse_rule(rule + end) else rule + end


def rule_said(text: str) -> str:
    """A rule as a person reads it, and as :func:`rule_read` reads it again; what has no words of its own stays as it is."""
    try:
        rule = parse_rule(text)
    except NoRule:
        return text
    said = _said(rule)
    if said is None:
        return text
    if rule.count is not None:
        return f"{said} {rule.count} times"
    if rule.until is None:
        return said
    # An end at a time of its own day has no words that are as exact.
    return f"{said} until {day_written(rule.until.date())}" if "T" not in text.upper().partition("UNTIL=")[2] else text


def _read(words: str) -> str | None:
    if step := _STEP.fullmatch(words):
        rule = f"FREQ={_UNITS[step[2]]}" + (f";INTERVAL={step[1]}" if step[1] and step[1] != "1" else "")
        if not step[3]:
            return rule
        if step[2] == "month":
            numbers = _month_days(step[3])
            return f"{rule};BYMONTHDAY={numbers}" if numbers else None
        days = _weekdays(step[3])
        return f"{rule};BYDAY={days}" if days and step[2] == "week" else None
    first, _, rest = words.removeprefix("the ").removesuffix(" of the month").partition(" ")
    if first == "every":
        days = _weekdays(rest)
        return f"FREQ=WEEKLY;BYDAY={days}" if days else None
    if first in _PLACES:
        days = _weekdays(rest)
        return f"FREQ=MONTHLY;BYDAY={_PLACES[first]}{days}" if days and "," not in days else None
    return None


def _weekdays(text: str) -> str | None:
    names = [name for name in _BETWEEN.split(text) if name]
    found = []
    for name in names:
        code = next((WEEKDAY_CODES[at] for at, day in enumerate(_NAMES) if day.casefold().startswith(name)), None)
        if code is None or len(name) < _SHORTEST:
            return None
        found.append(code)
    return ",".join(dict.fromkeys(found)) or None


def _month_days(text: str) -> str | None:
    """Days of a month by number: ``the 1st and the 15th``, ``the last day``."""
    found = []
    for name in _BETWEEN.split(text.replace(_LAST_DAY, "-1")):
        if name in ("", "the"):
            continue
        number = _OF_MONTH.fullmatch(name)
        if name != "-1" and number is None:
            return None
        found.append(name if number is None else number[1].lstrip("0") or "0")
    return ",".join(dict.fromkeys(found)) or None


def in_short(said: str) -> str:
    """A rule in words for a narrow column: ``every Tue and Thu``, ``monthly on the 27th``; one day is named in full."""
    days = [name for name in _NAMES if name in said]
    for name in days if len(days) > 1 else ():
        said = said.replace(name, name[:3])
    return said.replace("every month on", "monthly on")


def _month_day_said(number: int) -> str:
    if number == -1:
        return _LAST_DAY
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _said(rule: Rule) -> str | None:
    if rule.months or rule.positions or rule.week_start:
        return None
    days = listed([_NAMES[weekday] for _, weekday in rule.weekdays], len(_NAMES))
    places = {which for which, _ in rule.weekdays}
    unit = next(word for word, frequency in _UNITS.items() if frequency == rule.frequency)
    every = f"every {unit if rule.interval == 1 else counted(rule.interval, unit)}"
    if rule.month_days:
        numbers = [_month_day_said(number) for number in rule.month_days]
        plain = rule.frequency == "MONTHLY" and not rule.weekdays and min(rule.month_days) >= -1
        return f"{every} on the {listed(numbers, len(numbers))}" if plain else None
    if not rule.weekdays:
        return every
    if places == {0} and rule.frequency == "WEEKLY":
        return f"every {days}" if rule.interval == 1 else f"{every} on {days}"
    if rule.frequency == "MONTHLY" and rule.interval == 1 and len(rule.weekdays) == 1:
        place = next((word for word, number in _PLACES.items() if {number} == places), None)
        return f"{place} {days}" if place else None
    return None
