"""How many tickets a go-live brings from day to day, and whether what comes is a lasting excess (ADOPTION.md).

Expected load = base x weekday x (1 + a exp(-days / tau)), the last factor from go-live on. Base and weekdays come from
before go-live, ``a`` and ``tau`` are refitted as the first two weeks come, by a penalised quasi-likelihood. An excess is
what a negative-binomial CUSUM for a lasting 40 % says above :data:`TICKET_THRESHOLD`.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

TICKET_THRESHOLD: Final = 6.7
"""An alarm is a statistic above this one: about 4 in 100 calm go-lives ever reach it."""

FITTED_DAYS: Final = 14
"""The days from go-live on that the surge is fitted to: a later excess is to be seen, not to be learned."""
_EXCESS: Final = 1.4
_USUAL_SURGE, _USUAL_DAYS = 2.0, 9.0
_SPREAD_SURGE, _SPREAD_DAYS = 0.8, 0.5
_MOST_DISPERSED: Final = 0.5
_LEAST_DISPERSED: Final = 0.01
_SURGES: Final = tuple(exp(log(0.1) + n * (log(10) - log(0.1)) / 40) for n in range(41))
_DAYS: Final = tuple(exp(log(3) + n * (log(30) - log(3)) / 24) for n in range(25))


def expected_tickets(day: Sequence[int], count: Sequence[float], weekday: Sequence[int]) -> tuple[list[float], float]:
    """The expected tickets of each day, and the dispersion phi (variance = mean + phi mean^2).

    ``day`` 0 is the go-live, negative before it; ``weekday`` is 0 for Monday. Needs days from before go-live.
    """
    before = [n for n, one in enumerate(day) if one < 0]
    base = sum(count[n] for n in before) / len(before)
    weights = _weekdays(base, [(weekday[n], count[n]) for n in before])
    level = [base * weights[one] for one in weekday]
    surge, days = _surge(day, count, level)
    expected = [
        mean * (1 + (surge * exp(-one / days) if one >= 0 else 0)) for mean, one in zip(level, day, strict=True)
    ]
    fitted = [n for n, one in enumerate(day) if one < FITTED_DAYS]
    return expected, _dispersion([count[n] for n in fitted], [expected[n] for n in fitted])


def ticket_statistic(count: Sequence[float], expected: Sequence[float], dispersion: float) -> list[float]:
    """The CUSUM of each day: the log-likelihood ratio of a 40 % excess against what was expected, never below 0."""
    r = 1 / dispersion
    value, found = 0.0, []
    for seen, mean in zip(count, expected, strict=True):
        low = max(mean, 0.2)
        high = _EXCESS * low
        value = max(0.0, value + seen * log(high / low) - (seen + r) * log((r + high) / (r + low)))
        found.append(value)
    return found


def _weekdays(base: float, seen: Sequence[tuple[int, float]]) -> list[float]:
    """How much of the base falls on each weekday, drawn towards 1 as if two more weeks had been even."""
    if base <= 0:
        return [1.0] * 7
    return [
        (sum(count for day, count in seen if day == weekday) + 2 * base)
        / ((sum(day == weekday for day, _ in seen) + 2) * base)
        for weekday in range(7)
    ]


def _surge(day: Sequence[int], count: Sequence[float], level: Sequence[float]) -> tuple[float, float]:
    """How high the load rises at go-live, and how many days it takes to fall to a third."""
    days_of = zip(day, count, level, strict=True)
    after = [(one, seen, mean) for one, seen, mean in days_of if 0 <= one < FITTED_DAYS and mean > 0]
    best = (float("inf"), _USUAL_SURGE, _USUAL_DAYS)
    for days in _DAYS:
        fading = [(exp(-one / days), seen, mean) for one, seen, mean in after]
        for surge in _SURGES:
            off = (
                0.5 * (log(days / _USUAL_DAYS) / _SPREAD_DAYS) ** 2
                + 0.5 * (log(surge / _USUAL_SURGE) / _SPREAD_SURGE) ** 2
            )
            for fade, seen, mean in fading:
                expected = mean * (1 + surge * fade)
                off += (expected - seen * log(expected)) / 2
            if off < best[0]:
                best = (off, surge, days)
    return best[1], best[2]


def _dispersion(count: Sequence[float], expected: Sequence[float]) -> float:
    """phi by moments, within what is plausible."""
    if not count:
        return _MOST_DISPERSED
    found = [((seen - mean) ** 2 - mean) / max(mean, 0.5) ** 2 for seen, mean in zip(count, expected, strict=True)]
    return min(max(sum(found) / len(found), _LEAST_DISPERSED), _MOST_DISPERSED)
