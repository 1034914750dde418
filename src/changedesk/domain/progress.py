"""Earning, days behind and the change lag: whether each lane is where its own baseline wanted it (DOMAIN 2.5).

A lane is as late as the last thing it finished was, or as the next thing that is due is by now, whichever is more.

The measure is earned schedule (W. Lipke, "Schedule is Different", The Measurable News, 2003): what is earned is put on
the lane's own plan curve, and the difference is read in days, because value-based indices return to 1 as work ends
however late it was. Like is compared with like: an activity earns its weight at its end and not before, so the plan
curve is a step curve that rises at the baseline ends. A lane with nothing to finish today is therefore not "behind"
for having begun something. Where an import brings a percentage complete, the lane earns by parts, and the plan
between two steps is read by parts too (Lipke's linear interpolation).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from math import floor
from typing import Final

from changedesk.domain.planning.baseline import baseline_weight
from changedesk.domain.records import Activity
from changedesk.domain.standing import LaneStanding
from changedesk.values import dataclass

UNITS: Final = 10**9
"""Weights and shares are compared as whole billionths: sums of floats (0.1 + 0.2) would miss a step."""


def lane_standing(activities: Sequence[Activity]) -> LaneStanding:
    """Where a lane stands on its baseline, from the activities of that lane in any order; see :class:`LaneStanding`.

    Activities without a baseline (entered after it was set) earn and weigh in the progress but are not on the curve.
    When part of what is earned has no day (a percentage, or complete without an actual end), ``reached_on`` is None.
    """
    earned = sum(_earned(activity) for activity in activities)
    total = sum(_units(activity.counted_weight) for activity in activities) * UNITS
    curve = _curve(activities)
    reached_on = _reached_on(activities)
    due_on = next_due_on = None
    if total and curve is not None:
        wanted = Fraction(earned, total) * curve.total
        if any(_earns_by_parts(activity) for activity in activities):
            due_on = next_due_on = curve.day_between(wanted)
        else:
            due_on, next_due_on = curve.day_of(wanted), curve.day_after(wanted)
    return LaneStanding(
        earned=earned / UNITS**2,
        total=total / UNITS**2,
        reached_on=reached_on,
        due_on=due_on,
        next_due_on=next_due_on,
        begins=min((a.planned_start or a.planned_end for a in activities), default=None),
        ends=max((a.planned_end for a in activities), default=None),
        finished=total > 0 and earned == total,
    )


@dataclass(frozen=True, slots=True)
class _Curve:
    """The planned curve of a lane: from the n-th of ``days`` on, ``sums[n]`` units should have been earned."""

    begins: date
    days: tuple[date, ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.sums[-1]

    def day_of(self, wanted: Fraction) -> date | None:
        """The first day on which the plan has at least ``wanted``; None for nothing, which was never due."""
        return self.days[bisect_left(self.sums, wanted)] if wanted > 0 else None

    def day_after(self, wanted: Fraction) -> date | None:
        """The first day on which the plan has more than ``wanted``; None when it never has."""
        step = bisect_right(self.sums, wanted)
        return self.days[step] if step < len(self.days) else None

    def day_between(self, wanted: Fraction) -> date:
        """The day on which the plan has ``wanted`` when it rises evenly from step to step, to the nearest day."""
        step = bisect_left(self.sums, wanted)
        before, since = (self.sums[step - 1], self.days[step - 1]) if step else (0, self.begins)
        part = (wanted - before) / (self.sums[step] - before)
        return since + timedelta(days=floor(part * (self.days[step] - since).days + Fraction(1, 2)))


def _curve(activities: Sequence[Activity]) -> _Curve | None:
    """The curve of the activities that have a baseline and weigh something; None when there are none."""
    steps: dict[date, int] = {}
    begins: list[date] = []
    for activity in activities:
        weight = _units(baseline_weight(activity))
        if activity.baseline_end is not None and weight:
            steps[activity.baseline_end] = steps.get(activity.baseline_end, 0) + weight
            begins.append(activity.baseline_start or activity.baseline_end)
    if not steps:
        return None
    days = sorted(steps)
    return _Curve(min(*begins, days[0]), tuple(days), tuple(accumulate(steps[day] for day in days)))


def _reached_on(activities: Sequence[Activity]) -> date | None:
    """The day the last piece was earned; None when nothing is, or when some of it has no day."""
    ends = [activity.actual_end for activity in activities if _earned(activity)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def _earned(activity: Activity) -> int:
    """What an activity has earned, in billionths of billionths of a weight of 1."""
    share = UNITS if activity.actual_end is not None else _units(_percent(activity)) // 100
    return _units(activity.counted_weight) * share


def _earns_by_parts(activity: Activity) -> bool:
    """True for an activity that is under way and says how far it is."""
    return activity.actual_end is None and activity.counted_weight > 0 and 0 < _percent(activity) < 100


def _percent(activity: Activity) -> float:
    return min(100.0, max(0.0, activity.percent_complete or 0.0))


def _units(weight: float) -> int:
    return round(weight * UNITS)
