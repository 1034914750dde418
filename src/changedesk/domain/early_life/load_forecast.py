"""The load of a service desk as it should be: today by hour, every day with its band, and the first day before it comes.

Built on the expected tickets of a day (:mod:`changedesk.domain.golive`) and their bands
(:mod:`changedesk.domain.early_life.load_bands`). A band holds eight of ten days that are as expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import Final

from changedesk.domain.early_life.load_bands import day_band, hour_profile
from changedesk.domain.golive import LEARNING_DAYS, TICKET_THRESHOLD, expected_tickets, ticket_statistic
from changedesk.values import dataclass

BASE_DAYS: Final = 56
"""So many days before go-live make the base; with fewer than :data:`FEWEST_DAYS` it is unknown."""
FEWEST_DAYS: Final = 14
LONGEST: Final = 180
"""So many days back from today are looked at after a go-live."""


@dataclass(frozen=True, slots=True)
class DayPoint:
    """A day: how many came (None: not over yet, or to come), how many were expected, and the band of eight in ten."""

    day: date
    count: int | None
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Excess:
    """Whether there is a lasting excess now, since when, and how far the statistic is on its way to an alarm (0 to 1 and more)."""

    now: bool
    since: date | None
    share: float


@dataclass(frozen=True, slots=True)
class Load:
    """The load of a go-live: its base a day, each day beside what was expected, and whether there is a lasting excess."""

    base: float
    dispersion: float
    days: tuple[DayPoint, ...]
    today: DayPoint
    excess: Excess


def load(counts: Mapping[date, int], first: date, go_live: date, today: date) -> Load | None:
    """The load from ``first`` (the day from which on all tickets are known) to ``today``, whose count is not full yet.

    None when fewer than 14 days before go-live are known: nobody can say what is normal then. A go-live to come has only
    days of the base.
    """
    end = min(go_live, today)
    known = max(first, end - timedelta(days=BASE_DAYS))
    if (end - known).days < FEWEST_DAYS:
        return None
    days = [known + timedelta(days=n) for n in range((today - known).days + 1)]
    # Long after a go-live what is shown and fitted are its base and the last half year.
    days = [day for day in days if day < go_live or (today - day).days < LONGEST]
    numbers = [(day - go_live).days for day in days]
    weekdays = [day.weekday() for day in days]
    # Today is not over: its count says nothing yet, and a morning does not look like a quiet day.
    seen = [None if day == today else float(counts.get(day, 0)) for day in days]
    expected, dispersion = expected_tickets(numbers, seen, weekdays)
    points = tuple(
        DayPoint(day, None if day == today else counts.get(day, 0), mean, *band(mean, dispersion))
        for day, mean in zip(days, expected, strict=True)
    )
    before = [counts.get(day, 0) for day, number in zip(days, numbers, strict=True) if number < 0 and day < today]
    return Load(sum(before) / len(before), dispersion, points, points[-1], _excess(points, go_live, dispersion))


def _excess(points: Sequence[DayPoint], go_live: date, dispersion: float) -> Excess:
    # What is expected of the first days is learned from these very days: they say nothing of how well it was foretold.
    judged = go_live + timedelta(days=LEARNING_DAYS)
    over = [point for point in points if point.day >= judged and point.count is not None]
    statistic = ticket_statistic([point.count for point in over], [point.expected for point in over], dispersion)
    if not statistic:
        return Excess(now=False, since=None, share=0.0)
    now = statistic[-1] > TICKET_THRESHOLD
    return Excess(now, _begun(over, dispersion) if now else None, statistic[-1] / TICKET_THRESHOLD)


def _begun(points: Sequence[DayPoint], dispersion: float) -> date:
    """The day from which on what came stands out most from what was expected, against its own scatter."""
    best, begun = 0.0, points[-1].day
    more = scatter = 0.0
    for point in reversed(points):
        more += (point.count or 0) - point.expected
        scatter += point.expected + dispersion * point.expected * point.expected
        if more > 0 and more / sqrt(scatter) > best:
            best, begun = more / sqrt(scatter), point.day
    return begun


def band(mean: float, dispersion: float) -> tuple[int, int]:
    """The counts between which eight of ten days lie on which so many are expected."""
    found = day_band(mean, dispersion)
    return found.low, found.high


@dataclass(frozen=True, slots=True)
class HourPoint:
    """An hour of today: how many came (None: still to come), how many were expected, and the band."""

    hour: int
    count: int | None
    expected: float
    low: int
    high: int


def hour_shares(by_hour: Mapping[date, Sequence[int]], weekday: int) -> tuple[float, ...]:
    """The share of a day's tickets that falls into each hour, from days like it: workdays, Saturdays or Sundays."""
    alike = [hours for day, hours in by_hour.items() if _sort_of_day(day.weekday()) == _sort_of_day(weekday)]
    return hour_profile([sum(hours[n] for hours in alike) for n in range(24)])


def _sort_of_day(weekday: int) -> int:
    return max(4, weekday)


def hours_of_today(
    today: DayPoint, dispersion: float, shares: Sequence[float], seen: Sequence[int], hour: int
) -> tuple[HourPoint, ...]:
    """Today hour by hour; ``seen`` are its counts so far, ``hour`` is the one that runs now."""
    return tuple(
        HourPoint(
            n,
            seen[n] if n <= hour else None,
            today.expected * share,
            *band(today.expected * share, dispersion),
        )
        for n, share in enumerate(shares)
    )


@dataclass(frozen=True, slots=True)
class SoFar:
    """Today so far: how many came, how many were expected by now, the band by now, and in a word how that is."""

    count: int
    expected: float
    low: int
    high: int

    @property
    def state(self) -> str:
        """``above`` the band, ``below`` it, or ``within``."""
        return "above" if self.count > self.high else "below" if self.count < self.low else "within"


def so_far(today: DayPoint, dispersion: float, shares: Sequence[float], count: int, hour: int, minute: int) -> SoFar:
    """Today by the clock: what was expected until this minute."""
    done = sum(shares[:hour]) + shares[hour] * minute / 60
    expected = today.expected * done
    return SoFar(count, expected, *band(expected, dispersion))
