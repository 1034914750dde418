"""One checkpoint as a page: both checklists with their evidence, both signatures, and what is missing before each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from changedesk.domain.formality import formality
from changedesk.domain.gate_rules import lacks_outcome_owner
from changedesk.domain.gates import gates_of, open_items, refuse_signature, unfilled, use_so_far
from changedesk.domain.people.readiness import refuse_over_gap
from changedesk.domain.planning.over import refuse_to_close
from changedesk.domain.records import ChecklistItem, Gate, Initiative, Signature
from changedesk.domain.service.handover import HANDED_OVER, how_it_stands
from changedesk.domain.words import SIGNING_LANES
from changedesk.errors import BadInput
from changedesk.services.control.lights import Lights, lights_of, serving
from changedesk.services.initiative.closing import kept_open
from changedesk.services.initiative.gates import lacking
from changedesk.services.initiative.signing import Signer, signer_of
from changedesk.services.lookup import known_initiative
from changedesk.services.people.readiness_gate import not_ready
from changedesk.services.service.handover_tasks import tasks
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import gates as gate_rows
from changedesk.store.initiative import initiatives, lanes, working
from changedesk.store.service import handing_over
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature as it is shown; ``recorded_by`` is who wrote it down for the signer.

    ``early`` is how much use it looked back on, where that was less than its gate asks to look back on.
    """

    signer: str
    day: date
    waiver: str | None
    recorded_by: str | None
    early: str | None


@dataclass(frozen=True, slots=True)
class SidePage:
    """One lane's side: its items, the signature that counts, those that no longer do, and what stands before a new one.

    ``refused`` cannot be waived; ``lacking`` can, by a reason. ``formality`` is the pattern of a signature in a sentence,
    ``closed_over`` the reason for which the lane was closed over what was missing.
    """

    lane: str
    signer: Signer
    items: tuple[ChecklistItem, ...]
    signature: SignatureView | None
    void: tuple[SignatureView, ...]
    formality: str | None
    refused: str | None
    lacking: tuple[str, ...]
    closed_on: date | None
    closed_by: str | None
    closed_over: str | None

    @property
    def open_items(self) -> int:
        """How many of its items are not done."""
        return sum(item.done_at is None for item in self.items)


@dataclass(frozen=True, slots=True)
class GatePage:
    """A checkpoint of an initiative with its number from 1 and how many there are. ``lights`` belong to go-live (R106).

    ``known`` is what the desk itself knows about an item, by the item's key; ``entered`` says of a sentence on what
    is missing in which column of the initiative that is entered, what nobody signs without first; ``early`` what a
    signature of today would look back on, where that is less than its days.
    """

    today: date
    initiative_id: str
    code: str
    title: str
    number: int
    count: int
    name: str
    gate_name: str
    due: date | None
    in_use: bool
    cancelled: bool
    sides: tuple[SidePage, SidePage]
    lights: Lights | None
    known: Mapping[str, str]
    entered: Mapping[str, str]
    early: str | None

    def side(self, lane: str) -> SidePage:
        """The side of a lane."""
        return next(side for side in self.sides if side.lane == lane)


@dataclass(frozen=True, slots=True)
class ClosingView:
    """What stands before the closing of a lane: ``refused`` cannot be waived, ``lacking`` can, by a reason.

    ``is_last`` when the other lane is closed already and the initiative is not: closing both leaves its state as it is.
    """

    signer: Signer
    refused: str | None
    lacking: str | None
    is_last: bool = False


