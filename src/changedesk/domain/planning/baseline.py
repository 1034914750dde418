"""The baseline: the plan that work is measured against, kept when the plan itself moves (DOMAIN 2.5)."""

from __future__ import annotations

from datetime import date

from changedesk.domain.records import Activity
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Baseline:
    """When an activity was to begin and end, and how much it counted, as once agreed."""

    start: date | None
    end: date
    weight: float


def planned(activity: Activity) -> Baseline:
    """The activity's plan as it now stands."""
    return Baseline(activity.planned_start, activity.planned_end, activity.counted_weight)


def baseline_weight(activity: Activity) -> float:
    """The weight on the baseline; the present weight when the baseline has none of its own."""
    return activity.counted_weight if activity.baseline_weight is None else activity.baseline_weight
