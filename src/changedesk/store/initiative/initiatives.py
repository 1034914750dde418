"""Clients, initiatives and what belongs to an initiative, as frozen records."""

from __future__ import annotations

import sqlite3
from typing import Any

from changedesk.domain.records import Activity, Audience, Client, Initiative, Observation, Target
from changedesk.store.scope import Scope
from changedesk.store.times import day, stored_day

_INITIATIVE = (
    "SELECT i.id, i.rev, c.code, i.code, i.title, i.project_owner, i.change_owner, i.sponsor, i.go_live_planned,"
    " i.go_live_actual, i.budget, i.currency, i.state, i.imported, i.charter, i.outcome_owner, i.change_budget,"
    " v.name, i.origin_improvement_id"
    " FROM initiative i JOIN client c ON c.id = i.client_id LEFT JOIN service v ON v.id = i.service_id"
)


def _initiative(row: tuple[Any, ...]) -> Initiative:
    return Initiative(
        id=row[0],
        rev=row[1],
        client=row[2],
        code=row[3],
        title=row[4],
        project_owner=row[5],
        change_owner=row[6],
        sponsor=row[7],
        go_live_planned=day(row[8]),
        go_live_actual=day(row[9]),
        budget=row[10],
        currency=row[11],
        state=row[12],
        imported=bool(row[13]),
        charter=row[14],
        outcome_owner=row[15],
        change_budget=row[16],
        service=row[17],
        origin=row[18],
    )


def clients(conn: sqlite3.Connection, scope: Scope) -> tuple[Client, ...]:
    """The clients in view, by code."""
    condition, values = scope.where("code")
    rows = conn.execute(
        "SELECT id, rev, code, name, timezone, user_maturity, business_hours, retro_hours, pir_days FROM client"
        f" WHERE {condition} ORDER BY code",
        values,
    )
    return tuple(Client(*row) for row in rows)


def initiative_by_code(conn: sqlite3.Connection, scope: Scope, code: str) -> Initiative | None:
    """The initiative with that code, if it is in view."""
    condition, values = scope.where("c.code")
    row = conn.execute(f"{_INITIATIVE} WHERE i.code = ? AND {condition}", (code, *values)).fetchone()
    return _initiative(row) if row else None


def initiative_by_id(conn: sqlite3.Connection, scope: Scope, initiative_id: str) -> Initiative | None:
    """The initiative with that id, if it is in view."""
    condition, values = scope.where("c.code")
    row = conn.execute(f"{_INITIATIVE} WHERE i.id = ? AND {condition}", (initiative_id, *values)).fetchone()
    return _initiative(row) if row else None


def in_view(conn: sqlite3.Connection, scope: Scope) -> tuple[Initiative, ...]:
    """The initiatives in view, in no order."""
    condition, values = scope.where("c.code")
    return tuple(_initiative(row) for row in conn.execute(f"{_INITIATIVE} WHERE {condition}", values))


