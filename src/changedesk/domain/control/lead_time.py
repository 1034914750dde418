"""How long a client takes to decide about a change, from submitted to decided, in its own business hours (DOMAIN 1.4, R102).

What is still open counts as longer than so far (E. L. Kaplan & P. Meier, "Nonparametric estimation from incomplete
observations", JASA 53, 1958): leaving it out would make every client look faster than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

HALF: Final = Fraction(1, 2)
MOST: Final = Fraction(4, 5)
"""The shares that are told: half of the changes (P50), and four of five (P80)."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How many business hours one change waited for its decision, or has waited so far where it is not ``decided``."""

    hours: float
    decided: bool


@dataclass(frozen=True, slots=True)
class LeadTime:
    """So many business hours pass until half, and until four of five, changes are decided.

    None: not even the longest watched says it, which is ``longest``. ``n`` were watched, ``undecided`` of them are open.
    """

    n: int
    undecided: int
    p50: float | None
    p80: float | None
    longest: float


def lead_time(waited: Iterable[Waited]) -> LeadTime:
    """The lead time of these changes; of none, nothing is known."""
    watched = tuple(waited)
    return LeadTime(
        len(watched),
        sum(not one.decided for one in watched),
        quantile(watched, HALF),
        quantile(watched, MOST),
        max((one.hours for one in watched), default=0.0),
    )


def quantile(waited: Sequence[Waited], share: Fraction) -> float | None:
    """The time by which this share is decided: the first at which no more than the rest is still open; None when unknown.

    The share that is open after a time is the product of 1 - decided / at risk over the times until then; who is still
    open at a time was at risk at it.
    """
    at_risk, still_open = len(waited), Fraction(1)
    by_hours: dict[float, list[Waited]] = {}
    for one in waited:
        by_hours.setdefault(one.hours, []).append(one)
    for hours, together in sorted(by_hours.items()):
        still_open *= 1 - Fraction(sum(one.decided for one in together), at_risk)
        if still_open <= 1 - share:
            return hours
        at_risk -= len(together)
    return None
