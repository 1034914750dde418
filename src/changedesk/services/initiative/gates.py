"""Working on a checkpoint: ticking items with evidence, and signing for a lane."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.domain.gate_rules import refuse_gate
from changedesk.domain.gates import checklist_digest, gates_of, open_items, refuse_signature, use_so_far
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.people.readiness import refuse_over_gap
from changedesk.domain.records import Gate, Initiative
from changedesk.domain.words import CHECKPOINTS, SIGNING_LANES
from changedesk.domain.working import Benefit
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.lookup import known_initiative, refuse_unknown
from changedesk.services.one_line import one_line
from changedesk.services.people.readiness_gate import not_ready
from changedesk.services.session import Session, authorise
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import gates, initiatives, working


def sign(session: Session, code: str, checkpoint: str, lane: str, waiver: str | None = None) -> str | None:
    """Sign a checkpoint for a lane, on the checklist as it stands; the second signature under Planning fixes the baseline.

    Returns how much use it looks back on, where the days that the checkpoint is named after are not over.
    """
    _refuse_unknown_words(checkpoint, lane)
    waiver = one_line(waiver) or None
    seen = known_initiative(session, code)
    authorise(session, "checkpoint.sign", seen.client, seen.id)
    with session.desk.write(session.actor.id) as transaction:
        # The owners that count are those of this moment, not of the moment before the desk was ours.
        initiative = initiatives.initiative_by_id(transaction.conn, session.scope, seen.id) or seen
        before = current_gates(transaction.conn, session.desk.lifecycle, initiative)
        refused = refuse_signature(initiative, before, checkpoint, lane, session.actor.login)
        if refused:
            raise RuleRefused(refused)
        gate = next(gate for gate in before if gate.name == checkpoint)
        unready = not_ready(transaction.conn, initiative.id, gate, lane, session.today)
        gaps = (
            open_items(gate, lane, named=True),
            lacking(initiative, checkpoint, before, working.benefits(transaction.conn, initiative.id)),
            refuse_over_gap(unready, checkpoint),
        )
        if any(gaps) and not waiver:
            raise RuleRefused("; ".join(gap for gap in gaps if gap), "signing over it takes a waiver")
        digest = checklist_digest(initiative.id, (item for item in gate.items if item.lane == lane))
        signature = gates.write_signature(
            transaction, initiative.id, checkpoint, lane, digest, waiver, session.actor.id, session.recorded_by
        )
        both = gate.signature("people" if lane == "delivery" else "delivery") is not None
        fixed = gates.fix_baseline(transaction, initiative.id) if checkpoint == "planning" and both else None
        transaction.record(
            "checkpoint.signed",
            initiative.id,
            {
                "signature": signature,
                "checkpoint": checkpoint,
                "lane": lane,
                "digest": digest,
                "waiver": waiver,
                "recorded_by": session.recorded_by,
                "baseline_changed": fixed,
                "not_ready": [item.id for item in unready],
            },
        )
    return use_so_far(session.desk.lifecycle.checkpoint(checkpoint), initiative.go_live_actual, session.today)


def lacking(
    initiative: Initiative, checkpoint: str, gates_now: Sequence[Gate], benefits: Sequence[Benefit]
) -> str | None:
    """What the initiative itself must have first; the evidence of the ticked charter item is a reference to the charter."""
    items = (item for gate in gates_now for item in gate.items)
    charter = initiative.charter or next((i.evidence for i in items if i.key == "charter" and i.done_at), None)
    return refuse_gate(checkpoint, initiative.code, charter, benefits, initiative.outcome_owner)


def tick(session: Session, code: str, checkpoint: str, lane: str, item: str, evidence: str | None = None) -> None:
    """Mark an item of a lane's checklist done, with what shows it; a signature given before stops counting."""
    _refuse_unknown_words(checkpoint, lane)
    evidence = one_line(evidence) or None
    initiative = known_initiative(session, code)
    authorise(session, "checklist.tick", initiative.client, initiative.id)
    items = session.desk.lifecycle.checkpoint(checkpoint).items(lane)
    if item not in {known.key for known in items}:
        raise BadInput(f"{checkpoint} has no {lane} item {item}; it has {', '.join(known.key for known in items)}")
    with session.desk.write(session.actor.id) as transaction:
        gates.write_tick(transaction, initiative.id, checkpoint, lane, item, evidence)
        transaction.record(
            "checklist.ticked",
            initiative.id,
            {
                "checkpoint": checkpoint,
                "lane": lane,
                "item": item,
                "evidence": evidence,
                "recorded_by": session.recorded_by,
            },
        )


def current_gates(conn: Connection, lifecycle: Lifecycle, initiative: Initiative) -> tuple[Gate, ...]:
    """The checkpoints as they stand; inside a transaction that is about to change them, on its own connection."""
    return gates_of(
        lifecycle,
        initiative,
        initiatives.activities(conn, initiative.id),
        gates.ticks(conn, initiative.id),
        gates.signatures(conn, initiative.id),
    )


def _refuse_unknown_words(checkpoint: str, lane: str) -> None:
    refuse_unknown("checkpoint", checkpoint, CHECKPOINTS)
    if lane not in SIGNING_LANES:
        raise BadInput(f"the lane {lane} signs no gates; it is one of {', '.join(SIGNING_LANES)}")
