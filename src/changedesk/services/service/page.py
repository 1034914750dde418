"""One service: its figures over time, what was agreed, its incidents, its limitations and improvements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from changedesk.domain.service.improvements import (
    Recurrence,
    Register,
    recurrence,
    refuse_approval,
    refuse_implementation,
    refuse_initiation,
    refuse_rejection,
    register,
)
from changedesk.domain.service.kpis import (
    BetweenFailures,
    Spread,
    TotalCost,
    mtbsi,
    reduction,
    repeat_ratio,
    spread,
)
from changedesk.domain.service.running import Improvement, Service
from changedesk.domain.service.window import Kept, WindowFigures, rolling, window
from changedesk.errors import BadInput
from changedesk.services.service.listing import (
    LimitationView,
    ServiceRow,
    agreements_of,
    known_of,
    limitations_of,
    row_of,
)
from changedesk.services.service.running_side import cost_of
from changedesk.services.session import Session, authorise
from changedesk.store.service import running, tickets
from changedesk.values import dataclass

INCIDENT_DAYS = 180
"""Over so many days the incidents of a service are looked at for what comes back and how long it takes."""


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
class InitiativeOf:
    """An initiative that changes the service."""

    code: str
    title: str
    went_live: bool


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service: its windows (oldest first), agreements, cost, incidents, improvements and place in the loop.

    ``incident_reduction`` is in percent, the last 180 whole days against the 180 before; ``incidents`` how long they take,
    in hours.
    """

    today: date
    service: Service
    client_name: str
    row: ServiceRow
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


def service_view(session: Session, service_id: str) -> ServiceView:
    """One service by its id."""
    authorise(session, "desk.read")
    today, scope = session.today, session.scope
    with session.desk.snapshot() as conn:
        service = running.service_by_id(conn, scope, service_id)
        if service is None:
            raise BadInput("this service is no longer in view")
        known = known_of(conn, scope, [service.id])
        since, until = _at(today - timedelta(days=2 * INCIDENT_DAYS)), session.now + timedelta(days=1)
        incidents = tickets.tickets_of_service(conn, service.client, service.name, since, until)
        first = tickets.known_of(conn, service.client).since
        periods = known.periods[service.id]
        year = window(periods[-12:])
        cost = cost_of(session, conn, service, year)
    windows = rolling(periods)
    middle = _at(today - timedelta(days=INCIDENT_DAYS))
    recent = [ticket for ticket in incidents if ticket.opened_at >= middle]
    counted = sum(ticket.opened_at < _at(today) for ticket in recent)
    # What came before the first ticket of the client is unknown, and so is how much less or more it has become.
    before = len(incidents) - len(recent) if first is not None and first < since + timedelta(days=1) else None
    return ServiceView(
        today=today,
        service=service,
        client_name=known.names.get(service.client, service.client),
        row=row_of(service, known, today),
        windows=windows,
        year=year,
        mtbsi=mtbsi(year.mtbf, year.mtrs) if year else None,
        agreements=agreements_of(known, service.id, windows),
        total_cost=cost,
        incident_reduction=reduction(before, counted),
        repeat_ratio=repeat_ratio(ticket.as_incident for ticket in recent),
        resolution=spread(hours for ticket in recent if (hours := ticket.hours) is not None),
        register=register(known.improvements[service.id]),
        improvements=tuple(_improvement(one, today) for one in _by_state(known.improvements[service.id])),
        limitations=limitations_of(known, service.id, today),
        initiatives=tuple(InitiativeOf(*one) for one in known.changing[service.id]),
    )


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