def gate_page(session: Session, code: str, number: int | None = None) -> GatePage:
    """A checkpoint by its number from 1; None is the first one in use that is not signed by both."""
    authorise(session, "desk.read")
    record = known_initiative(session, code)
    lifecycle = session.desk.lifecycle
    with session.desk.snapshot() as conn:
        all_gates = gates_of(
            lifecycle,
            record,
            initiatives.activities(conn, record.id),
            gate_rows.ticks(conn, record.id),
            gate_rows.signatures(conn, record.id),
        )
        recorders = gate_rows.recorders(conn, record.id)
        benefits = working.benefits(conn, record.id)
        closed = lanes.closures(conn, record.id)
        if number is None:
            number = next((n for n, gate in enumerate(all_gates, 1) if gate.in_use and not gate.signed), 1)
        if not 1 <= number <= len(all_gates):
            raise BadInput(f"there is no gate {number}; there are {len(all_gates)}")
        gate = all_gates[number - 1]
        asks_handover = any(item.key == HANDED_OVER for item in gate.items)
        handover = handing_over.handover_of(conn, record, tasks()) if asks_handover else None
        unready = {lane: not_ready(conn, record.id, gate, lane, session.today) for lane in SIGNING_LANES}
    missing = lacking(record, gate.name, all_gates, benefits)
    checkpoint, went_live = lifecycle.checkpoint(gate.name), record.go_live_actual

    def shown(signature: Signature) -> SignatureView:
        recorder = recorders.get((signature.checkpoint, signature.lane, signature.signed_at))
        day = signature.signed_at.astimezone(session.zone).date()
        early = use_so_far(checkpoint, went_live, day)
        return SignatureView(signature.signer, day, signature.waiver, recorder, early)

    def side(lane: str) -> SidePage:
        signer = signer_of(session, record, lane)
        counting, closure = gate.signature(lane), closed.get(lane)
        refused, open_ones = _before_signing(record, all_gates, gate, signer)
        can_lack = refused is None and counting is None
        return SidePage(
            lane,
            signer,
            tuple(_at_the_reader(item, session) for item in gate.items if item.lane == lane),
            shown(counting) if counting else None,
            tuple(shown(one) for one in gate.signatures if one.lane == lane and not one.counts),
            formality(gate, lane),
            refused,
            tuple(said for said in (open_ones, missing, refuse_over_gap(unready[lane], gate.name)) if said)
            if can_lack
            else (),
            closure.day(session.zone) if closure else None,
            closure.by_whom if closure else None,
            closure.waiver if closure else None,
        )

    first, second = (side(lane) for lane in SIGNING_LANES)
    wanted = unfilled(record, gate.name)
    entered = {one.refused: wanted for one in (first, second) if one.refused and wanted}
    if missing and not entered and lacks_outcome_owner(gate.name, record.outcome_owner):
        entered[missing] = "outcome_owner"
    return GatePage(
        session.today,
        record.id,
        record.code,
        record.title,
        number,
        len(all_gates),
        gate.name,
        checkpoint.title,
        gate.due,
        gate.in_use,
        record.cancelled,
        (first, second),
        _lights(session, record, all_gates) if gate.name == "go_live" else None,
        {HANDED_OVER: f"the handover stands so: {how_it_stands(handover)}"} if handover else {},
        entered,
        use_so_far(checkpoint, went_live, session.today),
    )


def _lights(session: Session, record: Initiative, all_gates: Sequence[Gate]) -> Lights:
    with session.desk.snapshot() as conn:
        return lights_of(session, record, all_gates, serving(session, conn, record.id))


def _at_the_reader(item: ChecklistItem, session: Session) -> ChecklistItem:
    """The item with its instant by the reader's own wall clock."""
    return item if item.done_at is None else replace(item, done_at=item.done_at.astimezone(session.zone))


def _before_signing(
    record: Initiative, all_gates: Sequence[Gate], gate: Gate, signer: Signer
) -> tuple[str | None, str | None]:
    """What no waiver helps against, and the items that one does."""
    if gate.signature(signer.lane) is not None:
        return None, None
    if signer.refused and not unfilled(record, gate.name):
        return signer.refused, None
    refused = refuse_signature(record, all_gates, gate.name, signer.lane, signer.login)
    return (refused, None) if refused else (None, open_items(gate, signer.lane))


def closing_view(session: Session, code: str, lane: str) -> ClosingView:
    """What stands before the closing of a lane today."""
    authorise(session, "desk.read")
    record = known_initiative(session, code)
    signer = signer_of(session, record, lane, "lane.close")
    over = refuse_to_close(code, cancelled=record.cancelled)
    if over:
        return ClosingView(signer, over, None)
    with session.desk.snapshot() as conn:
        closed = lanes.closures(conn, record.id)
        lacks = kept_open(session, conn, record, lane)
    if lane in closed:
        return ClosingView(signer, f"the {lane} lane of {record.code} is closed already", None)
    is_last = record.state != "closed" and all(other in closed for other in SIGNING_LANES if other != lane)
    return ClosingView(signer, signer.refused, lacks, is_last=is_last)
