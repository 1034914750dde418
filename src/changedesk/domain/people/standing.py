"""How the people of an initiative stand, in what does not depend on today's date: what the ranking of gaps is made of.

The store keeps one :class:`PeopleStanding` an initiative, current in the same transaction as the records it is made of;
whatever depends on the day (urgency, whether a group is live, what was planned by now) is computed when it is ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from changedesk.domain.adoption import AudienceAdoption
from changedesk.domain.by_group import by_group
from changedesk.domain.people.impacts import degrees_of
from changedesk.domain.people.people_side import GapMark, Impact, ReadinessItem
from changedesk.domain.people.readiness import score
from changedesk.domain.people.training import training_coverage
from changedesk.domain.records import Activity, Audience, Initiative, Target
from changedesk.domain.working import Decision, Workaround
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class NextWork:
    """The next open people work for a group: its title, owner and planned end."""

    title: str
    owner: str | None
    end: date


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """A group as the ranking sees it.

    ``degree`` is how hard it is hit where it is hit hardest, None when nobody rated it; ``headcount`` 0 is unknown.
    ``asked`` says that something is recorded about its readiness, ``ready`` (0 to 100) and ``known`` (0 to 1) how far it
    is and how much of that somebody knows. ``state``, ``percent`` and ``best`` are its observed use (None: not observed),
    ``plan`` what was to be reached by when, the earliest first. ``old_way`` is an old way that is still in use.
    """

    id: str
    name: str
    site: str | None
    headcount: int
    go_live: date | None
    degree: int | None
    asked: bool
    ready: float | None
    known: float | None
    state: str | None
    percent: float | None
    best: float | None
    plan: tuple[tuple[date, float], ...]
    next_work: NextWork | None
    old_way: str | None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A readiness item that is not ready."""

    id: str
    about: str
    audience: str | None
    item: str
    status: str
    kind: str | None
    due: date | None
    checkpoint: str | None
    owner: str | None
    action: str | None


@dataclass(frozen=True, slots=True)
class PeopleStanding:
    """Everything that the ranking needs of one initiative.

    ``locked`` says that a decision about the order of the work is locked. ``roles_hit`` are roles that were rated as hit
    (0 when nobody rated any, or no training is planned at all), ``roles_trained`` those with a training of their own.
    """

    initiative_id: str
    client: str
    code: str
    title: str
    state: str
    go_live: date | None
    went_live: bool
    locked: bool
    roles_hit: int
    roles_trained: int
    groups: tuple[GroupStanding, ...]
    items: tuple[OpenItem, ...]
    marks: tuple[GapMark, ...]


def people_standing_of(
    initiative: Initiative,
    activities: Sequence[Activity],
    audiences: Sequence[Audience],
    targets: Sequence[Target],
    adoptions: Iterable[AudienceAdoption],
    impacts: Sequence[Impact],
    readiness: Sequence[ReadinessItem],
    decisions: Iterable[Decision],
    workarounds: Sequence[Workaround],
    marks: Iterable[GapMark],
) -> PeopleStanding:
    """Everything that the ranking needs, from the records of an initiative."""
    people_work = [a for a in activities if a.lane == "people"]
    seen = {adoption.name: adoption for adoption in adoptions}
    aims = by_group(target for target in targets if target.metric == "utilization")
    work = by_group(a for a in people_work if a.actual_end is None)
    degrees = degrees_of(impacts)
    checklists = by_group(item for item in readiness if item.about == "audience")
    old_ways = by_group(w for w in workarounds if w.closed_on is None)
    groups = tuple(
        _group(
            audience,
            initiative,
            work[audience.name],
            aims[audience.name] or aims[None],
            seen.get(audience.name),
            degrees.get(audience.name),
            checklists[audience.name],
            old_ways[audience.name],
        )
        for audience in audiences
    )
    rated = {impact.audience for impact in impacts if impact.degree > 0}
    training = training_coverage([a for a in audiences if a.name in rated], impacts, people_work)
    taught = any((a.kind or a.phase) == "training" for a in people_work)
    return PeopleStanding(
        initiative.id,
        initiative.client,
        initiative.code,
        initiative.title,
        initiative.effective_state,
        initiative.go_live,
        initiative.go_live_actual is not None,
        any(one.touches_timing and one.locked_at is not None for one in decisions),
        len(training.roles) if taught else 0,
        training.covered,
        groups,
        tuple(
            OpenItem(i.id, i.about, i.audience, i.item, i.status, i.kind, i.due, i.checkpoint, i.owner, i.action)
            for i in readiness
            if i.status != "ready"
        ),
        tuple(marks),
    )


def _group(
    audience: Audience,
    initiative: Initiative,
    work: Sequence[Activity],
    plan: Sequence[Target],
    adoption: AudienceAdoption | None,
    degree: int | None,
    items: Sequence[ReadinessItem],
    old_ways: Sequence[Workaround],
) -> GroupStanding:
    """A group's standing, from what is about it alone."""
    following = min(work, key=lambda a: (a.planned_end, a.title), default=None)
    oldest = min(old_ways, key=lambda w: (w.first_seen, w.title), default=None)
    ready = score(items)
    return GroupStanding(
        audience.id,
        audience.name,
        audience.site,
        audience.headcount,
        audience.go_live or initiative.go_live,
        degree,
        bool(items),
        ready.percent,
        ready.coverage,
        adoption.state if adoption else None,
        adoption.percent if adoption else None,
        adoption.best if adoption else None,
        tuple(sorted((target.by, target.target) for target in plan)),
        NextWork(following.title, following.owner, following.planned_end) if following else None,
        oldest.title if oldest else None,
    )
