"""The change plan: who hears, learns and does what when, tied to which milestone, and what the plan leaves out (R62, R65)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from changedesk.domain.by_group import by_group
from changedesk.domain.counted import counted, listed
from changedesk.domain.flags import PEOPLE_NEEDS, late_start_said
from changedesk.domain.people.people_side import Behaviour
from changedesk.domain.records import Activity, ActivityState, Audience, Observation
from changedesk.domain.saying import day_month, percent
from changedesk.domain.standing import Standing
from changedesk.domain.usage.counts import counted_last
from changedesk.domain.usage.metrics import metric_in_words
from changedesk.domain.words import ACTIVITY_KINDS, plain
from changedesk.domain.working import Dependency
from changedesk.values import dataclass

WHY_NEEDED: Final[Mapping[str, str]] = {
    "design_review": "what is built decides how hard it is to use",
    "manager_enablement": "people do what their manager does",
    "support_readiness": "who asks and gets no answer goes back",
    "reinforcement": "whether it stays is decided after go-live",
}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A piece of people work: for whom (None: everybody), when, and the milestone that it moves with.

    ``offset`` is how many days after the milestone it ends, negative before; None without one.
    """

    activity: Activity
    state: ActivityState
    milestone: str | None
    milestone_on: date | None
    offset: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state not in ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class KindCell:
    """How many pieces of one kind a group gets, its own and everybody's, and how many of them are done."""

    own: int
    shared: int
    done: int


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One group (None: everybody) with a cell for each kind of people work."""

    audience: str | None
    headcount: int
    cells: tuple[KindCell, ...]
    first: date | None
    hears_nothing: bool


@dataclass(frozen=True, slots=True)
class PlanFlag:
    """Something about the plan that makes it an afterthought: what it is, why it matters, what to do."""

    rule: str
    sentence: str
    why: str
    to_do: str


@dataclass(frozen=True, slots=True)
class ObservedBehaviour:
    """A behaviour with its newest observation in percent, None when nobody has looked."""

    behaviour: Behaviour
    percent: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangePlan:
    """The whole plan; ``kinds`` are the columns of the rows."""

    kinds: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    steps: tuple[PlannedStep, ...]
    flags: tuple[PlanFlag, ...]
    behaviours: tuple[ObservedBehaviour, ...]


def change_plan(
    standing: Standing,
    activities: Sequence[Activity],
    audiences: Sequence[Audience],
    dependencies: Iterable[Dependency],
    behaviours: Iterable[Behaviour],
    latest: Sequence[Observation],
    today: date,
) -> ChangePlan:
    """The change plan of an initiative; ``latest`` is the newest observation of each audience, metric and method."""
    work = [activity for activity in activities if activity.lane == "people"]
    steps = _steps(work, activities, dependencies, today, cancelled=standing.cancelled)
    kinds = ACTIVITY_KINDS["people"]
    of_group = by_group(work)
    for_all = {kind: _of_kind(of_group[None], kind) for kind in kinds}
    rows = [
        _row(audience, of_group[audience.name], for_all, of_group[None])
        for audience in sorted(audiences, key=lambda a: (-a.headcount, a.name))
    ]
    return ChangePlan(
        kinds,
        tuple(rows),
        steps,
        tuple(_flags(standing, work, steps, rows, today)),
        tuple(_observed(one, latest, audiences, today) for one in behaviours),
    )


def _steps(
    work: Sequence[Activity],
    activities: Sequence[Activity],
    dependencies: Iterable[Dependency],
    today: date,
    *,
    cancelled: bool,
) -> tuple[PlannedStep, ...]:
    milestones = {activity.id: activity for activity in activities if activity.milestone}
    anchors: dict[str, Activity] = {}
    for link in dependencies:
        if link.predecessor_id in milestones:
            anchors.setdefault(link.successor_id, milestones[link.predecessor_id])
    steps = []
    for activity in sorted(work, key=lambda a: (a.last_day, a.title)):
        anchor = anchors.get(activity.id)
        on = None if anchor is None else anchor.last_day
        offset = None if on is None else (activity.planned_end - on).days
        steps.append(
            PlannedStep(
                activity, activity.state(today, cancelled=cancelled), anchor.title if anchor else None, on, offset
            )
        )
    return tuple(steps)


def _of_kind(work: Iterable[Activity], kind: str) -> Sequence[Activity]:
    return [a for a in work if (a.kind or a.phase) == kind]


def _row(
    audience: Audience,
    own_work: Sequence[Activity],
    for_all: Mapping[str, Sequence[Activity]],
    everybody: Sequence[Activity],
) -> PlanRow:
    """A group's row, of its own work and what is ``for_all`` groups, by kind; ``everybody`` has all of that."""
    cells = []
    for kind, shared in for_all.items():
        own = _of_kind(own_work, kind)
        done = sum(a.actual_end is not None for a in (*own, *shared))
        cells.append(KindCell(len(own), len(shared), done))
    concerning = (*own_work, *everybody)
    first = min((a.planned_start or a.planned_end for a in concerning), default=None)
    told = any((a.kind or a.phase) in ("communication", "training", "manager_enablement") for a in concerning)
    return PlanRow(audience.name, audience.headcount, tuple(cells), first, not told)


