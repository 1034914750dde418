"""A series with days left out, as series without any: what a rule of recurrence alone can say (RFC 5545, EXDATE)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from changedesk.domain.control.recurrence_rule import parse_rule
from changedesk.interchange.recurrence import FOLLOWED, days, last_time
from changedesk.values import dataclass

_ENDS: Final = ("COUNT", "UNTIL")
_YEARS: Final = 5
"""So many years two clocks are compared for."""


@dataclass(frozen=True, slots=True)
class Series:
    """From a first time, by the clock on the wall, on by a rule; without a rule it is that one time."""

    first: datetime
    rule: str | None


def without(first: datetime, rule: str, left_out: Collection[date], zone: tzinfo) -> tuple[Series, ...]:
    """The series from one left-out day to the next; together they fall on every day of the rule but those.

    Nothing is left of a series whose every day is left out. The last one ends as the rule does.
    """
    gone = sorted({day for day in left_out if day >= first.date()})
    parts = list(_parts(first, rule, gone, zone))
    return tuple(Series(begin, _until(rule, begin, end)) for begin, end in parts)


def _parts(first: datetime, rule: str, gone: list[date], zone: tzinfo) -> Iterator[tuple[datetime, datetime | None]]:
    """First and last time of each part; the last part of an endless rule has no last time."""
    followed = parse_rule(rule)
    last = last_time(followed, first, zone)
    horizon = (gone[-1] if gone else first.date()) + FOLLOWED
    begin: datetime | None = None
    before: datetime | None = None
    for day in _with_first(first.date(), days(followed, first.date(), first.date(), horizon)):
        at = datetime.combine(day, first.time())
        if last is not None and at > last:
            break
        if day in gone:
            if begin is not None and before is not None:
                yield begin, before
            begin = None
        elif begin is None:
            begin = at
            if not gone or day > gone[-1]:
                # Nothing is left out any more: the rule goes on to its own end.
                yield begin, last
                return
        before = at
    if begin is not None and before is not None:
        yield begin, before


def _with_first(first: date, following: Iterator[date]) -> Iterator[date]:
    """The window itself is the first time, also where the rule would not say so."""
    yield first
    yield from (day for day in following if day > first)


def _until(rule: str, begin: datetime, end: datetime | None) -> str | None:
    if begin == end:
        return None
    bare = ";".join(part for part in rule.split(";") if part and part.partition("=")[0].upper().strip() not in _ENDS)
    return bare if end is None else f"{bare};UNTIL={end:%Y%m%dT%H%M%S}"


def same_clock(one: tzinfo, other: tzinfo, since: datetime) -> bool:
    """Whether two zones show the same time, week by week for some years."""
    weeks = (since + timedelta(weeks=week) for week in range(52 * _YEARS))
    return all(at.astimezone(one).utcoffset() == at.astimezone(other).utcoffset() for at in weeks)
