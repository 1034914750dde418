"""A project plan as it comes out of a planning tool: its tasks, what depends on what, and its baselines.

Days are calendar days without a zone, as the tool's own user reads them. ``None`` is unknown.
"""

from __future__ import annotations

from datetime import date

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PlanBaseline:
    """What a task was once agreed to be; ``number`` 0 is the plan's main baseline. Times in working hours."""

    number: int
    start: date | None
    finish: date | None
    work_hours: float | None
    duration_hours: float | None


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One line of a plan. ``key`` identifies it for ever, ``row`` is where its user sees it, ``level`` 0 is the project.

    ``active`` is false for a task that was taken out of the schedule but left in the plan.
    """

    key: str
    row: int
    wbs: str
    name: str
    level: int
    summary: bool
    milestone: bool
    active: bool
    start: date | None
    finish: date | None
    actual_start: date | None
    actual_finish: date | None
    percent_complete: float | None
    work_hours: float | None
    duration_hours: float | None
    owner: str | None
    baselines: tuple[PlanBaseline, ...]

    @property
    def baseline(self) -> PlanBaseline | None:
        """The main baseline, when it says by when the task was to be done."""
        return next((one for one in self.baselines if one.number == 0 and one.finish is not None), None)


@dataclass(frozen=True, slots=True)
class PlanLink:
    """A task that depends on another, by their keys; ``kind`` is FS, SS, FF or SF, a working day of lag counts as a day."""

    predecessor: str
    successor: str
    kind: str
    lag_days: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan: its tasks in their order, the project itself and its summaries among them."""

    tasks: tuple[PlanTask, ...]
    links: tuple[PlanLink, ...]
    hours_a_day: float

    @property
    def milestone_count(self) -> int:
        """How many tasks are milestones."""
        return sum(task.milestone for task in self.tasks)

    @property
    def baseline_count(self) -> int:
        """How many tasks have a baseline of any number."""
        return sum(bool(task.baselines) for task in self.tasks)