def _flags(
    standing: Standing, work: Sequence[Activity], steps: Sequence[PlannedStep], rows: Sequence[PlanRow], today: date
) -> Iterable[PlanFlag]:
    if standing.cancelled:
        return
    if not work:
        yield PlanFlag(
            "no_plan",
            "nothing is planned for people",
            "delivery alone gives a controlled launch and inconsistent use",
            "start from a playbook, or add the first activity",
        )
        return
    if standing.late_start:
        said = late_start_said(standing.charter_on, standing.people_begin, today)
        yield PlanFlag(
            "late_start",
            f"{said}, {day_month(standing.people_begin, today)}",
            "by then the order is fixed and the language set",
            "let people work begin with the project: ask who is affected at initiation",
        )
    if standing.ends_at_go_live:
        yield PlanFlag(
            "ends_at_go_live",
            "nothing is planned for people after go-live",
            "the real test begins there",
            "plan reinforcement for 90 days, with an owner who stays",
        )
    if standing.only_comms_and_training:
        yield PlanFlag(
            "only_comms_and_training",
            "communication and training is all there is",
            "they tell people what to do; managers, design and support decide whether they do it",
            f"add {listed([plain(kind) for kind in PEOPLE_NEEDS], len(PEOPLE_NEEDS))}",
        )
    for kind in PEOPLE_NEEDS:
        if not standing.only_comms_and_training and not any((a.kind or a.phase) == kind for a in work):
            yield PlanFlag(f"no_{kind}", f"no {plain(kind)} is planned", WHY_NEEDED[kind], "add one, with an owner")
    loose = [s.activity.title for s in steps if s.milestone is None and s.is_open]
    if loose:
        yield PlanFlag(
            "unanchored",
            f"no milestone for {counted(len(loose), 'open activity', 'open activities')}: {listed(loose)}",
            "when delivery moves, they stay where they are",
            "tie each to the milestone that it prepares",
        )
    deaf = [row.audience for row in rows if row.hears_nothing and row.audience]
    if deaf:
        yield PlanFlag(
            "hears_nothing",
            f"nothing in the plan tells, teaches or leads {listed(deaf)}",
            "what nobody explains is refused",
            "add a message, a training or a briefing for them",
        )


def _observed(
    behaviour: Behaviour, latest: Sequence[Observation], audiences: Iterable[Audience], today: date
) -> ObservedBehaviour:
    """A behaviour's newest counts; what people say of themselves is not an observation (invariant 17)."""
    if behaviour.metric is None:
        return ObservedBehaviour(behaviour, None, "nothing shows it yet: name a metric")
    own = [one for one in latest if behaviour.audience in (None, one.audience)]
    seen = counted_last(own, behaviour.metric, audiences)
    if seen is None:
        return ObservedBehaviour(behaviour, None, f"{metric_in_words(behaviour.metric)} was not observed yet")
    share, _, day = seen
    sentence = f"{metric_in_words(behaviour.metric)} {percent(share)}, {day_month(day, today)}"
    return ObservedBehaviour(behaviour, share, sentence)
