"""What has been done before: counted in the database, so that twenty thousand changes are asked in a few milliseconds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import date, timedelta
from statistics import median
from typing import Final

from changedesk.domain.control.base_rate import Ended
from changedesk.domain.proportion import Proportion
from changedesk.domain.service.names import shared
from changedesk.store.scope import Scope
from changedesk.store.service import spellings
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Like:
    """The change whose like is looked for: ``id`` is left out of what is found, empty for a draft that is not kept yet."""

    id: str
    client: str
    path: str
    services: tuple[str, ...]
    risk: str | None


def unauthorised(conn: sqlite3.Connection) -> frozenset[str]:
    """The ids of closed changes that were begun on somebody's word, and whose votes said no or came too late.

    The closing says so in the audit, once and for all; the figure is kept nowhere else.
    """
    rows = conn.execute(
        "SELECT r.id, a.body FROM change_request r INDEXED BY change_acted_first"
        " JOIN audit a ON a.subject = r.id AND a.kind = 'change.closed'"
        " WHERE r.authorisers IS NOT NULL AND r.state = 'closed'"
    )
    return frozenset(change for change, body in rows if json.loads(body).get("authorised") is False)


def ended(
    conn: sqlite3.Connection, scope: Scope, like: Like, same: Collection[str], without_leave: Collection[str]
) -> list[Ended]:
    """How the past changes of its path in view ended that share all of ``same`` with it."""
    condition, values = _past(conn, scope, like, same)
    counts = dict(
        conn.execute(f"SELECT r.outcome, count(*) FROM {_DONE} WHERE {condition} GROUP BY 1", values).fetchall()
    )
    forbidden: dict[str, int] = {}
    if without_leave:
        marks = ", ".join("?" * len(without_leave))
        forbidden = dict(
            conn.execute(
                f"SELECT r.outcome, count(*) FROM change_request r WHERE r.id IN ({marks}) AND {condition} GROUP BY 1",
                (*without_leave, *values),
            ).fetchall()
        )
    found = [Ended(outcome, count - forbidden.get(outcome, 0)) for outcome, count in counts.items()]
    return [*found, *(Ended(outcome, count, authorised=False) for outcome, count in forbidden.items())]


def median_minutes(conn: sqlite3.Connection, scope: Scope, like: Like, same: Collection[str]) -> float | None:
    """How many minutes half of those took that share all of ``same`` with it; None where no times are known."""
    condition, values = _past(conn, scope, like, same)
    rows = conn.execute(
        f"SELECT r.actual_minutes FROM {_DONE} WHERE {condition} AND r.actual_minutes IS NOT NULL", values
    ).fetchall()
    return median(minutes for (minutes,) in rows) if rows else None


_DONE: Final = "change_request r INDEXED BY change_done"


def _past(
    conn: sqlite3.Connection, scope: Scope, like: Like, same: Collection[str]
) -> tuple[str, tuple[str | None, ...]]:
    """The condition on past changes, with its values; it asks only for what lies in the index."""
    seen, scoped = scope.where("code")
    clients = [row[0] for row in conn.execute(f"SELECT id FROM client WHERE {seen}", scoped)]
    if "client" in same:
        clients = [
            row[0] for row in conn.execute("SELECT id FROM client WHERE code = ?", (like.client,)) if row[0] in clients
        ]
    parts, values = ["r.path = ?", "r.outcome IS NOT NULL", "r.id <> ?"], [like.path, like.id]
    if "risk" in same:
        parts.append("r.risk = ?")
        values.append(like.risk or "")
    if "client" in same or scope.clients is not None:
        parts.append(f"r.client_id IN ({', '.join('?' * len(clients))})")
        values += clients
    if "service" in same:
        # SQL folds no letter beyond ASCII: which of the lists that are written there share a service is said here.
        lists = conn.execute(f"SELECT DISTINCT r.services FROM {_DONE} WHERE {' AND '.join(parts)}", values)
        sharing = [written for (written,) in lists if written and shared(like.services, written.split(";"))]
        of_them, written_so = spellings.among("r.services", sharing)
        parts.append(of_them)
        values.append(written_so)
    return " AND ".join(parts), tuple(values)


FRESH: Final = timedelta(days=35)
"""What was observed longer ago says nothing about the use on a day."""


def use_on(conn: sqlite3.Connection, initiative: str, day: date) -> Proportion | None:
    """How many of the people of an initiative used it on a day: the newest counts of each audience; None where none are fresh.

    Only what was observed: what people say of themselves is another thing.
    """
    row = conn.execute(
        "SELECT sum(numerator), sum(denominator) FROM (SELECT o.numerator, o.denominator, max(o.day)"
        " FROM initiative i JOIN audience a ON a.initiative_id = i.id JOIN observation o ON o.audience_id = a.id"
        " AND o.metric = 'utilization' AND o.method = 'observed' AND o.day BETWEEN ? AND ?"
        " WHERE i.code = ? GROUP BY a.id)",
        ((day - FRESH).isoformat(), day.isoformat(), initiative),
    ).fetchone()
    return None if row[1] is None else Proportion(round(row[0]), round(row[1]))
