"""What was observed, made fit for reckoning: sorted, one point a time, finite, as shares of the cap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite
from typing import Final

from changedesk.values import dataclass

FULL: Final = 100.0
"""The engine reckons in percent of the cap."""

MOST_POINTS: Final = 40
"""What the likelihood looks at."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order of time: ``t`` strictly rising, ``y`` in percent of the cap.

    ``people`` is how many each point was counted from, infinite where it is not known.
    """

    t: tuple[float, ...]
    y: tuple[float, ...]
    people: tuple[float, ...]

    @property
    def step(self) -> float:
        """The usual distance between two points: the median gap, 1 when there is none."""
        gaps = sorted(later - earlier for earlier, later in pairwise(self.t))
        return gaps[len(gaps) // 2] if gaps else 1.0


def cleaned(
    t: Iterable[float],
    y: Iterable[float],
    *,
    cap: float = FULL,
    counts: Sequence[tuple[float, float]] | None = None,
) -> Series:
    """Times and percentages as a series, in any order; levels outside 0 to ``cap`` count as the nearer of the two.

    Several points of one time become one: their mean, or of ``counts`` (people using, people eligible) their sum. Raises
    ValueError for unequal lengths, for what is not finite, and for counts without people.
    """
    times, levels = finite("t", t), finite("y", y)
    if not cap > 0 or not isfinite(cap):
        raise ValueError(f"cap must be a number above 0, not {cap}")
    if len(times) != len(levels):
        raise ValueError(f"t has {len(times)} values and y has {len(levels)}: they must be as many")
    if counts is not None:
        return _of_counts(times, counts, cap)
    by_time: dict[float, list[float]] = {}
    for time, level in zip(times, levels, strict=True):
        by_time.setdefault(time, []).append(min(FULL, max(0.0, FULL * level / cap)))
    ordered = sorted(by_time)
    means = tuple(_mean(by_time[time]) for time in ordered)
    return Series(tuple(ordered), means, (inf,) * len(ordered))


def thinned(series: Series) -> Series:
    """At most ``MOST_POINTS`` points: neighbours of a longer series become one, their mean; the last point stays itself.

    Many points of one curve say little more than some, and cost as much as they are many.
    """
    bundle = -(-len(series.t) // MOST_POINTS)
    if bundle <= 1:
        return series
    ends = range(len(series.t) - 1, 0, -bundle)
    bundles = [slice(max(0, end - bundle), end) for end in ends][::-1]
    return Series(
        (*(_mean(series.t[one]) for one in bundles), series.t[-1]),
        (*(_mean(series.y[one]) for one in bundles), series.y[-1]),
        (*(sum(series.people[one]) for one in bundles), series.people[-1]),
    )


def steadied(series: Series) -> Series:
    """The same, but a last point below both before it counts as the lower of the two until another one confirms the fall.

    A week of holidays is no relapse, and a relapse is found by another rule (``relapse``), not by the forecast.
    """
    if len(series.y) < 3:
        return series
    return replace(series, y=(*series.y[:-1], max(series.y[-1], min(series.y[-3:-1]))))


def chance(level: float, people: float) -> float:
    """The binomial variance of a count of so many people at ``level`` percent, in squared points; 0 for infinitely many.

    One who does and one who does not are added (Agresti & Coull 1998): 0 of 5 is not certain to stay 0.
    """
    if people == inf:
        return 0.0
    share = (level / FULL * people + 1) / (people + 2)
    return FULL * FULL * share * (1 - share) / people


def _of_counts(times: Sequence[float], counts: Sequence[tuple[float, float]], cap: float) -> Series:
    """The series of so many of so many."""
    if len(times) != len(counts):
        raise ValueError(f"t has {len(times)} values and counts has {len(counts)}: they must be as many")
    sums: dict[float, tuple[float, float]] = {}
    for time, (using, of) in zip(times, counts, strict=True):
        if not (isfinite(using) and isfinite(of) and of > 0 and using >= 0):
            raise ValueError(f"a count must be some of some people, not {using} of {of}")
        before = sums.get(time, (0.0, 0.0))
        sums[time] = (before[0] + using, before[1] + of)
    ordered = sorted(sums)
    levels = tuple(min(FULL, FULL * FULL / cap * sums[time][0] / sums[time][1]) for time in ordered)
    return Series(tuple(ordered), levels, tuple(sums[time][1] for time in ordered))


def finite(name: str, values: Iterable[float]) -> list[float]:
    """The values as floats; raises ValueError with the name and the place of one that is not finite."""
    found = [float(value) for value in values]
    for n, value in enumerate(found):
        if not isfinite(value):
            raise ValueError(f"{name}[{n}] is {value}: only finite numbers can be forecast from")
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
