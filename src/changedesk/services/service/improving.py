"""Deciding on improvements of a service, and turning one into an initiative that carries its evidence."""

from __future__ import annotations

from datetime import date

from changedesk.domain.kinds.kind import NAME_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.planning.playbook_plan import PlannedInitiative, staffed
from changedesk.domain.service.improvements import (
    refuse_approval,
    refuse_implementation,
    refuse_initiation,
    refuse_rejection,
)
from changedesk.domain.service.running import Improvement, Service
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.initiative import playbooks
from changedesk.services.initiative.staffing import HEADS, staff
from changedesk.services.lookup import known_initiative
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.services.zones import latest_day
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import making
from changedesk.store.service import running
from changedesk.store.trail import audit
from changedesk.values import dataclass

GONE = "this improvement is no longer in view"


def improvement_id(session: Session, client: str, service: str, limitation: str) -> str:
    """The improvement of a client's service by the limitation that it answers."""
    authorise(session, "desk.read")
    conn = session.desk.reader()
    known = running.service_by_name(conn, session.scope, client, service)
    if known is None:
        raise BadInput(f"there is no service {service} of {client} in view", "changedesk services lists them")
    found = [one.id for one in running.improvements(conn, [known.id])[known.id] if one.title == limitation]
    if not found:
        raise BadInput(f"{service} has no improvement {clean(limitation, 60)}")
    return found[0]


def approve(session: Session, improvement_id: str) -> None:
    """Approve an improvement that a signal speaks for."""
    service = _service_of(session, improvement_id)
    authorise(session, "service.decide", service.client, improvement_id)
    with session.desk.write(session.actor.id) as transaction:
        _refuse(refuse_approval(_now(transaction, improvement_id)))
        _decide(session, transaction, improvement_id, "approved")


def reject(session: Session, improvement_id: str, reason: str) -> None:
    """Reject an improvement, with the reason."""
    service = _service_of(session, improvement_id)
    authorise(session, "service.decide", service.client, improvement_id)
    why = one_line(reason)
    with session.desk.write(session.actor.id) as transaction:
        _refuse(refuse_rejection(_now(transaction, improvement_id), why))
        _decide(session, transaction, improvement_id, "rejected", reason=why)


def implement(session: Session, improvement_id: str, evidence: str, on: date | None = None) -> None:
    """Call an improvement implemented, with what shows it; today when no day is said."""
    service = _service_of(session, improvement_id)
    authorise(session, "service.decide", service.client, improvement_id)
    shown, day = one_line(evidence), on or session.today
    if day > latest_day(session, service.client):
        raise BadInput(f"{day} is in the future; what is implemented has been")
    with session.desk.write(session.actor.id) as transaction:
        _refuse(refuse_implementation(_now(transaction, improvement_id), shown))
        _decide(session, transaction, improvement_id, "implemented", evidence=shown, implemented_on=day)


@dataclass(frozen=True, slots=True)
class Began:
    """The initiative that an improvement was turned into, with what is still unknown of it."""

    code: str
    initiative_id: str
    warnings: tuple[str, ...]


def initiate(
    session: Session,
    improvement_id: str,
    *,
    code: str | None = None,
    playbook: str | None = None,
    go_live: date | None = None,
    reason: str | None = None,
) -> Began:
    """Turn an approved improvement into an initiative of the service's client, in one transaction.

    With a ``playbook`` and a ``go_live`` it begins with that plan, else empty. An incidental one takes a reason. The
    initiative knows the improvement that it came from, and so the signals that speak for it.
    """
    service = _service_of(session, improvement_id)
    authorise(session, "service.decide", service.client, improvement_id)
    authorise(session, "initiative.create", service.client, improvement_id)
    if (playbook is None) != (go_live is None):
        raise BadInput("a playbook needs a day of go-live, and a day of go-live a playbook")
    why = one_line(reason) or None
    if playbook is not None and go_live is not None:
        plan = playbooks.preview(session, playbook, service.client, go_live)
    else:
        plan = PlannedInitiative(None, (), (), ())
    by_role = staff(session, service.client, {a.owner for a in plan.activities if a.owner} | {*HEADS}, {})
    with session.desk.write(session.actor.id) as transaction:
        improvement = _now(transaction, improvement_id)
        _refuse(refuse_initiation(improvement, session.today, why))
        wanted = one_line(code, NAME_LENGTH, "code")
        if wanted and making.code_is_taken(transaction.conn, wanted):
            raise BadInput(f"the code {wanted} is taken", "leave it out to get a free one")
        head = making.Head(
            playbooks.known_client(session, service.client).id,
            wanted or making.free_code(transaction.conn, _usual_code(service), NAME_LENGTH),
            improvement.title,
            by_role.get("project_owner"),
            by_role.get("change_owner"),
            by_role.get("sponsor"),
        )
        origin = {"improvement": improvement_id, "signals": len(improvement.signals)}
        made = playbooks.write(session, transaction, head, staffed(plan, by_role), origin)
        running.write_origin(transaction, made, improvement_id, service.id)
        _decide(session, transaction, improvement_id, "initiated", reason=why, initiative_id=made)
    return Began(head.code, made, (*plan.warnings, *playbooks.unknowns(plan, by_role, head)))


