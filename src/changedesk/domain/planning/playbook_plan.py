"""The plan that a playbook becomes for one go-live: real days, counted back and forth from it, and off the weekends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.lifecycle import Checkpoint, Lifecycle
from changedesk.domain.planning.playbook import Playbook, PlaybookRisk
from changedesk.domain.saying import day_month
from changedesk.values import dataclass

_SATURDAY: Final = 5
_TESTED: Final = "proficiency"
NO_HOLIDAYS: Final[frozenset[date]] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A piece of work on its days; ``owner`` is a role until somebody takes it, None when nobody has.

    ``offset_days`` is how many calendar days after its anchor it ends, negative before; None without an anchor.
    """

    lane: str
    phase: str
    kind: str | None
    title: str
    start: date | None
    end: date
    owner: str | None
    audience: str | None
    weight: float | None
    milestone: bool | None
    anchor: str | None = None
    offset_days: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedAudience:
    """A group that the change meets; ``go_live`` is a wave of its own."""

    name: str
    role: str | None
    site: str | None
    headcount: int
    go_live: date | None


@dataclass(frozen=True, slots=True)
class PlannedTarget:
    """So many percent of a metric by a day, for one audience or (None) for all."""

    audience: str | None
    metric: str
    percent: float
    by: date


@dataclass(frozen=True, slots=True)
class PlannedImpact:
    """How hard a change hits an audience in one aspect, 0 to 5, and what that is."""

    audience: str
    aspect: str
    degree: int
    yesterday: str | None = None
    tomorrow: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedExpectation:
    """Resistance that is to be expected, and what helps."""

    audience: str | None
    what: str
    cause: str | None
    action: str | None
    answer: str | None


@dataclass(frozen=True, slots=True)
class PlannedBehaviour:
    """What people are to do differently, the standard, and the metric that shows it."""

    audience: str | None
    what: str
    standard: str | None
    metric: str | None


@dataclass(frozen=True, slots=True)
class PlannedReason:
    """A reason to call that is to be expected, and what answers it already."""

    reason: str
    script: str | None
    article: str | None
    escalation: str | None


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """One activity that depends on another, each as (lane, title); ``kind`` is FS, SS, FF or SF."""

    predecessor: tuple[str, str]
    successor: tuple[str, str]
    kind: str
    lag_days: float


@dataclass(frozen=True, slots=True)
class PlannedReadiness:
    """Something that has to be ready by the day of its checkpoint (None while that has no day).

    ``action`` is what to do first while it is not ready.
    """

    item: str
    about: str
    audience: str | None
    checkpoint: str | None
    lane: str
    weight: float | None
    due: date | None
    kind: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedInitiative:
    """Everything that is written when an initiative is made, and what should be said about it."""

    go_live: date | None
    activities: tuple[PlannedActivity, ...]
    audiences: tuple[PlannedAudience, ...]
    targets: tuple[PlannedTarget, ...]
    links: tuple[PlannedLink, ...] = ()
    impacts: tuple[PlannedImpact, ...] = ()
    readiness: tuple[PlannedReadiness, ...] = ()
    expected: tuple[PlannedExpectation, ...] = ()
    behaviours: tuple[PlannedBehaviour, ...] = ()
    reasons: tuple[PlannedReason, ...] = ()
    risks: tuple[PlaybookRisk, ...] = ()
    warnings: tuple[str, ...] = ()


