"""Handing an initiative over to operations: its checklist with evidence, sending items back, and taking over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from changedesk.domain.gates import use_so_far
from changedesk.domain.records import Gate, Initiative
from changedesk.domain.roles import refusal
from changedesk.domain.saying import in_days
from changedesk.domain.service.handover import (
    Beside,
    Handover,
    HandoverItem,
    before_use,
    digest,
    duration,
    effort,
    formality,
    look_again,
    refuse_acceptance,
)
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.initiative.signing import session_for
from changedesk.services.lookup import initiative_in_view, known_initiative
from changedesk.services.one_line import one_line
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import initiatives, lanes
from changedesk.store.initiative.material import material_of
from changedesk.store.service import handing_over, running
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class LookAgain:
    """The look back at the success of a project (R140): when, whether somebody has looked, and what there is to see."""

    due: date | None
    looked: bool
    overdue: bool
    outcome_owner: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The handover of an initiative: its checklist, plan and actual, who takes over, and what stands before it (None: nothing).

    ``recorded_by`` is whoever records the acceptance for the service owner at this keyboard; ``barred`` says why the one who
    would take over may not, whatever the checklist says; ``early`` what is said of taking over what has not gone live.
    """

    today: date
    initiative_id: str
    code: str
    title: str
    client: str
    handover: Handover
    duration: Beside
    effort: Beside
    formality: str | None
    refused: str | None
    barred: str | None
    recorded_by: str | None
    early: str | None
    again: LookAgain

    @property
    def share(self) -> float:
        """How much of the checklist is done, 0 to 1."""
        return self.handover.done / len(self.handover.items)


def handover_view(session: Session, initiative_id: str) -> HandoverView:
    """The handover of the initiative with that id."""
    authorise(session, "desk.read")
    initiative = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        material = material_of(conn, session.desk.lifecycle, session.scope, initiative, session.today)
        found = _at_the_reader(handing_over.handover_of(conn, material.initiative, tasks()), session)
        closed = lanes.closures(conn, initiative.id).get("delivery")
    acting, recorded = _taker(session, found)
    closed_on = closed.day(session.zone) if closed else None
    if isinstance(acting, str):
        barred: str | None = acting
        refused = barred
    else:
        barred = refusal(acting.actor, "handover.accept", initiative.client)
        if barred and acting is not session:
            barred = f"the owner {barred}"
        refused = refuse_acceptance(found, acting.actor.login) or barred
    return HandoverView(
        today=session.today,
        initiative_id=initiative.id,
        code=initiative.code,
        title=initiative.title,
        client=initiative.client,
        handover=found,
        duration=duration(found, session.today),
        effort=effort(found),
        formality=formality(found.items),
        refused=refused,
        barred=barred,
        recorded_by=recorded,
        early=_early(material.initiative, found, session.today),
        again=_again(session, material.initiative, closed_on, material.gates),
    )


def _at_the_reader(found: Handover, session: Session) -> Handover:
    """The handover with its instants by the reader's own wall clock: their days are the reader's days."""

    def local(at: datetime | None) -> datetime | None:
        return at and at.astimezone(session.zone)

    items = (replace(item, done_at=local(item.done_at), rejected_at=local(item.rejected_at)) for item in found.items)
    return replace(found, accepted_at=local(found.accepted_at), items=tuple(items))


def _early(initiative: Initiative, found: Handover, today: date) -> str | None:
    """What is said of taking over before the go-live; None once it is live, over or taken over.

    A file may say that it is live, or closed, and not since when.
    """
    if initiative.effective_state not in ("draft", "active") or found.accepted_at is not None:
        return None
    return before_use(initiative.code, initiative.go_live, today)


def _taker(session: Session, found: Handover) -> tuple[Session | str, str | None]:
    """The session in which the service owner takes over, or why nobody can here; and who records it."""
    try:
        acting = session_for(session, found.service_owner)
    except RuleRefused as error:
        return error.sentence, None
    return acting, None if acting is session else session.actor.login


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """The handover of one initiative in a list; ``share`` is 0 to 1."""

    initiative_id: str
    code: str
    title: str
    client: str
    service: str | None
    share: float
    rejected: int
    accepted_on: date | None
    planned_end: date | None
    late: bool


def handovers(session: Session, client: str | None = None) -> tuple[HandoverRow, ...]:
    """Every handover in view that has begun, is planned or belongs to a service; those not accepted first, by day."""
    authorise(session, "desk.read")
    scope = session.scope.narrowed(client)
    today = session.today
    with session.desk.snapshot() as conn:
        standings = handing_over.standings(conn, scope)
        known = [one for one in initiatives.in_view(conn, scope) if one.id in standings and not one.cancelled]
    rows = []
    for initiative in known:
        found = standings[initiative.id]
        accepted = found.accepted_at.astimezone(session.zone).date() if found.accepted_at else None
        rows.append(
            HandoverRow(
                initiative.id,
                initiative.code,
                initiative.title,
                initiative.client,
                initiative.service,
                found.there / len(tasks()),
                found.sent_back,
                accepted,
                found.planned_end,
                accepted is None and found.planned_end is not None and found.planned_end < today,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.accepted_on is not None, row.planned_end or date.max, row.code)))


