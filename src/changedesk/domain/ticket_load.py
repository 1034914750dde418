"""The load of tickets around a go-live: a base that the week shapes, and a surge that dies away, learned day by day.

    tickets a day = base x weekday x (1 + a exp(-days / tau))

For each of a few tau the load is linear in base and surge (a x base), so both are learned by a Kalman filter with the
variance of a negative binomial (mu + dispersion mu^2), and the tau are weighed by how well they have foretold (Bayesian
model averaging: West and Harrison, "Bayesian Forecasting and Dynamic Models", 1997). A day that is far off teaches no
more than one that is ``FARTHEST`` off (P. J. Huber, 1964), and the farther it is off the less it widens the dispersion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

USUAL_WEEK: Final = (1.15, 1.05, 1.0, 1.0, 0.9, 0.15, 0.15)
"""The load from Monday to Sunday against a mean working day, of a desk that hardly works at weekends, until known."""

WEIGHT_OF_USUAL_WEEK: Final = 30.0
"""What the usual week counts, in units of expected tickets: a few of each weekday of a middling desk outweigh it."""

FIRST_DAYS: Final = 7
"""No weekday is told from the level before so many days have been seen."""

USUAL_TAUS: Final = (4.0, 5.4, 7.3, 9.9, 13.3, 18.0)
"""Days in which a surge falls to 37 %: from a small tool to a new way of working."""

USUAL_TAU: Final = 9.0
SPREAD_OF_TAU: Final = 0.5
"""Tau is log-normal around the usual one, with this spread, until known."""

USUAL_SURGE: Final = 2.0
SPREAD_OF_SURGE: Final = 1.0
"""The surge of the first days in bases, and its spread, until known."""

ARRIVAL: Final = 1.0
"""Days in which the surge arrives: on the first day not everybody has met the new yet."""

USUAL_DISPERSION: Final = 0.08
WEIGHT_OF_USUAL_DISPERSION: Final = 4.0
DISPERSIONS: Final = (0.01, 0.5)
"""The least and the largest dispersion that is believed."""

FARTHEST: Final = 3.0
"""A day counts at most as so many standard deviations off."""

LEAST_LOAD: Final = 0.05
"""Tickets a day; no forecast is below."""

FEWEST_WEEKS: Final = 3

ODD: Final = 1.7
"""A week before go-live with so many times more or less load than the middle one is left out of the base."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day's count of tickets: ``day`` since go-live, weekday 0 is Monday."""

    day: int
    weekday: int
    count: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What was known on one day of the load to come: curves as (weight, base, surge, tau), and the shape of the week."""

    curves: tuple[tuple[float, float, float, float], ...]
    week: tuple[float, ...]

    def expected(self, day: float, weekday: int) -> float:
        """Tickets on a day, counted from go-live; weekday 0 is Monday."""
        level = sum(weight * (base + surge * surging(day, tau)) for weight, base, surge, tau in self.curves)
        return max(LEAST_LOAD, self.week[weekday] * level)


def surging(day: float, tau: float) -> float:
    """The part of the surge that a day after go-live has, 0 before it: it arrives within a day or two and dies away."""
    if day < 0:
        return 0.0
    return exp(-day / tau) * (1 - exp(-(day + 1) / ARRIVAL))


def without_odd_weeks(days: Sequence[Day]) -> list[Day]:
    """The days before go-live without those weeks (counted back from it) whose load is far from that of the middle one.

    Medians need a majority: of fewer than ``FEWEST_WEEKS`` weeks with half their days none is odd.
    """
    weeks: dict[int, list[Day]] = {}
    for seen in days:
        weeks.setdefault(seen.day // 7, []).append(seen)
    levels = {
        week: sum(seen.count for seen in of_week) / sum(USUAL_WEEK[seen.weekday] for seen in of_week)
        for week, of_week in weeks.items()
        if len(of_week) > 3
    }
    if len(levels) < FEWEST_WEEKS:
        return list(days)
    middle = sorted(levels.values())[len(levels) // 2]
    odd = {week for week, level in levels.items() if level > ODD * middle + 1 or ODD * level + 1 < middle}
    return [seen for seen in days if seen.day // 7 not in odd]


class TicketLoad:
    """The load as learned so far, one day after the other."""

    __slots__ = (
        "_curves",
        "_dispersion_sum",
        "_dispersion_weight",
        "_seen_days",
        "_surging",
        "_week_sum",
        "_week_weight",
    )

    def __init__(self) -> None:
        self._curves = [_Curve(tau) for tau in USUAL_TAUS]
        self._surging = False
        self._seen_days = 0
        self._week_sum = [WEIGHT_OF_USUAL_WEEK * part for part in USUAL_WEEK]
        self._week_weight = [WEIGHT_OF_USUAL_WEEK] * 7
        self._dispersion_sum = WEIGHT_OF_USUAL_DISPERSION * USUAL_DISPERSION
        self._dispersion_weight = WEIGHT_OF_USUAL_DISPERSION

    @property
    def seen_days(self) -> int:
        """So many days have been learned from."""
        return self._seen_days

    @property
    def dispersion(self) -> float:
        """The variance of a day's count beyond that of pure chance, as a share of the squared mean."""
        least, largest = DISPERSIONS
        return min(largest, max(least, self._dispersion_sum / self._dispersion_weight))

    def outlook(self) -> Outlook:
        """What is known by now. Before the first count it is no load at all."""
        highest = max(curve.log_weight for curve in self._curves)
        weights = [exp(curve.log_weight - highest) for curve in self._curves]
        total = sum(weights)
        curves = zip(weights, self._curves, strict=True)
        return Outlook(
            tuple((weight / total, curve.base, curve.surge, curve.tau) for weight, curve in curves), self._week()
        )

    def go_live(self) -> None:
        """From now on there is a surge, of the usual size until known; once the base has been seen, and only once."""
        if not self._surging and self._seen_days:
            self._surging = True
            for curve in self._curves:
                curve.go_live()

    def learn(self, seen: Day, *, settled: bool) -> None:
        """Take in a day's count; once ``settled``, base and dispersion are left as they are: surge and week still learn."""
        part, dispersion = self._week()[seen.weekday], self.dispersion
        if not self._seen_days:
            for curve in self._curves:
                curve.begin(seen.count, part, surging(seen.day, curve.tau))
        self._seen_days += 1
        if seen.day >= 0:
            self.go_live()
        for curve in self._curves:
            curve.learn(surging(seen.day, curve.tau), part, seen.count, dispersion, settled)
        if self._seen_days > FIRST_DAYS:
            self._learn_week(seen.day, seen.weekday, seen.count, settled)

    def _learn_week(self, day: int, weekday: int, count: float, settled: bool) -> None:
        """Learn the weekday's part and, until settled, the dispersion, from how the count lies to its level."""
        outlook, dispersion = self.outlook(), self.dispersion
        mean = max(0.3, outlook.expected(day, weekday))
        variance = mean + dispersion * mean * mean
        off = (count - mean) / sqrt(variance)
        certainty = mean / variance
        self._week_sum[weekday] += certainty * (mean + _bounded(off) * sqrt(variance))
        self._week_weight[weekday] += certainty * mean / outlook.week[weekday]
        if not settled:
            weight = (mean * mean / variance) ** 2
            told = off if abs(off) <= FARTHEST else FARTHEST * FARTHEST / off
            self._dispersion_sum += weight * (told * told * variance - mean) / (mean * mean)
            self._dispersion_weight += weight

    def _week(self) -> tuple[float, ...]:
        parts = [part / weight for part, weight in zip(self._week_sum, self._week_weight, strict=True)]
        working_day = sum(parts[:5]) / 5
        return tuple(part / working_day for part in parts)


