"""What is known of a roll-out before its own data speak: where roll-outs level off, how fast and how evenly they rise.

A mixture of normals on (logit of the ceiling, log of the midpoint, log of width over midpoint), midpoints in units of the
time that has passed. One part says that most things that people keep using end near everybody, one that it may be
anywhere, and one, with at least three finished siblings, what those did. The figures were fitted to public adoption
curves and simulated roll-outs (docs/decisions/0020-adoption-forecast.md says how).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Final

from changedesk.domain.forecast.gaussian import Gaussian, Mixture, Vector, moments
from changedesk.domain.forecast.history import Reading

ANYWHERE: Final = (0.3, 1.35, 0.9)
"""Weight, and mean and deviation of the logit of the ceiling."""

NEARLY_EVERYBODY: Final = (0.7, 4.1, 0.8)

MIDPOINT: Final = (0.15, 0.6)
"""Mean and deviation of the log of the midpoint over the time that has passed."""

WIDTH_RATIO: Final = (0.4, 0.2)
"""Mean and deviation of the log of width over midpoint."""

ENOUGH_SIBLINGS: Final = 3

TRUST_IN_SIBLINGS: Final = 0.85
"""The weight that the siblings' part nears as they grow many: with n of them it is this times n / (n + 4)."""

HALF_TRUST: Final = 4

PRETENDED_SIBLINGS: Final = 8.0
"""So many siblings with ``PRETENDED_SPREAD`` are added to the covariance, so that few alike ones promise no certainty."""

PRETENDED_SPREAD: Final[Vector] = (0.5, 0.6, 0.7)


def prior(siblings: Sequence[Reading], passed: float) -> Mixture:
    """The prior of a roll-out that began ``passed`` ago."""
    known = _of_siblings(siblings, passed)
    rest = 1 - trust(siblings)
    parts = [
        Gaussian.diagonal(rest * weight, (mean, MIDPOINT[0], WIDTH_RATIO[0]), (deviation, MIDPOINT[1], WIDTH_RATIO[1]))
        for weight, mean, deviation in (ANYWHERE, NEARLY_EVERYBODY)
    ]
    return Mixture.of([known, *parts] if known else parts)


def trust(siblings: Sequence[Reading]) -> float:
    """The weight of what the siblings did, 0 to 1; 0 for too few."""
    n = len(siblings)
    return TRUST_IN_SIBLINGS * n / (n + HALF_TRUST) if n >= ENOUGH_SIBLINGS else 0.0


def _of_siblings(siblings: Sequence[Reading], passed: float) -> Gaussian | None:
    """The normal fitted to the siblings, its covariance shrunk by pretended ones; None for too few."""
    if not trust(siblings):
        return None
    n = len(siblings)
    places: list[Vector] = [(s.ceiling, log(s.midpoint / passed), log(s.width / s.midpoint)) for s in siblings]
    mean, seen = moments(places, [1 / n] * n)
    pretended = PRETENDED_SIBLINGS
    rows = [[n * seen[i][j] / (n + pretended) for j in range(3)] for i in range(3)]
    for i, spread in enumerate(PRETENDED_SPREAD):
        rows[i][i] += pretended * spread * spread / (n + pretended)
    return Gaussian.of(trust(siblings), mean, rows)
