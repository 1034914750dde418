"""Windows of time and the changes that lie in a stretch of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from changedesk.domain.control.windows import SERVICE_SCOPE, Placed
from changedesk.domain.service.names import each_once
from changedesk.store.control.facts import DECIDED
from changedesk.store.scope import Scope
from changedesk.store.times import instant, seconds, stored_day, stored_instant
from changedesk.values import dataclass

LIVE: Final = ("assessing", "authorizing", "scheduled", "implementing")
"""States in which a change is asked for and not over yet: others can run into it."""
SHOWN: Final = (*LIVE, "review", "closed")
"""States of the changes that a calendar shows: also what has been done."""


_PLACED = (
    "SELECT r.id, r.number, c.code, r.title, r.services, r.implementer, r.planned_start, r.planned_end, r.state, i.code"
    " FROM change_request r JOIN client c ON c.id = r.client_id LEFT JOIN initiative i ON i.id = r.initiative_id"
)


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
    approved_by: str | None = None

    @property
    def service(self) -> str | None:
        """The one service that it is about; None is all of the client's."""
        return self.scope.removeprefix(SERVICE_SCOPE) if self.scope else None


def windows(
    conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime, kinds: Iterable[str] | None = None
) -> tuple[Window, ...]:
    """The windows in view that may touch a stretch of time: those of every client, and recurring ones from their start on.

    ``kinds`` are those that are wanted, None is all.
    """
    condition, values = scope.where("c.code")
    wanted = None if kinds is None else tuple(kinds)
    of_kind = "1" if wanted is None else f"w.kind IN ({', '.join('?' * len(wanted))})"
    rows = conn.execute(
        "SELECT w.id, c.code, c.timezone, w.kind, w.scope, w.title, w.starts_at, w.ends_at, w.rrule, w.approved_by"
        " FROM time_window w LEFT JOIN client c ON c.id = w.client_id"
        f" WHERE (w.client_id IS NULL OR {condition}) AND {of_kind}"
        " AND w.starts_at < ? AND (w.rrule IS NOT NULL OR w.ends_at > ?) ORDER BY w.starts_at, w.title",
        (*values, *(wanted or ()), seconds(until), seconds(since)),
    )
    return tuple(
        Window(r[0], r[1], r[2], r[3], r[4], r[5], stored_instant(r[6]), stored_instant(r[7]), r[8], r[9]) for r in rows
    )


def placed(
    conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime, states: tuple[str, ...] = LIVE
) -> Iterator[Placed]:
    """The changes in view whose windows touch a stretch of time, by start; in a calendar's way are those not yet over."""
    condition, values = scope.where("c.code")
    marks = ", ".join("?" * len(states))
    rows = conn.execute(
        f"{_PLACED} WHERE {condition} AND r.state IN ({marks}) AND r.planned_start < ? AND r.planned_end > ?"
        " ORDER BY r.planned_start, r.number",
        (*values, *states, seconds(until), seconds(since)),
    )
    return map(_placed, rows)


def scheduled(conn: sqlite3.Connection, scope: Scope) -> tuple[Placed, ...]:
    """The changes in view that wait for their window by a decision of this desk; emergencies have rules of their own."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"{_PLACED} WHERE {condition} AND r.state = 'scheduled' AND r.path <> 'emergency' AND r.held_here = 1"
        " ORDER BY r.planned_start, r.number",
        values,
    )
    return tuple(map(_placed, rows))


def _placed(row: tuple[str, ...]) -> Placed:
    id_, number, client, title, services, implementer, start, end, state, initiative = row
    names = tuple(services.split(";")) if services else ()
    begin, over = stored_instant(start), stored_instant(end)
    return Placed(id_, number, client, title, names, implementer, begin, over, state, initiative)


def services(conn: sqlite3.Connection, scope: Scope) -> tuple[str, ...]:
    """The services that windows and changes in view name, by name, each in one spelling."""
    condition, values = scope.where("c.code")
    changes = conn.execute(
        "SELECT DISTINCT r.services FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE r.services IS NOT NULL AND {condition}",
        values,
    )
    found = {name for (joined,) in changes for name in joined.split(";")}
    scopes = conn.execute(
        "SELECT DISTINCT w.scope FROM time_window w LEFT JOIN client c ON c.id = w.client_id"
        f" WHERE w.scope IS NOT NULL AND (w.client_id IS NULL OR {condition})",
        values,
    )
    return each_once(found | {scope.removeprefix(SERVICE_SCOPE) for (scope,) in scopes})


def submitted(
    conn: sqlite3.Connection, client: str, path: str, since: datetime
) -> tuple[tuple[datetime, datetime | None], ...]:
    """When the changes of a client and path were submitted since a moment, and when each was decided; None: it is open.

    What was taken back, or went back to its draft, was neither decided nor does it wait.
    """
    rows = conn.execute(
        f"SELECT r.submitted_at, {DECIDED} FROM change_request r"
        " WHERE r.client_id = (SELECT id FROM client WHERE code = ?) AND r.path = ? AND r.submitted_at >= ?"
        " AND (r.state IN ('assessing', 'authorizing') OR r.decided_at IS NOT NULL AND r.state <> 'draft')"
        " ORDER BY r.submitted_at, r.id",
        (client, path, instant(since)),
    )
    return tuple((stored_instant(begun), stored_instant(over) if over else None) for begun, over in rows)


def holidays(conn: sqlite3.Connection, scope: Scope, first: date, last: date) -> tuple[tuple[str, date, str], ...]:
    """The days of these, both included, on which a client in view does not work: its code, the day, its name."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT c.code, h.day, h.title FROM holiday h JOIN client c ON c.id = h.client_id"
        f" WHERE {condition} AND h.day BETWEEN ? AND ? ORDER BY h.day, c.code",
        (*values, first.isoformat(), last.isoformat()),
    )
    return tuple((code, stored_day(day), title) for code, day, title in rows)
