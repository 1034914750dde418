"""Milestones missed: how many ended, or will end, later than the baseline said (R132, DOMAIN 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from changedesk.domain.records import Activity
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class MilestonesMissed:
    """So many of the milestones due by now were missed; ``coming`` are due later and already planned too late."""

    missed: tuple[Activity, ...]
    due: int
    coming: tuple[Activity, ...]

    @property
    def percent(self) -> float | None:
        """100 x missed / due; None while none is due."""
        return 100 * len(self.missed) / self.due if self.due else None


def milestones_missed(activities: Iterable[Activity], today: date) -> MilestonesMissed:
    """The milestones among the activities whose actual or forecast end is after the baseline.

    Due are those that are done and those whose baseline day has come. Without a baseline the plan stands in for it.
    """
    missed, coming, due = [], [], 0
    for milestone in (activity for activity in activities if activity.milestone):
        late = slip(milestone, today) > 0
        if milestone.actual_end is not None or agreed_end(milestone) <= today:
            due += 1
            missed += [milestone] if late else []
        else:
            coming += [milestone] if late else []
    return MilestonesMissed(tuple(missed), due, tuple(coming))


def slip(activity: Activity, today: date) -> int:
    """So many days its end is, or is forecast to be, after its baseline; negative is before."""
    return (forecast_end(activity, today) - agreed_end(activity)).days


def forecast_end(activity: Activity, today: date) -> date:
    """When it ended, or else when it is planned to, today at the earliest."""
    return activity.actual_end or max(activity.planned_end, today)


def agreed_end(activity: Activity) -> date:
    """The end on its baseline; the planned end while it has none."""
    return activity.baseline_end or activity.planned_end
