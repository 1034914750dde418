"""What a project plan means for the delivery lane: which of its tasks are activities, in which phase, of what weight.

Summary tasks only group. An activity's phase is named by the nearest summary above it; where none names a phase, what
starts after the go-live is hypercare and everything else is execution.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from changedesk.domain.planning.baseline import Baseline
from changedesk.domain.planning.plan import Plan, PlanTask
from changedesk.values import dataclass

PHASE_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "hypercare": ("hypercare", "early life support", "stabilisation", "stabilization", "post go live", "aftercare"),
    "monitoring_and_control": ("monitoring", "monitor", "control", "project management", "governance"),
    "closure": ("closure", "closing", "close out", "closeout", "close", "handover", "lessons learned"),
    "initiation": ("initiation", "initiate", "initiating", "kick off", "kickoff", "charter", "start up"),
    "execution": (
        "execution", "execute", "executing", "build", "development", "implementation", "implement", "configuration",
        "migration", "deployment", "deploy", "testing", "test", "pilot", "rollout", "roll out", "cutover", "cut over",
        "go live",
    ),
    "planning": ("planning", "plan", "design", "analysis", "requirements", "scope", "scoping", "assessment", "discovery"),
}  # fmt: skip
"""Phase of the delivery lane to how summaries of plans call it; the first phase with a name that fits is taken."""

_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A task as an activity of the delivery lane. ``named_phase`` says whether the plan itself names the phase.

    ``baseline`` is the plan's own, None when it has none; ``weight`` is in working hours, or in days in a plan without work.
    """

    key: str
    row: int
    title: str
    phase: str
    named_phase: bool
    owner: str | None
    planned_start: date | None
    planned_end: date
    actual_start: date | None
    actual_end: date | None
    weight: float
    percent_complete: float | None
    milestone: bool
    baseline: Baseline | None


def activities_of(plan: Plan, go_live: date | None) -> tuple[PlannedActivity, ...]:
    """The activities of a plan in its order: every task with a day that is in the schedule and no summary."""
    working = {task.key for task in plan.tasks if is_work(task) and task.finish is not None}
    titles = _titles([task for task in plan.tasks if task.key in working])
    hours = any(task.work_hours for task in plan.tasks if task.key in working)
    unit = 1.0 if hours else plan.hours_a_day
    return tuple(
        _activity(task, titles[task.key], phase, go_live, unit)
        for task, phase in _with_phases(plan.tasks)
        if task.key in working
    )


def is_work(task: PlanTask) -> bool:
    """Whether a task is work of its own: in the schedule, and not just a heading over others."""
    return task.active and not task.summary and task.level > 0


def named_phase(name: str) -> str | None:
    """The phase of the delivery lane that a summary's name stands for; None when it names none."""
    words = f" {_NOT_LETTERS.sub(' ', name.casefold()).strip()} "
    for phase, names in PHASE_NAMES.items():
        if any(f" {one} " in words for one in names):
            return phase
    return None


def _with_phases(tasks: Iterable[PlanTask]) -> Iterator[tuple[PlanTask, str | None]]:
    """Each task with the phase that the nearest summary above it names."""
    above: list[tuple[int, str | None]] = []
    for task in tasks:
        while above and above[-1][0] >= task.level:
            above.pop()
        inherited = above[-1][1] if above else None
        yield task, inherited
        if task.summary:
            # The project's own name says what it is about ("Migration"), not in which phase its tasks are.
            above.append((task.level, (named_phase(task.name) if task.level else None) or inherited))


def _titles(tasks: Iterable[PlanTask]) -> dict[str, str]:
    """A title for each task by its key: its name, with the WBS when several have that name, or the key if need be."""
    named = {task.key: (task.name or f"unnamed task {task.key}", task.wbs) for task in tasks}
    names = Counter(name for name, _ in named.values())
    wanted = {key: f"{name} ({wbs})" if names[name] > 1 and wbs else name for key, (name, wbs) in named.items()}
    shared = Counter(wanted.values())
    return {key: by_key(named[key][0], key) if shared[title] > 1 else title for key, title in wanted.items()}


def by_key(title: str, key: str) -> str:
    """A title that nothing else in the lane can have."""
    return f"{title} (task {key})"


def _activity(task: PlanTask, title: str, phase: str | None, go_live: date | None, unit: float) -> PlannedActivity:
    assert task.finish is not None
    after = go_live is not None and (task.start or task.finish) > go_live
    agreed = task.baseline
    return PlannedActivity(
        key=task.key,
        row=task.row,
        title=title,
        phase=phase or ("hypercare" if after else "execution"),
        named_phase=phase is not None,
        owner=task.owner,
        planned_start=task.start,
        planned_end=task.finish,
        actual_start=task.actual_start,
        actual_end=task.actual_finish,
        weight=_weight(task.work_hours, task.duration_hours, unit),
        percent_complete=task.percent_complete,
        milestone=task.milestone,
        baseline=None
        if agreed is None or agreed.finish is None
        else Baseline(agreed.start, agreed.finish, _weight(agreed.work_hours, agreed.duration_hours, unit)),
    )


def _weight(work_hours: float | None, duration_hours: float | None, unit: float) -> float:
    """Its work, or else how long it takes, in units of so many hours; 1 where both are unknown or nothing."""
    return round((work_hours or duration_hours or 0) / unit, 6) or 1.0
