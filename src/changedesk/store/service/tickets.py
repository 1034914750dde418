"""Tickets as they are read back: those that an initiative brings, and those of a client."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from changedesk.domain.early_life.desk_load import ChangeWindow, Ticket
from changedesk.domain.records import Initiative
from changedesk.domain.service.names import shared
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.service import spellings
from changedesk.store.times import instant, stored_instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_TICKET = (
    "SELECT t.number, t.opened_at, t.resolved_at, t.priority, t.category, t.service, t.state, t.title,"
    " a.name, i.code, t.id FROM ticket t LEFT JOIN initiative i ON i.id = t.initiative_id"
    " LEFT JOIN audience a ON a.id = t.audience_id"
)
"""The columns in the order of the fields of :class:`Ticket`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The tickets that an initiative brings, opened in spans of time: from a moment on, and before another.

    Those that name it, and those of its ``services`` (:func:`services_of`) that name no initiative: a service has its load
    before the initiative changes it.
    """

    initiative_id: str
    services: tuple[str, ...]
    spans: tuple[tuple[datetime, datetime], ...]

    def conditions(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The conditions in SQL whose tickets together are those, each with its values; none is of two of them."""
        for since, until in self.spans:
            span = (_second(since), _second(until))
            yield "t.initiative_id = ? AND t.opened_at >= ? AND t.opened_at < ?", (self.initiative_id, *span)
            if self.services:
                of_them, names = spellings.among("t.service", self.services)
                yield (
                    f"t.client_id = (SELECT client_id FROM initiative WHERE id = ?) AND {of_them}"
                    " AND t.initiative_id IS NULL AND t.opened_at >= ? AND t.opened_at < ?",
                    (self.initiative_id, names, *span),
                )


def tickets_of(conn: sqlite3.Connection, asked: Asked) -> tuple[Ticket, ...]:
    """The tickets one by one, oldest first."""
    return _tickets(
        row for condition, values in asked.conditions() for row in conn.execute(f"{_TICKET} WHERE {condition}", values)
    )


class Brief(NamedTuple):
    """Of a ticket only what its place in a list follows from."""

    id: str
    number: str
    opened_at: datetime
    resolved_at: datetime | None
    priority: str | None
    state: str | None


def briefly(conn: sqlite3.Connection, asked: Asked) -> Iterator[Brief]:
    """The tickets in brief: all of a hundred thousand are asked before some of them are listed."""
    for condition, values in asked.conditions():
        query = (
            f"SELECT t.id, t.number, t.opened_at, t.resolved_at, t.priority, t.state FROM ticket t WHERE {condition}"
        )
        for row in conn.execute(query, values):
            opened_at, resolved_at = stored_instant(row[2]), stored_instant(row[3]) if row[3] else None
            yield Brief(row[0], row[1], opened_at, resolved_at, row[4], row[5])


def tickets_by_id(conn: sqlite3.Connection, ids: Collection[str]) -> tuple[Ticket, ...]:
    """The tickets with these ids, in their order."""
    rows = conn.execute(f"{_TICKET} WHERE t.id IN (SELECT value FROM json_each(?))", (json.dumps([*ids]),))
    found = {ticket.id: ticket for ticket in _tickets(rows)}
    return tuple(found[ticket_id] for ticket_id in ids)


def opened(conn: sqlite3.Connection, asked: Asked) -> Counter[datetime]:
    """How many tickets were opened in each quarter of an hour, by its beginning: no clock of our day differs by less."""
    counts: Counter[datetime] = Counter()
    for condition, values in asked.conditions():
        rows = conn.execute(
            "SELECT substr(t.opened_at, 1, 14), substr(t.opened_at, 15, 2) / 15 * 15, count(*) FROM ticket t"
            f" WHERE {condition} GROUP BY 1, 2",
            values,
        )
        for hour, minute, count in rows:
            counts[stored_instant(f"{hour}{minute:02}:00Z")] += count
    return counts


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows of the tickets of a client: when the first one was opened, and how they write its services.

    ``since`` is None where there are none: before the first nothing is known, which is not none.
    """

    since: datetime | None
    services: tuple[str, ...]


def known_of(conn: sqlite3.Connection, client: str) -> Known:
    """What is known of the tickets of a client, by its code."""
    first, owner = conn.execute(
        "SELECT min(opened_at), (SELECT id FROM client WHERE code = ?) FROM (SELECT min(t.opened_at) AS opened_at FROM ticket t"
        " WHERE t.client_id = (SELECT id FROM client WHERE code = ?) UNION ALL SELECT min(t.opened_at) FROM ticket t"
        " JOIN initiative i ON i.id = t.initiative_id JOIN client c ON c.id = i.client_id WHERE c.code = ?)",
        (client, client, client),
    ).fetchone()
    return Known(stored_instant(first) if first else None, spellings.of_tickets(conn, owner))


def services_of(conn: sqlite3.Connection, initiative: Initiative, known: Known) -> tuple[str, ...]:
    """The services whose tickets an initiative brings: the one that it names, else those that its changes name.

    A file of initiatives has no column for a service, and one of changes has. Each is named in every spelling that tickets
    of the client have; the one that the initiative names stands by itself when no ticket has it. Changes that never come
    say nothing.
    """
    if initiative.service is not None:
        return shared(known.services, (initiative.service,)) or (initiative.service,)
    changes = conn.execute(
        "SELECT services FROM change_request WHERE initiative_id = ? AND services IS NOT NULL"
        " AND ifnull(state, 'closed') NOT IN ('rejected', 'cancelled')",
        (initiative.id,),
    )
    return shared(known.services, {name for (services,) in changes for name in services.split(";") if name})


def tickets_of_service(
    conn: sqlite3.Connection, client: str, service: str, since: datetime, until: datetime
) -> tuple[Ticket, ...]:
    """The tickets of a client's service that were opened in a time, oldest first."""
    owner = conn.execute("SELECT id FROM client WHERE code = ?", (client,)).fetchone()[0]
    of_it, names = spellings.among("t.service", shared(spellings.of_tickets(conn, owner), (service,)))
    return _tickets(
        conn.execute(
            f"{_TICKET} WHERE t.client_id = ? AND {of_it} AND t.opened_at >= ? AND t.opened_at < ?",
            (owner, names, _second(since), _second(until)),
        )
    )


