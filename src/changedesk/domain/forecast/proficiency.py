"""How well those who use it do it, said of small groups with the care that small numbers ask for.

Proficiency is a rate of its own: so many right of so many looked at. Three of three is not 100 %. Each group's rate is
drawn towards that of all groups together, the more the fewer were looked at there:

    rate_i ~ Beta(m c, (1 - m) c), k_i of n_i right;   shown: the mean of (m c + k_i) / (c + n_i)

(B. Efron & C. Morris, "Stein's paradox in statistics", Scientific American 236, 1977). The rate m that groups have in
common and how alike they are, c, are not known: both are weighed over a grid by how well they explain all groups
(beta-binomial), so that groups which differ widely are hardly drawn, and intervals are as wide as that ignorance asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, isfinite, lgamma, log
from typing import Final

from changedesk.domain.shares import shares_of
from changedesk.values import dataclass

COMMON: Final = tuple((n + 0.5) / 24 for n in range(24))
"""The values of m, each as likely as the others."""

ALIKE: Final = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0)
"""The values of c: from groups that have little in common to groups that are all but one."""

CUTS: Final = 400
"""The interval is read from the density at so many places between 0 and 1."""

TAIL: Final = 0.1
"""What lies outside an 80 % interval on either side."""


@dataclass(frozen=True, slots=True)
class Proficiency:
    """One group's rate in percent with its 80 % interval. ``seen`` is the plain k of n, None where nobody was looked at."""

    right: float
    of: float
    seen: float | None
    rate: float
    low: float
    high: float


def shrunk(groups: Sequence[tuple[float, float]]) -> list[Proficiency]:
    """The proficiency of each group from (right, looked at), in the same order.

    A group in which nobody was looked at gets what the others say of it; when nobody was looked at anywhere, half, between
    nearly nothing and nearly all. Raises ValueError for counts that cannot be.
    """
    for right, of in groups:
        if not (isfinite(right) and isfinite(of) and 0 <= right <= of):
            raise ValueError(f"{right} right of {of} cannot be")
    priors = _weighed(groups)
    return [_one(right, of, priors) for right, of in groups]


def _weighed(groups: Sequence[tuple[float, float]]) -> list[tuple[float, float, float]]:
    """How likely each pair of m and c is, as (weight, a, b) of its beta: the beta-binomial likelihood of all groups."""
    betas = [(m * c, (1 - m) * c) for m in COMMON for c in ALIKE]
    logs = [sum(_log_beta(a + right, b + of - right) - _log_beta(a, b) for right, of in groups if of) for a, b in betas]
    return [(share, a, b) for share, (a, b) in zip(shares_of(logs), betas, strict=True)]


def _one(right: float, of: float, priors: Sequence[tuple[float, float, float]]) -> Proficiency:
    """The group's posterior, a mixture of betas, as the one beta with its mean and variance."""
    rate = square = 0.0
    for weight, a, b in priors:
        total = a + b + of
        mean = (a + right) / total
        rate += weight * mean
        square += weight * (mean * mean + mean * (1 - mean) / (total + 1))
    size = rate * (1 - rate) / (square - rate * rate) - 1
    low, high = _interval(rate * size, (1 - rate) * size)
    return Proficiency(
        right, of, 100 * right / of if of else None, 100 * rate, min(low, 100 * rate), max(high, 100 * rate)
    )


def _interval(a: float, b: float) -> tuple[float, float]:
    """Where the middle 80 % of a beta lie, in percent."""
    places = [(n + 0.5) / CUTS for n in range(CUTS)]
    logs = [(a - 1) * log(x) + (b - 1) * log(1 - x) for x in places]
    best = max(logs)
    density = [exp(value - best) for value in logs]
    tail = TAIL * sum(density)
    return 100 * _tail(density, tail) / CUTS, 100 - 100 * _tail(density[::-1], tail) / CUTS


def _tail(density: Sequence[float], tail: float) -> float:
    """How many places from the start hold ``tail`` of the density, the last one in part."""
    left = tail
    for n, part in enumerate(density):
        if part > left:
            return n + left / part
        left -= part
    return len(density)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