def planned(
    playbook: Playbook,
    go_live: date,
    lifecycle: Lifecycle,
    *,
    today: date,
    holidays: Collection[date] = NO_HOLIDAYS,
) -> PlannedInitiative:
    """The playbook on real days for a go-live.

    A day off work moves to the working day before it when it lies before go-live, to the one after when it lies behind,
    so that the order is kept; the go-live itself stays where it is put. Nothing is compressed: what should have begun
    before ``today`` keeps its honest day and is counted in ``warnings``. OverflowError when the calendar ends.
    """

    def on(day: int) -> date:
        return working_day(go_live + timedelta(days=day), go_live, holidays)

    ends = {activity.title: on(activity.end) for activity in playbook.activities if activity.milestone}
    activities = tuple(
        PlannedActivity(
            lane=activity.lane,
            phase=activity.phase,
            kind=activity.kind,
            title=activity.title,
            start=on(activity.start),
            end=on(activity.end),
            owner=activity.owner,
            audience=activity.audience,
            weight=activity.weight,
            milestone=activity.milestone,
            anchor=activity.anchor,
            offset_days=None if activity.anchor is None else (on(activity.end) - ends[activity.anchor]).days,
        )
        for activity in playbook.activities
    )
    due = {checkpoint.name: _due(checkpoint, activities, go_live) for checkpoint in lifecycle.checkpoints}
    return PlannedInitiative(
        go_live=go_live,
        activities=activities,
        audiences=tuple(PlannedAudience(a.name, a.role, None, 0, None) for a in playbook.audiences),
        targets=tuple(PlannedTarget(t.audience, t.metric, t.percent, on(t.by)) for t in playbook.targets),
        links=_links(activities),
        impacts=tuple(
            PlannedImpact(a.name, aspect, degree) for a in playbook.audiences for aspect, degree in a.impacts
        ),
        readiness=tuple(
            PlannedReadiness(
                r.item, r.about, r.audience, r.checkpoint, r.lane, r.weight, due.get(r.checkpoint), r.kind, r.action
            )
            for r in playbook.readiness
        ),
        expected=tuple(
            PlannedExpectation(e.audience, e.what, e.cause, e.action, e.answer) for e in playbook.resistance
        ),
        # What people are tested on is what they are to do differently; the tests themselves are counted as proficiency.
        behaviours=tuple(
            PlannedBehaviour(check.audience, check.what, check.standard, _TESTED) for check in playbook.proficiency
        ),
        risks=playbook.risks,
        warnings=plan_warnings(activities, go_live, today),
    )


def plan_warnings(activities: Collection[PlannedActivity], go_live: date | None, today: date) -> tuple[str, ...]:
    """What is odd about a plan on a day, as sentences; empty when nothing is."""
    said: list[str] = []
    if go_live is not None and go_live < today:
        said.append(f"the go-live {day_month(go_live, today)} lies in the past")
    begun = sum(1 for activity in activities if (activity.start or activity.end) < today)
    if begun:
        said.append(f"{counted(begun, 'activity')} should have begun already")
    return tuple(said)


def working_day(day: date, go_live: date, holidays: Collection[date]) -> date:
    """The working day that stands for a day: the same or one before until go-live, the same or one after behind it."""
    if day == go_live:
        return day
    step = timedelta(days=-1 if day < go_live else 1)
    while day.weekday() >= _SATURDAY or day in holidays:
        day += step
    return day


def staffed(plan: PlannedInitiative, people: Mapping[str, str]) -> PlannedInitiative:
    """The plan with a person in place of each role; a role that nobody has leaves its work without an owner."""
    activities = tuple(replace(activity, owner=people.get(activity.owner or "")) for activity in plan.activities)
    return replace(plan, activities=activities)


def _links(activities: Collection[PlannedActivity]) -> tuple[PlannedLink, ...]:
    """What is tied to a milestone ends so many days before or after the milestone does, also when that moves (R62)."""
    milestones = {activity.title: (activity.lane, activity.title) for activity in activities if activity.milestone}
    return tuple(
        PlannedLink(milestones[activity.anchor], (activity.lane, activity.title), "FF", activity.offset_days)
        for activity in activities
        if activity.anchor is not None and activity.offset_days is not None
    )


def _due(checkpoint: Checkpoint, activities: Collection[PlannedActivity], go_live: date) -> date | None:
    """The same day that the checkpoint will have once the plan is on the desk."""
    if checkpoint.days_after_go_live is not None:
        return go_live + timedelta(days=checkpoint.days_after_go_live)
    ends = [a.end for a in activities if a.lane == "delivery" and a.phase == checkpoint.after_phase]
    return min(max(ends), go_live) if ends else None