def answer_with(session: Session, improvement_id: str, code: str) -> None:
    """An approved improvement is answered by an initiative that there is already, of the same client.

    The initiative knows from then on where it came from, and which service it changes.
    """
    service = _service_of(session, improvement_id)
    authorise(session, "service.decide", service.client, improvement_id)
    initiative = known_initiative(session, code)
    if initiative.client != service.client:
        raise RuleRefused(f"{code} is an initiative of another client than {service.name}")
    if initiative.origin is not None:
        raise RuleRefused(f"{code} came from another improvement already")
    with session.desk.write(session.actor.id) as transaction:
        improvement = _now(transaction, improvement_id)
        if improvement.state != "approved":
            raise RuleRefused(
                f"{improvement.title} is {improvement.state}; only what is approved becomes an initiative"
            )
        running.write_origin(transaction, initiative.id, improvement_id, service.id)
        _decide(session, transaction, improvement_id, "initiated", initiative_id=initiative.id)


def remove_service(session: Session, service_id: str) -> None:
    """Remove a service that nothing is linked to; services outlive initiatives (R110)."""
    service = running.service_by_id(session.desk.reader(), session.scope, service_id)
    if service is None:
        raise BadInput("this service is no longer in view")
    authorise(session, "service.edit", service.client, service_id)
    with session.desk.write(session.actor.id) as transaction:
        hanging = running.write_removal(transaction, service_id)
        if hanging:
            what = f"{'an' if hanging[0] in 'aeiou' else 'a'} {hanging.replace('_', ' ')}"
            raise RuleRefused(f"{service.name} cannot be removed: there is {what} of it", "retire it instead")
        transaction.record(
            "service.removed",
            service_id,
            {"client": service.client, "service": service.name, "recorded_by": session.recorded_by},
        )


def _service_of(session: Session, improvement_id: str) -> Service:
    conn = session.desk.reader()
    found = running.improvement(conn, improvement_id)
    service = running.service_by_id(conn, session.scope, found.service_id) if found else None
    if service is None:
        raise BadInput(GONE)
    return service


def _now(transaction: Transaction, improvement_id: str) -> Improvement:
    found = running.improvement(transaction.conn, improvement_id)
    if found is None:
        raise BadInput(GONE)
    return found


def _decide(
    session: Session,
    transaction: Transaction,
    improvement_id: str,
    state: str,
    *,
    reason: str | None = None,
    evidence: str | None = None,
    implemented_on: date | None = None,
    initiative_id: str | None = None,
) -> audit.AuditEvent:
    running.write_decision(
        transaction,
        improvement_id,
        state,
        reason=reason,
        evidence=evidence,
        implemented_on=implemented_on,
        initiative_id=initiative_id,
    )
    return transaction.record(
        f"improvement.{state}",
        improvement_id,
        {
            "reason": reason,
            "evidence": evidence,
            "implemented_on": implemented_on,
            "initiative": initiative_id,
            "recorded_by": session.recorded_by,
        },
    )


def _refuse(sentence: str | None) -> None:
    if sentence:
        raise RuleRefused(sentence)


def _usual_code(service: Service) -> str:
    """A short name from the service's own: its first letters or its first word."""
    words = ["".join(filter(str.isalnum, word)) for word in service.name.split()]
    letters = "".join(word[0] for word in words if word) if len(words) > 1 else (words[0][:6] if words else "")
    return (letters or "IMPROVE").upper()
