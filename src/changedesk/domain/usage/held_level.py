"""The level of use that a group has held, and how much its points scatter by chance: what a relapse is measured against.

The level is the top of an isotonic regression (pool adjacent violators; Barlow, Bartholomew, Bremner and Brunk,
"Statistical Inference under Order Restrictions", 1972): use that is not slipping only rises, so points that fall are
averaged with those before them until what is left is a rising staircase. Its top step alone is too high, being the
luckiest of several, so the steps just under it are averaged in.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

DEEPEST_STEP: Final = 2.0
"""A point enters the staircase at most so many sigmas under its top: a holiday week is no new level."""

FARTHEST_STEP: Final = 5.0
"""A step so many sigmas under the top tells nothing more about the top: its weight would be below 4 %."""

SIGMA_OF_PRACTICE: Final = 1.0
"""Points of scatter beside that of chance: who counts as active varies a little from week to week."""

WEIGHT_OF_EXPECTED: Final = 5
"""The expected scatter counts as much as so many observed residuals."""

LARGEST_RESIDUAL: Final = 2.5
"""Sigmas at which a residual is cut when it is counted as scatter: a holiday week is none."""


class Staircase:
    """The rising staircase through the points seen so far."""

    __slots__ = ("_heights", "_points")

    def __init__(self) -> None:
        self._heights: list[float] = []
        self._points: list[int] = []

    @property
    def top(self) -> float:
        """The height of the highest step, in percent; 0 before the first point."""
        return self._heights[-1] if self._heights else 0.0

    def climb(self, level: float, sigma: float) -> None:
        """Take in the next point; steps that it lies below become one with it."""
        heights, points = self._heights, self._points
        height, width = max(level, self.top - DEEPEST_STEP * sigma), 1
        while heights and heights[-1] > height:
            below, many = heights.pop(), points.pop()
            height = (height * width + below * many) / (width + many)
            width += many
        heights.append(height)
        points.append(width)

    def held(self, sigma: float) -> tuple[float, float]:
        """The level held at the top in percent, and how many points speak for it.

        A step u sigmas under the top counts by 1 / (1 + u^2) (the weight of a Cauchy likelihood).
        """
        top = self._heights[-1]
        level = support = 0.0
        for height, width in zip(reversed(self._heights), reversed(self._points), strict=True):
            under = (top - height) / sigma
            if under > FARTHEST_STEP:
                break
            weight = width / (1 + under * under)
            level += weight * height
            support += weight
        return level / support, support


class Scatter:
    """How much a single point strays by chance: that of a count of so many people, corrected by what was seen."""

    __slots__ = ("_people", "_seen", "_squares")

    def __init__(self, people: int) -> None:
        self._people = max(1, people)
        self._seen = 0
        self._squares = 0.0

    def see(self, off: float, sigma: float) -> None:
        """Learn from a residual in points of percent, when ``sigma`` was the scatter known before it."""
        self._squares += min(off * off, (LARGEST_RESIDUAL * sigma) ** 2)
        self._seen += 1

    def sigma(self, level: float) -> float:
        """The scatter of one point at this level, in points of percent; never below chance alone, or practice alone."""
        expected = self._expected(level)
        variance = (WEIGHT_OF_EXPECTED * expected + self._squares) / (WEIGHT_OF_EXPECTED + self._seen)
        return sqrt(max(variance, expected - SIGMA_OF_PRACTICE**2, SIGMA_OF_PRACTICE**2))

    def _expected(self, level: float) -> float:
        """The variance to be expected at this level, in squared points: binomial, and that of practice."""
        share = min(0.98, max(0.02, level / 100))
        return 10_000 * share * (1 - share) / self._people + SIGMA_OF_PRACTICE**2


def off_the_line(t: Sequence[float], y: Sequence[float], i: int) -> float:
    """How far point i-1 lies off the line between its neighbours, scaled to the scatter of a single point."""
    part = (t[i - 1] - t[i - 2]) / (t[i] - t[i - 2])
    off = y[i - 1] - (1 - part) * y[i - 2] - part * y[i]
    return off / sqrt(1 + (1 - part) ** 2 + part**2)
