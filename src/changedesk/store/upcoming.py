"""What falls on the coming days over all initiatives in view."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from changedesk.store.scope import Scope
from changedesk.store.times import stored_day


@dataclass(frozen=True, slots=True)
class DatedRow:
    """Something of an initiative that falls on a day: a wave's go-live, a milestone not reached yet, a target's day."""

    day: date
    kind: str
    initiative_id: str
    text: str


def upcoming(conn: sqlite3.Connection, scope: Scope, first: date, last: date) -> list[DatedRow]:
    """Waves, open milestones and targets from the first to the last day, both included."""
    condition, values = scope.where("c.code")
    within = (first.isoformat(), last.isoformat())
    in_view = f"JOIN initiative i ON i.id = t.initiative_id JOIN client c ON c.id = i.client_id WHERE {condition}"
    running = "ifnull(i.state, '') NOT IN ('closed', 'cancelled')"
    rows = conn.execute(
        f"SELECT t.go_live, 'wave', i.id, t.name FROM audience t {in_view} AND {running} AND t.go_live BETWEEN ? AND ?"
        "  AND t.go_live IS NOT ifnull(i.go_live_actual, i.go_live_planned)"
        f" UNION ALL SELECT t.planned_end, 'milestone', i.id, t.title FROM activity t {in_view} AND {running}"
        "  AND t.milestone = 1 AND t.actual_end IS NULL AND t.planned_end BETWEEN ? AND ?"
        " UNION ALL SELECT t.due, 'target', i.id, t.metric || ' ' || cast(t.target AS INTEGER) || ' %'"
        f"  FROM target t {in_view} AND {running} AND t.audience_id IS NULL AND t.due BETWEEN ? AND ?",
        (*values, *within, *values, *within, *values, *within),
    )
    return [DatedRow(stored_day(row[0]), row[1], row[2], row[3]) for row in rows]
