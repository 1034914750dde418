"""Rules of recurrence as calendars write them (RFC 5545), laid out by the clock on the wall.

Each day is judged by itself, so that a rule costs what the time that is looked at costs, however long ago it began, and a
rule that never falls on any day costs no more than one that does.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final

FOLLOWED: Final = timedelta(days=3_653)
"""A rule with COUNT is followed for so long from its start; whatever would come later is no plan that anybody makes."""
LONGEST: Final = 500
"""Characters of a rule."""

_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
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


def occurrences(
    start: datetime, end: datetime, rule: str | None, zone: tzinfo, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The times of a window that touch the time from ``since`` to ``until``, in order, as pairs of instants in UTC.

    The window itself is its first time. A recurring one begins at the same hour on the wall in summer and in winter and
    lasts as long each time; one of whole days lasts whole days, also when a clock changes. A time that a clock skips is
    taken as if it had not changed yet.
    """
    if start < until and since < end:
        yield start.astimezone(UTC), end.astimezone(UTC)
    if rule is None:
        return
    followed, length = parse_rule(rule), end - start
    first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, end))
    whole_days = first.time() == last.time() == time()
    begin = (since - length).astimezone(zone).date() - timedelta(days=1)
    for day in _followed_days(followed, first, zone, max(begin, first.date()), until.astimezone(zone).date()):
        local = datetime.combine(day, first.time())
        began = _instant(local, zone)
        over = _instant(local + (last - first), zone) if whole_days else began + length
        if day != first.date() and began < until and since < over:
            yield began, over


def _followed_days(rule: Rule, first: datetime, zone: tzinfo, since: date, until: date) -> Iterator[date]:
    """The days from ``since`` to ``until``, both included, on which a window that first began at ``first`` begins again."""
    last = last_time(rule, first, zone)
    for day in days(rule, first.date(), since, until):
        if last is not None and datetime.combine(day, first.time()) > last:
            return
        yield day


def last_time(rule: Rule, first: datetime, zone: tzinfo) -> datetime | None:
    """When a window that first began at ``first`` begins for the last time at the latest, by the wall clock; None: never."""
    if rule.until is not None:
        return rule.until.astimezone(zone).replace(tzinfo=None) if rule.until.tzinfo else rule.until
    return None if rule.count is None else _last_of_count(rule, first)


@lru_cache(maxsize=4096)
def _last_of_count(rule: Rule, first: datetime) -> datetime:
    """When the last of so many times begins; the window itself is the first of them."""
    found = first.date()
    left = (rule.count or 1) - 1
    for day in days(rule, found, found, found + FOLLOWED):
        if not left:
            break
        if day != first.date():
            found, left = day, left - 1
    return datetime.combine(found, first.time())


def days(rule: Rule, first: date, since: date, until: date) -> Iterator[date]:
    """The days on which a rule that began on ``first`` falls, from ``since`` to ``until``, both included, in order.

    COUNT and UNTIL are not looked at.
    """
    since = max(since, first)
    for begin, end in _periods(rule, first, since, until):
        if not rule.positions:
            yield from (day for day in _each_day(max(begin, since), min(end, until)) if _fits(rule, first, day))
            continue
        # Which place a day has is known only from the whole period.
        found = [day for day in _each_day(begin, end) if _fits(rule, first, day)]
        places = {place - 1 if place > 0 else len(found) + place for place in rule.positions}
        yield from (day for place, day in enumerate(found) if place in places and since <= day <= until)


def _periods(rule: Rule, first: date, since: date, until: date) -> Iterator[tuple[date, date]]:
    """The days, weeks, months or years that count by the interval, each from its first to its last day."""
    match rule.frequency:
        case "DAILY" | "WEEKLY":
            size = 1 if rule.frequency == "DAILY" else 7
            origin = first if size == 1 else first - timedelta(days=(first.weekday() - rule.week_start) % 7)
            step = size * rule.interval
            begin = origin + timedelta(days=max(0, (since - origin).days // step) * step)
            while begin <= until:
                yield begin, begin + timedelta(days=size - 1)
                begin += timedelta(days=step)
        case _:
            size = 1 if rule.frequency == "MONTHLY" else 12
            step = size * rule.interval
            begun = (first.year * 12 + first.month - 1) // size * size
            month = begun + max(0, (since.year * 12 + since.month - 1 - begun) // step) * step
            while (begin := date(month // 12, month % 12 + 1, 1)) <= until:
                if size == 12:
                    yield begin, date(begin.year, 12, 31)
                else:
                    yield begin, begin.replace(day=monthrange(begin.year, begin.month)[1])
                month += step


def _each_day(begin: date, end: date) -> Iterator[date]:
    ordinal = begin.toordinal()
    return (date.fromordinal(ordinal + step) for step in range(end.toordinal() - ordinal + 1))


def _fits(rule: Rule, first: date, day: date) -> bool:
    """Whether a day of a period that counts is one of the rule's; what the rule leaves open is as on the first day."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days:
        length = monthrange(day.year, day.month)[1]
        if day.day not in rule.month_days and day.day - length - 1 not in rule.month_days:
            return False
    if rule.weekdays:
        return any(_is_weekday(rule, which, weekday, day) for which, weekday in rule.weekdays)
    if rule.month_days or rule.frequency == "DAILY":
        return True
    if rule.frequency == "WEEKLY":
        return day.weekday() == first.weekday()
    if rule.frequency == "YEARLY" and not rule.months and day.month != first.month:
        return False
    return day.day == first.day


def _is_weekday(rule: Rule, which: int, weekday: int, day: date) -> bool:
    if day.weekday() != weekday:
        return False
    if which == 0:
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        place, length = day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365
    else:
        place, length = day.day, monthrange(day.year, day.month)[1]
    return which == ((place - 1) // 7 + 1 if which > 0 else -((length - place) // 7 + 1))


def _instant(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


# --- reading


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
            raise NoRule(f"BYDAY are weekdays such as {', '.join(_DAYS)}, or 1SU for the first Sunday")
        which = int(day[1] or 0)
        if which and frequency in ("DAILY", "WEEKLY"):
            raise NoRule(f"the first or last weekday is one of a month or a year, not of FREQ={frequency}")
        if abs(which) > (5 if frequency == "MONTHLY" else 53):
            raise NoRule(f"BYDAY has {part}, which no month or year has")
        found.append((which, _DAYS.index(day[2])))
    return tuple(dict.fromkeys(found))


def _weekday(text: str) -> int:
    if text not in _DAYS:
        raise NoRule(f"WKST is one of {', '.join(_DAYS)}")
    return _DAYS.index(text)


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
