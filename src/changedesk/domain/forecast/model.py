"""The forecast of how a group will use the new way, with its interval: ADOPTION.md is the model, this is the whole of it.

Everything is reckoned from the points alone: neither the times that are asked for nor the target change what is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Final, Literal, TypedDict

from changedesk.domain.forecast.curve import Waves
from changedesk.domain.forecast.draws import quantile
from changedesk.domain.forecast.history import readings
from changedesk.domain.forecast.likelihood import Likelihood
from changedesk.domain.forecast.paths import END, Path, paths
from changedesk.domain.forecast.prior import prior, trust
from changedesk.domain.forecast.sampler import possible
from changedesk.domain.forecast.series import FULL, Series, cleaned, finite, steadied, thinned

QUANTILES: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
THREE: Final = (0.1, 0.5, 0.9)

ENOUGH_POINTS: Final = 4
"""With fewer the answer is what the prior, the siblings and the plan say, and is labelled so."""

USUAL_WEEKS: Final = 10.0
"""Weeks in which half of those who ever will have come, in a usual roll-out: the unit until the points give one."""

PERIODS_HELD: Final = 2
"""A target is reached when two points in a row are at it (DOMAIN 1.1)."""


class Forecast(TypedDict):
    """What is to be expected, in the caller's units; each dictionary goes from a probability to a value.

    ``quantiles`` hold one value a time asked for and ``chance`` the probability that the target is reached by then (None
    without a target); ``crossing`` is when, infinite for never; ``halfway`` when half of the ceiling is reached; ``basis``
    says whether the points speak or, for fewer than four, what roll-outs usually do.
    """

    basis: Literal["data", "prior"]
    quantiles: dict[float, list[float]]
    ceiling: dict[float, float]
    crossing: dict[float, float] | None
    chance: list[float] | None
    halfway: dict[float, float]


def forecast(
    t: Iterable[float],
    y: Iterable[float],
    horizon: Iterable[float],
    *,
    cap: float = FULL,
    target: float | None = None,
    history: Iterable[tuple[Iterable[float], Iterable[float]]] | None = None,
    waves: Sequence[tuple[float, float]] | None = None,
    counts: Sequence[tuple[float, float]] | None = None,
) -> Forecast:
    """How many will use it at each time of ``horizon``, where it levels off, and when ``target`` is reached.

    ``t`` in one unit since go-live (weeks), ``y``, ``cap`` and ``target`` in percent; points in any order. ``history`` are
    finished roll-outs of the same kind in the same units; ``waves`` the plan of who goes live when, (time, people);
    ``counts`` the numbers behind the points, (using, eligible), which make those of small groups less certain. Raises
    ValueError for what is not a finite number.
    """
    series = cleaned(t, y, cap=cap, counts=counts)
    times = finite("horizon", horizon)
    goal = None if target is None else finite("target", [target])[0]
    rollout = _rollout(series, waves)
    now = series.t[-1] if series.t else rollout.start
    unit = _unit(series, rollout)
    siblings = readings(history or (), cap)
    known = prior(siblings, unit)
    likelihood = Likelihood.of(steadied(thinned(series)), rollout)
    futures = paths(possible(known, likelihood, unit), known, likelihood, now, unit, trust=trust(siblings))
    scale = cap / FULL
    seen = [sorted(path.level(time) for path in futures) for time in times]
    ceilings = sorted(path.ceiling for path in futures)
    end = max(now, rollout.parts[-1][0]) + END * unit
    crossings = None if goal is None else _crossings(series, futures, goal / scale, end)
    return {
        "basis": "data" if len(series.t) >= ENOUGH_POINTS else "prior",
        "quantiles": {p: [scale * quantile(values, p) for values in seen] for p in QUANTILES},
        "ceiling": {p: scale * quantile(ceilings, p) for p in THREE},
        "crossing": None if crossings is None else _three(crossings),
        "chance": None if crossings is None else [_share_by(crossings, time) for time in times],
        "halfway": _three(sorted(_halfway(series, path, end) for path in futures)),
    }


def _rollout(series: Series, waves: Sequence[tuple[float, float]] | None) -> Waves:
    """The plan while anybody is still to go live; afterwards, and without one, everybody as one wave from the first point.

    Once all are live the points tell more than the plan (measured: a plan of past waves makes the forecast worse).
    """
    plan = Waves.planned(waves) if waves else None
    if plan and (not series.t or plan.after(series.t[-1])):
        return plan
    return Waves(((series.t[0] if series.t else 0.0, 1.0),))


def _unit(series: Series, rollout: Waves) -> float:
    """The time since the first wave; the usual one while there are too few points to trust it."""
    passed = series.t[-1] - min(series.t[0], rollout.start) if series.t else 0.0
    return passed if len(series.t) >= ENOUGH_POINTS else max(passed, USUAL_WEEKS)


def _crossings(series: Series, futures: Sequence[Path], target: float, end: float) -> list[float]:
    """When the target is reached on each path, in order; all the same when it already is."""
    reached = [level >= target for level in series.y]
    for n in range(len(reached) - PERIODS_HELD + 1):
        if all(reached[n : n + PERIODS_HELD]):
            return [series.t[n]]
    return sorted(path.reaches(target, end) for path in futures)


def _halfway(series: Series, path: Path, end: float) -> float:
    """When half of a path's ceiling is used: the first point at it, else the path's own time."""
    half = path.ceiling / 2
    seen = next((time for time, level in zip(series.t, series.y, strict=True) if level >= half), None)
    return path.reaches(half, end) if seen is None else seen


def _three(times: Sequence[float]) -> dict[float, float]:
    """The times by which 10, 50 and 90 % of the paths are there; nothing lies between a day and never."""
    return {p: times[ceil(p * len(times)) - 1] for p in THREE}


def _share_by(crossings: Sequence[float], time: float) -> float:
    return sum(crossing <= time for crossing in crossings) / len(crossings)
