"""How long approvals take, those that still wait counted in: leaving them out would make every board look faster than it is.

E. L. Kaplan & P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Lead:
    """How many business hours one change waited for its decision, or has waited so far where ``decided`` is false."""

    hours: float
    decided: bool = True


@dataclass(frozen=True, slots=True)
class LeadTime:
    """When half of the changes (``p50``), and when 80 % of them (``p80``), are decided: business hours.

    None is later than anybody has waited so far: ``longest`` hours. ``n`` changes were submitted, ``waiting`` of them are
    not decided yet; of none everything is unknown.
    """

    p50: float | None
    p80: float | None
    longest: float
    n: int
    waiting: int


def decided_by(leads: Iterable[Lead], share: float) -> float | None:
    """By which hour so large a share of the changes (0 to 1) is decided; None when that is later than anybody has waited.

    What still waits at an hour was still waiting at it, and counts from then on as unknown.
    """
    ordered = sorted(leads, key=_hours)
    waiting, still = len(ordered), 1.0
    for hours, group in groupby(ordered, key=_hours):
        same = list(group)
        decided = sum(lead.decided for lead in same)
        if decided:
            still *= 1 - decided / waiting
            # Rounding must not make 80 % of ten the ninth of them.
            if 1 - still >= share - 1e-9:
                return hours
        waiting -= len(same)
    return None


def _hours(lead: Lead) -> float:
    return lead.hours


def lead_time(leads: Iterable[Lead]) -> LeadTime:
    """The lead time of these changes."""
    known = list(leads)
    return LeadTime(
        p50=decided_by(known, 0.5),
        p80=decided_by(known, 0.8),
        longest=max((lead.hours for lead in known), default=0.0),
        n=len(known),
        waiting=sum(not lead.decided for lead in known),
    )


def said_hours(hours: float | None, longest: float) -> str:
    """Business hours as a person says them: ``6.5 h``, ``31 h``; later than anybody has waited is ``over 40 h``."""
    if hours is None:
        return f"over {_plain(longest)} h" if longest else "?"
    return f"{_plain(hours)} h"


def _plain(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0") if hours < 10 else f"{hours:,.0f}"
