"""The plan of an initiative for somebody else: the same work and groups, moved to another go-live, nothing done yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from changedesk.domain.people.people_side import Behaviour, ContactReason, Expectation, Impact, ReadinessItem
from changedesk.domain.planning.playbook_plan import (
    NO_HOLIDAYS,
    PlannedActivity,
    PlannedAudience,
    PlannedBehaviour,
    PlannedExpectation,
    PlannedImpact,
    PlannedInitiative,
    PlannedLink,
    PlannedReadiness,
    PlannedReason,
    PlannedTarget,
    plan_warnings,
    working_day,
)
from changedesk.domain.records import Activity, Audience, Target
from changedesk.domain.working import Dependency
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PeopleSide:
    """What is known of the people side of the initiative that is cloned."""

    impacts: Sequence[Impact] = ()
    readiness: Sequence[ReadinessItem] = ()
    expected: Sequence[Expectation] = ()
    behaviours: Sequence[Behaviour] = ()
    reasons: Sequence[ContactReason] = ()


def cloned(
    activities: Sequence[Activity],
    audiences: Sequence[Audience],
    targets: Sequence[Target],
    dependencies: Sequence[Dependency],
    people: PeopleSide,
    old_go_live: date | None,
    new_go_live: date | None,
    *,
    keep_counts: bool,
    today: date,
    holidays: Collection[date] = NO_HOLIDAYS,
) -> PlannedInitiative:
    """The plan as it now stands, every day moved by as much as the go-live moves, and off the weekends.

    Actual days, observations, signatures and how ready anything was stay behind. ``keep_counts`` is for the same client:
    elsewhere the same roles hold other people at other sites, so headcounts become 0, which stands for unknown, sites stay
    empty, and so do the words about how work is done there and what the desk has for it.
    OverflowError when the calendar ends.
    """
    on = _mover(old_go_live, new_go_live, holidays)
    known = {activity.id: (activity.lane, activity.title) for activity in activities}
    moved = tuple(
        PlannedActivity(
            lane=activity.lane,
            phase=activity.phase,
            kind=activity.kind,
            title=activity.title,
            start=None if activity.planned_start is None else on(activity.planned_start),
            end=on(activity.planned_end),
            owner=activity.owner,
            audience=activity.audience,
            weight=activity.weight,
            milestone=activity.milestone,
        )
        for activity in activities
    )
    return PlannedInitiative(
        go_live=new_go_live,
        activities=moved,
        audiences=tuple(
            PlannedAudience(
                audience.name,
                audience.role,
                audience.site if keep_counts else None,
                audience.headcount if keep_counts else 0,
                None if audience.go_live is None else on(audience.go_live),
            )
            for audience in audiences
        ),
        targets=tuple(PlannedTarget(t.audience, t.metric, t.target, on(t.by)) for t in targets),
        links=tuple(
            PlannedLink(known[link.predecessor_id], known[link.successor_id], link.kind, link.lag_days)
            for link in dependencies
            if link.predecessor_id in known and link.successor_id in known
        ),
        impacts=tuple(
            PlannedImpact(
                i.audience,
                i.aspect,
                i.degree,
                i.yesterday if keep_counts else None,
                i.tomorrow if keep_counts else None,
            )
            for i in people.impacts
        ),
        readiness=tuple(
            PlannedReadiness(
                i.item,
                i.about,
                i.audience,
                i.checkpoint,
                i.lane,
                i.weight,
                None if i.due is None else on(i.due),
                i.kind,
                i.action,
            )
            for i in people.readiness
        ),
        expected=tuple(PlannedExpectation(e.audience, e.title, e.cause, e.action, e.answer) for e in people.expected),
        behaviours=tuple(PlannedBehaviour(b.audience, b.title, b.standard, b.metric) for b in people.behaviours),
        reasons=tuple(
            PlannedReason(r.reason, r.script, r.article, r.escalation)
            if keep_counts
            else PlannedReason(r.reason, None, None, None)
            for r in people.reasons
        ),
        warnings=plan_warnings(moved, new_go_live, today),
    )


def _mover(old: date | None, new: date | None, holidays: Collection[date]) -> Callable[[date], date]:
    """How a day moves; without a go-live to count from it stays."""
    if old is None or new is None:
        return lambda day: day
    shift = new - old
    return lambda day: working_day(day + shift, new, holidays)