def codes(conn: sqlite3.Connection, scope: Scope) -> list[str]:
    """The codes of the initiatives in view, in order."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"SELECT i.code FROM initiative i JOIN client c ON c.id = i.client_id WHERE {condition} ORDER BY i.code", values
    )
    return [row[0] for row in rows]


def audiences(conn: sqlite3.Connection, initiative_id: str) -> tuple[Audience, ...]:
    """The audiences of an initiative, by name."""
    rows = conn.execute(
        "SELECT id, rev, name, role, site, headcount, go_live, capacity FROM audience WHERE initiative_id = ? ORDER BY name",
        (initiative_id,),
    )
    return tuple(Audience(row[0], row[1], row[2], row[3], row[4], row[5], day(row[6]), row[7]) for row in rows)


def activities(conn: sqlite3.Connection, initiative_id: str) -> tuple[Activity, ...]:
    """The activities of an initiative, by lane, planned end and title."""
    rows = conn.execute(
        "SELECT a.id, a.rev, a.lane, a.phase, a.title, a.kind, g.name, a.owner, a.planned_start, a.planned_end, a.actual_start,"
        " a.actual_end, a.weight, a.percent_complete, a.milestone, a.baseline_start, a.baseline_end, a.baseline_weight,"
        " a.source_key"
        " FROM activity a LEFT JOIN audience g ON g.id = a.audience_id WHERE a.initiative_id = ?"
        " ORDER BY CASE a.lane WHEN 'delivery' THEN 0 WHEN 'people' THEN 1 ELSE 2 END, a.planned_end, a.title",
        (initiative_id,),
    )
    return tuple(_activity(row) for row in rows)


def _activity(row: tuple[Any, ...]) -> Activity:
    return Activity(
        id=row[0],
        rev=row[1],
        lane=row[2],
        phase=row[3],
        title=row[4],
        kind=row[5],
        audience=row[6],
        owner=row[7],
        planned_start=day(row[8]),
        planned_end=stored_day(row[9]),
        actual_start=day(row[10]),
        actual_end=day(row[11]),
        weight=row[12],
        percent_complete=row[13],
        milestone=None if row[14] is None else bool(row[14]),
        baseline_start=day(row[15]),
        baseline_end=day(row[16]),
        baseline_weight=row[17],
        source_key=row[18],
    )


def targets(conn: sqlite3.Connection, initiative_id: str) -> tuple[Target, ...]:
    """The targets of an initiative, those for all audiences first."""
    rows = conn.execute(
        "SELECT t.id, g.name, t.metric, t.target, t.due FROM target t LEFT JOIN audience g ON g.id = t.audience_id"
        " WHERE t.initiative_id = ? ORDER BY g.name IS NOT NULL, g.name, t.metric",
        (initiative_id,),
    )
    return tuple(Target(row[0], row[1], row[2], row[3], stored_day(row[4])) for row in rows)


def observations_of_metric(conn: sqlite3.Connection, initiative_id: str, metric: str) -> tuple[Observation, ...]:
    """All observations of one metric of an initiative, by audience, method and day."""
    rows = conn.execute(
        "SELECT o.id, o.rev, g.name, o.metric, o.day, o.numerator, o.denominator, o.method"
        " FROM audience g JOIN observation o ON o.audience_id = g.id AND o.metric = ?"
        " WHERE g.initiative_id = ? ORDER BY g.name, o.method, o.day",
        (metric, initiative_id),
    )
    return tuple(_observation(row) for row in rows)


def latest_observations(conn: sqlite3.Connection, initiative_id: str) -> tuple[Observation, ...]:
    """The newest observation of every audience, metric and method of an initiative."""
    rows = conn.execute(
        "SELECT o.id, o.rev, g.name, o.metric, max(o.day), o.numerator, o.denominator, o.method"
        " FROM audience g JOIN observation o ON o.audience_id = g.id WHERE g.initiative_id = ?"
        " GROUP BY g.id, o.metric, o.method ORDER BY g.name, o.metric, o.method",
        (initiative_id,),
    )
    return tuple(_observation(row) for row in rows)


def observation_page(conn: sqlite3.Connection, initiative_id: str, offset: int, limit: int) -> tuple[Observation, ...]:
    """A page of an initiative's observations, newest first."""
    rows = conn.execute(
        "SELECT o.id, o.rev, g.name, o.metric, o.day, o.numerator, o.denominator, o.method"
        " FROM audience g JOIN observation o ON o.audience_id = g.id WHERE g.initiative_id = ?"
        " ORDER BY o.day DESC, g.name, o.metric, o.method LIMIT ? OFFSET ?",
        (initiative_id, limit, offset),
    )
    return tuple(_observation(row) for row in rows)


def observation_count(conn: sqlite3.Connection, initiative_id: str) -> int:
    """How many observations an initiative has."""
    row = conn.execute(
        "SELECT count(*) FROM audience g JOIN observation o ON o.audience_id = g.id WHERE g.initiative_id = ?",
        (initiative_id,),
    ).fetchone()
    return int(row[0])


def _observation(row: tuple[Any, ...]) -> Observation:
    return Observation(row[0], row[1], row[2], row[3], stored_day(row[4]), row[5], row[6], row[7])
