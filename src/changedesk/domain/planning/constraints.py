"""What an initiative has to get by with: the time of people, what people can do, and days that were promised (R133)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.material import Material
from changedesk.domain.measures.milestones import forecast_end
from changedesk.domain.records import Activity, Target
from changedesk.domain.saying import day_month, in_days, percent
from changedesk.domain.words import plain
from changedesk.values import dataclass

MANY_AT_ONCE: Final = 3
"""So many open activities of one person at the same time are no constraint yet."""
MOST: Final = 3
"""So many people, and so many promised days, are named."""
NEEDS: Final = {
    "training": "trainer",
    "manager_enablement": "people_manager",
    "support": "service_desk_lead",
    "support_readiness": "service_desk_lead",
}
"""The kind of people work (by its phase where it has no kind) to the role that it takes (R39)."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that holds the work: ``kind`` is resources, competencies or deadlines; ``tight`` is where it hurts."""

    kind: str
    sentence: str
    tight: bool


def constraints(m: Material) -> tuple[Constraint, ...]:
    """All that is known, kind by kind; empty when nothing is planned or promised, and of what was cancelled."""
    if m.standing.cancelled:
        return ()
    return (*_resources(m), *_competencies(m), *_deadlines(m))


def most_at_once(work: Sequence[Activity], today: date) -> int:
    """How many of these activities are under way on the same day at most; one without a start takes only its last day."""
    changes: list[tuple[date, int, int]] = []
    for activity in work:
        end = forecast_end(activity, today)
        start = activity.actual_start or activity.planned_start or end
        # On one day what begins is counted before what ends.
        changes += [(min(start, end), 0, 1), (end, 1, -1)]
    now = most = 0
    for _, _, change in sorted(changes):
        now += change
        most = max(most, now)
    return most


def _resources(m: Material) -> Iterator[Constraint]:
    """Who has the most to do at the same time, and what nobody has."""
    by_owner: defaultdict[str, list[Activity]] = defaultdict(list)
    for activity in m.open_work():
        by_owner[activity.owner or ""].append(activity)
    unowned = by_owner.pop("", [])
    if unowned:
        titles = listed([activity.title for activity in unowned])
        yield Constraint("resources", f"Nobody's time is given to {titles}.", True)
    loads = sorted((-most_at_once(work, m.today), who, len(work)) for who, work in by_owner.items())
    busy = [(-most, who, number) for most, who, number in loads if most < -1]
    if loads and not busy:
        yield Constraint("resources", "Nobody has two open activities at the same time.", False)
    for most, who, number in busy[:MOST]:
        together = "all" if most == number else f"{most} of them"
        sentence = f"{who} has {number} open activities, {together} at the same time."
        yield Constraint("resources", sentence, most > MANY_AT_ONCE)


def _competencies(m: Material) -> Iterator[Constraint]:
    """Roles that the open work takes, and that nobody has, or only one person."""
    needed: defaultdict[str, int] = defaultdict(int)
    for activity in m.open_work():
        role = NEEDS.get(activity.kind or activity.phase)
        if role is not None:
            needed[role] += 1
    for role, number in sorted(needed.items()):
        able = [p.login for p in m.people if role in p.roles and p.client in (None, m.initiative.client)]
        takes = f"{counted(number, 'open activity takes', 'open activities take')} one"
        if not able:
            yield Constraint("competencies", f"No {plain(role)} is known for {m.initiative.client}; {takes}.", True)
        elif len(able) == 1:
            yield Constraint("competencies", f"{able[0]} is the only {plain(role)}; {takes}.", False)


def _deadlines(m: Material) -> Iterator[Constraint]:
    """The next days that were promised to somebody: go-live, waves, targets and benefits."""
    promised: list[tuple[date, str]] = []
    live = m.standing.went_live
    if not live and m.initiative.go_live is not None:
        promised.append((m.initiative.go_live, "Go-live"))
    promised += [(a.go_live, f"{a.name} go live") for a in m.audiences if a.go_live and m.went_live(a) is None]
    promised += [(target.by, _target(target)) for target in m.targets if target.by >= m.today]
    promised += [(b.due, f"Benefit {b.name}") for b in m.benefits if b.due is not None and b.due >= m.today]
    for day, what in sorted(promised)[:MOST]:
        sentence = f"{what}: {day_month(day, m.today)}, {in_days(day, m.today)}."
        yield Constraint("deadlines", sentence, day < m.today)


def _target(target: Target) -> str:
    where = f" in {target.audience}" if target.audience else ""
    return f"{percent(target.target)} {plain(target.metric)}{where}"
