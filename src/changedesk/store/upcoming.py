"""What falls on the coming days over all initiatives and clients in view."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from changedesk.store.scope import Scope
from changedesk.store.times import seconds, stored_day, stored_instant
from changedesk.values import dataclass


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


@dataclass(frozen=True, slots=True)
class TimedRow:
    """Something of a client that begins at a moment; ``count`` is how many things it has, ``held`` whether it is on hold."""

    at: datetime
    client: str
    text: str
    count: int = 0
    held: bool = False


def meetings(conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime) -> list[TimedRow]:
    """The meetings of boards that have not ended, with how many changes each has on its agenda, by time.

    A meeting is met when it begins; of a ballot it is the end that matters.
    """
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT CASE m.kind WHEN 'vcab' THEN m.ends_at ELSE m.at END AS met, c.code,"
        " m.title || CASE m.kind WHEN 'vcab' THEN ' ends' ELSE '' END,"
        " (SELECT count(*) FROM cab_item i WHERE i.meeting_id = m.id)"
        f" FROM cab_meeting m JOIN client c ON c.id = m.client_id WHERE {condition} AND m.state <> 'closed'"
        " AND m.ends_at > ? AND met < ? ORDER BY met, c.code",
        (*values, seconds(since), seconds(until)),
    )
    return [TimedRow(stored_instant(row[0]), row[1], row[2], row[3]) for row in rows]


def change_windows(conn: sqlite3.Connection, scope: Scope, since: datetime, until: datetime) -> list[TimedRow]:
    """The changes that are scheduled to begin within a time, by their begin."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT r.planned_start, c.code, r.number || ' ' || r.title, ifnull(r.hold, '') <> ''"
        " FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE {condition} AND r.state = 'scheduled' AND r.planned_end > ? AND r.planned_start BETWEEN ? AND ?"
        " ORDER BY r.planned_start, r.number",
        (*values, seconds(since), seconds(since), seconds(until)),
    )
    return [TimedRow(stored_instant(row[0]), row[1], row[2], held=bool(row[3])) for row in rows]


def owed_approvals(conn: sqlite3.Connection, scope: Scope) -> list[TimedRow]:
    """Emergencies begun on somebody's word and not closed: when their votes are due; the text is the id."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT r.retro_due, c.code, r.id FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE {condition} AND r.state IN ('implementing', 'review') AND r.retro_due IS NOT NULL ORDER BY r.retro_due",
        values,
    )
    return [TimedRow(stored_instant(row[0]), row[1], row[2]) for row in rows]
