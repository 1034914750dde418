"""What every initiative in view asks of its groups: impacts, go-lives and people work, for the load by week."""

from __future__ import annotations

import sqlite3
from datetime import date

from changedesk.domain.people.saturation import Strain, Work
from changedesk.store.scope import Scope
from changedesk.store.times import day, stored_day


def capacities(conn: sqlite3.Connection, scope: Scope) -> dict[str, float | None]:
    """Client to the load that a group of its people can bear in a week; None where nobody said."""
    condition, values = scope.where("code")
    return dict(conn.execute(f"SELECT code, saturation_capacity FROM client WHERE {condition}", values))


def group_count(conn: sqlite3.Connection, scope: Scope) -> int:
    """How many groups the initiatives in view name, those that are over with them."""
    condition, values = scope.where("c.code")
    joined = "audience g JOIN initiative i ON i.id = g.initiative_id JOIN client c ON c.id = i.client_id"
    rows = conn.execute(f"SELECT count(*) FROM {joined} WHERE {condition}", values)
    return int(rows.fetchone()[0])


def strains(conn: sqlite3.Connection, scope: Scope, first: date, last: date) -> list[Strain]:
    """What the initiatives in view ask of each group from one day to another; what is over or cancelled asks nothing."""
    condition, values = scope.where("c.code")
    window = (first.isoformat(), last.isoformat())
    running = f"{condition} AND ifnull(i.state, '') NOT IN ('closed', 'cancelled')"
    work: dict[str, list[Work]] = {}
    shared: dict[str, list[Work]] = {}
    rows = conn.execute(
        "SELECT a.initiative_id, a.audience_id, ifnull(a.actual_start, ifnull(a.planned_start, a.planned_end)) AS begins,"
        " ifnull(a.actual_end, a.planned_end) AS ends, ifnull(a.kind, a.phase), a.title FROM activity a"
        f" JOIN initiative i ON i.id = a.initiative_id JOIN client c ON c.id = i.client_id WHERE {running}"
        " AND a.lane = 'people' AND ends >= ? AND begins <= ? ORDER BY begins, ends, a.title",
        (*values, *window),
    )
    for initiative, audience, begins, ends, kind, title in rows:
        found = Work(stored_day(begins), max(stored_day(begins), stored_day(ends)), kind, title)
        (work if audience else shared).setdefault(audience or initiative, []).append(found)
    rows = conn.execute(
        "SELECT i.id, i.code, i.title, c.code, g.name, g.site, g.headcount, g.capacity,"
        " (SELECT max(degree) FROM impact m WHERE m.audience_id = g.id),"
        " ifnull(g.go_live, ifnull(i.go_live_actual, i.go_live_planned)), g.id FROM audience g"
        f" JOIN initiative i ON i.id = g.initiative_id JOIN client c ON c.id = i.client_id WHERE {running}"
        " ORDER BY c.code, g.name, i.code",
        values,
    )
    return [Strain(*(*row[:9], day(row[9]), (*work.get(row[10], ()), *shared.get(row[0], ())))) for row in rows]
