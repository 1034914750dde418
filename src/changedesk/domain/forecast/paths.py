"""Where it goes from here: paths into the future, each a possible roll-out with its own deviation from the curve.

Most paths follow a curve that explains the points. A fixed share knows better than to believe in curves: a plateau is
often only the end of a wave, and the next (a reminder, a new release, the old system switched off) takes those who are
left. On such a path use goes from where it is towards a ceiling of the prior, a constant share of the rest in each time.

A path's deviation from its curve fades from today's residual to one of its own, by the correlation r of its draw:
r^h * last + sqrt(1 - r^(2h)) * sigma * z, relative to the variance at that level. It has one z, not one a week, so that
"reached by then" and "at least that much then" are the same question and the paths do not cross a line by noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, inf, sqrt
from typing import Final

from changedesk.domain.forecast.curve import Waves, risen
from changedesk.domain.forecast.draws import normals, pick
from changedesk.domain.forecast.gaussian import Mixture
from changedesk.domain.forecast.likelihood import Likelihood, relative_variance
from changedesk.domain.forecast.sampler import Draw
from changedesk.domain.forecast.series import FULL

PATHS: Final = 400

NEXT_WAVE: Final = 0.25
"""The share of paths on which the past says nothing of the rest."""

PACE: Final = (0.0, 1.0)
"""Mean and deviation of the log of the time in which half of the rest follows, in units of the time that has passed."""

PACE_SCATTER: Final = 1.0
"""The scatter of such a path around its course, in the sigmas of the others."""

END: Final = 6.0
"""Crossings are looked for this many units ahead; what comes later counts as never."""

STRIDES: Final = 12
HALVINGS: Final = 9
"""A crossing is looked for in so many growing strides, and found in the stride by so many halvings."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """How a path lies off its course: today's residual ``last``, its own ``lasting`` one, and r a unit of time."""

    rho: float
    last: float
    lasting: float

    def at(self, ahead: float) -> float:
        """In units of the deviation of a point half way up."""
        r: float = self.rho**ahead
        return r * self.last + sqrt(1 - r * r) * self.lasting


@dataclass(frozen=True, slots=True)
class Path:
    """One possible future; ``level`` and ``ceiling`` in percent of the cap.

    On a curve, ``midpoint`` and ``width`` are its times. In a next wave ``start`` is the level it starts from and
    ``midpoint`` the time in which half of the rest follows.
    """

    now: float
    waves: Waves
    ceiling: float
    midpoint: float
    width: float
    deviation: Deviation
    people: float
    start: float | None = None

    def level(self, t: float) -> float:
        """What would be observed at ``t``."""
        course = self._course(t)
        off = self.deviation.at(max(0.0, t - self.now)) * sqrt(relative_variance(course))
        return min(FULL, max(0.0, course + off))

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

    def _course(self, t: float) -> float:
        if self.start is None:
            return self.ceiling * risen(t, self.waves, self.midpoint, self.width)
        ahead = max(0.0, t - self.now)
        live = self.waves.live(self.now)
        course = self.start + max(0.0, self.ceiling * live - self.start) * _followed(ahead, self.midpoint)
        for start, share in self.waves.after(self.now):
            if start <= t:
                course += self.ceiling * share * _followed(t - start, self.midpoint)
        return course


def paths(draws: Sequence[Draw], prior: Mixture, likelihood: Likelihood, now: float, unit: float) -> list[Path]:
    """Equally likely futures from ``now`` on: so many on curves, so many in a next wave where there is a past to leave."""
    series, waves = likelihood.series, likelihood.waves
    leaving = round(PATHS * NEXT_WAVE) if series.t else 0
    following = PATHS - leaving
    step = series.step
    people = series.people[-1] if series.t else inf
    found, sigmas = [], []
    picked = pick([draw.weight for draw in draws], following)
    for n, (z, g) in enumerate(zip(normals(4, following), normals(5, following), strict=True)):
        draw = draws[picked[n]]
        sigma = sqrt(likelihood.rate(draw.fit.squares) / _gamma(likelihood.shape, g))
        sigmas.append(sigma)
        rho = likelihood.correlations[draw.level].rho ** (1 / step)
        off = Deviation(rho, draw.fit.last, sigma * z)
        found.append(Path(now, waves, draw.ceiling, draw.midpoint, draw.width, off, people))
    if leaving:
        usual = PACE_SCATTER * sqrt(sum(s * s for s in sigmas) / following)
        places = prior.draws([(z, 0.0, 0.0) for z in normals(0, leaving)])
        for place, z, pace in zip(places, normals(4, leaving), normals(1, leaving), strict=True):
            ceiling = FULL / (1 + exp(-place[0]))
            half = unit * exp(PACE[0] + PACE[1] * pace)
            start = series.y[-1]
            found.append(
                Path(now, waves, max(start, ceiling), half, half, Deviation(0.0, 0.0, usual * z), people, start)
            )
    return found


def _followed(ahead: float, half: float) -> float:
    """The share of the rest that has followed after ``ahead``, when half of it does in ``half``."""
    return 1 - exp(-0.6931471805599453 * ahead / half)


def _gamma(shape: float, z: float) -> float:
    """The quantile of a gamma of that shape where a standard normal has ``z`` (E. Wilson & M. Hilferty 1931)."""
    third = 1 / (9 * shape)
    return shape * max(1e-3, 1 - third + z * sqrt(third)) ** 3
