"""Decisions that both sides have to know: acknowledged by each side's owner, then locked."""

from __future__ import annotations

from typing import Final

from changedesk.domain.decisions import SIDES, refuse_ack, refuse_lock
from changedesk.domain.records import Initiative
from changedesk.domain.working import Decision
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.initiative.signing import Signer, owner_of, session_for, signer_of
from changedesk.services.lookup import initiative_in_view, refuse_unknown
from changedesk.services.session import Session, authorise
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import decisions, initiatives, working
from changedesk.values import dataclass

GONE: Final = "this decision is no longer in view"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with what stands before each acknowledgement (delivery, people) and before its lock; None: nothing."""

    decision: Decision
    refused_acks: tuple[str | None, str | None]
    refused_lock: str | None


@dataclass(frozen=True, slots=True)
class DecisionsView:
    """The decisions of an initiative, those to be locked first, and who would acknowledge for each side."""

    code: str
    title: str
    rows: tuple[DecisionRow, ...]
    signers: tuple[Signer, Signer]


def decisions_view(session: Session, initiative_id: str) -> DecisionsView:
    """The decisions of the initiative with that id."""
    authorise(session, "desk.read")
    record = initiative_in_view(session, initiative_id)
    delivery, people_side = (signer_of(session, record, side, "initiative.edit") for side in SIDES)

    def ack_refused(decision: Decision, signer: Signer) -> str | None:
        refused = refuse_ack(decision, signer.lane, signer.login, record.project_owner, record.change_owner)
        return refused or signer.refused

    return DecisionsView(
        record.code,
        record.title,
        tuple(
            DecisionRow(one, (ack_refused(one, delivery), ack_refused(one, people_side)), refuse_lock(one))
            for one in working.decisions(session.desk.reader(), record.id)
        ),
        (delivery, people_side),
    )


def acknowledge(session: Session, decision_id: str, side: str) -> str:
    """Acknowledge a decision for the ``delivery`` or ``people`` side, as that side's owner. Returns who acknowledged."""
    refuse_unknown("side", side, SIDES)
    record = _owner_of_decision(session, decision_id)
    acting = session_for(session, owner_of(record, side))
    authorise(acting, "initiative.edit", record.client, decision_id)
    with acting.desk.write(acting.actor.id) as transaction:
        record = initiatives.initiative_by_id(transaction.conn, acting.scope, record.id) or record
        decision = _decision(transaction, record, decision_id)
        refused = refuse_ack(decision, side, acting.actor.login, record.project_owner, record.change_owner)
        if refused:
            raise RuleRefused(refused)
        decisions.write_acknowledgement(transaction, record.id, decision_id, side)
        transaction.record(
            "decision.acknowledged",
            decision_id,
            {"initiative": record.id, "side": side, "recorded_by": acting.recorded_by},
        )
    return acting.actor.login


def lock(session: Session, decision_id: str) -> None:
    """Lock a decision once every side that it touches has acknowledged it."""
    record = _owner_of_decision(session, decision_id)
    authorise(session, "initiative.edit", record.client, decision_id)
    with session.desk.write(session.actor.id) as transaction:
        refused = refuse_lock(_decision(transaction, record, decision_id))
        if refused:
            raise RuleRefused(refused)
        decisions.write_lock(transaction, record.id, decision_id)
        transaction.record(
            "decision.locked", decision_id, {"initiative": record.id, "recorded_by": session.recorded_by}
        )


def _decision(transaction: Transaction, record: Initiative, decision_id: str) -> Decision:
    found = decisions.decision(transaction.conn, record.id, decision_id)
    if found is None:
        raise BadInput(GONE)
    return found


def _owner_of_decision(session: Session, decision_id: str) -> Initiative:
    initiative_id = decisions.initiative_of(session.desk.reader(), decision_id)
    if initiative_id is None:
        raise BadInput(GONE)
    return initiative_in_view(session, initiative_id)
