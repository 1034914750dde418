"""Tickets as a service desk looks at them: how urgent, how old, what about, and in which hour of its own day."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.service.kpis import Incident, percentile
from changedesk.domain.service.names import all_folded, folded, shared
from changedesk.values import dataclass

CLOSED_WORDS: Final = frozenset(
    {
        "closed", "resolved", "done", "completed", "complete", "solved", "cancelled", "canceled", "rejected",
        "duplicate", "won't do", "closed complete", "closed incomplete",
    }
)  # fmt: skip
"""States in which nobody works on a ticket any more, whatever its time of resolution says."""

_WORDS: Final = {
    "critical": 1, "urgent": 1, "highest": 1, "blocker": 1, "emergency": 1, "major": 2, "high": 2, "medium": 3,
    "moderate": 3, "normal": 3, "low": 4, "minor": 4, "lowest": 5, "trivial": 5, "planning": 5, "very low": 5,
}  # fmt: skip
_RANK: Final = re.compile(r"^\s*p?\s*([1-5])\b", re.IGNORECASE)

AGES: Final = ((timedelta(hours=4), "under 4 h"), (timedelta(days=1), "4 to 24 h"), (timedelta(days=3), "1 to 3 d"))
OLDER: Final = "over 3 d"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket of a service desk; priority and state in that desk's own words, times in UTC."""

    number: str
    opened_at: datetime
    resolved_at: datetime | None
    priority: str | None
    category: str | None
    service: str | None
    state: str | None
    title: str | None
    audience: str | None
    initiative: str | None = None
    id: str = ""

    def is_open(self, now: datetime) -> bool:
        """Whether somebody still has to do something about it."""
        return is_open(self.resolved_at, self.state, now)

    @property
    def rank(self) -> int | None:
        """How urgent it is, 1 to 5; None when its priority says nothing that is known."""
        return priority_rank(self.priority)

    @property
    def hours(self) -> float | None:
        """Hours until it was resolved; None while it is open, or where it was resolved before it was opened."""
        if self.resolved_at is None or self.resolved_at < self.opened_at:
            return None
        return (self.resolved_at - self.opened_at) / timedelta(hours=1)

    @property
    def as_incident(self) -> Incident:
        """What is asked of it by the figures of a service."""
        return Incident(self.service, self.category, self.title, self.opened_at, self.resolved_at)


def is_open(resolved_at: datetime | None, state: str | None, now: datetime) -> bool:
    """Whether somebody still has to do something about a ticket: its time of resolution says so, or else its state."""
    if resolved_at is not None:
        return resolved_at > now
    return (state or "").strip().casefold() not in CLOSED_WORDS


@lru_cache(maxsize=256)
def priority_rank(text: str | None) -> int | None:
    """1 (most urgent) to 5 of ``2``, ``P2``, ``2 - High`` or ``High``; None of anything else."""
    if not text:
        return None
    if found := _RANK.match(text):
        return int(found[1])
    return _WORDS.get(text.strip().casefold())


def age_band(age: timedelta) -> str:
    """The band of an age, in words."""
    return next((name for limit, name in AGES if age < limit), OLDER)


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """What is open of one rank (None: of no known priority): how many by age, and the oldest."""

    rank: int | None
    count: int
    by_age: tuple[tuple[str, int], ...]
    oldest: datetime


def open_by_rank(tickets: Iterable[Ticket], now: datetime) -> tuple[OpenTickets, ...]:
    """The open tickets by priority, the most urgent first, each by age."""
    by_rank: dict[int | None, list[Ticket]] = {}
    for ticket in tickets:
        if ticket.is_open(now):
            by_rank.setdefault(ticket.rank, []).append(ticket)
    names = (*(name for _, name in AGES), OLDER)
    found = []
    for rank in sorted(by_rank, key=lambda rank: rank or 9):
        group = by_rank[rank]
        ages = Counter(age_band(now - ticket.opened_at) for ticket in group)
        found.append(
            OpenTickets(
                rank,
                len(group),
                tuple((name, ages[name]) for name in names),
                min(ticket.opened_at for ticket in group),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Hourly:
    """How many tickets came in each hour of a day (0 to 23) and on each day, by the clock of one zone."""

    by_day: dict[date, int]
    by_hour: dict[date, tuple[int, ...]]


def hourly(opened: Mapping[datetime, int], zone: ZoneInfo) -> Hourly:
    """How many tickets were opened at which moment, by day and hour in the zone of whoever opened them."""
    days: dict[date, list[int]] = {}
    for moment, count in opened.items():
        local = moment.astimezone(zone)
        days.setdefault(local.date(), [0] * 24)[local.hour] += count
    return Hourly({day: sum(hours) for day, hours in days.items()}, {day: tuple(hours) for day, hours in days.items()})


@dataclass(frozen=True, slots=True)
class Times:
    """How long tickets take: median and 90th percentile in hours, over how many that were resolved."""

    n: int
    median: float
    p90: float


def resolution_times(tickets: Iterable[Ticket]) -> Times | None:
    """How long the resolved ones took."""
    hours = sorted(hours for ticket in tickets if (hours := ticket.hours) is not None)
    return Times(len(hours), percentile(hours, 0.5), percentile(hours, 0.9)) if hours else None


def per_hundred_a_week(tickets: int, days: int, people: int) -> float | None:
    """Tickets per 100 people and week (R13); None without people or days."""
    return None if days <= 0 or people <= 0 else tickets / people * 100 / days * 7


def reasons(tickets: Iterable[Ticket]) -> list[tuple[str, int]]:
    """What people called about, by how many: the category, or where there is none the title."""
    found = Counter(ticket.category or ticket.title or "without a reason" for ticket in tickets)
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True, slots=True)
class ChangeWindow:
    """When a change was (or is to be) carried out, and the services that it touches; none named: any of its client."""

    number: str
    title: str
    start: datetime
    end: datetime
    services: frozenset[str]


FOLLOWING: Final = timedelta(hours=24)
"""So long after a change what comes in still lies in its window."""


def in_window_of(ticket: Ticket, windows: Sequence[ChangeWindow]) -> tuple[ChangeWindow, ...]:
    """The changes in whose window a ticket was opened: during them, or within a day after.

    That says when it came, never why: only a person can say that a change caused it.
    """
    return tuple(
        window
        for window in windows
        if window.start <= ticket.opened_at <= window.end + FOLLOWING
        and (not window.services or ticket.service is None or shared((ticket.service,), window.services))
    )


def counts_in_windows(tickets: Iterable[Ticket], windows: Iterable[ChangeWindow]) -> list[int]:
    """How many tickets were opened in the window of each change, as :func:`in_window_of` says it of one."""
    opened: dict[str | None, list[datetime]] = {}
    for ticket in tickets:
        opened.setdefault(None if ticket.service is None else folded(ticket.service), []).append(ticket.opened_at)
    for moments in opened.values():
        moments.sort()
    counts = []
    for window in windows:
        begin, end = window.start, window.end + FOLLOWING
        of_it = {None, *all_folded(window.services)} if window.services else {*opened}
        each = [moments for service, moments in opened.items() if service in of_it]
        counts.append(sum(max(0, bisect_right(moments, end) - bisect_left(moments, begin)) for moments in each))
    return counts
