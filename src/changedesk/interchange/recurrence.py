"""Rules of recurrence as calendars write them (RFC 5545), laid out by the clock on the wall.

The days are dateutil's. What stands around it keeps a look cheap: it starts at the time that is looked at, however long ago
the rule began, and does not search for ever for a day that never comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final, Literal

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, weekday

from changedesk.domain.control.recurrence_rule import Rule, parse_rule

_FREQUENCIES: Final[Mapping[str, Literal[0, 1, 2, 3]]] = {
    "DAILY": DAILY,
    "WEEKLY": WEEKLY,
    "MONTHLY": MONTHLY,
    "YEARLY": YEARLY,
}
_CYCLE: Final = 400
"""Years after which the Gregorian calendar repeats itself, days of the week as well: 146,097 days are 20,871 weeks."""
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month at the most."""

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
    for year in range(since.year, until.year + 1):
        yield from (day for day in _days_of(rule, first, year) if since <= day <= until)


@lru_cache(maxsize=4096)
def _days_of(rule: Rule, first: date, year: int) -> tuple[date, ...]:
    """The days of one year, as the library lays them out; kept, because every guard of a change asks for the same year.

    A rule that never falls on a day (29 February in odd years) has the library look for one to the end of its calendar, the
    year 9999, in one step that nothing can stop. The calendar repeats itself every 400 years to the day of the week, so the
    year is looked up in the last 400: a fruitless search is as short as it can be.
    """
    if _of_no_month(rule):
        return ()
    later = (MAXYEAR - year) // _CYCLE * _CYCLE
    begin = _period_before(rule, first, date(year, 1, 1))
    found = rrule(
        _FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(begin.replace(year=begin.year + later), time()),
        until=datetime.combine(date(year + later, 12, 31), time()),
        interval=rule.interval,
        wkst=weekday(rule.week_start),
        **_parts(rule, first),
    )
    days_found = (date(at.year - later, at.month, at.day) for at in found)
    return tuple(day for day in days_found if day.year == year)


def _of_no_month(rule: Rule) -> bool:
    """Whether the dates of a rule are such as the 31st of February, for which the library would search day by day."""
    longest = max((_LONGEST[month - 1] for month in rule.months), default=31)
    return bool(rule.month_days) and all(abs(day) > longest for day in rule.month_days)


def _period_before(rule: Rule, first: date, day: date) -> date:
    """The first day of the last period that counts by the interval and began by that day, or of the rule's first one.

    Started there and not at ``first``, the library has no years to walk through before those that are asked for. Periods
    are days, weeks, months and years.
    """
    if rule.frequency in ("DAILY", "WEEKLY"):
        size = 1 if rule.frequency == "DAILY" else 7
        origin = first if size == 1 else first - timedelta(days=(first.weekday() - rule.week_start) % 7)
        step = size * rule.interval
        return origin + timedelta(days=max(0, (day - origin).days // step) * step)
    size = 1 if rule.frequency == "MONTHLY" else 12
    step = size * rule.interval
    begun = (first.year * 12 + first.month - 1) // size * size
    month = begun + max(0, (day.year * 12 + day.month - 1 - begun) // step) * step
    return date(month // 12, month % 12 + 1, 1)


def _parts(rule: Rule, first: date) -> dict[str, Any]:
    """What the rule says of its days, for the library; what it leaves open is as on the first day."""
    parts: dict[str, Any] = {
        "bymonth": rule.months or None,
        "bymonthday": rule.month_days or None,
        "byweekday": tuple(weekday(at, which or None) for which, at in _weekdays(rule)) or None,
        "bysetpos": rule.positions or None,
    }
    if rule.weekdays or rule.month_days:
        return parts
    match rule.frequency:
        case "WEEKLY":
            return {**parts, "byweekday": first.weekday()}
        case "MONTHLY":
            return {**parts, "bymonthday": first.day}
        case "YEARLY":
            return {**parts, "bymonthday": first.day, "bymonth": rule.months or first.month}
        case _:
            return parts


def _weekdays(rule: Rule) -> Iterator[tuple[int, int]]:
    """The weekdays of a rule. Every Monday beside the first Sunday means either (RFC 5545), where the library takes the days
    that are both: then every Monday is the first, the second and so on."""
    numbered = any(which for which, _ in rule.weekdays)
    most = 5 if rule.frequency == "MONTHLY" or rule.months else 53
    for which, at in rule.weekdays:
        yield from ((n, at) for n in range(1, most + 1)) if numbered and not which else ((which, at),)


def _instant(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)
