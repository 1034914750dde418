"""Services and what is known of them, as frozen values, and what is decided about their improvements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from changedesk.domain.service.names import as_known, shared
from changedesk.domain.service.running import Agreement, Improvement, Service, ServicePeriod, Signal
from changedesk.store import people
from changedesk.store.scope import Scope
from changedesk.store.service import spellings
from changedesk.store.times import day, instant, stored_day, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_SERVICE = (
    "SELECT v.id, v.rev, c.code, v.name, v.owner, v.state, v.objective, v.currency, v.horizon_months, v.acquisition_cost,"
    " v.hour_rate FROM service v JOIN client c ON c.id = v.client_id"
)


def services(conn: sqlite3.Connection, scope: Scope) -> tuple[Service, ...]:
    """The services in view, by client and name."""
    condition, values = scope.where("c.code")
    rows = conn.execute(f"{_SERVICE} WHERE {condition} ORDER BY c.code, v.name", values)
    return tuple(Service(*row) for row in rows)


def service_by_id(conn: sqlite3.Connection, scope: Scope, service_id: str) -> Service | None:
    """A service in view by its id."""
    condition, values = scope.where("c.code")
    row = conn.execute(f"{_SERVICE} WHERE v.id = ? AND {condition}", (service_id, *values)).fetchone()
    return Service(*row) if row else None


def service_by_name(conn: sqlite3.Connection, scope: Scope, client: str, name: str | None) -> Service | None:
    """A client's service in view by its name; none without one."""
    if name is None:
        return None
    own = {service.name: service for service in services(conn, scope.narrowed(client))}
    return own.get(as_known((name,), own)[name])


def agreements(conn: sqlite3.Connection, service_ids: Iterable[str]) -> dict[str, tuple[Agreement, ...]]:
    """What is agreed of each service, by kind and metric."""
    found = _by_service(
        conn,
        "SELECT service_id, id, kind, metric, target, tolerance, partner FROM agreement",
        "kind, metric",
        service_ids,
    )
    return {service: tuple(Agreement(*row) for row in rows) for service, rows in found.items()}


def periods(conn: sqlite3.Connection, service_ids: Iterable[str]) -> dict[str, tuple[ServicePeriod, ...]]:
    """The periods of each service, oldest first."""
    found = _by_service(
        conn,
        "SELECT service_id, start_on, end_on, agreed_min, down_min, failures, restored_min, repaired_min, incidents,"
        " change_incidents, change_down_min, csat_sat, csat_n, asked, cost, planned_cost, releases, due, met FROM service_period",
        "start_on",
        service_ids,
    )
    return {
        service: tuple(ServicePeriod(stored_day(row[0]), stored_day(row[1]), *row[2:]) for row in rows)
        for service, rows in found.items()
    }


def signals(conn: sqlite3.Connection, service_ids: Iterable[str]) -> dict[str, dict[str, tuple[Signal, ...]]]:
    """The signals of each service by the limitation that they speak of, oldest first."""
    found = _by_service(
        conn,
        "SELECT service_id, limitation, kind, day, detail, reference FROM service_signal",
        "day, kind, detail",
        service_ids,
    )
    by_service: dict[str, dict[str, tuple[Signal, ...]]] = {}
    for service, rows in found.items():
        by_limitation: dict[str, list[Signal]] = {}
        for limitation, kind, seen, detail, reference in rows:
            by_limitation.setdefault(limitation, []).append(Signal(kind, stored_day(seen), detail, reference))
        by_service[service] = {name: tuple(group) for name, group in by_limitation.items()}
    return by_service


def improvements(conn: sqlite3.Connection, service_ids: Iterable[str]) -> dict[str, tuple[Improvement, ...]]:
    """The improvements of each service with their signals, those to be decided first."""
    wanted = [*service_ids]
    speaking = signals(conn, wanted)
    found = _by_service(conn, f"SELECT m.service_id, {_IMPROVEMENT}", "m.limitation", wanted, column="m.service_id")
    return {
        service: tuple(_improvement(conn, row, speaking.get(service, {}).get(row[2], ())) for row in rows)
        for service, rows in found.items()
    }


def improvement(conn: sqlite3.Connection, improvement_id: str) -> Improvement | None:
    """One improvement with its signals."""
    row = conn.execute(f"SELECT m.service_id, {_IMPROVEMENT} WHERE m.id = ?", (improvement_id,)).fetchone()
    if row is None:
        return None
    return _improvement(conn, row[1:], signals(conn, [row[0]]).get(row[0], {}).get(row[3], ()))


