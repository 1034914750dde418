"""Services as they run: the list, with what needs somebody first, and what is read for a row of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from changedesk.domain.service.improvements import (
    LoopPosition,
    Recurrence,
    loop_position,
    recurrence,
)
from changedesk.domain.service.running import Agreement, Improvement, Service, ServicePeriod, Signal
from changedesk.domain.service.window import Kept, WindowFigures, judged, level_agreed, rolling
from changedesk.domain.words import AGREEMENT_KINDS, METRIC_NAMES
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.control import calendar
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.store.service import running
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service in the list: its latest window, how its agreements stand, and where it is in the loop.

    ``broken`` is the first agreement that was missed. ``trend`` is its availability by period, oldest first, 0 to 100, and
    ``agreed`` the highest that was agreed. ``level`` is late (an agreement missed), at_risk (tolerated, or something
    systemic undecided), unknown (nothing measured) or fine; ``why`` says it.
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
    agreed: float | None
    kept: int
    tolerated: int
    missed: int
    broken: Kept | None
    loop: LoopPosition
    open_improvements: int
    systemic: int


@dataclass(frozen=True, slots=True)
class ServicesView:
    """Every service in view, those that need somebody first; without one, ``named`` are those that changes and windows name."""

    today: date
    rows: tuple[ServiceRow, ...]
    named: tuple[str, ...] = ()

    @property
    def needing(self) -> int:
        """How many need somebody."""
        return sum(row.level in ("late", "at_risk") for row in self.rows)


@dataclass(frozen=True, slots=True)
class LimitationView:
    """Signals of a limitation that nobody has proposed an improvement for yet."""

    limitation: str
    recurrence: Recurrence


def services_view(session: Session, client: str | None = None) -> ServicesView:
    """Every service in view, or those of one client."""
    authorise(session, "desk.read")
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        found = running.services(conn, scope)
        known = known_of(conn, scope, [service.id for service in found])
        named = () if found else calendar.services(conn, scope)
    rows = sorted((row_of(service, known, session.today) for service in found), key=_urgency)
    return ServicesView(session.today, tuple(rows), named)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of some services, by their ids."""

    periods: Mapping[str, tuple[ServicePeriod, ...]]
    agreements: Mapping[str, tuple[Agreement, ...]]
    improvements: Mapping[str, tuple[Improvement, ...]]
    signals: Mapping[str, Mapping[str, tuple[Signal, ...]]]
    changing: Mapping[str, tuple[tuple[str, str, bool], ...]]
    names: Mapping[str, str]


def known_of(conn: Connection, scope: Scope, ids: Sequence[str]) -> Known:
    """What is known of these services."""
    return Known(
        running.periods(conn, ids),
        running.agreements(conn, ids),
        running.improvements(conn, ids),
        running.signals(conn, ids),
        running.changing(conn, ids),
        clients.client_names(conn, scope),
    )


def row_of(service: Service, known: Known, today: date) -> ServiceRow:
    """A service as the list shows it."""
    periods, improvements = known.periods[service.id], known.improvements[service.id]
    windows = rolling(periods)
    kept = agreements_of(known, service.id, windows)
    states = [one.state for one in kept]
    undecided = [one for one in improvements if one.state == "proposed"]
    unproposed = limitations_of(known, service.id, today)
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
        agreed=level_agreed(kept, "availability"),
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
        return "at_risk", f"tolerated miss: {METRIC_NAMES[tolerated[0].agreement.metric]}"
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


def agreements_of(known: Known, service_id: str, windows: Sequence[WindowFigures]) -> tuple[Kept, ...]:
    """What was promised to the customer first, then what holds it up."""
    last = windows[-1] if windows else None
    agreed = sorted(known.agreements[service_id], key=lambda one: AGREEMENT_KINDS.index(one.kind))
    return tuple(judged(one, last) for one in agreed)


def limitations_of(known: Known, service_id: str, today: date) -> tuple[LimitationView, ...]:
    """What signals of a service tell of that nobody has proposed an improvement for; what is systemic first."""
    proposed = {one.title for one in known.improvements[service_id]}
    found = [
        LimitationView(name, recurrence(signals, today))
        for name, signals in known.signals[service_id].items()
        if name not in proposed
    ]
    return tuple(sorted(found, key=lambda one: (not one.recurrence.systemic, -one.recurrence.count, one.limitation)))
