"""Recurring windows laid out on the calendar, by the clock on the wall of their client (RFC 5545, through dateutil)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from dateutil.rrule import rrule, rrulestr

MOST: Final = 5_000
"""So many occurrences of one window are looked at; a rule that is denser has the wrong unit."""
_PARTS: Final = frozenset(
    (
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYDAY",
        "BYMONTHDAY",
        "BYMONTH",
        "BYSETPOS",
        "BYWEEKNO",
        "BYYEARDAY",
        "WKST",
    )
)
_FREQUENCIES: Final = frozenset(("DAILY", "WEEKLY", "MONTHLY", "YEARLY"))


def refuse_rule(rule: str) -> str | None:
    """What is wrong with a rule, as a sentence; None when it can be followed."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    strange = sorted(set(parts) - _PARTS)
    if strange:
        return f"it has {strange[0]}; its parts are {', '.join(sorted(_PARTS))}"
    if parts.get("FREQ") not in _FREQUENCIES:
        return "FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY"
    try:
        _rule(rule, datetime(2026, 1, 1))  # noqa: DTZ001  # by the wall clock, whichever
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return str(error) or "it cannot be read"
    return None


def occurrences(
    start: datetime, end: datetime, rule: str | None, zone: tzinfo, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The times of a window that touch the time from ``since`` to ``until``, in order, as pairs of instants in UTC.

    A recurring window begins at the same hour on the wall in summer and in winter, and lasts as long each time.
    """
    if rule is None:
        if start < until and since < end:
            yield start.astimezone(UTC), end.astimezone(UTC)
        return
    length = end - start
    first = start.astimezone(zone).replace(tzinfo=None)
    begin = (since - length - timedelta(days=1)).astimezone(zone).replace(tzinfo=None)
    for count, local in enumerate(_rule(rule, first).xafter(begin, inc=True)):
        instant = local.replace(tzinfo=zone).astimezone(UTC)
        if instant >= until or count >= MOST:
            return
        if since < instant + length:
            yield instant, instant + length


def _rule(text: str, first: datetime) -> rrule:
    """The rule from its first time on; UNTIL in UTC, as calendars write it, is taken by the wall clock."""
    parts = [part for part in text.split(";") if part]
    parts = [part.rstrip("Zz") if part.upper().startswith("UNTIL=") else part for part in parts]
    found = rrulestr(";".join(parts), dtstart=first)
    assert isinstance(found, rrule)
    return found
