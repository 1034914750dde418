"""Where it goes from here: paths into the future, each a possible roll-out with its own deviation from the course.

Paths are of three kinds. Most follow a *curve* that explains the points. A fixed share of the others expects a *next
wave*: a plateau is often only the end of one, and a reminder, a new release or the end of the old system takes those who
are left; use goes from where it is towards a ceiling of the prior, the same share of the rest in each time. And the longer
use has already stood where it is, the more paths simply *stay* there.

A path's deviation from its course fades from today's residual to one of its own, by the correlation r of its draw:
r^h * last + sqrt(1 - r^(2h)) * sigma * z, relative to the variance at that level. It has one z, not one a week, so that
"reached by then" and "at least that much then" are the same question and no path crosses a line by noise alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log, sqrt
from typing import Final

from changedesk.domain.forecast.curve import Waves, risen
from changedesk.domain.forecast.draws import normals, pick, spread
from changedesk.domain.forecast.gaussian import Mixture
from changedesk.domain.forecast.likelihood import CORRELATION, Likelihood, relative_variance
from changedesk.domain.forecast.now import stepping, stood, today
from changedesk.domain.forecast.sampler import Draw
from changedesk.domain.forecast.series import FULL, chance
from changedesk.values import dataclass

PATHS: Final = 400

NEXT_WAVE: Final = 0.5
"""The share of the paths that do not stay on which the past says nothing of the rest."""

LESS_NEED: Final = 0.3
"""By how much that share shrinks where siblings are fully trusted."""

PACE: Final = (-0.3, 0.65)
"""Mean and deviation of the log of the time in which half of the rest follows, in units of the time that has passed."""

STAYING: Final = (0.5, 8.0, 5)
"""Paths that stay: the first x (share of the time that use has stood where it is) to the second x n / (n + third)."""

CALM: Final = 0.3
"""The scatter of next waves and of staying, in the sigmas of the curves."""

OWN: Final = 0.6
"""The scatter of curves around their course, in the sigmas that explain the past: part of it was the curve's own misfit."""

END: Final = 6.0
"""Crossings are looked for this many units ahead; what comes later counts as never."""

STRIDES: Final = 12
HALVINGS: Final = 9
"""A crossing is looked for in so many growing strides, and found in the stride by so many halvings."""

LOG_2: Final = log(2)

