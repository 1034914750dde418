"""What is known of the load of tickets around a go-live: its curves, weighed by how well each has foretold, and its scatter.

A surge may die away in a few days or in many, so that a handful of curves learn side by side, and so do a handful of
dispersions: each counts by how likely it made what came (Bayesian model averaging: West and Harrison, "Bayesian
Forecasting and Dynamic Models", 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

from changedesk.domain.early_life.ticket_curve import LEAST_LOAD, USUAL_WEEK, Curve, Day, Foretold, surging
from changedesk.domain.shares import shares_of
from changedesk.values import dataclass

TAUS: Final = (4.0, 6.0, 9.0, 13.5, 20.0)
"""Days in which a surge falls to 37 %: from a small tool to a new way of working."""

DISPERSIONS: Final = tuple(0.01 * 60 ** (n / 11) for n in range(12))
"""The dispersions that are thought possible, from a desk of pure chance to one where a day may be half or twice another."""

USUAL_DISPERSION: Final = 0.07
SPREAD_OF_DISPERSION: Final = 0.8
"""The dispersion is log-normal around the usual one, with this spread, until known."""

FIRST_DAYS: Final = 7
"""No dispersion is told from the level before so many days have been seen."""

ODD_DAY: Final = 4.0
"""A day more standard deviations off says no more of the dispersion: it was something else."""

FEWEST_WEEKS: Final = 3

ODD: Final = 1.7
"""A week before go-live with so many times more or less load than the middle one is left out of the base."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What was known on one day of the load to come: curves as (weight, load of Monday to Sunday, surge, tau)."""

    curves: tuple[tuple[float, tuple[float, ...], float, float], ...]

    def expected(self, day: float, weekday: int) -> float:
        """Tickets on a day, counted from go-live; weekday 0 is Monday."""
        level = sum(
            weight * week[weekday] * (1 + surge * surging(day, tau)) for weight, week, surge, tau in self.curves
        )
        return max(LEAST_LOAD, level)


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

    __slots__ = ("_curves", "_scatter", "_seen_days", "_surging")

    def __init__(self) -> None:
        self._curves = [Curve(tau) for tau in TAUS]
        self._scatter = _Scatter()
        self._surging = False
        self._seen_days = 0

    @property
    def seen_days(self) -> int:
        """So many days have been learned from."""
        return self._seen_days

    @property
    def dispersion(self) -> float:
        """The variance of a day's count beyond that of pure chance, as a share of the squared mean."""
        return self._scatter.dispersion

    def outlook(self) -> Outlook:
        """What is known by now."""
        weights = shares_of([curve.log_weight for curve in self._curves])
        return Outlook(
            tuple(
                (weight, curve.week, curve.surge, curve.tau)
                for weight, curve in zip(weights, self._curves, strict=True)
            )
        )

    def go_live(self) -> None:
        """From now on there is a surge, of the usual size until known; once the base has been seen, and only once."""
        if not self._surging and self._seen_days:
            self._surging = True
            for curve in self._curves:
                curve.go_live()

    def learn(self, seen: Day, *, settled: bool) -> None:
        """Take in a day's count; once ``settled``, base, week and dispersion are left as they are: the surge still learns."""
        if not self._seen_days:
            for curve in self._curves:
                curve.begin(seen)
        self._seen_days += 1
        if seen.day >= 0:
            self.go_live()
        weights = shares_of([curve.log_weight for curve in self._curves])
        dispersion = self.dispersion
        foretold = [curve.learn(seen, dispersion, settled=settled) for curve in self._curves]
        if self._seen_days > FIRST_DAYS and not settled:
            self._scatter.see(seen.count, _mean(weights, foretold))


class _Scatter:
    """How likely each dispersion is by what came so far: a log likelihood for each."""

    __slots__ = ("_logs",)

    def __init__(self) -> None:
        self._logs = [
            -0.5 * (log(dispersion / USUAL_DISPERSION) / SPREAD_OF_DISPERSION) ** 2 for dispersion in DISPERSIONS
        ]

    @property
    def dispersion(self) -> float:
        """The geometric mean of all, each as likely as it is."""
        shares = shares_of(self._logs)
        return exp(sum(share * log(dispersion) for share, dispersion in zip(shares, DISPERSIONS, strict=True)))

    def see(self, count: float, foretold: Foretold) -> None:
        """Take in a count beside what had been foretold of it."""
        mean, off = foretold.mean, (count - foretold.mean) ** 2
        for n, dispersion in enumerate(DISPERSIONS):
            variance = mean + dispersion * mean * mean + foretold.variance
            self._logs[n] -= 0.5 * (log(variance) + min(off / variance, ODD_DAY * ODD_DAY))


def _mean(weights: Sequence[float], foretold: Sequence[Foretold]) -> Foretold:
    both = list(zip(weights, foretold, strict=True))
    return Foretold(
        sum(weight * each.mean for weight, each in both), sum(weight * each.variance for weight, each in both)
    )
