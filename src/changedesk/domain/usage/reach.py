"""What adoption risk reaches: service quality, compliance, satisfaction, and how soon the benefit returns (R18).

The four are told side by side and never made into one figure: each has its own source, and each may be unknown.
"""

from __future__ import annotations

from typing import Final

from changedesk.domain.material import Material
from changedesk.domain.measures.benefits import realised
from changedesk.domain.running_side import after_go_live
from changedesk.domain.saying import percent
from changedesk.domain.service.window import said_metric, window
from changedesk.domain.usage.counts import counted_last
from changedesk.domain.usage.metrics import SAID_METHODS
from changedesk.domain.usage.value import planned_way
from changedesk.values import dataclass

AS_BEFORE: Final = 0.05
"""Percentage points of availability that are no difference."""
BEHIND: Final = 10.0
"""Percentage points of its way that a benefit may be behind before it is said to be."""


@dataclass(frozen=True, slots=True)
class Reached:
    """One of the four: its name, what is known in few words, and ``level`` (fine, at_risk, late, unknown)."""

    name: str
    said: str
    level: str


def reach(m: Material) -> tuple[Reached, ...]:
    """The four, in the order in which an organisation feels them."""
    return (_service(m), _metric(m, "compliance"), _metric(m, "satisfaction"), _return(m))


def _service(m: Material) -> Reached:
    """Availability in the first 90 days after go-live against the last three periods before it."""
    name, live = "service", m.initiative.go_live_actual
    if m.running is None or m.running.service is None:
        return Reached(name, "no service named", "unknown")
    after = after_go_live(m.running.periods, live) if live is not None else None
    if live is None or after is None or after.availability is None:
        return Reached(name, "not live yet" if live is None else "not measured since go-live", "unknown")
    earlier = window(sorted((one for one in m.running.periods if one.end < live), key=lambda one: one.start)[-3:])
    said = f"{said_metric('availability', after.availability)} up"
    if earlier is None or earlier.availability is None:
        return Reached(name, said, "unknown")
    level = "fine" if after.availability >= earlier.availability - AS_BEFORE else "at_risk"
    return Reached(name, f"{said}, {said_metric('availability', earlier.availability)} before", level)


def _metric(m: Material, metric: str) -> Reached:
    """The newest counts of all audiences against their target; what people say of themselves is no count of it."""
    counted = counted_last(m.latest, metric, m.audiences)
    if counted is None:
        said = counted_last(m.latest, metric, m.audiences, SAID_METHODS)
        known = "not counted" if said is None else f"{percent(said[0])} by their own word"
        return Reached(metric, known, "unknown")
    value = counted[0]
    targets = [one for one in m.targets if one.metric == metric and one.audience is None]
    if not targets:
        return Reached(metric, f"{percent(value)}, no target", "unknown")
    target = min(targets, key=lambda one: (one.by < m.today, one.by))
    level = "fine" if value >= target.target else "late" if target.by < m.today else "at_risk"
    return Reached(metric, f"{percent(value)}, target {percent(target.target)}", level)


def _return(m: Material) -> Reached:
    """The benefit that is furthest behind its way from the baseline at go-live to its target when due."""
    behind: list[tuple[float, float, float]] = []
    for benefit in m.benefits:
        seen = [one for one in m.benefit_observations if one.benefit == benefit.name and one.day <= m.today]
        if not seen or benefit.borne:
            continue
        newest = max(seen, key=lambda one: one.day)
        come, due = realised(benefit, newest.value), planned_way(benefit, m.initiative.go_live, newest.day)
        if come is not None and due is not None:
            behind.append((due - come, come, due))
    if not behind:
        return Reached("return", "not measured" if m.benefits else "no benefit named", "unknown")
    short, come, due = max(behind)
    level = "fine" if short <= 0 else "at_risk" if short <= BEHIND else "late"
    return Reached("return", f"{percent(come)} of its way, {percent(due)} planned", level)
