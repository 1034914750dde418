"""The load of tickets around a go-live under one guess of how fast its surge dies away, learned day by day.

    tickets a day = base x weekday x (1 + surge x exp(-days / tau))

The logarithms of base, weekdays and surge are learned together by an extended Kalman filter: what a busy Monday says of
Mondays it does not say of the base, and how sure that is stands in one covariance (R. E. Kalman, 1960; M. West, P. J.
Harrison and H. S. Migon, "Dynamic generalized linear models", JASA 80, 1985). A count scatters as a negative binomial:
in proportion to its mean, with the variance 1 / mean + dispersion. A count that is far off teaches no more than one that
is ``FARTHEST`` off (P. J. Huber, 1964).
"""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Final

from changedesk.values import dataclass

USUAL_WEEK: Final = (1.15, 1.05, 1.0, 1.0, 0.9, 0.15, 0.15)
"""The load from Monday to Sunday against a mean working day, of a desk that hardly works at weekends, until known."""

SPREAD_OF_WEEK: Final = (0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5)
"""How far a weekday's logarithm is from the usual one; what a desk does at weekends nobody can say."""

SPREAD_OF_FIRST: Final = 0.5
"""How far the logarithm of the base is from what the first count says, besides that count's own scatter."""

USUAL_SURGE: Final = 2.0
SPREAD_OF_SURGE: Final = 0.7
"""The surge of the first days in bases, and the spread of its logarithm, until known."""

USUAL_TAU: Final = 12.0
SPREAD_OF_TAU: Final = 0.5
"""Tau, the days in which a surge falls to 37 %, is log-normal around the usual one, with this spread, until known."""

ARRIVAL: Final = 1.0
"""Days in which the surge arrives: on the first day not everybody has met the new yet."""

FARTHEST: Final = 3.0
"""A day counts at most as so many standard deviations off."""

LEAST_LOAD: Final = 0.05
"""Tickets a day; no forecast is below."""

_SURGE: Final = 8
"""Where the surge stands in what is learned; the base stands first, and Monday to Sunday follow it."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day's count of tickets: ``day`` since go-live, weekday 0 is Monday."""

    day: int
    weekday: int
    count: float


@dataclass(frozen=True, slots=True)
class Foretold:
    """What was known of a day before it came: its mean, and how sure that is (a variance, without the count's own)."""

    mean: float
    variance: float


def surging(day: float, tau: float) -> float:
    """The part of the surge that a day after go-live has, 0 before it: it arrives within a day or two and dies away."""
    if day < 0:
        return 0.0
    return exp(-day / tau) * (1 - exp(-(day + 1) / ARRIVAL))


class Curve:
    """Base, week and surge under one tau, with their covariance, and how well they have foretold (a log likelihood)."""

    __slots__ = ("_known", "_logs", "log_weight", "tau")

    def __init__(self, tau: float) -> None:
        self.tau = tau
        self.log_weight = -0.5 * (log(tau / USUAL_TAU) / SPREAD_OF_TAU) ** 2
        self._logs = [0.0, *map(log, USUAL_WEEK), log(USUAL_SURGE)]
        spread = [0.0, *SPREAD_OF_WEEK, 0.0]
        self._known = [[own * own if n == row else 0.0 for n in range(len(spread))] for row, own in enumerate(spread)]

    @property
    def week(self) -> tuple[float, ...]:
        """The load of a Monday to Sunday without any surge."""
        base = self._logs[0]
        return tuple(exp(base + of_day) for of_day in self._logs[1:_SURGE])

    @property
    def surge(self) -> float:
        """The surge at go-live, in bases."""
        return exp(self._logs[_SURGE])

    def begin(self, seen: Day) -> None:
        """Guess the base from the first count."""
        surge = USUAL_SURGE * surging(seen.day, self.tau)
        self._logs[0] = log((seen.count / USUAL_WEEK[seen.weekday] + 0.5) / (1 + surge))
        self._known[0][0] = SPREAD_OF_FIRST**2 + 1 / (seen.count + 0.5)

    def go_live(self) -> None:
        """From now on there is a surge of a size yet unknown."""
        self._known[_SURGE][_SURGE] = SPREAD_OF_SURGE**2

    def learn(self, seen: Day, dispersion: float, *, settled: bool) -> Foretold:
        """Take in a day and say what had been foretold of it; once ``settled``, only the surge still learns."""
        surge = self.surge * surging(seen.day, self.tau)
        weekday, of_surge, of_week = 1 + seen.weekday, surge / (1 + surge), 0.0 if settled else 1.0
        with_each = [of_week * (row[0] + row[weekday]) + of_surge * row[_SURGE] for row in self._known]
        own = of_week * (with_each[0] + with_each[weekday]) + of_surge * with_each[_SURGE]
        level = exp(self._logs[0] + self._logs[weekday]) * (1 + surge)
        # The mean of a log-normal: what lies as far above in the logarithm lies farther above in tickets.
        mean = max(LEAST_LOAD, level * exp(own / 2))
        variance = own + 1 / mean + dispersion
        off = max(-FARTHEST, min(FARTHEST, (seen.count / mean - 1) / sqrt(variance)))
        self.log_weight -= 0.5 * off * off + 0.5 * log(variance) + log(mean)
        for row in range(_SURGE if settled else 0, _SURGE + 1):
            gain = with_each[row] / variance
            self._logs[row] += gain * off * sqrt(variance)
            self._known[row] = [old - gain * other for old, other in zip(self._known[row], with_each, strict=True)]
        return Foretold(mean, mean * mean * own)
