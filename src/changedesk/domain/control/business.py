"""Business hours and days: when a client works, and how much of that lies between two moments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from changedesk.values import dataclass

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? ([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
MOST_DAYS: Final = 3_700
"""So many days are looked through, about ten years; what lies further is no business time that anybody plans by."""

Hours = tuple[tuple[tuple[time, timedelta], ...], ...]
"""For each weekday from Monday on its stretches of work in their order: when one begins and how long it lasts."""


def parse_hours(text: str | None) -> Hours | None:
    """Business hours as they are written: ``mon-fri 08:00-18:00``, several with ``;`` or ``,`` between; None if unreadable.

    A day may have several stretches, but no moment of it is said twice: which of the two was meant nobody could know.
    """
    if not text or not text.strip():
        return None
    days: list[list[tuple[int, int]]] = [[] for _ in _DAYS]
    for part in re.split(r"[;,]", text.casefold()):
        found = _PART.fullmatch(" ".join(part.split()))
        if found is None or found[1] not in _DAYS or (found[2] or found[1]) not in _DAYS:
            return None
        begin = int(found[3]) * 60 + int(found[4])
        end = int(found[5]) * 60 + int(found[6])
        if begin >= end or end > 24 * 60 or int(found[4]) > 59 or int(found[6]) > 59:
            return None
        first, last = _DAYS.index(found[1]), _DAYS.index(found[2] or found[1])
        for step in range((last - first) % 7 + 1):
            days[(first + step) % 7].append((begin, end))
    for stretches in days:
        stretches.sort()
        if any(before[1] > after[0] for before, after in pairwise(stretches)):
            return None
    return tuple(
        tuple((time(begin // 60, begin % 60), timedelta(minutes=end - begin)) for begin, end in stretches)
        for stretches in days
    )


STANDARD: Final = "mon-fri 09:00-17:00"
STANDARD_HOURS: Final = parse_hours(STANDARD)
"""The hours of a client that has not said any."""
RETRO_HOURS: Final = 24
"""So long after an emergency was begun on somebody's word its votes have to have come, unless the client says otherwise."""
REVIEW_DAYS: Final = 5
"""Business days until a review is due, unless the client says otherwise."""


def hours_said(text: str | None) -> str:
    """The hours that a client goes by, its own or the standard ones and why: ``not said, so mon-fri 09:00-17:00``."""
    if not text or not text.strip():
        return f"not said, so {STANDARD}"
    return text if parse_hours(text) else f"{text} cannot be read, so {STANDARD}"


def zone_said(text: str | None) -> str:
    """The time zone that a client goes by, its own or the standard one and why: ``not said, so UTC``."""
    return text or "not said, so UTC"


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When a client works: stretches by weekday, its zone, and the days on which it does not work at all."""

    hours: Hours
    zone: tzinfo
    holidays: frozenset[date]
    review_days: int = REVIEW_DAYS

    def openings(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """From when to when work goes on on a day, in UTC; nothing when it does not."""
        if day in self.holidays:
            return ()
        return tuple(self._opening(day, begin, length) for begin, length in self.hours[day.weekday()])

    def _opening(self, day: date, begins: time, length: timedelta) -> tuple[datetime, datetime]:
        begin = datetime.combine(day, begins, self.zone)
        # By the clock on the wall: a day on which clocks change still ends when the clock says so.
        end = (begin.replace(tzinfo=None) + length).replace(tzinfo=self.zone)
        return begin.astimezone(UTC), end.astimezone(UTC)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time lies between two moments; none when the second is not later."""
        total = timedelta(0)
        for opened, closed in self._openings(start):
            if opened >= end:
                break
            total += max(min(closed, end) - max(opened, start), timedelta(0))
        return total

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The first moment by which so much business time has gone by."""
        left = length
        last = start
        for opened, closed in self._openings(start):
            begin = max(opened, start)
            if closed <= begin:
                continue
            if left <= closed - begin:
                return begin + left
            left -= closed - begin
            last = closed
        return last

    def after_days(self, start: datetime, days: int) -> datetime:
        """The end of the last of so many business days after the one that a moment lies in."""
        seen = 0
        first = start.astimezone(self.zone).date()
        for step in range(1, MOST_DAYS):
            openings = self.openings(first + timedelta(days=step))
            if openings:
                seen += 1
                if seen >= days:
                    return openings[-1][1]
        return start

    def _openings(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = start.astimezone(self.zone).date()
        for step in range(MOST_DAYS):
            yield from self.openings(first + timedelta(days=step))
