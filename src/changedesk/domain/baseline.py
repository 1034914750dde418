"""The baseline: the plan that work is measured against, kept when the plan itself moves (DOMAIN 2.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from changedesk.domain.records import Activity


@dataclass(frozen=True, slots=True)
class Baseline:
    """When an activity was to begin and end, and how much it counted, as once agreed."""

    start: date | None
    end: date
    weight: float


def planned(activity: Activity) -> Baseline:
    """The activity's plan as it now stands."""
    return Baseline(activity.planned_start, activity.planned_end, activity.counted_weight)


def first_baseline(activity: Activity) -> Baseline:
    """What an activity is measured against before the planning checkpoint is signed: its first plan.

    A baseline that is there already stays; otherwise the plan as it now stands becomes the first.
    """
    if activity.baseline_end is None:
        return planned(activity)
    return Baseline(activity.baseline_start, activity.baseline_end, baseline_weight(activity))


def baseline_weight(activity: Activity) -> float:
    """The weight on the baseline; the present weight when the baseline has none of its own."""
    return activity.counted_weight if activity.baseline_weight is None else activity.baseline_weight


def captured(activities: Iterable[Activity]) -> dict[str, Baseline]:
    """The plan as it now stands, by activity id: what becomes the baseline when the planning checkpoint is signed."""
    return {activity.id: planned(activity) for activity in activities}


def rebaselined(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """The activities with the plan as it now stands as their baseline. An audited decision with a reason."""
    return tuple(
        replace(
            activity,
            baseline_start=activity.planned_start,
            baseline_end=activity.planned_end,
            baseline_weight=activity.counted_weight,
        )
        for activity in activities
    )