def tick(session: Session, code: str, item: str, evidence: str) -> None:
    """Mark an item done, with what shows it; what was sent back is answered by it."""
    initiative = known_initiative(session, code)
    authorise(session, "handover.tick", initiative.client, initiative.id)
    shown = one_line(evidence)
    if not shown:
        raise BadInput("every item of a handover takes evidence, which shows that it is done", "say it with --evidence")
    with session.desk.write(session.actor.id) as transaction:
        now = handing_over.handover_of(transaction.conn, initiative, tasks())
        _item(now, item)
        _refuse_accepted(now)
        handing_over.write_item(transaction, initiative.id, item, shown, session.today)
        transaction.record(
            "handover.ticked",
            initiative.id,
            {"item": item, "evidence": shown, "recorded_by": session.recorded_by},
        )


def send_back(session: Session, code: str, item: str, reason: str) -> str:
    """Send an item back with the reason, as the owner of the service; returns who did."""
    initiative = known_initiative(session, code)
    why = one_line(reason)
    if not why:
        raise BadInput("to send an item back takes a reason", "say it with --reason")
    found = handing_over.handover_of(session.desk.reader(), initiative, tasks())
    acting = session_for(session, found.service_owner)
    authorise(acting, "handover.accept", initiative.client, initiative.id)
    if acting.actor.login != found.service_owner:
        raise RuleRefused(
            f"items are sent back by the owner of the service, {found.service_owner or 'who is not named'}"
        )
    with acting.desk.write(acting.actor.id) as transaction:
        now = handing_over.handover_of(transaction.conn, initiative, tasks())
        _refuse_accepted(now)
        if _item(now, item).state != "done":
            raise RuleRefused("this item is not done; there is nothing to send back")
        handing_over.write_rejection(transaction, initiative.id, item, why)
        transaction.record(
            "handover.sent_back", initiative.id, {"item": item, "reason": why, "recorded_by": acting.recorded_by}
        )
    return acting.actor.login


def accept(session: Session, code: str) -> str:
    """Take the service over, as its owner; returns who did. The service is in operation from then on."""
    initiative = known_initiative(session, code)
    found = handing_over.handover_of(session.desk.reader(), initiative, tasks())
    acting = session_for(session, found.service_owner)
    authorise(acting, "handover.accept", initiative.client, initiative.id)
    with acting.desk.write(acting.actor.id) as transaction:
        seen = initiatives.initiative_by_id(transaction.conn, acting.scope, initiative.id) or initiative
        now = handing_over.handover_of(transaction.conn, seen, tasks())
        refused = refuse_acceptance(now, acting.actor.login)
        if refused:
            raise RuleRefused(refused)
        sealed = digest(initiative.id, now.items)
        handing_over.write_acceptance(transaction, initiative.id, sealed, acting.recorded_by, session.today)
        running.write_operation(transaction, initiative.id)
        transaction.record("handover.accepted", initiative.id, {"digest": sealed, "recorded_by": acting.recorded_by})
    return acting.actor.login


def _again(session: Session, initiative: Initiative, closed_on: date | None, gates: Sequence[Gate]) -> LookAgain:
    """The 90-day checkpoint is the look back: both sides sign it on what they see then."""
    due = look_again(closed_on, initiative.go_live_actual)
    gate = next(gate for gate in gates if gate.name == "sustain_90")
    looked, today = gate.signed, session.today
    if due is None:
        said = "looked at again 90 days after it is closed"
    elif looked:
        last = max(one.signed_at.astimezone(session.zone).date() for one in gate.signatures if one.counts)
        early = use_so_far(session.desk.lifecycle.checkpoint(gate.name), initiative.go_live_actual, last)
        said = f"looked at again{f' after {early}' if early else ''}, and signed by both sides"
    else:
        said = f"to be looked at again {in_days(due, today)}"
    return LookAgain(due, looked, due is not None and due < today and not looked, initiative.outcome_owner, said)


def _item(found: Handover, item: str) -> HandoverItem:
    known = next((one for one in found.items if one.key == item), None)
    if known is None:
        raise BadInput(f"a handover has no item {item}; it has {', '.join(one.key for one in found.items)}")
    return known


def _refuse_accepted(found: Handover) -> None:
    if found.accepted_at is not None:
        raise RuleRefused(f"{found.service} was taken over already; what it rests on stays as it was")