def write_decision(
    transaction: Transaction,
    improvement_id: str,
    state: str,
    *,
    reason: str | None,
    evidence: str | None,
    implemented_on: date | None,
    initiative_id: str | None,
) -> None:
    """What was decided about an improvement, by the actor, now; what is None stays."""
    transaction.conn.execute(
        "UPDATE improvement SET rev = rev + 1, state = ?, decided_at = ?, decided_by = ?, reason = ifnull(?, reason),"
        " evidence = ifnull(?, evidence), implemented_on = ifnull(?, implemented_on),"
        " initiative_id = ifnull(?, initiative_id) WHERE id = ?",
        (
            state,
            instant(transaction.now),
            transaction.actor,
            reason,
            evidence,
            implemented_on.isoformat() if implemented_on else None,
            initiative_id,
            improvement_id,
        ),
    )


def write_origin(transaction: Transaction, initiative_id: str, improvement_id: str, service_id: str) -> None:
    """An initiative that came from an improvement of a service."""
    transaction.conn.execute(
        "UPDATE initiative SET rev = rev + 1, origin_improvement_id = ?, service_id = ? WHERE id = ?",
        (improvement_id, service_id, initiative_id),
    )
    transaction.touch(initiative_id)


def write_operation(transaction: Transaction, initiative_id: str) -> None:
    """The service that an initiative hands over is in operation from now on."""
    transaction.conn.execute(
        "UPDATE service SET rev = rev + 1, state = 'operation' WHERE state IN ('strategy', 'design', 'transition')"
        " AND id = (SELECT service_id FROM initiative WHERE id = ?)",
        (initiative_id,),
    )


def changing(conn: sqlite3.Connection, service_ids: Iterable[str]) -> dict[str, tuple[tuple[str, str, bool], ...]]:
    """The initiatives that change each service: code, title, and whether it went live; cancelled ones left out."""
    found = _by_service(
        conn,
        "SELECT service_id, code, title, go_live_actual IS NOT NULL, go_live_actual FROM initiative",
        "code",
        service_ids,
        condition="ifnull(state, 'active') <> 'cancelled'",
    )
    return {service: tuple((row[0], row[1], bool(row[2])) for row in rows) for service, rows in found.items()}


def spent_on(conn: sqlite3.Connection, service_id: str) -> float | None:
    """What the initiatives that change a service have cost so far, by their newest snapshots; None when none says."""
    row = conn.execute(
        "SELECT sum(actual_cost), count(actual_cost) FROM (SELECT s.actual_cost, max(s.day) FROM snapshot s"
        " JOIN initiative i ON i.id = s.initiative_id WHERE i.service_id = ? AND s.actual_cost IS NOT NULL GROUP BY i.id)",
        (service_id,),
    ).fetchone()
    return float(row[0]) if row[1] else None


def write_removal(transaction: Transaction, service_id: str) -> str | None:
    """Remove a service that nothing depends on; returns the table that something does in, else None."""
    conn = transaction.conn
    for table in ("agreement", "service_period", "service_signal", "improvement", "initiative"):
        if conn.execute(f"SELECT 1 FROM {table} WHERE service_id = ? LIMIT 1", (service_id,)).fetchone():
            return table
    client_id, client, name = conn.execute(
        "SELECT c.id, c.code, v.name FROM service v JOIN client c ON c.id = v.client_id WHERE v.id = ?", (service_id,)
    ).fetchone()
    # The tickets of a service that stands twice on the desk stay with the other one.
    twice = shared(spellings.of_services(conn, client, but=service_id), (name,))
    if not twice and shared(spellings.of_tickets(conn, client_id), (name,)):
        return "ticket"
    conn.execute("DELETE FROM service WHERE id = ?", (service_id,))
    return None


_IMPROVEMENT = (
    "m.id, m.rev, m.limitation, m.kind, m.state, m.owner, m.due, m.decided_by, m.decided_at, m.reason, m.evidence,"
    " m.implemented_on, i.code, m.service_id FROM improvement m LEFT JOIN initiative i ON i.id = m.initiative_id"
)


def _improvement(conn: sqlite3.Connection, row: tuple[Any, ...], speaking: tuple[Signal, ...]) -> Improvement:
    return Improvement(
        id=row[0],
        rev=row[1],
        service_id=row[13],
        title=row[2],
        kind=row[3],
        state=row[4],
        owner=row[5],
        due=day(row[6]),
        decided_by=people.name_of(conn, row[7]) if row[7] else None,
        decided_at=stored_instant(row[8]) if row[8] else None,
        reason=row[9],
        evidence=row[10],
        implemented_on=day(row[11]),
        initiative=row[12],
        signals=speaking,
    )


def _by_service(
    conn: sqlite3.Connection,
    query: str,
    order: str,
    service_ids: Iterable[str],
    column: str = "service_id",
    condition: str = "1",
) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of a query by the service in its first column, for these services."""
    wanted = [*service_ids]
    found: dict[str, list[tuple[Any, ...]]] = {service: [] for service in wanted}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        for row in conn.execute(
            f"{query} WHERE {column} IN ({marks}) AND {condition} ORDER BY {order}", part
        ).fetchall():
            found[row[0]].append(row[1:])
    return found
