"""The curve by which a group takes something up: an S in each wave, from nothing to the share that ever will.

    y(t) = K * sum over waves of share / (1 + exp(-(t - start - m) * 2 ln 9 / w))

with K the ceiling in percent, m the time after a wave's start at which half of it is there, and w the time from 10 to
90 % (P. Verhulst 1838; 2 ln 9 = 4.394 makes w that width). Nobody uses a wave before it starts. Without a plan of waves
everybody is one wave that starts with the first point.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import exp, isfinite, log
from typing import Final

from changedesk.values import dataclass

WIDTH: Final = 2 * log(9)

STEEPEST: Final = 700.0
"""Exponents beyond this are cut: e**700 is still a number, and 1 / it nothing."""


@dataclass(frozen=True, slots=True)
class Waves:
    """When which share of the people goes live: (time, share), shares summing to 1, in the order of time."""

    parts: tuple[tuple[float, float], ...]

    @classmethod
    def planned(cls, plan: Sequence[tuple[float, float]]) -> Waves:
        """From times and sizes of any unit; raises ValueError for what is not finite and for a plan without people."""
        if any(not isfinite(start) or not isfinite(size) or size < 0 for start, size in plan):
            raise ValueError("waves must be finite times with sizes of 0 or more")
        total = sum(size for _, size in plan)
        if total <= 0:
            raise ValueError("waves must hold somebody")
        return cls(tuple(sorted((start, size / total) for start, size in plan if size > 0)))

    @property
    def start(self) -> float:
        """When the first wave goes live."""
        return self.parts[0][0]

    def live(self, t: float) -> float:
        """The share of the people who have gone live by ``t``."""
        return sum(share for start, share in self.parts if start <= t)

    def after(self, t: float) -> tuple[tuple[float, float], ...]:
        """The waves still to come."""
        return tuple(part for part in self.parts if part[0] > t)


def rise(t: float, midpoint: float, width: float) -> float:
    """The share of one wave that uses it ``t`` after its start."""
    return 1 / (1 + exp(min(STEEPEST, (midpoint - t) * WIDTH / width)))


def risen(t: float, waves: Waves, midpoint: float, width: float) -> float:
    """The share of those who ever will that uses it at ``t``, over all waves."""
    total = 0.0
    for start, share in waves.parts:
        if start <= t:
            total += share * rise(t - start, midpoint, width)
    return total


def risen_at(times: Sequence[float], waves: Waves, midpoint: float, width: float) -> list[float]:
    """The same at many times in order; written for speed, it is asked for a thousand curves a forecast."""
    rate = WIDTH / width
    sums: list[float] = []
    for start, share in waves.parts:
        first = bisect_left(times, start)
        if first == len(times):
            break
        late = rate * (midpoint + start)
        if late - rate * times[first] > STEEPEST:
            risen_in_wave = [share * rise(t - start, midpoint, width) for t in times[first:]]
        else:
            risen_in_wave = [share / (1 + exp(late - rate * t)) for t in times[first:]]
        if sums:
            risen_in_wave = [a + b for a, b in zip(sums[first:], risen_in_wave, strict=True)]
            sums[first:] = risen_in_wave
        else:
            sums = [0.0] * first + risen_in_wave
    return sums or [0.0] * len(times)
