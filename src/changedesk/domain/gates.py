"""The shared checkpoints of one initiative: what each lane has to have done, and whose signatures count.

A signature is bound to the checklist it was given on: it names a digest of the lane's items, and stops counting when an
item changes afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from changedesk.domain.counted import counted
from changedesk.domain.lifecycle import Checkpoint, Lifecycle, due
from changedesk.domain.records import Activity, ChecklistItem, Gate, Initiative, Signature
from changedesk.domain.standing import GateStanding
from changedesk.domain.words import AFTER_GO_LIVE, SIGNING_LANES
from changedesk.values import dataclass

OWNER_OF_LANE = {"delivery": "project_owner", "people": "change_owner"}
"""Who signs for a lane (R67, R68)."""


def not_followed(day: date | None, today: date) -> str:
    """What is said of a gate that this desk does not follow; ``day`` is when it is due."""
    ahead = day is None or day >= today
    return "not followed on this desk yet" if ahead else "passed before this desk followed it"


@dataclass(frozen=True, slots=True)
class Tick:
    """An item of a checklist as it was done; ``done_by`` is a login or name."""

    checkpoint: str
    lane: str
    item: str
    done_at: datetime
    done_by: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature as it was given, on the checklist with that digest."""

    checkpoint: str
    lane: str
    signer: str
    signed_at: datetime
    waiver: str | None
    digest: str


def checklist_digest(initiative_id: str, items: Iterable[ChecklistItem]) -> str:
    """What a signature is bound to: SHA-256 over the initiative and every item of the lane as it stands."""
    content = [
        (item.checkpoint, item.lane, item.key, item.done_at.isoformat() if item.done_at else None, item.evidence)
        for item in items
    ]
    text = json.dumps([initiative_id, content], separators=(",", ":"))
    return hashlib.sha256(b"changedesk checklist 1\n" + text.encode()).hexdigest()


def lane_items(checkpoint: Checkpoint, lane: str, ticks: Iterable[Tick]) -> tuple[ChecklistItem, ...]:
    """The lane's items under a checkpoint, in the order of the lifecycle, with what is done of them."""
    done = {tick.item: tick for tick in ticks if tick.checkpoint == checkpoint.name and tick.lane == lane}
    declared = checkpoint.delivery if lane == "delivery" else checkpoint.people
    return tuple(
        ChecklistItem(
            checkpoint.name,
            lane,
            item.key,
            item.text,
            done[item.key].done_at if item.key in done else None,
            done[item.key].done_by if item.key in done else None,
            done[item.key].evidence if item.key in done else None,
        )
        for item in declared
    )


def gates_of(
    lifecycle: Lifecycle,
    initiative: Initiative,
    activities: Sequence[Activity],
    ticks: Sequence[Tick],
    signatures: Sequence[Signed],
) -> tuple[Gate, ...]:
    """All checkpoints of an initiative, in order.

    An imported initiative brings no signatures with it, because decisions are made on a desk and never loaded into it.
    Its checkpoints are in use from the first one on which this desk worked.
    """
    worked_on = {tick.checkpoint for tick in ticks} | {signed.checkpoint for signed in signatures}
    in_use = not initiative.imported
    gates: list[Gate] = []
    for checkpoint in lifecycle.checkpoints:
        in_use = in_use or checkpoint.name in worked_on
        items = {lane: lane_items(checkpoint, lane, ticks) for lane in SIGNING_LANES}
        digests = {lane: checklist_digest(initiative.id, items[lane]) for lane in SIGNING_LANES}
        gates.append(
            Gate(
                checkpoint.name,
                due(checkpoint, activities, initiative.go_live),
                in_use,
                items["delivery"] + items["people"],
                tuple(
                    Signature(checkpoint.name, s.lane, s.signer, s.signed_at, s.waiver, s.digest == digests[s.lane])
                    for s in signatures
                    if s.checkpoint == checkpoint.name
                ),
            )
        )
    return tuple(gates)


def gate_standing(gate: Gate) -> GateStanding:
    """A checkpoint as the attention rules see it."""
    return GateStanding(
        gate.name,
        gate.due,
        gate.in_use,
        gate.signature("delivery") is not None,
        gate.signature("people") is not None,
        len(gate.missing("delivery")),
        len(gate.missing("people")),
    )


def use_so_far(checkpoint: Checkpoint, went_live: date | None, day: date) -> str | None:
    """How much use a signature of ``day`` looks back on, where the days that the checkpoint is named after are not over.

    ``0 of 90 days of use``. No rule makes anybody wait; it is said where it is signed, and beside the name ever after.
    """
    wanted = checkpoint.days_after_go_live
    if not wanted or went_live is None:
        return None
    passed = max(0, (day - went_live).days)
    return f"{passed} of {counted(wanted, 'day')} of use" if passed < wanted else None


def unfilled(initiative: Initiative, checkpoint: str) -> str:
    """The column of the initiative that is filled in before anybody signs this checkpoint; empty where none is missing."""
    if initiative.cancelled:
        return ""
    wanted: dict[str, object] = {"project_owner": initiative.project_owner, "change_owner": initiative.change_owner}
    if checkpoint in AFTER_GO_LIVE:
        wanted["go_live_actual"] = initiative.go_live_actual
    return next((column for column, value in wanted.items() if not value), "")


def refuse_signature(
    initiative: Initiative, gates: Sequence[Gate], checkpoint: str, lane: str, signer: str
) -> str | None:
    """Why this signature cannot be given even with a waiver, as a sentence; None when it can.

    Two owners are named before the first checkpoint (invariant 15); each lane is signed by its own owner, never both by
    one person (invariant 16, R60). That a new way has lasted nobody can sign before it has begun, whatever the waiver says,
    and of what is cancelled nothing is signed any more.
    """
    if initiative.cancelled:
        return f"{initiative.code} is cancelled; its gates are signed no more"
    missing_owner = [
        plain
        for plain, owner in (("project owner", initiative.project_owner), ("change owner", initiative.change_owner))
        if not owner
    ]
    if missing_owner:
        return f"{initiative.code} has no {' and no '.join(missing_owner)}; both are named before any gate is signed"
    if unfilled(initiative, checkpoint):
        return (
            f"{initiative.code} has not gone live; its days after go-live are signed once “Went live” says when it did"
        )
    gate = next(gate for gate in gates if gate.name == checkpoint)
    owner = initiative.project_owner if lane == "delivery" else initiative.change_owner
    other = "people" if lane == "delivery" else "delivery"
    if signer != owner:
        role = OWNER_OF_LANE[lane].replace("_", " ")
        return f"the {lane} side of {initiative.code} is signed by its {role} {owner}, not by {signer}"
    if gate.signature(lane) is not None:
        return f"the {lane} side of {checkpoint} is signed already"
    other_signature = gate.signature(other)
    if other_signature is not None and other_signature.signer == signer:
        return f"{signer} signed the {other} side; the two signatures come from two people"
    return None


def open_items(gate: Gate, lane: str, *, named: bool = False) -> str | None:
    """How many items of a lane's checklist are open, and which where they are ``named``; None when none is."""
    missing = gate.missing(lane)
    if not missing:
        return None
    of_all = counted(sum(item.lane == lane for item in gate.items), "item")
    names = f" ({'; '.join(item.text for item in missing)})" if named else ""
    return f"{len(missing)} of {of_all} {'is' if len(missing) == 1 else 'are'} open{names}"
