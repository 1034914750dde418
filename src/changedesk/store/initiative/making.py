"""Making an initiative with everything that belongs to it, in the transaction that is open."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING

from changedesk.domain.planning.playbook_plan import PlannedInitiative
from changedesk.store.ids import new_id
from changedesk.store.initiative import making_people_side
from changedesk.store.trail.audit import canonical
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Head:
    """What the initiative itself says; people are logins or plain names. Its state is not stated: its dates set it."""

    client_id: str
    code: str
    title: str
    project_owner: str | None
    change_owner: str | None
    sponsor: str | None


def code_is_taken(conn: sqlite3.Connection, code: str) -> bool:
    """Whether any initiative of the desk, in view or not, has that code."""
    return conn.execute("SELECT 1 FROM initiative WHERE code = ?", (code,)).fetchone() is not None


def free_code(conn: sqlite3.Connection, wanted: str, limit: int) -> str:
    """The code, or when it is taken the first free one of CODE-2, CODE-3, ..., of at most ``limit`` characters."""
    numbered = (f"{wanted[: limit - len(str(n)) - 1]}-{n}" for n in count(2))
    return next(code for code in chain((wanted,), numbered) if not code_is_taken(conn, code))


def write_initiative(transaction: Transaction, head: Head, plan: PlannedInitiative) -> str:
    """Write an initiative that this desk follows from its beginning; returns its id.

    Each activity's plan is its first baseline (docs/decisions/0002).
    """
    conn, initiative = transaction.conn, new_id()
    conn.execute(
        "INSERT INTO initiative (id, client_id, code, title, project_owner, change_owner, sponsor, go_live_planned,"
        " imported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (
            initiative,
            head.client_id,
            head.code,
            head.title,
            head.project_owner,
            head.change_owner,
            head.sponsor,
            _text(plan.go_live),
        ),
    )
    _write_lanes(conn, initiative, {activity.lane for activity in plan.activities})
    audiences = _write_audiences(conn, initiative, plan)
    activities = _write_activities(conn, initiative, audiences, plan)
    _write_links(conn, initiative, activities, plan)
    _write_targets(conn, initiative, audiences, plan)
    _write_risks(conn, initiative, head, plan)
    owners = {"delivery": head.project_owner, "people": head.change_owner}
    making_people_side.write_people_side(conn, initiative, audiences, owners, plan)
    transaction.touch(initiative)
    return initiative


def plan_digest(plan: PlannedInitiative) -> str:
    """SHA-256 of the plan without the people in it, for the audit."""
    nameless = replace(
        plan, activities=tuple(replace(activity, owner=None) for activity in plan.activities), warnings=()
    )
    return hashlib.sha256(b"changedesk plan 1\n" + canonical(asdict(nameless)).encode()).hexdigest()


def _write_lanes(conn: sqlite3.Connection, initiative: str, used: Collection[str]) -> None:
    lanes = [lane for lane in ("delivery", "people", "service") if lane != "service" or lane in used]
    conn.executemany(
        "INSERT INTO lane (id, initiative_id, kind) VALUES (?, ?, ?)", [(new_id(), initiative, lane) for lane in lanes]
    )


def _write_audiences(
    conn: sqlite3.Connection, initiative: str, plan: PlannedInitiative
) -> dict[str | None, str | None]:
    """Audience name to id; no audience has none."""
    ids: dict[str | None, str | None] = {None: None}
    for audience in plan.audiences:
        ids[audience.name] = new_id()
        conn.execute(
            "INSERT INTO audience (id, initiative_id, name, role, site, headcount, go_live) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                ids[audience.name],
                initiative,
                audience.name,
                audience.role,
                audience.site,
                audience.headcount,
                _text(audience.go_live),
            ),
        )
    return ids


def _write_activities(
    conn: sqlite3.Connection, initiative: str, audiences: dict[str | None, str | None], plan: PlannedInitiative
) -> dict[tuple[str, str], str]:
    """Lane and title to id."""
    ids = {(activity.lane, activity.title): new_id() for activity in plan.activities}
    conn.executemany(
        "INSERT INTO activity (id, initiative_id, lane, phase, title, kind, audience_id, owner, planned_start, planned_end,"
        " weight, milestone, baseline_start, baseline_end, baseline_weight)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                ids[activity.lane, activity.title],
                initiative,
                activity.lane,
                activity.phase,
                activity.title,
                activity.kind,
                audiences[activity.audience],
                activity.owner,
                _text(activity.start),
                _text(activity.end),
                activity.weight,
                None if activity.milestone is None else int(activity.milestone),
                _text(activity.start),
                _text(activity.end),
                1.0 if activity.weight is None else activity.weight,
            )
            for activity in plan.activities
        ],
    )
    return ids


def _write_links(
    conn: sqlite3.Connection, initiative: str, activities: dict[tuple[str, str], str], plan: PlannedInitiative
) -> None:
    conn.executemany(
        "INSERT INTO dependency (id, initiative_id, predecessor_id, successor_id, kind, lag_days) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (new_id(), initiative, activities[link.predecessor], activities[link.successor], link.kind, link.lag_days)
            for link in plan.links
        ],
    )


def _write_targets(
    conn: sqlite3.Connection, initiative: str, audiences: dict[str | None, str | None], plan: PlannedInitiative
) -> None:
    conn.executemany(
        "INSERT INTO target (id, initiative_id, audience_id, metric, target, due) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (new_id(), initiative, audiences[target.audience], target.metric, target.percent, _text(target.by))
            for target in plan.targets
        ],
    )


def _write_risks(conn: sqlite3.Connection, initiative: str, head: Head, plan: PlannedInitiative) -> None:
    """The kind of a risk decides who owns it (R67, R68)."""
    owners = {"delivery": head.project_owner, "adoption": head.change_owner}
    conn.executemany(
        "INSERT INTO risk (id, initiative_id, title, kind, probability, impact, owner, response) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (new_id(), initiative, r.title, r.kind, r.probability, r.impact, owners[r.kind], r.response)
            for r in plan.risks
        ],
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
