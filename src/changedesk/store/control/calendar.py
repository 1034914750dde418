"""Windows of time and the changes that lie in a stretch of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from changedesk.domain.control.windows import SERVICE_SCOPE, Placed
from changedesk.store.scope import Scope
from changedesk.store.times import seconds, stored_instant

_LIVE = ("assessing", "authorizing", "scheduled", "implementing")


@dataclass(frozen=True, slots=True)
class Window:
    """A window as it is kept; ``rrule`` makes it recur, by the clock of ``timezone``, the zone of its client."""

    id: str
    client: str | None
    timezone: str | None
    kind: str
    scope: str | None
    title: str
    start: datetime
    end: datetime
    rrule: str | None

    @property
    def service(self) -> str | None:
        """The one service that it is about; None is all of the client's."""
        return self.scope.removeprefix(SERVICE_SCOPE) if self.scope else None


def windows(conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime) -> tuple[Window, ...]:
    """The windows in view that may touch a stretch of time: those of every client, and recurring ones from their start on."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT w.id, c.code, c.timezone, w.kind, w.scope, w.title, w.starts_at, w.ends_at, w.rrule"
        " FROM time_window w LEFT JOIN client c ON c.id = w.client_id"
        f" WHERE (w.client_id IS NULL OR {condition}) AND w.starts_at < ? AND (w.rrule IS NOT NULL OR w.ends_at > ?)"
        " ORDER BY w.starts_at, w.title",
        (*values, seconds(until), seconds(since)),
    )
    return tuple(
        Window(r[0], r[1], r[2], r[3], r[4], r[5], stored_instant(r[6]), stored_instant(r[7]), r[8]) for r in rows
    )


def placed(
    conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime, states: tuple[str, ...] = _LIVE
) -> Iterator[Placed]:
    """The changes in view whose windows touch a stretch of time, by start; on the calendar are those not yet over."""
    condition, values = scope.where("c.code")
    marks = ", ".join("?" * len(states))
    rows = conn.execute(
        "SELECT r.id, r.number, c.code, r.title, r.services, r.implementer, r.planned_start, r.planned_end, r.state"
        " FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE {condition} AND r.state IN ({marks}) AND r.planned_start < ? AND r.planned_end > ?"
        " ORDER BY r.planned_start, r.number",
        (*values, *states, seconds(until), seconds(since)),
    )
    for r in rows:
        services = tuple((r[4] or "").split(";")) if r[4] else ()
        yield Placed(r[0], r[1], r[2], r[3], services, r[5], stored_instant(r[6]), stored_instant(r[7]), r[8])
