"""Services as they run: the list with what needs somebody, and one service with its figures, agreements and improvements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from changedesk.domain.improvements import (
    LoopPosition,
    Recurrence,
    Register,
    loop_position,
    recurrence,
    refuse_approval,
    refuse_implementation,
    refuse_initiation,
    refuse_rejection,
    register,
)
from changedesk.domain.service import Agreement, Improvement, Service, ServicePeriod, Signal
from changedesk.domain.service_kpis import (
    BetweenFailures,
    Spread,
    TotalCost,
    mtbsi,
    reduction,
    repeat_ratio,
    spread,
)
from changedesk.domain.service_window import Kept, WindowFigures, judged, rolling, window
from changedesk.domain.words import AGREEMENT_KINDS, METRIC_NAMES
from changedesk.errors import BadInput
from changedesk.services.running_side import cost_of
from changedesk.services.session import Session, authorise
from changedesk.store import clients, running, tickets
from changedesk.values import dataclass

INCIDENT_DAYS = 180
"""Over so many days the incidents of a service are looked at for what comes back and how long it takes."""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the list: its latest window, how its agreements stand, and where it is in the loop.

    ``broken`` is the first agreement that was missed.
    ``trend`` is its availability by period, oldest first, 0 to 100. ``level`` is late (an agreement missed), at_risk
    (tolerated, or something systemic undecided), unknown (nothing measured) or fine; ``why`` says it.
    """

    service_id: str
    client: str
    client_name: str
    name: str
    owner: str | None
    state: str
    level: str
    why: str
    figures: WindowFigures | None
    trend: tuple[float, ...]
    kept: int
    tolerated: int
    missed: int
    broken: Kept | None
    loop: LoopPosition
    open_improvements: int
    systemic: int


@dataclass(frozen=True, slots=True)
class ServicesView:
    """Every service in view, those that need somebody first."""

    today: date
    rows: tuple[ServiceRow, ...]
    clients: int

    @property
    def needing(self) -> int:
        """How many need somebody."""
        return sum(row.level in ("late", "at_risk") for row in self.rows)


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """An improvement with how often its limitation has shown, and what stands before each step (None: nothing)."""

    improvement: Improvement
    recurrence: Recurrence
    refused_approval: str | None
    refused_initiation: str | None
    refused_implementation: str | None
    refused_rejection: str | None


@dataclass(frozen=True, slots=True)
class LimitationView:
    """Signals of a limitation that nobody has proposed an improvement for yet."""

    limitation: str
    recurrence: Recurrence
    signals: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class InitiativeOf:
    """An initiative that changes the service."""

    code: str
    title: str
    went_live: bool


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service: its windows (oldest first), agreements, cost, incidents, improvements and place in the loop.

    ``incident_reduction`` is in percent against the same time before; ``incidents`` how long they take, in hours.
    """

    today: date
    service: Service
    client_name: str
    row: ServiceRow
    periods: tuple[ServicePeriod, ...]
    windows: tuple[WindowFigures, ...]
    year: WindowFigures | None
    mtbsi: BetweenFailures | None
    agreements: tuple[Kept, ...]
    total_cost: TotalCost | None
    incident_reduction: float | None
    repeat_ratio: float | None
    resolution: Spread | None
    register: Register
    improvements: tuple[ImprovementView, ...]
    limitations: tuple[LimitationView, ...]
    initiatives: tuple[InitiativeOf, ...]


def services_view(session: Session, client: str | None = None) -> ServicesView:
    """Every service in view, or those of one client."""
    authorise(session, "desk.read")
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        found = running.services(conn, scope)
        ids = [service.id for service in found]
        known = _Known(
            running.periods(conn, ids),
            running.agreements(conn, ids),
            running.improvements(conn, ids),
            running.signals(conn, ids),
            running.changing(conn, ids),
            clients.client_names(conn, scope),
        )
    rows = sorted((_row(service, known, session.today) for service in found), key=_urgency)
    return ServicesView(session.today, tuple(rows), len({row.client for row in rows}))


def service_view(session: Session, service_id: str) -> ServiceView:
    """One service by its id."""
    authorise(session, "desk.read")
    today, scope = session.today, session.scope
    with session.desk.snapshot() as conn:
        service = running.service_by_id(conn, scope, service_id)
        if service is None:
            raise BadInput("this service is no longer in view")
        known = _Known(
            running.periods(conn, [service.id]),
            running.agreements(conn, [service.id]),
            running.improvements(conn, [service.id]),
            running.signals(conn, [service.id]),
            running.changing(conn, [service.id]),
            clients.client_names(conn, scope),
        )
        since, until = _at(today - timedelta(days=2 * INCIDENT_DAYS)), session.now + timedelta(days=1)
        incidents = tickets.tickets_of_service(conn, service.client, service.name, since, until)
        periods = known.periods[service.id]
        year = window(periods[-12:])
        cost = cost_of(session, conn, service, year)
    windows = rolling(periods)
    middle = _at(today - timedelta(days=INCIDENT_DAYS))
    recent = [ticket for ticket in incidents if ticket.opened_at >= middle]
    before = len(incidents) - len(recent)
    return ServiceView(
        today=today,
        service=service,
        client_name=known.names.get(service.client, service.client),
        row=_row(service, known, today),
        periods=periods,
        windows=windows,
        year=year,
        mtbsi=mtbsi(year.mtbf, year.mtrs) if year else None,
        agreements=_agreements(known, service.id, windows),
        total_cost=cost,
        incident_reduction=reduction(before, len(recent)),
        repeat_ratio=repeat_ratio(ticket.as_incident for ticket in recent),
        resolution=spread(hours for ticket in recent if (hours := ticket.hours) is not None),
        register=register(known.improvements[service.id], today),
        improvements=tuple(_improvement(one, today) for one in _by_state(known.improvements[service.id])),
        limitations=_limitations(known, service.id, today),
        initiatives=tuple(InitiativeOf(*one) for one in known.changing[service.id]),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store knows of some services, by their ids."""

    periods: Mapping[str, tuple[ServicePeriod, ...]]
    agreements: Mapping[str, tuple[Agreement, ...]]
    improvements: Mapping[str, tuple[Improvement, ...]]
    signals: Mapping[str, Mapping[str, tuple[Signal, ...]]]
    changing: Mapping[str, tuple[tuple[str, str, bool], ...]]
    names: Mapping[str, str]


