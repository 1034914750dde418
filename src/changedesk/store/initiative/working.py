"""The records of the work on an initiative, as frozen values."""

from __future__ import annotations

import sqlite3

from changedesk.domain.working import (
    Benefit,
    BenefitObservation,
    Decision,
    Dependency,
    Holiday,
    Resistance,
    Risk,
    RiskCount,
    Snapshot,
    Workaround,
)
from changedesk.store import people
from changedesk.store.times import day, stored_day, stored_instant


def snapshots(conn: sqlite3.Connection, initiative_id: str) -> tuple[Snapshot, ...]:
    """The snapshots of an initiative, oldest first."""
    rows = conn.execute(
        "SELECT id, rev, day, planned_value, earned_value, actual_cost, scope_done, scope_total FROM snapshot"
        " WHERE initiative_id = ? ORDER BY day",
        (initiative_id,),
    )
    return tuple(Snapshot(r[0], r[1], stored_day(r[2]), r[3], r[4], r[5], r[6], r[7]) for r in rows)


def benefits(conn: sqlite3.Connection, initiative_id: str) -> tuple[Benefit, ...]:
    """The benefits of an initiative, by name."""
    rows = conn.execute(
        "SELECT id, rev, name, unit, baseline, target, due, owner, dependent_share, kind FROM benefit"
        " WHERE initiative_id = ? ORDER BY name",
        (initiative_id,),
    )
    return tuple(Benefit(r[0], r[1], r[2], r[3], r[4], r[5], day(r[6]), r[7], r[8], r[9]) for r in rows)


def benefit_observations(conn: sqlite3.Connection, initiative_id: str) -> tuple[BenefitObservation, ...]:
    """What was measured of an initiative's benefits, by benefit and day."""
    rows = conn.execute(
        "SELECT b.name, o.day, o.value FROM benefit b JOIN benefit_observation o ON o.benefit_id = b.id"
        " WHERE b.initiative_id = ? ORDER BY b.name, o.day",
        (initiative_id,),
    )
    return tuple(BenefitObservation(r[0], stored_day(r[1]), r[2]) for r in rows)


def risks(conn: sqlite3.Connection, initiative_id: str) -> tuple[Risk, ...]:
    """The risks of an initiative, open ones first, by score."""
    rows = conn.execute(
        "SELECT id, rev, title, kind, probability, impact, owner, response, closed_on FROM risk WHERE initiative_id = ?"
        " ORDER BY closed_on IS NOT NULL, probability * impact DESC, title",
        (initiative_id,),
    )
    return tuple(Risk(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], day(r[8])) for r in rows)


def risk_counts(conn: sqlite3.Connection, initiative_id: str) -> tuple[RiskCount, ...]:
    """The risks of an initiative by kind and score, open ones and closed ones: as few rows as there are scores."""
    rows = conn.execute(
        "SELECT kind, probability * impact, closed_on IS NULL, count(*), min(title) FROM risk WHERE initiative_id = ?"
        " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        (initiative_id,),
    )
    return tuple(RiskCount(r[0], r[1], bool(r[2]), r[3], r[4]) for r in rows)


def decisions(conn: sqlite3.Connection, initiative_id: str) -> tuple[Decision, ...]:
    """The decisions of an initiative, those not locked yet first."""
    rows = conn.execute(
        "SELECT id, rev, title, touches_timing, touches_adoption, delivery_ack, people_ack, locked_at FROM decision"
        " WHERE initiative_id = ? ORDER BY locked_at IS NOT NULL, title",
        (initiative_id,),
    ).fetchall()
    return tuple(
        Decision(
            r[0],
            r[1],
            r[2],
            bool(r[3]),
            bool(r[4]),
            people.name_of(conn, r[5]) if r[5] else None,
            people.name_of(conn, r[6]) if r[6] else None,
            stored_instant(r[7]) if r[7] else None,
        )
        for r in rows
    )


def resistances(conn: sqlite3.Connection, initiative_id: str) -> tuple[Resistance, ...]:
    """The resistance log of an initiative, open entries first, the hardest first."""
    rows = conn.execute(
        "SELECT r.id, r.rev, g.name, r.title, r.cause, r.severity, r.first_seen, r.owner, r.action, r.outcome, r.issue,"
        " r.milestone, r.closed_on FROM resistance r LEFT JOIN audience g ON g.id = r.audience_id WHERE r.initiative_id = ?"
        " ORDER BY r.closed_on IS NOT NULL, r.severity DESC, r.first_seen, r.title",
        (initiative_id,),
    )
    return tuple(
        Resistance(r[0], r[1], r[2], r[3], r[4], r[5], stored_day(r[6]), r[7], r[8], r[9], r[10], r[11], day(r[12]))
        for r in rows
    )


def workarounds(conn: sqlite3.Connection, initiative_id: str) -> tuple[Workaround, ...]:
    """The old ways in use, open ones first, those to be retired first."""
    rows = conn.execute(
        "SELECT w.id, w.rev, g.name, w.title, w.count, w.first_seen, w.owner, w.retire_by, w.closed_on,"
        " w.kind, w.tolerated FROM workaround w"
        " LEFT JOIN audience g ON g.id = w.audience_id WHERE w.initiative_id = ?"
        " ORDER BY w.closed_on IS NOT NULL, w.retire_by IS NULL, w.retire_by, w.title",
        (initiative_id,),
    )
    return tuple(
        Workaround(
            id=r[0],
            rev=r[1],
            audience=r[2],
            title=r[3],
            count=r[4],
            first_seen=stored_day(r[5]),
            owner=r[6],
            retire_by=day(r[7]),
            closed_on=day(r[8]),
            kind=r[9],
            tolerated=None if r[10] is None else bool(r[10]),
        )
        for r in rows
    )


def dependencies(conn: sqlite3.Connection, initiative_id: str) -> tuple[Dependency, ...]:
    """What depends on what in an initiative."""
    rows = conn.execute(
        "SELECT predecessor_id, successor_id, kind, lag_days FROM dependency WHERE initiative_id = ?"
        " ORDER BY predecessor_id, successor_id",
        (initiative_id,),
    )
    return tuple(Dependency(r[0], r[1], r[2], r[3]) for r in rows)


def holidays(conn: sqlite3.Connection, client: str) -> tuple[Holiday, ...]:
    """The days on which a client, named by its short code, does not work."""
    rows = conn.execute(
        "SELECT c.code, h.day, h.title FROM holiday h JOIN client c ON c.id = h.client_id WHERE c.code = ? ORDER BY h.day",
        (client,),
    )
    return tuple(Holiday(r[0], stored_day(r[1]), r[2]) for r in rows)
