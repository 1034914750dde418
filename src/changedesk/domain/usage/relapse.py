"""Is a group slipping back to the old way? A likelihood ratio over every week in which the slide may have begun.

Each point opens a suspicion: that use has been lower from here on than the level held until here (``held_level``). It
gathers the shortfalls of the points that follow, in sigmas, and is dropped as soon as they are made good; so this is a
cumulative sum (E. S. Page, Biometrika 41, 1954) that tries all starts at once, each with the level of its own day, and
asks of a level that few points speak for that more be proved (the generalised likelihood ratio of G. Lorden, Annals of
Mathematical Statistics 42, 1971). What was tried instead, and how often it is wrong: docs/decisions/0021.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log, sqrt
from typing import Final

from changedesk.domain.usage.held_level import Scatter, Staircase, off_the_line

RELAPSE_THRESHOLD: Final = 1.6
"""The alarm level of the statistic: of 100 groups that rise and hold, 1 to 5 ever pass it in a year."""

ALLOWANCE: Final = 1.0
"""So many points of percent below the level are borne without suspicion."""

LARGEST_SHORTFALL: Final = 2.0
"""A week counts at most so many sigmas, so that a holiday, even of two weeks, does not alarm."""

LARGEST_IN_A_ROW: Final = 4.0
"""The same for a week after two that were as low: by the third it is no holiday."""

FEWEST: Final = 4
"""Fewer points prove nothing."""

PATIENCE: Final = 2.0
"""The evidence of m points is lowered by ``PATIENCE`` / m: a short run of low weeks is borne longer."""

LOOKS: Final = 0.75
"""A slide that begins at point i, beyond half a year of points, must be proved by ``LOOKS`` ln(i / ``HALF_A_YEAR``) more:
the more often chance has had a try, the less one success means."""

UNJUDGED: Final = 2
"""The first points tell no level yet to fall from."""

DRIFT: Final = 0.3
"""Points by which the use of a steady group wanders in a week without anybody slipping back, over half a year at most."""

HALF_A_YEAR: Final = 26


def relapse_statistic(t: Sequence[float], y: Sequence[float], n: int) -> list[float]:
    """How strongly each point says that use is slipping back: one value a point, from it and earlier ones alone.

    ``t`` weeks since go-live (strictly rising), ``y`` percent in use, ``n`` people in the group. Above
    ``RELAPSE_THRESHOLD`` is an alarm. With z the cut shortfalls of the m points since a start, B the points that speak
    for its level and w the weeks since, the value is the greatest over all starts of

        sum(z) / sqrt(m + m^2 / B + m^2 DRIFT^2 (w + B) / (3 sigma^2)) - PATIENCE / m - the price of many looks.
    """
    statistic: list[float] = []
    suspicions: list[_Suspicion] = []
    for i, (stairs, sigma) in enumerate(_climb(t, y, n)):
        suspicions = [one for one in suspicions if one.stands(y[i], sigma)]
        if i >= UNJUDGED and y[i] < stairs.top:
            opened = _Suspicion(*stairs.held(sigma), since=t[i], looks=i + 1)
            if opened.stands(y[i], sigma):
                suspicions.append(opened)
        statistic.append(max([0.0, *[one.evidence(t[i], sigma) for one in suspicions]]))
    return statistic


def shortfalls(t: Sequence[float], y: Sequence[float], n: int) -> list[float]:
    """How far each point lies below the best level before it, in sigmas; negative is above. Same arguments as above.

    The first three points have no best level yet and no shortfall.
    """
    found: list[float] = []
    best = 0.0
    for i, (_, sigma) in enumerate(_climb(t, y, n)):
        if i >= 3:
            best = max(best, middle(y[i - 3], y[i - 2], y[i - 1]))
        found.append((best - y[i]) / sigma if i >= 3 else 0.0)
    return found


def best_level(y: Sequence[float]) -> float | None:
    """The highest median of three consecutive points; the highest point of fewer than three; None of none."""
    if len(y) < 3:
        return max(y, default=None)
    return max(map(middle, y, y[1:], y[2:]))


def middle(a: float, b: float, c: float) -> float:
    """The median of three."""
    return max(min(a, b), min(max(a, b), c))


class _Suspicion:
    """That use has been lower since one point than the level held until then, and what speaks for it so far."""

    __slots__ = ("_before", "_last", "_level", "_points", "_price", "_shortfall", "_since", "_support")

    def __init__(self, level: float, support: float, since: float, looks: int) -> None:
        self._level = level - ALLOWANCE
        self._support = support
        self._since = since - support
        self._price = LOOKS * log(max(1.0, looks / HALF_A_YEAR))
        self._points = 0
        self._shortfall = self._last = self._before = 0.0

    def stands(self, level: float, sigma: float) -> bool:
        """Whether the suspicion stands after one more point, or has been made good."""
        short = (self._level - level) / sigma
        counted = short
        if short > LARGEST_SHORTFALL:
            counted = min(short, max(LARGEST_SHORTFALL, min(LARGEST_IN_A_ROW, self._last, self._before)))
        self._shortfall += counted
        self._points += 1
        self._before, self._last = self._last, short
        return self._shortfall > 0

    def evidence(self, now: float, sigma: float) -> float:
        """The shortfall so far in its own standard errors, lowered while it is short; ``now`` in weeks."""
        m = self._points
        if m < FEWEST:
            return 0.0
        weeks = min(now - self._since, HALF_A_YEAR)
        wander = DRIFT**2 * weeks / (3 * sigma * sigma)
        return self._shortfall / sqrt(m + m * m * (1 / self._support + wander)) - PATIENCE / m - self._price


def _climb(t: Sequence[float], y: Sequence[float], n: int) -> Iterator[tuple[Staircase, float]]:
    """At each point: the staircase of the points before it, and sigma as far as known with it."""
    stairs, scatter, sigma = Staircase(), Scatter(n), 0.0
    for i, level in enumerate(y):
        height = stairs.top if i >= 2 else max(stairs.top, level)
        if i >= 2:
            scatter.see(off_the_line(t, y, i), sigma)
        sigma = scatter.sigma(height)
        yield stairs, sigma
        stairs.climb(level, sigma)