def _row(service: Service, known: _Known, today: date) -> ServiceRow:
    periods, improvements = known.periods[service.id], known.improvements[service.id]
    windows = rolling(periods)
    kept = _agreements(known, service.id, windows)
    states = [one.state for one in kept]
    undecided = [one for one in improvements if one.state == "proposed"]
    unproposed = _limitations(known, service.id, today)
    systemic = sum(recurrence(one.signals, today).systemic for one in undecided)
    systemic += sum(one.recurrence.systemic for one in unproposed)
    level, why = _level(service, windows, kept, systemic)
    running_now = [code for code, _, live in known.changing[service.id] if not live]
    trend = [one.availability for one in rolling(periods, 1)]
    return ServiceRow(
        service_id=service.id,
        client=service.client,
        client_name=known.names.get(service.client, service.client),
        name=service.name,
        owner=service.owner,
        state=service.state,
        level=level,
        why=why,
        figures=windows[-1] if windows else None,
        trend=tuple(value for value in trend if value is not None),
        kept=states.count("kept"),
        tolerated=states.count("tolerated"),
        missed=states.count("missed"),
        broken=next((one for one in kept if one.state == "missed"), None),
        loop=loop_position(service, improvements, running_now, today),
        open_improvements=sum(one.state in ("proposed", "approved", "initiated") for one in improvements),
        systemic=systemic,
    )


def _level(service: Service, windows: Sequence[WindowFigures], kept: Sequence[Kept], systemic: int) -> tuple[str, str]:
    """How much a service needs somebody, and the first reason."""
    if service.state == "retired":
        return "fine", "retired"
    missed = [one for one in kept if one.state == "missed"]
    if missed:
        return "late", f"{missed[0].agreement.kind} missed: {METRIC_NAMES[missed[0].agreement.metric]}"
    if not service.owner:
        return "at_risk", "no owner"
    if systemic:
        return "at_risk", f"{systemic} systemic, not decided"
    tolerated = [one for one in kept if one.state == "tolerated"]
    if tolerated:
        return "at_risk", f"{METRIC_NAMES[tolerated[0].agreement.metric]} within tolerance"
    if not windows:
        return "unknown", "nothing measured yet"
    if not kept:
        return "unknown", "nothing agreed yet"
    return "fine", "agreements kept"


def _urgency(row: ServiceRow) -> tuple[int, int, str, str]:
    return (
        ("late", "at_risk", "unknown", "fine").index(row.level),
        int(row.state == "retired"),
        row.client,
        row.name,
    )


def _agreements(known: _Known, service_id: str, windows: Sequence[WindowFigures]) -> tuple[Kept, ...]:
    """What was promised to the customer first, then what holds it up."""
    last = windows[-1] if windows else None
    agreed = sorted(known.agreements[service_id], key=lambda one: AGREEMENT_KINDS.index(one.kind))
    return tuple(judged(one, last) for one in agreed)


def _limitations(known: _Known, service_id: str, today: date) -> tuple[LimitationView, ...]:
    proposed = {one.title for one in known.improvements[service_id]}
    found = [
        LimitationView(name, recurrence(signals, today), signals)
        for name, signals in known.signals[service_id].items()
        if name not in proposed
    ]
    return tuple(sorted(found, key=lambda one: (not one.recurrence.systemic, -one.recurrence.count, one.limitation)))


def _by_state(improvements: Sequence[Improvement]) -> list[Improvement]:
    order = ("proposed", "approved", "initiated", "implemented", "rejected")
    return sorted(improvements, key=lambda one: (order.index(one.state), one.due or date.max, one.title))


def _improvement(one: Improvement, today: date) -> ImprovementView:
    return ImprovementView(
        one,
        recurrence(one.signals, today),
        refuse_approval(one),
        refuse_initiation(one, today, None),
        refuse_implementation(one, "shown"),
        refuse_rejection(one, "said"),
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
