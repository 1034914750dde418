"""What finished roll-outs of the same kind did, read off their own points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log
from typing import Final

from changedesk.domain.forecast.series import FULL, Series, cleaned
from changedesk.values import dataclass

FEWEST_POINTS: Final = 4
"""A sibling with fewer tells nothing."""

HIGHEST_SHARE: Final = 0.985
"""A sibling that got everybody counts as having got this share, and one that got nobody as ``LOWEST_SHARE``."""

LOWEST_SHARE: Final = 0.005


@dataclass(frozen=True, slots=True)
class Reading:
    """One sibling: the logit of its ceiling, and its midpoint and 10-90 % width in units of time."""

    ceiling: float
    midpoint: float
    width: float


def readings(history: Iterable[tuple[Iterable[float], Iterable[float]]], cap: float = FULL) -> list[Reading]:
    """Each finished roll-out, (times, percentages), as its three figures; those too short to tell are left out."""
    series = [cleaned(t, y, cap=cap) for t, y in history]
    return [reading(one) for one in series if len(one.t) >= FEWEST_POINTS and max(one.y) > 0]


def reading(series: Series) -> Reading:
    """The ceiling is the median of the last eighth (at least three points); the times are where the points first cross.

    Where a series starts above 10 % of its ceiling, the width is twice the way from 50 to 90 %.
    """
    last = sorted(series.y[-max(3, len(series.y) // 8) :])
    ceiling = (last[len(last) // 2] + last[(len(last) - 1) // 2]) / 2
    share = min(HIGHEST_SHARE, max(LOWEST_SHARE, ceiling / FULL))
    step = series.step
    tenth, half, most = (_first(series, part * share * FULL) for part in (0.1, 0.5, 0.9))
    midpoint = step / 2 if half is None else half
    end = step if most is None else most
    width = max(2 * (end - midpoint), step / 4) if tenth is None else end - tenth
    return Reading(log(share / (1 - share)), max(midpoint, step / 4), max(width, 0.3 * step))


def _first(series: Series, level: float) -> float | None:
    """The time since the first point at which the points first cross ``level``; None when they start above it."""
    points: Sequence[tuple[float, float]] = list(zip(series.t, series.y, strict=True))
    if points[0][1] >= level:
        return None
    for (since, low), (until, high) in pairwise(points):
        if high >= level:
            return since - points[0][0] + (until - since) * (level - low) / (high - low)
    return points[-1][0] - points[0][0]
