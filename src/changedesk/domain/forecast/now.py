"""Where use is now, how long it has stood there, and how far it moves from point to point."""

from __future__ import annotations

from itertools import pairwise
from math import inf, sqrt
from typing import Final

from changedesk.domain.forecast.likelihood import relative_variance
from changedesk.domain.forecast.series import Series, chance

NEARLY: Final = 0.9
"""Use has stood where it is since it was last below this part of today's."""

ENOUGH_TO_STAND: Final = 4
"""With fewer points nobody can say that use has stood."""

WANDERS: Final = 5.0
"""Points a step by which the level of a group is taken to wander, where chance hides it."""


def today(series: Series) -> float:
    """The level that use is at: the last point, or where chance is in it a mean of the last ones, the later the more.

    The filter of a level that wanders by ``WANDERS`` points a step and is seen through the chance of a count (R. Kalman 1960).
    """
    level, variance, before = series.y[0], inf, series.t[0]
    for t, y, people in zip(series.t, series.y, series.people, strict=True):
        variance += WANDERS**2 * (t - before) / series.step
        seen = chance(y, people)
        gain = 1.0 if variance == inf or not seen else variance / (variance + seen)
        level += gain * (y - level)
        variance = seen if gain == 1.0 else (1 - gain) * variance
        before = t
    return level


def stepping(series: Series) -> float:
    """How far use moves from point to point: the root of the mean square, relative to the deviation at its level."""
    moves = [(y - before) ** 2 / relative_variance(y) for before, y in pairwise(series.y)]
    return sqrt(sum(moves) / len(moves)) if moves else inf


def stood(series: Series) -> float:
    """For how much of the time that has passed use has stood nearly where it is, 0 to 1; 0 for too few points to tell."""
    if len(series.t) < ENOUGH_TO_STAND:
        return 0.0
    today = sorted(series.y[-3:])[1]
    below = [n for n, level in enumerate(series.y) if level < NEARLY * today]
    if below and below[-1] == len(series.y) - 1:
        return 0.0
    since = series.t[below[-1] + 1] if below else series.t[0]
    return (series.t[-1] - since) / (series.t[-1] - series.t[0])
