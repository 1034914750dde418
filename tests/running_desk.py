"""A desk with a service that runs, an initiative that changes it, tickets, and a change, for tests of what runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from builders import TODAY, InitiativeBuilder, a_client, a_person, an_initiative, record
from changedesk.store.desk.database import Desk
from changedesk.store.ids import new_id


def people(desk: Desk) -> None:
    """Owners of both sides, the owner of the service, a change manager, and somebody of another client."""
    for login, role in (
        ("pat", "project_owner"),
        ("chris", "change_owner"),
        ("sam", "service_owner"),
        ("max", "change_manager"),
        ("lee", "service_desk_lead"),
    ):
        a_person(desk, login, role, client="alder")


def a_service(desk: Desk, name: str = "Mail", client: str = "alder", **fields: Any) -> str:
    """A service of a client, owned by sam."""
    values = {"owner": "sam", "currency": "EUR", "hour_rate": 60.0, "horizon_months": 36} | fields
    return record(desk, "service", client_id=a_client(desk, client), name=name, **values)


def of_service(service: str) -> InitiativeBuilder:
    """An initiative of that service with 200 people."""
    return an_initiative().with_audience("all", 200).with_fields(service_id=service)


def tickets(
    desk: Desk,
    initiative: str,
    first: date,
    last: date,
    a_day: float,
    *,
    live: date | None = None,
    surge: float = 0.0,
    service: str = "Mail",
    client: str = "alder",
    more_since: date | None = None,
    seed: int = 1,
) -> int:
    """Tickets of a service day by day (fewer at weekends) in the hours 8 to 17; those from ``live`` on name the initiative.

    Returns how many. All of an earlier day than the last are resolved.
    """
    random = Random(seed)
    rows: list[tuple[Any, ...]] = []
    client_id = a_client(desk, client)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        since = (day - live).days if live else -1
        mean = a_day * (0.2 if day.weekday() > 4 else 1) * (1 + surge * 2.7 ** (-since / 5) if since >= 0 else 1)
        mean *= 2.5 if more_since and day >= more_since else 1
        for _ in range(max(0, round(random.gauss(mean, mean**0.5)))):
            moment = datetime.combine(day, time(random.randrange(8, 18), random.randrange(60)), UTC)
            after = since >= 0
            rows.append(
                (
                    new_id(), client_id, f"T{len(rows):05}", moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    None if day == last else (moment + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    random.choice("1234"), random.choice(("Cannot sign in", "Mail is slow")), service,
                    initiative if after else None, f"{'Sign-in' if random.random() < 0.5 else 'Slow'} {len(rows)}",
                )
            )  # fmt: skip
    with desk.write("the test") as transaction:
        transaction.conn.executemany(
            "INSERT INTO ticket (id, client_id, number, opened_at, resolved_at, priority, category, service, initiative_id, title)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        transaction.record("test.made", initiative, {"table": "ticket"})
    return len(rows)


def a_ticket(desk: Desk, initiative: str, number: str, opened_at: str = "2026-11-26T09:00:00Z", **fields: Any) -> str:
    """One ticket of alder, open."""
    return record(
        desk, "ticket", client_id=a_client(desk), initiative_id=initiative, number=number, opened_at=opened_at, **fields
    )  # fmt: skip


def a_change(
    desk: Desk, number: str, start: datetime, hours: float, services: str | None = "Mail", **fields: Any
) -> str:
    """A change of alder that was carried out."""
    end = start + timedelta(hours=hours)
    values = {"state": "closed", "path": "normal", "imported": 1, "held_here": 0} | fields
    return record(
        desk, "change_request", client_id=a_client(desk), number=number, title=f"Change {number}",
        planned_start=start.strftime("%Y-%m-%dT%H:%M:%SZ"), planned_end=end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        services=services, **values,
    )  # fmt: skip


def an_improvement(desk: Desk, service: str, limitation: str = "Slow", signals: int = 3, **fields: Any) -> str:
    """An improvement with so many signals, three weeks between two of them."""
    for n in range(signals):
        record(
            desk, "service_signal", service_id=service, limitation=limitation, kind="incident_trend",
            day=(TODAY - timedelta(weeks=3 * n + 1)).isoformat(), detail=f"seen {n}", reference=f"PRB{n}",
        )  # fmt: skip
    return record(desk, "improvement", service_id=service, limitation=limitation, **fields)
