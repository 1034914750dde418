"""Changes in a list of any length: found and ordered by the database, read a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.service.names import each_once
from changedesk.store.control.requests import TABLES
from changedesk.store.scope import Scope
from changedesk.store.times import stored_instant
from changedesk.values import dataclass

_STATE: Final = "ifnull(r.state, CASE WHEN r.actual_end IS NULL THEN 'draft' ELSE 'closed' END)"
"""The state of a change; one that a file brought without any is over once it has ended."""
_ORDERS: Final = {
    "window": "r.planned_start DESC, r.number",
    "soonest": "r.planned_start, r.number",
    "number": "r.number DESC",
    "state": (
        f"CASE {_STATE} WHEN 'implementing' THEN 0 WHEN 'authorizing' THEN 1 WHEN 'assessing' THEN 2 WHEN 'scheduled' THEN 3"
        " WHEN 'review' THEN 4 WHEN 'draft' THEN 5 WHEN 'rejected' THEN 6 WHEN 'closed' THEN 7 ELSE 8 END,"
        " r.planned_start DESC, r.number"
    ),
    "risk": (
        "CASE r.risk WHEN 'high' THEN 0 WHEN 'medium' THEN 1 WHEN 'low' THEN 2 ELSE 3 END, r.planned_start DESC, r.number"
    ),
    "client": "c.code, r.planned_start DESC, r.number",
}
SORTS: Final = tuple(_ORDERS)
"""The orders of the list, in the order in which a key goes through them."""

_TEXTS: Final = "r.number, r.title, c.code, r.services, r.requester, r.implementer, i.code, i.title"
"""What words are looked for in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; empty filters leave everything.

    ``alive``: what was rejected elsewhere, before a file brought it here, is left out.
    """

    states: tuple[str, ...] = ()
    client: str | None = None
    initiative: str | None = None
    sort: str = "window"
    alive: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A change on a line of the list."""

    id: str
    number: str
    client: str
    title: str
    path: str
    state: str
    hold: bool
    risk: str | None
    services: tuple[str, ...]
    planned_start: datetime
    planned_end: datetime
    initiative: str | None
    outcome: str | None
    imported: bool
    timezone: str | None


def ids(conn: sqlite3.Connection, scope: Scope, wanted: Wanted) -> list[str]:
    """The ids of the changes in view that are wanted, in their order."""
    condition, values = _where(scope, wanted)
    rows = conn.execute(f"SELECT r.id FROM {TABLES} WHERE {condition} ORDER BY {_ORDERS[wanted.sort]}", values)
    return [row[0] for row in rows]


def texts(conn: sqlite3.Connection, scope: Scope, wanted: Wanted) -> dict[str, str]:
    """What words are looked for in, by the id of each change in view that is wanted."""
    condition, values = _where(scope, wanted)
    rows = conn.execute(f"SELECT r.id, {_TEXTS} FROM {TABLES} WHERE {condition}", values)
    return {row[0]: " ".join(filter(None, row[1:])) for row in rows}


def total(conn: sqlite3.Connection, scope: Scope) -> int:
    """How many changes are in view."""
    condition, values = scope.where("c.code")
    row = conn.execute(
        f"SELECT count(*) FROM change_request r JOIN client c ON c.id = r.client_id WHERE {condition}", values
    ).fetchone()
    return int(row[0])


def page(conn: sqlite3.Connection, scope: Scope, wanted_ids: Sequence[str]) -> list[Listed]:
    """The changes with these ids, in this order; one that is gone is left out."""
    condition, values = scope.where("c.code")
    marks = ", ".join("?" * len(wanted_ids))
    rows = conn.execute(
        f"SELECT r.id, r.number, c.code, r.title, r.path, {_STATE}, r.hold, r.risk, r.services, r.planned_start,"
        " r.planned_end, i.code, r.outcome, r.imported, c.timezone"
        f" FROM {TABLES} WHERE r.id IN ({marks}) AND {condition}",
        (*wanted_ids, *values),
    ).fetchall()
    found = {
        r[0]: Listed(
            r[0],
            r[1],
            r[2],
            r[3],
            r[4],
            r[5],
            r[6] is not None,
            r[7],
            tuple(r[8].split(";")) if r[8] else (),
            stored_instant(r[9]),
            stored_instant(r[10]),
            r[11],
            r[12],
            bool(r[13]),
            r[14],
        )
        for r in rows
    }
    return [found[one] for one in wanted_ids if one in found]


def services(conn: sqlite3.Connection, scope: Scope, client: str | None) -> list[str]:
    """The services that changes in view were about, or windows are, by name, each in one spelling."""
    seen, values = scope.where("c.code")
    more, extra = (" AND c.code = ?", (client,)) if client else ("", ())
    rows = conn.execute(
        "SELECT DISTINCT r.services FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE r.services IS NOT NULL AND {seen}{more}"
        " UNION SELECT DISTINCT substr(w.scope, 9) FROM time_window w JOIN client c ON c.id = w.client_id"
        f" WHERE w.scope LIKE 'service:%' AND {seen}{more}",
        (*values, *extra, *values, *extra),
    )
    return list(each_once({name for (names,) in rows for name in names.split(";") if name}))


def _where(scope: Scope, wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    seen, scoped = scope.narrowed(wanted.client).where("c.code")
    conditions, values = [seen], list[object](scoped)
    if wanted.states:
        conditions.append(f"{_STATE} IN ({', '.join('?' * len(wanted.states))})")
        values += wanted.states
    if wanted.alive:
        conditions.append("NOT (r.state = 'rejected' AND NOT r.held_here)")
    if wanted.initiative:
        conditions.append("i.code = ?")
        values.append(wanted.initiative)
    return " AND ".join(conditions), tuple(values)
