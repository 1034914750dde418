"""Is a group slipping back to the old way? A cumulative sum of its shortfall against the best it had reached.

E. S. Page, "Continuous inspection schemes", Biometrika 41 (1954). The best level is the highest median of three
consecutive points so far, so that one lucky week sets no standard. Each week's shortfall is measured in sigmas and cut
at 3, so that a holiday week cannot raise the alarm alone. Sigma is the robust scatter of the points around the line
between their neighbours, never less than what chance alone does to a count of that many people.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from math import sqrt
from typing import Final

RELAPSE_THRESHOLD: Final = 5.9
"""The alarm level of the statistic."""

ALLOWANCE: Final = 1.0
"""So many sigmas of shortfall a week are borne without suspicion."""

LARGEST_SHORTFALL: Final = 3.0
"""No single week counts more than so many sigmas."""

SIGMA_UNTIL_KNOWN: Final = 1.5
"""The scatter in points taken for granted while there are fewer than ``ENOUGH_SCATTER`` residuals to tell."""

ENOUGH_SCATTER: Final = 4

SIGMA_OF_ROUNDING: Final = 0.3
"""Points added to the binomial scatter: who counts as active varies a little from week to week."""

MAD_TO_SIGMA: Final = 1.4826
"""The median absolute residual of a normal scatter, in sigmas, is 1 / 1.4826."""


def relapse_statistic(t: Sequence[float], y: Sequence[float], n: int) -> list[float]:
    """How strongly each point says that use is slipping back: one value a point, from it and earlier ones alone.

    ``t`` weeks since go-live (strictly rising), ``y`` percent in use, ``n`` people in the group. Above
    ``RELAPSE_THRESHOLD`` is an alarm.
    """
    statistic, suspicion = [], 0.0
    for shortfall in shortfalls(t, y, n):
        bounded = max(-LARGEST_SHORTFALL, min(LARGEST_SHORTFALL, shortfall))
        suspicion = max(0.0, suspicion + bounded - ALLOWANCE)
        statistic.append(suspicion)
    return statistic


def shortfalls(t: Sequence[float], y: Sequence[float], n: int) -> list[float]:
    """How far each point lies below the best level before it, in sigmas; negative is above. Same arguments as above.

    The first three points have no best level yet and no shortfall.
    """
    found: list[float] = []
    scatter: list[float] = []
    best = highest = 0.0
    for i, level in enumerate(y):
        highest = max(highest, level)
        if i >= 2:
            insort(scatter, _residual(t, y, i))
        if i < 3:
            found.append(0.0)
            continue
        best = max(best, middle(y[i - 3], y[i - 2], y[i - 1]))
        found.append((best - level) / _sigma(scatter, highest, n))
    return found


def best_level(y: Sequence[float]) -> float | None:
    """The highest median of three consecutive points; the highest point of fewer than three; None of none."""
    if len(y) < 3:
        return max(y, default=None)
    return max(map(middle, y, y[1:], y[2:]))


def middle(a: float, b: float, c: float) -> float:
    """The median of three."""
    return max(min(a, b), min(max(a, b), c))


def _residual(t: Sequence[float], y: Sequence[float], i: int) -> float:
    """How far point i-1 lies off the line between its neighbours, scaled to the scatter of a single point."""
    part = (t[i - 1] - t[i - 2]) / (t[i] - t[i - 2])
    off = y[i - 1] - (1 - part) * y[i - 2] - part * y[i]
    return abs(off) / sqrt(1 + (1 - part) ** 2 + part**2)


def _sigma(scatter: Sequence[float], highest: float, n: int) -> float:
    """The scatter of one point, in percent; ``scatter`` is sorted. Chance is greatest at the highest use so far."""
    share = min(0.98, max(0.02, highest / 100))
    chance = 100 * sqrt(share * (1 - share) / max(1, n)) + SIGMA_OF_ROUNDING
    if len(scatter) < ENOUGH_SCATTER:
        return max(chance, SIGMA_UNTIL_KNOWN)
    half = len(scatter) // 2
    median = scatter[half] if len(scatter) % 2 else (scatter[half - 1] + scatter[half]) / 2
    return max(chance, MAD_TO_SIGMA * median)
