"""The load of a service desk as it should be: today by hour, every day with its band, and the first day before it comes.

Built on the expected tickets of a day (:mod:`changedesk.domain.golive`). A band holds eight of ten days that are as expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log, sqrt
from typing import Final

from changedesk.domain.golive import TICKET_THRESHOLD, expected_tickets, ticket_statistic
from changedesk.domain.service_kpis import percentile

BASE_DAYS: Final = 56
"""So many days before go-live make the base; with fewer than :data:`FEWEST_DAYS` it is unknown."""
FEWEST_DAYS: Final = 14
LOW, HIGH = 0.1, 0.9
LONGEST: Final = 180
"""So many days back from today are looked at after a go-live."""
_FRIDAY: Final = 4
_EVEN: Final = 0.02
"""What every hour of a day is taken to have had besides what was seen of it."""
_MOST: Final = 100_000
_NOTHING: Final = 1e-9
PAST: Final = 3
"""So many past go-lives make a forecast of the first day by what they brought."""
FIRST_WEEK_SHARE: Final = 0.3
"""The part of a first week's contacts that falls on its first day, by the usual surge of nine days."""


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
    over = [point for point in points if point.day >= go_live and point.count is not None]
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


def band(mean: float, dispersion: float, low: float = LOW, high: float = HIGH) -> tuple[int, int]:
    """The counts between which so much of a negative binomial with that mean lies (variance = mean + phi mean^2)."""
    return quantile(mean, dispersion, low), quantile(mean, dispersion, high)


def quantile(mean: float, dispersion: float, share: float) -> int:
    """The smallest count up to which that share of a negative binomial lies."""
    if mean < _NOTHING:
        return 0
    r = 1 / dispersion
    rest = log(mean / (r + mean))
    below = 0.0
    head = r * log(r / (r + mean))
    for count in range(_MOST):
        below += exp(head + lgamma(count + r) - lgamma(r) - lgamma(count + 1) + count * rest)
        if below >= share:
            return count
    return _MOST


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
    sums = [sum(hours[n] for hours in alike) for n in range(24)]
    whole = sum(sums)
    weight = _EVEN * max(1, whole) / 24
    return tuple((count + weight) / (whole + 24 * weight) for count in sums)


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


def first_workday(live: date) -> date:
    """The first day from a go-live on that is no Saturday or Sunday: what goes live at a weekend meets its people then."""
    return live + timedelta(days=7 - live.weekday() if live.weekday() > _FRIDAY else 0)


@dataclass(frozen=True, slots=True)
class PastGoLive:
    """What a past go-live brought on its first workday above its base, for each hundred people that it hit."""

    code: str
    extra_per_hundred: float


@dataclass(frozen=True, slots=True)
class DayOne:
    """The tickets of the first workday before it comes: base, what comes on top, and what that rests on, as sentences.

    ``extra`` None is unknown: then only the base is known. The band is that of past go-lives, or else of the counts.
    """

    base: float
    extra: float | None
    low: int
    high: int
    rests_on: tuple[str, ...]

    @property
    def expected(self) -> float:
        """Base and extra together; the base alone where nothing is known of the extra."""
        return self.base + (self.extra or 0.0)


def day_one(
    base: float,
    dispersion: float,
    people: int,
    past: Sequence[PastGoLive],
    expected_first_week: int | None,
    ready: float | None,
) -> DayOne:
    """The first workday: what past go-lives brought per hundred people, and what is expected to be asked; both meet halfway.

    ``base`` is that of the weekday. ``ready`` is the share (0 to 1) of expected contacts that have a script: those that have
    none come twice, once more by somebody who was not helped.
    """
    rests = [f"{base:.0f} a day without it"]
    asked = _asked(expected_first_week, ready)
    if expected_first_week is not None:
        said = "an unknown part" if ready is None else f"{100 * ready:.0f} %"
        rests.append(
            f"{expected_first_week:,} contacts expected in the first week, {said} of them with a script:"
            f" {asked or 0:.0f} on the first day"
        )
    extra: float | None = asked
    low, high = (asked or 0.0) / 2, (asked or 0.0) * 2
    if len(past) >= PAST and people > 0:
        values = sorted(one.extra_per_hundred * people / 100 for one in past)
        extra, low, high = (percentile(values, share) for share in (0.5, LOW, HIGH))
        rests.append(f"{len(past)} past go-lives: {extra:.0f} for {people:,} people")
        if asked is not None:
            extra, low, high = (extra + asked) / 2, min(low, asked), max(high, asked)
    elif asked is None:
        rests.append("what it adds is unknown: no expected contact reasons, and fewer than three past go-lives")
    return DayOne(
        base, extra, quantile(base + low, dispersion, LOW), quantile(base + high, dispersion, HIGH), tuple(rests)
    )


def _asked(expected_first_week: int | None, ready: float | None) -> float | None:
    if expected_first_week is None:
        return None
    return expected_first_week * FIRST_WEEK_SHARE * (1.5 if ready is None else 2 - ready)
