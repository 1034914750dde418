"""A change with all that its guards look at, read from one state of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.control.policy import Policy, roles_of, steps_of
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.situation import GoLiveLight, Situation
from changedesk.domain.control.windows import Conflict, Placed, Span, conflicts_of, hard_freezes
from changedesk.domain.saying import day_time
from changedesk.errors import BadInput
from changedesk.interchange.recurrence import occurrences
from changedesk.services.control.calendar.people_load import people_load
from changedesk.services.initiative.gates import current_gates
from changedesk.services.session import Session
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import afterwards, calendar, decisions, requests, templates
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives
from changedesk.store.scope import Scope

AHEAD: Final = timedelta(days=14)
"""So far ahead the next maintenance window is looked for."""


def find(session: Session, number: str, conn: Connection | None = None) -> ChangeRequest:
    """The change with that number in the actor's view; a number that two clients use is written ``client/number``."""
    found = requests.by_number(conn or session.desk.reader(), session.scope, number)
    if not found:
        raise BadInput(f"there is no change {number} in view", "changedesk change list shows them")
    if len(found) > 1:
        names = " or ".join(f"{one.client}/{one.number}" for one in found)
        raise BadInput(f"{number} is a change of more than one client", f"write {names}")
    return found[0]


def change_in_view(session: Session, change_id: str) -> ChangeRequest:
    """The change with that id in the actor's view."""
    found = requests.by_id(session.desk.reader(), session.scope, change_id)
    if found is None:
        raise BadInput("this change is no longer in view")
    return found


def again(session: Session, conn: Connection, change: ChangeRequest) -> ChangeRequest:
    """The same change as it is now."""
    found = requests.by_id(conn, session.scope, change.id)
    if found is None:
        raise BadInput(f"the change {change.number} is no longer in view")
    return found


def spans(
    conn: Connection, scope: Scope, since: datetime, until: datetime, kinds: Iterable[str] | None = None
) -> tuple[Span, ...]:
    """The windows in view laid out on a stretch of time, by start."""
    laid = []
    for window in calendar.windows(conn, scope, since, until, kinds):
        zone = zone_named(window.timezone)
        for start, end in occurrences(window.start, window.end, window.rrule, zone, since, until):
            laid.append(Span(window.id, window.kind, window.client, window.service, window.title, start, end))
    return tuple(sorted(laid, key=lambda span: (span.start, span.title, span.window)))


def policy_of(conn: Connection, change: ChangeRequest) -> Policy:
    """The policy that holds for a change: the one that it was submitted under, until then the client's newest."""
    kept = decisions.policy_by_id(conn, change.policy)
    return kept or decisions.current_policy(conn, change.client)[2]


def situation(session: Session, conn: Connection, change: ChangeRequest) -> Situation:
    """Everything that the guards of a change look at, now."""
    content, now, scope = change.content, session.now, Scope(frozenset({change.client}))
    policy = policy_of(conn, change)
    panel = change.panel or decisions.holders(conn, change.client, roles_of(policy))
    around = spans(conn, scope, content.planned_start, max(content.planned_end, content.planned_start + AHEAD))
    freezes = hard_freezes(around, change.client, content.services, content.planned_start, content.planned_end)
    moment = timedelta(seconds=1)
    here = spans(conn, scope, now, now + moment)
    freezes_now = hard_freezes(here, change.client, content.services, now, now + moment)
    kept = templates.template(conn, change.client, content.template) if content.template else None
    return Situation(
        change=change,
        now=now,
        steps=steps_of(policy, content, panel, in_freeze=bool(freezes)),
        votes=decisions.votes(conn, change),
        conflicts=_conflicts(conn, change, around),
        freezes=tuple(freezes),
        freezes_now=tuple(freezes_now),
        template=kept,
        evidence=afterwards.evidence_count(conn, change.id),
        review=afterwards.review(conn, change.id),
        light=_light(session, conn, change),
        lead_hours=policy.lead_hours,
        review_sample=policy.review_sample,
        zone=zone_named(clients.timezone(conn, change.client, None)),
    )


def placed_of(change: ChangeRequest) -> Placed:
    """A change as others can run into it."""
    content = change.content
    return Placed(
        change.id,
        change.number,
        change.client,
        content.title,
        content.services,
        content.implementer,
        content.planned_start,
        content.planned_end,
        change.state,
        content.initiative,
    )


def _conflicts(conn: Connection, change: ChangeRequest, around: Sequence[Span]) -> tuple[Conflict, ...]:
    # Whoever votes on what was begun on somebody's word reads what it ran into, also when it is done.
    judged = change.acted_first and change.state == "review"
    if not judged and change.state not in ("draft", "assessing", "authorizing", "scheduled", "implementing"):
        return ()
    content = change.content
    others = list(calendar.placed(conn, Scope(None), content.planned_start, content.planned_end))
    seen = decisions.acknowledged(conn, change)
    zone = zone_named(clients.timezone(conn, change.client, None))
    days = [moment.astimezone(zone).date() for moment in (content.planned_start, content.planned_end)]
    weeks = people_load(conn, Scope(frozenset({change.client})), days[0], days[1]) if content.initiative else ()

    def said(moment: datetime) -> str:
        return day_time(moment, zone, content.planned_start)

    return tuple(
        replace(conflict, acknowledged_by=seen[conflict.key][0], reason=seen[conflict.key][1])
        if conflict.key in seen
        else conflict
        for conflict in conflicts_of(placed_of(change), around, others, weeks, said)
    )


def _light(session: Session, conn: Connection, change: ChangeRequest) -> GoLiveLight | None:
    """The go-live checkpoint, when the milestone that the change serves is the go-live of its initiative (R106)."""
    code, title = change.content.initiative, change.content.milestone
    if code is None or title is None:
        return None
    initiative = initiatives.initiative_by_code(conn, Scope(None), code)
    if initiative is None:
        return None
    activity = next((one for one in initiatives.activities(conn, initiative.id) if one.title == title), None)
    if activity is None or not (activity.kind == "cutover" or activity.planned_end == initiative.go_live):
        return None
    gate = next(gate for gate in current_gates(conn, session.desk.lifecycle, initiative) if gate.name == "go_live")
    signed = gate.state_by_lane
    return GoLiveLight(code, signed["delivery"], signed["people"])
