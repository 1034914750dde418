"""What would come of it, before it is done: a new initiative, its clones, a new baseline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.counted import counted
from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.planning.playbook_plan import PlannedActivity
from changedesk.domain.words import LANES, PHASES, plain
from changedesk.services.initiative import playbooks
from changedesk.services.initiative.cloning import ProfileRow, compare_clients
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import initiatives, making
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase of a lane as it would be planned: its first and last day, and how many activities it has."""

    lane: str
    phase: str
    begins: date
    ends: date
    activities: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An initiative as it would be made, with a code that is free, its phases, and what should be said about it."""

    playbook: str
    client: str
    go_live: date
    code: str
    title: str
    phases: tuple[PhasePlan, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CloneProposal:
    """What the clients of a clone ask for; ``columns`` are the clients of the rows, the one it comes from first."""

    clients: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[ProfileRow, ...]
    go_live: date | None
    asked_go_live: date | None


@dataclass(frozen=True, slots=True)
class BaselineChange:
    """An activity whose baseline would become its plan: the old end (None: it has none yet) and the new one.

    ``other`` is what else differs where the ends are the same: start or weight.
    """

    title: str
    lane: str
    old_end: date | None
    new_end: date
    other: str


def proposal(session: Session, playbook: str, client: str, go_live: date) -> Proposal:
    """What a playbook would become for a client's go-live; nothing is written."""
    authorise(session, "initiative.create", client)
    loaded = playbooks.show_playbook(session, playbook)
    plan = playbooks.preview(session, playbook, client, go_live)
    said = [
        f"{counted(len(plan.activities), 'activity', 'activities')}, {counted(len(plan.audiences), 'audience')}, "
        f"{counted(len(plan.targets), 'target')}, {counted(len(plan.risks), 'risk')}, "
        f"{counted(len(plan.readiness), 'readiness item')}",
        *plan.warnings,
    ]
    code = making.free_code(session.desk.reader(), loaded.code, NAME_LENGTH)
    return Proposal(playbook, client, go_live, code, loaded.title, _phases(plan.activities), tuple(said))


def code_is_taken(session: Session, code: str) -> bool:
    """Whether an initiative of the desk has that code already."""
    return making.code_is_taken(session.desk.reader(), code)


def clone_proposal(session: Session, code: str, clients: Sequence[str], go_live: date | None) -> CloneProposal:
    """What each client's profile demands, beside the one that the initiative was planned for."""
    source = known_initiative(session, code)
    for client in clients:
        authorise(session, "initiative.create", client, source.id)
    columns = (source.client, *(client for client in clients if client != source.client))
    return CloneProposal(tuple(clients), columns, compare_clients(session, columns), source.go_live, go_live)


def baseline_changes(session: Session, code: str) -> tuple[BaselineChange, ...]:
    """What a new baseline would change, the work that moved furthest first; nothing is written."""
    record = known_initiative(session, code)
    changed = [
        BaselineChange(
            one.title,
            one.lane,
            one.baseline_end,
            one.planned_end,
            "weight" if one.baseline_start == one.planned_start else "start",
        )
        for one in initiatives.activities(session.desk.reader(), record.id)
        if (one.baseline_start, one.baseline_end, one.baseline_weight)
        != (one.planned_start, one.planned_end, 1 if one.weight is None else one.weight)
    ]
    return tuple(sorted(changed, key=_moved_by, reverse=True))


def _moved_by(change: BaselineChange) -> int:
    return (change.new_end - change.old_end).days if change.old_end else 0


def _phases(activities: Sequence[PlannedActivity]) -> tuple[PhasePlan, ...]:
    found = []
    for lane in LANES:
        for phase in PHASES[lane]:
            own = [one for one in activities if (one.lane, one.phase) == (lane, phase)]
            if own:
                begins = min(one.start or one.end for one in own)
                found.append(PhasePlan(lane, plain(phase), begins, max(one.end for one in own), len(own)))
    return tuple(found)