def ticket_in_view(conn: sqlite3.Connection, scope: Scope, ticket_id: str) -> tuple[Ticket, str] | None:
    """A ticket with the code of its client, if it is in view."""
    condition, values = scope.where("c.code")
    row = conn.execute(
        f"{_TICKET.replace('SELECT ', 'SELECT c.code, ')} JOIN client c ON c.id = ifnull(t.client_id, i.client_id)"
        f" WHERE t.id = ? AND {condition}",
        (ticket_id, *values),
    ).fetchone()
    return None if row is None else (_tickets([row[1:]])[0], row[0])


def numbered(conn: sqlite3.Connection, scope: Scope, number: str) -> list[str]:
    """The ids of the tickets in view with that number."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT t.id FROM ticket t LEFT JOIN initiative i ON i.id = t.initiative_id"
        f" JOIN client c ON c.id = ifnull(t.client_id, i.client_id) WHERE t.number = ? AND {condition}",
        (number, *values),
    )
    return [str(row[0]) for row in rows]


def change_windows(conn: sqlite3.Connection, client: str, since: datetime, until: datetime) -> tuple[ChangeWindow, ...]:
    """The changes of a client that were carried out, or are to be, in a time; what never ran had no window."""
    rows = conn.execute(
        "SELECT r.number, r.title, ifnull(r.actual_start, r.planned_start), ifnull(r.actual_end, r.planned_end), r.services"
        " FROM change_request r JOIN client c ON c.id = r.client_id WHERE c.code = ?"
        " AND ifnull(r.state, 'closed') IN ('scheduled', 'implementing', 'review', 'closed')"
        " AND ifnull(r.actual_end, r.planned_end) >= ? AND ifnull(r.actual_start, r.planned_start) < ?"
        " ORDER BY 3, r.number",
        (client, _second(since), _second(until)),
    )
    return tuple(
        ChangeWindow(
            row[0],
            row[1],
            stored_instant(row[2]),
            stored_instant(row[3]),
            frozenset(filter(None, (row[4] or "").split(";"))),
        )
        for row in rows
    )


def causes(conn: sqlite3.Connection, ticket_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Ticket id to the change that somebody said has caused it, and the reason."""
    wanted = [*ticket_ids]
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = conn.execute(
            "SELECT l.ticket_id, r.number, l.reason FROM ticket_cause l JOIN change_request r ON r.id = l.change_id"
            f" WHERE l.ticket_id IN ({', '.join('?' * len(part))}) ORDER BY l.linked_at",
            part,
        )
        found |= {ticket: (number, reason) for ticket, number, reason in rows}
    return found


def change_id(conn: sqlite3.Connection, client: str, number: str) -> str | None:
    """The id of a client's change by its number."""
    row = conn.execute(
        "SELECT r.id FROM change_request r JOIN client c ON c.id = r.client_id WHERE c.code = ? AND r.number = ?",
        (client, number),
    ).fetchone()
    return None if row is None else str(row[0])


def write_cause(transaction: Transaction, ticket_id: str, change: str, reason: str) -> bool:
    """Say that a change has caused a ticket; false when that was said already."""
    cursor = transaction.conn.execute(
        "INSERT INTO ticket_cause (id, ticket_id, change_id, reason, linked_at, linked_by) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (ticket_id, change_id) DO NOTHING",
        (new_id(), ticket_id, change, reason, instant(transaction.now), transaction.actor),
    )
    return cursor.rowcount == 1


def _tickets(rows: Iterable[tuple[Any, ...]]) -> tuple[Ticket, ...]:
    made = (
        # In order and not by name, which takes twice as long: a first week may have a hundred thousand.
        Ticket(row[0], stored_instant(row[1]), stored_instant(row[2]) if row[2] else None, *row[3:])
        for row in rows
    )
    return tuple(sorted(made, key=lambda ticket: (ticket.opened_at, ticket.number)))


def _second(moment: datetime) -> str:
    """A moment as files bring it: UTC to the second."""
    return instant(moment)[:19] + "Z"
