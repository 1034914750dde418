"""What the figures of change control have to know of each change, read in one go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from changedesk.store.scope import Scope
from changedesk.store.times import instant, seconds, stored_instant

DECIDED = (
    "CASE WHEN r.state IN ('assessing', 'authorizing') AND r.decided_at < r.opened_at THEN NULL ELSE r.decided_at END"
)
"""When a change was decided. A decision that an edit has voided is none: the step that waits now began to wait after it."""


class FactRow(NamedTuple):
    """One change as the figures see it. ``held_here`` is false for what this desk knows from a file alone; ``acted_first`` was
    begun on somebody's word. ``incident`` is known of a review or of a ticket that it caused, or was said when it ended;
    None: it came from a file, and nobody has said."""

    id: str
    client: str
    path: str
    services: tuple[str, ...]
    team: str | None
    state: str
    outcome: str | None
    planned_start: datetime
    planned_end: datetime
    submitted: datetime | None
    decided: datetime | None
    ended: datetime | None
    held_here: bool
    acted_first: bool
    incident: bool | None
    downtime: int | None


def facts(conn: sqlite3.Connection, scope: Scope, since: datetime | None) -> Iterator[FactRow]:
    """The changes in view that were planned, submitted or done since a moment; None is all of them."""
    seen, scoped = scope.where("c.code")
    late, values = "1", tuple[str, ...]()
    if since is not None:
        late = "(r.planned_start >= ? OR r.actual_end >= ? OR r.submitted_at >= ?)"
        values = (seconds(since), seconds(since), instant(since))
    rows = conn.execute(
        "SELECT r.id, c.code, r.path, r.services, r.implementer, r.state, r.outcome, r.planned_start, r.planned_end,"
        f" r.submitted_at, {DECIDED}, r.actual_end, r.held_here, r.authorisers IS NOT NULL,"
        " CASE WHEN r.caused_p1 OR v.incidents IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM ticket_cause l WHERE l.change_id = r.id) THEN 1"
        " WHEN v.change_id IS NULL AND NOT r.held_here THEN NULL ELSE 0 END, v.downtime_minutes"
        " FROM change_request r JOIN client c ON c.id = r.client_id LEFT JOIN review v ON v.change_id = r.id"
        f" WHERE {seen} AND {late}",
        (*scoped, *values),
    )
    for r in rows:
        yield FactRow(
            r[0],
            r[1],
            r[2],
            tuple(r[3].split(";")) if r[3] else (),
            r[4],
            r[5] or ("closed" if r[11] else "draft"),
            r[6],
            stored_instant(r[7]),
            stored_instant(r[8]),
            stored_instant(r[9]) if r[9] else None,
            stored_instant(r[10]) if r[10] else None,
            stored_instant(r[11]) if r[11] else None,
            bool(r[12]),
            bool(r[13]),
            None if r[14] is None else bool(r[14]),
            r[15],
        )
