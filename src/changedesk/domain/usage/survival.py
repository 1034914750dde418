"""How long it takes until something happens, when for some it has not happened yet: time to competency, speed of adoption.

E. L. Kaplan & P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958). Whoever has not got there
yet still counts, as "longer than so far": leaving them out would make every change look faster than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, isfinite, log, sqrt
from typing import Final

from changedesk.values import dataclass

Z_80: Final = 1.2815515655446004
"""An interval of 80 % reaches so many deviations to either side."""


@dataclass(frozen=True, slots=True)
class Duration:
    """How long it took one person or group, or has taken so far where ``ended`` is false (censored)."""

    length: float
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """From ``at`` on, ``remaining`` is the share that is not there yet, between ``low`` and ``high`` (80 %)."""

    at: float
    remaining: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Median:
    """The time by which half are there. None means later than anybody was watched: ``beyond`` says how long that was.

    ``low`` and ``high`` are its 80 % interval; ``high`` None is open, ``low`` None with it says that not even that is known.
    ``n`` were watched, ``ended`` of them are there.
    """

    value: float | None
    low: float | None
    high: float | None
    beyond: float
    n: int
    ended: int


def remaining(durations: Iterable[Duration]) -> tuple[Step, ...]:
    """The share not there yet after each time at which somebody got there: S(t) = product of (1 - ended / at risk).

    Who is censored at a time was still at risk at it. The interval is Greenwood's on the log-log scale (J. Kalbfleisch &
    R. Prentice 1980), which stays within 0 and 1. Raises ValueError for a length that is negative or not finite.
    """
    ordered = sorted(durations, key=lambda one: one.length)
    for one in ordered:
        if not isfinite(one.length) or one.length < 0:
            raise ValueError(f"a duration must be 0 or more, not {one.length}")
    steps: list[Step] = []
    share, greenwood, at_risk = 1.0, 0.0, len(ordered)
    place = 0
    while place < len(ordered):
        time = ordered[place].length
        same = [one for one in ordered[place:] if one.length == time]
        ended = sum(one.ended for one in same)
        if ended:
            share *= 1 - ended / at_risk
            if ended < at_risk:
                greenwood += ended / (at_risk * (at_risk - ended))
            steps.append(Step(time, share, *_band(share, greenwood)))
        at_risk -= len(same)
        place += len(same)
    return tuple(steps)


def median_time(durations: Iterable[Duration]) -> Median:
    """The median of a time that has not ended for all, with its 80 % interval; nobody watched is unknown throughout.

    The first time at which at most half remain; the interval holds the times whose own band holds one half (R. Brookmeyer &
    J. Crowley, Biometrics 38, 1982).
    """
    watched: Sequence[Duration] = tuple(durations)
    steps = remaining(watched)
    return Median(
        value=next((step.at for step in steps if step.remaining <= 0.5), None),
        low=next((step.at for step in steps if step.low <= 0.5), None),
        high=next((step.at for step in steps if step.high <= 0.5), None),
        beyond=max((one.length for one in watched), default=0.0),
        n=len(watched),
        ended=sum(one.ended for one in watched),
    )


def _band(share: float, greenwood: float) -> tuple[float, float]:
    """The 80 % interval of a share that remains; at 0 there is no scatter to go by, and it is the share itself."""
    if not share:
        return share, share
    off = Z_80 * sqrt(greenwood) / abs(log(share))
    return share ** exp(off), share ** exp(-off)
