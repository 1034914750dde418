"""Which changes may owe something or wait for leave, found by the index of those that are not over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from changedesk.domain.control.request import ChangeRequest
from changedesk.store.control import requests
from changedesk.store.scope import Scope
from changedesk.values import dataclass

_OPEN = "r.state IN ('draft', 'assessing', 'authorizing', 'scheduled', 'implementing', 'review')"
_OWES = "(r.state = 'review' OR (r.state = 'implementing' AND r.authorisers IS NOT NULL))"
GO_LIVE_OF = (
    "EXISTS (SELECT 1 FROM activity a WHERE a.initiative_id = r.initiative_id AND a.title = r.milestone"
    " AND (a.kind = 'cutover' OR a.planned_end = ifnull(i.go_live_actual, i.go_live_planned)))"
)
"""Whether the milestone that a change serves is the go-live of its initiative, for ``r`` and ``i`` of a query."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Live:
    """A change that is worked on at this desk and not over: may it owe something, is it a go-live that is to come?"""

    change_id: str
    initiative: str | None
    owes: bool
    is_go_live: bool


def anything_waits(conn: sqlite3.Connection, scope: Scope) -> bool:
    """Whether any change in view is not over."""
    condition, values = scope.where("c.code")
    row = conn.execute(
        f"SELECT 1 FROM change_request r JOIN client c ON c.id = r.client_id WHERE {_OPEN} AND {condition}"
        " AND (r.held_here = 1 OR r.round > 0) LIMIT 1",
        values,
    ).fetchone()
    return row is not None


def live(conn: sqlite3.Connection, scope: Scope) -> list[Live]:
    """The changes of this desk's own making in view that may owe something, or are a go-live that is to come."""
    condition, values = scope.where("c.code")
    to_come = f"(r.state IN ('draft', 'assessing', 'authorizing', 'scheduled') AND i.id IS NOT NULL AND {GO_LIVE_OF})"
    rows = conn.execute(
        f"SELECT r.id, r.initiative_id, {_OWES}, {to_come} FROM change_request r"
        " JOIN client c ON c.id = r.client_id LEFT JOIN initiative i ON i.id = r.initiative_id"
        f" WHERE {_OPEN} AND r.held_here = 1 AND {condition}",
        values,
    )
    return [Live(row[0], row[1], bool(row[2]), bool(row[3])) for row in rows if row[2] or row[3]]


def changes(conn: sqlite3.Connection, ids: Iterable[str]) -> list[ChangeRequest]:
    """The changes with these ids, whoever asks: the ids come from a query that was scoped."""
    wanted = list(ids)
    found: list[ChangeRequest] = []
    for first in range(0, len(wanted), _AT_ONCE):
        part = wanted[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        found += requests.found(conn, Scope(None), f"r.id IN ({marks})", tuple(part), "r.number")
    return found


def of_initiative(conn: sqlite3.Connection, scope: Scope, initiative_id: str) -> list[tuple[ChangeRequest, bool]]:
    """The changes that serve an initiative, the latest window first, each with whether it is the initiative's go-live."""
    asked = list(requests.found(conn, scope, "r.initiative_id = ?", (initiative_id,)))
    rows = conn.execute(
        f"SELECT r.id FROM change_request r JOIN initiative i ON i.id = r.initiative_id WHERE i.id = ? AND {GO_LIVE_OF}",
        (initiative_id,),
    )
    go_lives = {row[0] for row in rows}
    return [(change, change.id in go_lives) for change in asked]
