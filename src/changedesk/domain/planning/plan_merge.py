"""What a plan that comes in means for the activities that are there: which are new, which change, which it lost.

A task is the activity that came with its key; one without a key but with its title is taken for it. The plan's new dates
change the plan and never a baseline that is there. What the plan does not know (an owner, an actual day) erases nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from changedesk.domain.planning.baseline import planned
from changedesk.domain.planning.plan_activities import PlannedActivity, by_key
from changedesk.domain.records import Activity
from changedesk.values import dataclass

NEW = ""
"""The id of an activity that is not on the desk yet."""


@dataclass(frozen=True, slots=True)
class PlanMerge:
    """The activities of the plan's tasks as they are to be, by key; ``changed`` are the keys of those that differ.

    ``vanished`` are activities that came with an earlier plan and are not in this one. ``other_baselines`` counts the
    activities whose baseline on the desk is not the one in the plan.
    """

    activities: dict[str, Activity]
    added: frozenset[str]
    changed: frozenset[str]
    vanished: tuple[Activity, ...]
    other_baselines: int


def merge(lane: Iterable[Activity], tasks: Sequence[PlannedActivity], *, planning_signed: bool) -> PlanMerge:
    """Put the tasks of a plan on the delivery lane's activities; see :class:`PlanMerge`.

    New activities have the id ``NEW``. Before the planning checkpoint is signed by both, what has no baseline gets the
    plan's own or else the plan itself; after it, new activities have none.
    """
    lane = tuple(lane)
    keyed = {activity.source_key: activity for activity in lane if activity.source_key is not None}
    titled = {activity.title: activity for activity in lane if activity.source_key is None}
    found = {task.key: keyed.get(task.key) or titled.get(task.title) for task in tasks}
    mine = {activity.id for activity in found.values() if activity is not None}
    taken = {activity.title for activity in lane if activity.id not in mine}
    merged: dict[str, Activity] = {}
    added, changed, other = set(), set(), 0
    for task in tasks:
        title = by_key(task.title, task.key) if task.title in taken else task.title
        before = found[task.key]
        after = _with_baseline(_changed(before, task, title) if before else _new(task, title), task, planning_signed)
        merged[task.key] = after
        if before is None:
            added.add(task.key)
        elif after != before:
            changed.add(task.key)
        if task.baseline is not None and after.baseline_end not in (None, task.baseline.end):
            other += 1
    vanished = tuple(activity for key, activity in keyed.items() if key not in found)
    return PlanMerge(merged, frozenset(added), frozenset(changed), vanished, other)


def _changed(before: Activity, task: PlannedActivity, title: str) -> Activity:
    return replace(
        before,
        title=title,
        phase=task.phase if task.named_phase else before.phase,
        owner=task.owner or before.owner,
        planned_start=task.planned_start,
        planned_end=task.planned_end,
        actual_start=task.actual_start or before.actual_start,
        actual_end=task.actual_end or before.actual_end,
        weight=task.weight,
        percent_complete=before.percent_complete if task.percent_complete is None else task.percent_complete,
        milestone=task.milestone,
        source_key=task.key,
    )


def _new(task: PlannedActivity, title: str) -> Activity:
    return Activity(
        id=NEW,
        rev=1,
        lane="delivery",
        phase=task.phase,
        title=title,
        kind=None,
        audience=None,
        owner=task.owner,
        planned_start=task.planned_start,
        planned_end=task.planned_end,
        actual_start=task.actual_start,
        actual_end=task.actual_end,
        weight=task.weight,
        percent_complete=task.percent_complete,
        milestone=task.milestone,
        baseline_start=None,
        baseline_end=None,
        baseline_weight=None,
        source_key=task.key,
    )


def _with_baseline(activity: Activity, task: PlannedActivity, planning_signed: bool) -> Activity:
    if planning_signed or activity.baseline_end is not None:
        return activity
    baseline = task.baseline or planned(activity)
    return replace(
        activity, baseline_start=baseline.start, baseline_end=baseline.end, baseline_weight=baseline.weight
    )  # fmt: skip
