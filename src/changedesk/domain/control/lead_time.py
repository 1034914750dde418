"""How long a client takes to decide about a change, from submitted to decided, in its own business hours (DOMAIN 1.4, R102).

What is still open counts as longer than so far (Kaplan and Meier, see survival): leaving it out would make every client look
faster than it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from changedesk.domain.saying import in_hours
from changedesk.domain.usage.survival import Duration, remaining
from changedesk.values import dataclass

HALF: Final = 0.5
MOST: Final = 0.8
"""The shares that are told: half of the changes (P50), and four of five (P80)."""
TOLERANCE: Final = 1e-9
"""Shares are products of fractions; one that is 0.2 by hand is a little more by machine."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How many business hours one change waited for its decision, or has waited so far where it is not ``decided``."""

    hours: float
    decided: bool = True


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


def quantile(waited: Iterable[Waited], share: float) -> float | None:
    """The time by which this share is decided: the first at which no more than the rest is still open; None when unknown."""
    rest = 1 - share + TOLERANCE
    steps = remaining(Duration(one.hours, one.decided) for one in waited)
    return next((step.at for step in steps if step.remaining <= rest), None)


def said_hours(hours: float | None, longest: float) -> str:
    """Business hours as a person says them: ``6.5 h``, ``31 h``; later than anybody has waited is ``over 40 h``."""
    if hours is None:
        return f"over {in_hours(longest)}" if longest else "?"
    return in_hours(hours)
