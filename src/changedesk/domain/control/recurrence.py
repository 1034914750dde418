"""Rules of recurrence as calendars write them (RFC 5545), laid out by the clock on the wall.

Each day is judged by itself, so that a rule costs what the time that is looked at costs, however long ago it began, and a
rule that never falls on any day costs no more than one that does.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from changedesk.domain.control.recurrence_rule import Rule, parse_rule

_EVERY_DAY: Final = frozenset(range(7))

FOLLOWED: Final = timedelta(days=3_653)
"""A rule with COUNT is followed for so long from its start; whatever would come later is no plan that anybody makes."""


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
    weekdays, enough = _weekdays(rule, first)
    for begin, end in _periods(rule, first, since, until):
        if not rule.positions:
            some = _each_day(max(begin, since), min(end, until), weekdays)
            yield from some if enough else (day for day in some if _fits(rule, first, day))
            continue
        # Which place a day has is known only from the whole period.
        found = [day for day in _each_day(begin, end, weekdays) if enough or _fits(rule, first, day)]
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


def _weekdays(rule: Rule, first: date) -> tuple[frozenset[int], bool]:
    """The days of the week on which a rule can fall, as 0 for Monday to 6, and whether it falls on each such day."""
    open_dates = not rule.months and not rule.month_days
    if rule.weekdays:
        every = not any(which for which, _ in rule.weekdays)
        return frozenset(weekday for _, weekday in rule.weekdays), open_dates and every
    if rule.frequency == "WEEKLY" and not rule.month_days:
        return frozenset({first.weekday()}), open_dates
    return _EVERY_DAY, open_dates and rule.frequency == "DAILY"


def _each_day(begin: date, end: date, weekdays: frozenset[int]) -> Iterator[date]:
    """The days from one to another, both included, that are such a day of the week."""
    # The first day of all dates was a Monday.
    return (date.fromordinal(n) for n in range(begin.toordinal(), end.toordinal() + 1) if (n - 1) % 7 in weekdays)


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
