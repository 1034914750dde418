"""How many tickets are still normal: bands of the negative binomial by day and by hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, lgamma, log, sqrt
from typing import Final

from changedesk.values import dataclass

USUAL_DAY: Final = (0.0,) * 7 + (0.05, 0.11, 0.13, 0.12, 0.10, 0.07, 0.10, 0.11, 0.10, 0.07, 0.04) + (0.0,) * 6
"""The shares of the hours of a day at a desk that works from 7 to 18 o'clock, until known."""

WEIGHT_OF_USUAL_DAY: Final = 20.0
"""What the usual day counts, in tickets."""

LEAST_SHARE: Final = 0.001
"""No hour is taken to be quite without tickets."""

ROUNDING: Final = 1e-12
"""Probabilities that differ by less are the same."""

LEAST_DISPERSION: Final = 1e-6
"""Below it the negative binomial is a Poisson distribution, and its own formula would only lose digits."""

NOTHING: Final = 1e-12
"""A mean below it brings no ticket at all."""

LEAST_PROBABILITY: Final = 1e-290
"""Near the smallest number that there is; those below lose digits."""

FAR_OUT: Final = 12.0
"""Standard deviations below the mean at which adding up begins: what lies farther out is nothing."""


@dataclass(frozen=True, slots=True)
class Band:
    """Counts of tickets from ``low`` to ``high`` are normal; half of the time there are no more than ``middle``."""

    low: int
    middle: int
    high: int


def day_band(expected: float, dispersion: float, share: float = 0.8) -> Band:
    """The band that holds a share (0 to 1) of the days on which so many tickets are expected, and its median.

    The tails are even: 0.8 runs from the 10 % to the 90 % quantile. Variance = expected + dispersion x expected^2; 0 is
    the Poisson distribution.
    """
    return mixed_band([expected], dispersion, share)


def mixed_band(expected: Sequence[float], dispersion: float, share: float = 0.8) -> Band:
    """The same when it is not known which of several loads is to be expected, all alike likely."""
    tail = (1 - share) / 2
    low, middle, high = _quantiles(expected, dispersion, (tail, 0.5, 1 - tail))
    return Band(low, middle, high)


def hour_profile(counts_by_hour: Sequence[float]) -> tuple[float, ...]:
    """The share of a day's tickets in each of its 24 hours, from the counts of so many days together; they add up to 1.

    Few counts are filled up with a usual working day.
    """
    weighed = [
        max(LEAST_SHARE, WEIGHT_OF_USUAL_DAY * usual + count)
        for usual, count in zip(USUAL_DAY, counts_by_hour, strict=True)
    ]
    total = sum(weighed)
    return tuple(weight / total for weight in weighed)


def _quantiles(means: Sequence[float], dispersion: float, probabilities: Sequence[float]) -> list[int]:
    """The least counts that are reached with each of the rising probabilities, mixing all means alike."""
    counts = [_Count(max(0.0, mean), dispersion) for mean in means]
    first, last = min(count.first for count in counts), max(count.last for count in counts)
    found: list[int] = []
    reached = 0.0
    for tickets, each in enumerate(zip(*(count.probabilities(first) for count in counts), strict=True), first):
        reached += sum(each) / len(counts)
        while reached >= probabilities[len(found)] - ROUNDING or tickets > last:
            found.append(tickets)
            if len(found) == len(probabilities):
                return found
    raise AssertionError("there is a probability of each count")


class _Count:
    """The negative binomial of one mean, asked for rising counts."""

    __slots__ = ("_all", "_each", "_mean", "_rate", "first", "last")

    def __init__(self, mean: float, dispersion: float) -> None:
        self._mean = mean
        self._rate = rate = 1 / dispersion if dispersion > LEAST_DISPERSION else 0.0
        sigma = sqrt(mean + dispersion * mean * mean)
        self.first = max(0, int(mean - FAR_OUT * sigma))
        self.last = int(mean + 4 * FAR_OUT * sigma) + 4
        if mean >= NOTHING:
            # What does not depend on the count: it is asked for hundreds of counts.
            self._each = log(mean / (rate + mean) if rate else mean)
            self._all = rate * log(rate / (rate + mean)) - lgamma(rate) if rate else -mean

    def probabilities(self, tickets: int) -> Iterator[float]:
        """Of exactly so many tickets, of one more, and so on: each by what it is of the one before."""
        rate, more = self._rate, self._mean / (self._rate + self._mean) if self._rate else self._mean
        probability = 0.0
        while True:
            # What is too small keeps too few digits for those that follow from it.
            if probability < LEAST_PROBABILITY:
                probability = self._probability(tickets)
            yield probability
            probability *= more * ((rate + tickets) if rate else 1.0) / (tickets + 1)
            tickets += 1

    def _probability(self, tickets: int) -> float:
        """Of exactly so many tickets."""
        if self._mean < NOTHING:
            return float(tickets == 0)
        ways = lgamma(tickets + self._rate) if self._rate else 0.0
        return exp(ways - lgamma(tickets + 1) + self._all + tickets * self._each)
