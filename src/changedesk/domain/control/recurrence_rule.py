"""A rule of recurrence: read from the text that calendars write (RFC 5545), or refused with what is wrong with it.

Followed are days, weeks, months and years; what a change window never needs (hours, numbered weeks and days of a year) is
refused in words.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Final

from changedesk.values import dataclass

LONGEST: Final = 500
"""Characters of a rule."""

_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS: Final = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "COUNT", "UNTIL")
_UNTIL = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?")
_BYDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,4}")
_END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be followed. ``until`` is by the wall clock, unless it is in UTC; ``weekdays`` are (which one, weekday),
    0 is every one, -1 the last of its month or year."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


class NoRule(ValueError):
    """A text that is no rule which can be followed; ``args[0]`` says why."""


def refuse_rule(text: str) -> str | None:
    """What is wrong with a rule, as a sentence; None when it can be followed."""
    try:
        parse_rule(text)
    except NoRule as refused:
        return str(refused)
    return None


def plain_rule(text: str) -> str:
    """A rule with its parts in one order and its letters large, so that the same rule has one text."""
    parts = [part.strip() for part in text.upper().split(";") if part.strip()]
    return ";".join(sorted(parts, key=lambda part: _PARTS.index(part.partition("=")[0])))


@lru_cache(maxsize=4096)
def parse_rule(text: str) -> Rule:
    """The rule in a text such as ``FREQ=WEEKLY;BYDAY=SU``. Raises :class:`NoRule`."""
    parts = _parts(text)
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise NoRule(f"FREQ is one of {', '.join(_FREQUENCIES)}")
    rule = Rule(
        frequency,
        _number(parts, "INTERVAL", 1, 1_000) or 1,
        _number(parts, "COUNT", 1, 1_000),
        _until(parts["UNTIL"]) if "UNTIL" in parts else None,
        _weekdays(parts["BYDAY"], frequency) if "BYDAY" in parts else (),
        _signed(parts, "BYMONTHDAY", 31),
        _signed(parts, "BYMONTH", 12, least=1),
        _signed(parts, "BYSETPOS", 366),
        _weekday(parts["WKST"]) if "WKST" in parts else 0,
    )
    if rule.count is not None and rule.until is not None:
        raise NoRule("it has both COUNT and UNTIL; one of them ends it")
    if rule.month_days and frequency == "WEEKLY":
        raise NoRule("a week has no BYMONTHDAY")
    if rule.positions and not (rule.weekdays or rule.month_days):
        raise NoRule("BYSETPOS picks from the days of BYDAY or BYMONTHDAY, and neither is there")
    return rule


def _parts(text: str) -> dict[str, str]:
    if len(text) > LONGEST:
        raise NoRule(f"it has {len(text):,} characters; at most {LONGEST} are taken")
    parts: dict[str, str] = {}
    for part in text.upper().removesuffix(";").split(";"):
        name, equals, value = part.strip().partition("=")
        if name not in _PARTS or not equals:
            raise NoRule(f"it has {name[:20] or 'an empty part'}; its parts are {', '.join(_PARTS)}")
        if name in parts:
            raise NoRule(f"it has {name} twice")
        parts[name] = value.strip()
    return parts


def _number(parts: dict[str, str], name: str, low: int, high: int) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise NoRule(f"{name} is a whole number from {low} to {high}")
    return int(text)


def _signed(parts: dict[str, str], name: str, most: int, least: int | None = None) -> tuple[int, ...]:
    """Whole numbers with commas between, none of them 0; below 0 they count from the end."""
    if name not in parts:
        return ()
    texts = parts[name].split(",")
    low = -most if least is None else least
    if not all(_WHOLE.fullmatch(text) and low <= int(text) <= most and int(text) for text in texts):
        also = "" if least is not None else f", or -1 to -{most} from the end"
        raise NoRule(f"{name} are whole numbers from 1 to {most}{also}")
    return tuple(dict.fromkeys(int(text) for text in texts))


def _weekdays(text: str, frequency: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in text.split(","):
        day = _BYDAY.fullmatch(part)
        if day is None or (day[1] and not int(day[1])):
            raise NoRule(f"BYDAY are weekdays such as {', '.join(WEEKDAY_CODES)}, or 1SU for the first Sunday")
        which = int(day[1] or 0)
        if which and frequency in ("DAILY", "WEEKLY"):
            raise NoRule(f"the first or last weekday is one of a month or a year, not of FREQ={frequency}")
        if abs(which) > (5 if frequency == "MONTHLY" else 53):
            raise NoRule(f"BYDAY has {part}, which no month or year has")
        found.append((which, WEEKDAY_CODES.index(day[2])))
    return tuple(dict.fromkeys(found))


def _weekday(text: str) -> int:
    if text not in WEEKDAY_CODES:
        raise NoRule(f"WKST is one of {', '.join(WEEKDAY_CODES)}")
    return WEEKDAY_CODES.index(text)


def _until(text: str) -> datetime:
    found = _UNTIL.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[2]), int(found[3]))
        if found[4] is None:
            return datetime.combine(day, _END_OF_DAY)
        moment = datetime.combine(day, time(int(found[4]), int(found[5]), int(found[6])))
    except ValueError:
        raise NoRule("UNTIL is a day or a time such as 20261231 or 20261231T220000Z") from None
    return moment.replace(tzinfo=UTC) if found[7] else moment
