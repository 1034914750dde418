"""Resistance and old ways over all initiatives in view: the logs that are read across the desk."""

from __future__ import annotations

import sqlite3
from datetime import date

from changedesk.domain.working import Resistance, Workaround
from changedesk.store import working
from changedesk.store.scope import Scope
from changedesk.store.times import day
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Concerned:
    """The initiative that an entry belongs to."""

    initiative_id: str
    code: str
    title: str
    client: str
    go_live: date | None


def with_entries(conn: sqlite3.Connection, scope: Scope, table: str) -> list[Concerned]:
    """The initiatives in view that have an entry in the table ``resistance`` or ``workaround``, by code."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id, i.code, i.title, c.code, ifnull(i.go_live_actual, i.go_live_planned) FROM initiative i"
        f" JOIN client c ON c.id = i.client_id WHERE {condition}"
        f" AND EXISTS (SELECT 1 FROM {table} t WHERE t.initiative_id = i.id) ORDER BY i.code",
        values,
    )
    return [Concerned(row[0], row[1], row[2], row[3], day(row[4])) for row in rows]


def resistance_log(conn: sqlite3.Connection, scope: Scope) -> list[tuple[Concerned, Resistance]]:
    """Every entry of every log."""
    owners = with_entries(conn, scope, "resistance")
    return [(one, entry) for one in owners for entry in working.resistances(conn, one.initiative_id)]


def workaround_register(conn: sqlite3.Connection, scope: Scope) -> list[tuple[Concerned, Workaround]]:
    """Every old way of every register."""
    owners = with_entries(conn, scope, "workaround")
    return [(one, entry) for one in owners for entry in working.workarounds(conn, one.initiative_id)]