class _Curve:
    """Base and surge under one tau, with their covariance, and how well they have foretold (a log likelihood)."""

    __slots__ = ("_both", "_of_base", "_of_surge", "base", "log_weight", "surge", "tau")

    def __init__(self, tau: float) -> None:
        self.tau = tau
        self.log_weight = -0.5 * (log(tau / USUAL_TAU) / SPREAD_OF_TAU) ** 2
        self.base = self.surge = 0.0
        self._of_base = self._of_surge = self._both = 0.0

    def begin(self, count: float, part: float, surging: float) -> None:
        """Guess the base from the first count, to be believed as little as one count is."""
        self.base = max(0.5, (count + 0.5) / max(0.3, part) / (1 + USUAL_SURGE * surging))
        self._of_base = self.base * self.base + self.base

    def go_live(self) -> None:
        """From now on there is a surge of a size yet unknown."""
        self.surge = USUAL_SURGE * self.base
        self._of_surge = (SPREAD_OF_SURGE * self.base) ** 2

    def learn(self, surging: float, part: float, count: float, dispersion: float, settled: bool) -> None:
        """One step of the filter: the count is part x (base + surging x surge) and scatters as a negative binomial."""
        of_surge = part * surging
        mean = max(LEAST_LOAD, part * self.base + of_surge * self.surge)
        with_base = part * self._of_base + of_surge * self._both
        with_surge = part * self._both + of_surge * self._of_surge
        variance = part * with_base + of_surge * with_surge + mean + dispersion * mean * mean
        sigma = sqrt(variance)
        off = _bounded((count - mean) / sigma)
        self.log_weight -= 0.5 * off * off + log(sigma)
        gain = 0.0 if settled else with_base / variance
        self.base = max(LEAST_LOAD, self.base + gain * off * sigma)
        self.surge = max(0.0, self.surge + with_surge / variance * off * sigma)
        self._of_base -= gain * with_base
        self._both -= gain * with_surge
        self._of_surge -= with_surge * with_surge / variance


def _bounded(off: float) -> float:
    return max(-FARTHEST, min(FARTHEST, off))
