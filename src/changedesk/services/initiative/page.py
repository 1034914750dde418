"""One initiative with its lanes side by side: what stands on the Initiative screen and in ``show``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.attention import all_findings, attention
from changedesk.domain.control.serving import Serving
from changedesk.domain.lag import lag_of, lag_sentence
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.people.readiness import Readiness, readiness_of
from changedesk.domain.records import ChecklistItem, Gate
from changedesk.domain.standing import ReadinessStanding
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.reach import Reached, reach
from changedesk.services.control.approvals.news import news
from changedesk.services.control.lights import Lights, lights_of, serving
from changedesk.services.initiative.facts import FactColumn
from changedesk.services.initiative.lanes import LaneView, lane_views
from changedesk.services.initiative.measures import Measures, measured
from changedesk.services.lookup import known_initiative
from changedesk.services.portfolio.page import Finding
from changedesk.services.service.running_side import with_running
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.initiative import initiatives, lanes
from changedesk.store.initiative.material import material_of
from changedesk.values import dataclass

_SHORT_GATES = {
    "initiation": "Start",
    "planning": "Plan",
    "execution": "Exec",
    "go_live": "Live",
    "sustain_30": "30 d",
    "sustain_90": "90 d",
}


@dataclass(frozen=True, slots=True)
class WaveView:
    """An audience that goes live on a day of its own."""

    audience: str
    day: date


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of a checklist."""

    key: str
    text: str
    done: bool
    evidence: str | None


@dataclass(frozen=True, slots=True)
class SideView:
    """One lane's side of a checkpoint; ``state`` is signed, unsigned, late or not_due."""

    lane: str
    state: str
    signer: str | None
    signed_on: date | None
    waiver: str | None
    void: bool
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class GateView:
    """A checkpoint with both its sides."""

    number: int
    name: str
    title: str
    short: str
    due: date | None
    in_use: bool
    delivery: SideView
    people: SideView


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """Everything on the Initiative screen."""

    today: date
    initiative_id: str
    code: str
    title: str
    client: str
    client_name: str
    state: str
    level: str
    findings: tuple[Finding, ...]
    go_live: date | None
    went_live: bool
    lag: int | None
    lag_sentence: str
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None
    headcount: int
    lanes: tuple[LaneView, ...]
    waves: tuple[WaveView, ...]
    gates: tuple[GateView, ...]
    current_gate: int
    columns: tuple[FactColumn, FactColumn]
    changes: tuple[Serving, ...]
    lights: Lights
    measures: Measures
    trend: tuple[float, ...]
    readiness: ReadinessStanding | None
    groups_ready: Readiness
    reach: tuple[Reached, ...]
    activities: int
    observations: int
    thresholds: Thresholds

    @property
    def cancelled(self) -> bool:
        """Nothing more is to come of it."""
        return self.state == "cancelled"


def initiative(session: Session, code: str) -> InitiativeView:
    """The initiative with that code, as it stands today."""
    authorise(session, "desk.read")
    known = known_initiative(session, code)
    today, thresholds = session.today, session.thresholds
    lifecycle = session.desk.lifecycle
    with session.desk.snapshot() as conn:
        material = with_running(session, conn, material_of(conn, lifecycle, session.scope, known, today))
        observation_count = initiatives.observation_count(conn, known.id)
        names = clients.client_names(conn, session.scope)
        closed = {lane: (one.day(session.zone), one.closed_by) for lane, one in lanes.closures(conn, known.id).items()}
        changes = serving(session, conn, known.id)
        told = news(session, conn, known.client).about(known.id)
    record, standing, gates, activities = material.initiative, material.standing, material.gates, material.activities
    found = attention(standing, today, thresholds, told)
    lights = lights_of(session, record, gates, changes)
    measures = measured(material, changes, lights)
    lag = lag_of(standing, today)
    gate_views = tuple(_gate(n, gate, lifecycle, today, standing.cancelled) for n, gate in enumerate(gates, start=1))
    return InitiativeView(
        today=today,
        initiative_id=record.id,
        code=record.code,
        title=record.title,
        client=record.client,
        client_name=names.get(record.client, record.client),
        state=record.effective_state,
        level=found.level,
        findings=tuple(Finding(f.level, f.reason) for f in all_findings(standing, today, thresholds, told)),
        go_live=record.go_live,
        went_live=record.go_live_actual is not None,
        lag=lag,
        lag_sentence="cancelled" if standing.cancelled else lag_sentence(lag, standing.people, standing.delivery),
        project_owner=record.project_owner,
        change_owner=record.change_owner,
        sponsor=record.sponsor,
        headcount=standing.headcount,
        lanes=lane_views(lifecycle, activities, standing, closed, today),
        waves=tuple(
            WaveView(a.name, a.go_live) for a in material.audiences if a.go_live and a.go_live != record.go_live
        ),
        gates=gate_views,
        current_gate=next(
            (n for n, gate in enumerate(gates) if gate.in_use and not gate.signed), _first_to_come(gates, today)
        ),
        columns=measures.columns,
        changes=changes,
        lights=lights,
        measures=measures,
        trend=tuple(value / 100 for value in standing.adoption.trend),
        readiness=standing.readiness,
        groups_ready=readiness_of(material.audiences, material.readiness),
        reach=reach(material),
        activities=len(activities),
        observations=observation_count,
        thresholds=thresholds,
    )


def _first_to_come(gates: Sequence[Gate], today: date) -> int:
    """The checkpoint to look at first when none is in use: the next one that falls due."""
    return next((n for n, gate in enumerate(gates) if gate.due is not None and gate.due >= today), len(gates) - 1)


def _gate(number: int, gate: Gate, lifecycle: Lifecycle, today: date, cancelled: bool) -> GateView:
    return GateView(
        number,
        gate.name,
        lifecycle.checkpoint(gate.name).title,
        _SHORT_GATES[gate.name],
        gate.due,
        gate.in_use,
        _side(gate, "delivery", today, cancelled),
        _side(gate, "people", today, cancelled),
    )


def _side(gate: Gate, lane: str, today: date, cancelled: bool) -> SideView:
    signature = gate.signature(lane)
    void = signature is None and any(s.lane == lane for s in gate.signatures)
    if signature is not None:
        state = "signed"
    elif cancelled:
        state = "not_due"
    elif gate.in_use and gate.due is not None and gate.due < today:
        state = "late"
    elif gate.due is None or gate.due > today:
        state = "not_due"
    else:
        state = "unsigned"
    return SideView(
        lane,
        state,
        signature.signer if signature else None,
        signature.signed_at.date() if signature else None,
        signature.waiver if signature else None,
        void,
        tuple(_item(item) for item in gate.items if item.lane == lane),
    )


def _item(item: ChecklistItem) -> ItemView:
    return ItemView(item.key, item.text, item.done_at is not None, item.evidence)