LEAST_SCATTER: Final = 1.0
"""In points half way up: next waves and staying scatter no more than this and what use moves by from point to point."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """How a path lies off its course: today's residual ``last``, and where ``z`` puts it among all.

    ``rho`` is the correlation over a unit of time, ``sigma`` the scatter half way up and ``people`` how many are counted.
    """

    rho: float
    last: float
    sigma: float
    z: float
    people: float

    def at(self, ahead: float, course: float) -> float:
        """In points, so much ahead of now and where the course is at that level."""
        r: float = self.rho**ahead
        relative = relative_variance(course)
        variance = (1 - r * r) * self.sigma**2 * relative + chance(course, self.people)
        return r * self.last * sqrt(relative) + self.z * sqrt(variance)


@dataclass(frozen=True, slots=True)
class Path:
    """One possible future; ``level`` and ``ceiling`` in percent of the cap.

    On a curve, ``midpoint`` and ``width`` are its times. Otherwise ``start`` is the level it starts from, ``midpoint`` the
    time in which half of the rest follows, ``live`` the share of the people who are live by now and ``later`` the waves to
    come.
    """

    now: float
    waves: Waves
    ceiling: float
    midpoint: float
    width: float
    deviation: Deviation
    start: float | None = None
    live: float = 1.0
    later: tuple[tuple[float, float], ...] = ()

    def level(self, t: float) -> float:
        """What would be observed at ``t``; asked some twenty thousand times a forecast."""
        ahead = t - self.now if t > self.now else 0.0
        # Where more use it than the plan says are live, those still to come would bring it above everybody.
        course = min(FULL, self._course(t, ahead))
        return min(FULL, max(0.0, course + self.deviation.at(ahead, course)))

    def reaches(self, target: float, end: float) -> float:
        """The first time from now on at which it is at ``target``; infinite when not by ``end``."""
        before = self.now
        if self.level(before) >= target:
            return before
        for stride in range(1, STRIDES + 1):
            after = self.now + (end - self.now) * (stride / STRIDES) ** 2
            if self.level(after) >= target:
                return self._halved(before, after, target)
            before = after
        return inf

    def _halved(self, below: float, above: float, target: float) -> float:
        for _ in range(HALVINGS):
            middle = (below + above) / 2
            if self.level(middle) >= target:
                above = middle
            else:
                below = middle
        return above

    def _course(self, t: float, ahead: float) -> float:
        if self.start is None:
            return self.ceiling * risen(t, self.waves, self.midpoint, self.width)
        course = self.start + max(0.0, self.ceiling * self.live - self.start) * _followed(ahead, self.midpoint)
        for start, share in self.later:
            if start <= t:
                course += self.ceiling * share * _followed(t - start, self.midpoint)
        return course


def paths(
    draws: Sequence[Draw], prior: Mixture, likelihood: Likelihood, now: float, unit: float, *, trust: float = 0.0
) -> list[Path]:
    """Equally likely futures from ``now`` on; without any point there is nothing to leave or to stay at: all are curves.

    ``trust`` is what is held of the siblings, 0 to 1: who knows how such roll-outs end has less need to expect a next wave.
    """
    series = likelihood.series
    most, sharp, doubt = STAYING
    staying = round(PATHS * most * stood(series) ** sharp * len(series.t) / (len(series.t) + doubt))
    leaving = round((PATHS - staying) * NEXT_WAVE * (1 - LESS_NEED * trust)) if series.t else 0
    curves = _curves(draws, likelihood, now, PATHS - staying - leaving)
    if not series.t:
        return curves
    misfit = CALM * sqrt(sum(path.deviation.sigma**2 for path in curves) / len(curves))
    scatter = min(misfit, LEAST_SCATTER + stepping(series))
    here = _Here(likelihood, today(series), scatter, now, unit)
    return [*curves, *here.next_wave(prior, leaving), *here.staying(staying)]


def _curves(draws: Sequence[Draw], likelihood: Likelihood, now: float, count: int) -> list[Path]:
    """So many draws, each as often as its weight asks, with one of the correlations and a sigma that fit it."""
    series = likelihood.series
    people = series.people[-1] if series.t else inf
    rhos = [correlation.rho ** (1 / series.step) for correlation in likelihood.correlations]
    found = []
    picked = pick([draw.weight for draw in draws], count)
    for n, place in enumerate(picked):
        draw = draws[place]
        [level] = pick(draw.fit.shares, 1, at=spread(3, n))
        sigma = OWN * sqrt(likelihood.rate(draw.fit.squares[level]) / _gamma(likelihood.shape, normals(5, count)[n]))
        deviation = Deviation(rhos[level], draw.fit.last, sigma, normals(4, count)[n], people)
        found.append(Path(now, likelihood.waves, draw.ceiling, draw.midpoint, draw.width, deviation))
    return found


@dataclass(frozen=True, slots=True)
class _Here:
    """Paths that start from today's level and not from a curve."""

    likelihood: Likelihood
    level: float
    scatter: float
    now: float
    unit: float

    def next_wave(self, prior: Mixture, count: int) -> list[Path]:
        """Towards ceilings of the prior, never below where it is."""
        places = prior.draws([(z, 0.0, 0.0) for z in normals(0, count)])
        return self._towards([max(self.level, FULL / (1 + exp(-place[0]))) for place in places])

    def staying(self, count: int) -> list[Path]:
        """Where it is; of waves that are still to come as many will follow as of those who are live."""
        live = self.likelihood.waves.live(self.now)
        return self._towards([min(FULL, self.level / live) if live else self.level] * count)

    def _towards(self, ceilings: Sequence[float]) -> list[Path]:
        series, count = self.likelihood.series, len(ceilings)
        rho = (1 / (1 + exp(-CORRELATION[0]))) ** (1 / series.step)
        people, waves = series.people[-1], self.likelihood.waves
        live, later = waves.live(self.now), waves.after(self.now)
        found = []
        for ceiling, pace, z in zip(ceilings, normals(1, count), normals(4, count), strict=True):
            half = self.unit * exp(PACE[0] + PACE[1] * pace)
            off = Deviation(rho, 0.0, self.scatter, z, people)
            found.append(Path(self.now, waves, ceiling, half, half, off, self.level, live, later))
        return found


def _followed(ahead: float, half: float) -> float:
    """The share of the rest that has followed after ``ahead``, when half of it does in ``half``."""
    return 1 - exp(-LOG_2 * ahead / half)


def _gamma(shape: float, z: float) -> float:
    """The quantile of a gamma of that shape where a standard normal has ``z`` (E. Wilson & M. Hilferty 1931)."""
    third = 1 / (9 * shape)
    return shape * max(1e-3, 1 - third + z * sqrt(third)) ** 3
