"""How well a curve explains the points.

    (y_i - f(t_i)) / s_i  is an autoregression of order one in time, with variance sigma^2
    s_i^2 = (p (1 - p) + 0.03) / 0.28 + chance_i / usual sigma^2,   p = y_i / 100

so that points scatter most half way up, and those of few people more. sigma^2 has an inverse gamma prior (2, b) and is
integrated out. The precision matrix of such an autoregression has only a diagonal and its neighbours (Rue & Held, Gaussian
Markov Random Fields, 2005, 1.1): S = sum A_i d_i^2 - sum B_i d_i d_(i+1), d the residuals. The whole counts to a power
below one, since no curve is true: real roll-outs stall and jump (A. Holmes & S. Walker, Biometrika 104, 2017).
"""

from __future__ import annotations

from itertools import pairwise
from math import exp, log, sqrt
from operator import mul
from typing import Final

from changedesk.domain.forecast.curve import Waves, risen_at
from changedesk.domain.forecast.draws import normal_quantile
from changedesk.domain.forecast.series import FULL, Series, chance
from changedesk.values import dataclass

WORTH: Final = 0.77
"""n points of one curve count as this times the root of n independent ones."""

SIGMA_SHAPE: Final = 2.0
SIGMA_RATE: Final = 2.0
"""The inverse gamma prior of sigma^2, in squared points half way up."""

CORRELATION: Final = (1.0, 0.8)
"""Mean and deviation of the logit of the correlation between two points a usual step apart."""

USUAL_SIGMA: Final = 1.5
"""The scatter that is not chance, half way up, by which the chance of small groups is weighed."""

LEVELS: Final = 4
"""The correlation takes so many values, each as likely as the others before the data speak."""

LEAST_VARIANCE: Final = 0.03
HALF_WAY: Final = 0.28
"""The variance is relative to half way up: 0.25 + 0.03."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """One value of the correlation, with what the residuals are weighed by: diagonal, neighbours, log of the root of det."""

    rho: float
    diagonal: tuple[float, ...]
    neighbours: tuple[float, ...]
    log_root: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a curve fits. ``log_likelihood`` is over all correlations; ``shares`` are theirs in it, ``squares`` their S.

    ``last`` is the last residual, relative to the deviation at its level and without the part that chance has in it.
    """

    log_likelihood: float
    shares: tuple[float, ...]
    squares: tuple[float, ...]
    last: float


def relative_variance(level: float) -> float:
    """The variance of a point at ``level`` percent, relative to one half way up."""
    p = min(1.0, max(0.0, level / FULL))
    return (p * (1 - p) + LEAST_VARIANCE) / HALF_WAY


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The points as the sampler asks them.

    ``deviations`` are the s_i, ``power`` what each point counts, ``shape`` that of sigma^2's posterior.
    """

    series: Series
    waves: Waves
    deviations: tuple[float, ...]
    power: float
    shape: float
    correlations: tuple[Correlation, ...]

    @classmethod
    def of(cls, series: Series, waves: Waves) -> Likelihood:
        """Everything that does not depend on the curve, reckoned once."""
        deviations = tuple(
            sqrt(relative_variance(y) + chance(y, people) / USUAL_SIGMA**2)
            for y, people in zip(series.y, series.people, strict=True)
        )
        gaps = [(b - a) / series.step for a, b in pairwise(series.t)]
        mean, deviation = CORRELATION
        logits = [mean + deviation * normal_quantile((n + 0.5) / LEVELS) for n in range(LEVELS)]
        power = WORTH / sqrt(len(series.t)) if series.t else 0.0
        correlations = tuple(_correlation(1 / (1 + exp(-x)), gaps, deviations) for x in logits)
        shape = SIGMA_SHAPE + power * len(series.t) / 2
        return cls(series, waves, deviations, power, shape, correlations)

    def rate(self, squares: float) -> float:
        """The rate of sigma^2's posterior where S is ``squares``."""
        return SIGMA_RATE + self.power * squares / 2

    def fit(self, ceiling: float, midpoint: float, width: float) -> Fit:
        """A curve with its ceiling in percent and its times in units of time."""
        if not self.series.t:
            return Fit(0.0, (1.0,) * LEVELS, (0.0,) * LEVELS, 0.0)
        curve = risen_at(self.series.t, self.waves, midpoint, width)
        off = [y - ceiling * f for y, f in zip(self.series.y, curve, strict=True)]
        squared, neighbours = list(map(mul, off, off)), list(map(mul, off, off[1:]))
        squares = [
            sum(map(mul, at.diagonal, squared)) - sum(map(mul, at.neighbours, neighbours)) for at in self.correlations
        ]
        logs = [
            self.power * at.log_root - self.shape * log(self.rate(s))
            for at, s in zip(self.correlations, squares, strict=True)
        ]
        best = max(logs)
        shares = [exp(value - best) for value in logs]
        lasting = sqrt(relative_variance(self.series.y[-1])) / self.deviations[-1] ** 2
        return Fit(best + log(sum(shares)), tuple(shares), tuple(squares), off[-1] * lasting)


def _correlation(rho: float, gaps: list[float], deviations: tuple[float, ...]) -> Correlation:
    """The precision of an autoregression with ``rho`` a step, over gaps in steps, divided by the deviations."""
    between = [rho**gap for gap in gaps]
    left = [1 - r * r for r in between]
    diagonal = [1.0] * len(deviations)
    for i, (r, rest) in enumerate(zip(between, left, strict=True)):
        diagonal[i] += r * r / rest
        diagonal[i + 1] += 1 / rest - 1
    return Correlation(
        rho,
        tuple(a / (s * s) for a, s in zip(diagonal, deviations, strict=True)),
        tuple(
            2 * r / rest / (s * after)
            for r, rest, s, after in zip(between, left, deviations, deviations[1:], strict=False)
        ),
        -0.5 * sum(map(log, left)),
    )
