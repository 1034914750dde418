"""Which roll-outs are still possible, and how likely each is: importance sampling in a few rounds.

The first round draws from the prior, each later one from a normal fitted to what the one before found, at 0.8 and at 2
times its size so that no tail is missed, and some from the prior again. Weight = prior x likelihood / density it was drawn
from. While few draws have most of the weight, the weights that the next normal is fitted to are levelled, so that it
closes in on the right place step by step (O. Cappé et al., "Population Monte Carlo", Journal of Computational and Graphical
Statistics 13, 2004). The last round is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log
from typing import Final

from changedesk.domain.forecast.draws import normals
from changedesk.domain.forecast.gaussian import Gaussian, Mixture, Vector, moments
from changedesk.domain.forecast.likelihood import Fit, Likelihood
from changedesk.domain.forecast.series import FULL
from changedesk.domain.shares import shares_of
from changedesk.values import dataclass

ROUNDS: Final = (180, 70, 70, 70, 70, 260)

PRIOR_AGAIN: Final = 0.15
NARROW: Final = (0.5, 0.8)
WIDE: Final = (0.35, 2.0)
"""The share of a later round's draws and the size of the normal they come from."""

ENOUGH: Final = 6
"""While the weights of a round are worth fewer equal ones than this, they are levelled by square roots for the next."""

LEAST_VARIANCES: Final[Vector] = (1e-2, 4e-4, 4e-4)
"""Added to the fitted covariance, so that it never is singular."""

FARTHEST: Final = 5.0
"""Logs of midpoint and width ratio are cut to plus and minus this: beyond it nothing changes that could be seen."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A possible roll-out: its ceiling in percent, its midpoint and width in units of time, and how it fits."""

    weight: float
    ceiling: float
    midpoint: float
    width: float
    fit: Fit


def possible(prior: Mixture, likelihood: Likelihood, unit: float) -> list[Draw]:
    """Weighted draws from the posterior, weights summing to 1; the prior's times are in ``unit``."""
    fitted: Gaussian | None = None
    draws: list[Draw] = []
    for count in ROUNDS:
        places = _proposal(prior, fitted).draws(_normals(count))
        draws = _weighed(places, prior, fitted, likelihood, unit)
        weights = [draw.weight for draw in draws]
        while 1 / sum(w * w for w in weights) < ENOUGH:
            weights = shares_of([log(w) / 2 if w else -inf for w in weights])
        fitted = _fitted(places, weights)
    return draws


def _proposal(prior: Mixture, fitted: Gaussian | None) -> Mixture:
    """What a round draws from."""
    if fitted is None:
        return prior
    again = [part.scaled(PRIOR_AGAIN * part.weight, 1.0) for part in prior.parts]
    return Mixture.of([*again, *(fitted.scaled(*one) for one in (NARROW, WIDE))])


def _weighed(
    places: Sequence[Vector], prior: Mixture, fitted: Gaussian | None, likelihood: Likelihood, unit: float
) -> list[Draw]:
    """The draws of a round with the weights that make them draws from the posterior."""
    found, logs = [], []
    for x in places:
        natural = _natural(x, unit)
        fit = likelihood.fit(*natural)
        found.append((natural, fit))
        drawn = log(PRIOR_AGAIN + _proposed(fitted, x) / prior.density(x)) if fitted else 0.0
        logs.append(fit.log_likelihood - drawn)
    return [Draw(weight, *natural, fit) for weight, (natural, fit) in zip(shares_of(logs), found, strict=True)]


def _fitted(places: Sequence[Vector], weights: Sequence[float]) -> Gaussian:
    """The normal with the mean and the covariance of what was found."""
    mean, seen = moments(places, weights)
    for i, least in enumerate(LEAST_VARIANCES):
        seen[i][i] += least
    return Gaussian.of(1.0, mean, seen)


def _proposed(fitted: Gaussian, x: Vector) -> float:
    """The density at ``x`` of the second round's draws that do not come from the prior."""
    half = fitted.distance(x) / 2
    return fitted.peak * sum(share * exp(-half / size**2) / size**3 for share, size in (NARROW, WIDE))


def _natural(place: Vector, unit: float) -> Vector:
    """The place of a draw as a ceiling in percent, a midpoint and a width in units of time."""
    ceiling, midpoint, ratio = place
    middle = unit * exp(min(FARTHEST, max(-FARTHEST, midpoint)))
    return FULL / (1 + exp(-ceiling)), middle, middle * exp(min(FARTHEST, max(-FARTHEST, ratio)))


def _normals(count: int) -> list[Vector]:
    return list(zip(normals(0, count), normals(1, count), normals(2, count), strict=True))
