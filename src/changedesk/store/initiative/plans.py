"""Plans on disk: the activities and links that came from a planning tool, and planned dates that move."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from changedesk.domain.planning.schedule import Moved
from changedesk.domain.records import Activity
from changedesk.domain.working import Dependency
from changedesk.store.ids import new_id
from changedesk.store.initiative import initiatives, working
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_FIELDS = (
    "source_key", "phase", "title", "owner", "planned_start", "planned_end", "actual_start", "actual_end", "weight",
    "percent_complete", "milestone", "baseline_start", "baseline_end", "baseline_weight",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanRecords:
    """The plan of an initiative as it stands: its activities, what depends on what, and audience to its own go-live."""

    activities: tuple[Activity, ...]
    dependencies: tuple[Dependency, ...]
    waves: Mapping[str, date]


def plan_records(conn: sqlite3.Connection, initiative_id: str) -> PlanRecords:
    """Everything that a move of the plan is worked out from."""
    audiences = initiatives.audiences(conn, initiative_id)
    return PlanRecords(
        initiatives.activities(conn, initiative_id),
        tuple(working.dependencies(conn, initiative_id)),
        {one.name: one.go_live for one in audiences if one.go_live is not None},
    )


def served(conn: sqlite3.Connection, initiative_id: str) -> frozenset[str]:
    """The titles of activities that changes serve, and by which their go-live is found."""
    rows = conn.execute(
        "SELECT DISTINCT milestone FROM change_request WHERE initiative_id = ? AND milestone IS NOT NULL",
        (initiative_id,),
    )
    return frozenset(title for (title,) in rows)


def planning_is_signed(transaction: Transaction, initiative_id: str) -> bool:
    """Whether both lanes have signed the planning checkpoint, so that the baseline is fixed."""
    row = transaction.conn.execute(
        "SELECT count(DISTINCT lane) FROM signature WHERE initiative_id = ? AND checkpoint = 'planning'",
        (initiative_id,),
    ).fetchone()
    return bool(row[0] == 2)


def write_activities(
    transaction: Transaction, initiative_id: str, activities: Mapping[str, Activity], added: Iterable[str]
) -> dict[str, str]:
    """Write activities of the delivery lane: new rows for those in ``added``, the others changed; returns key to id."""
    fresh = set(added)
    conn = transaction.conn
    # Tasks may trade their titles, and a title is there once in a lane: first nobody has one that changes.
    conn.executemany(
        "UPDATE activity SET title = id WHERE id = ? AND title <> ?",
        [(activity.id, activity.title) for key, activity in activities.items() if key not in fresh],
    )
    conn.executemany(
        f"UPDATE activity SET rev = rev + 1, {', '.join(f'{name} = ?' for name in _FIELDS)} WHERE id = ?",
        [(*_values(activity), activity.id) for key, activity in activities.items() if key not in fresh],
    )
    ids = {key: new_id() if key in fresh else activity.id for key, activity in activities.items()}
    conn.executemany(
        f"INSERT INTO activity (id, initiative_id, lane, {', '.join(_FIELDS)})"
        f" VALUES (?, ?, 'delivery', {', '.join('?' * len(_FIELDS))})",
        [(ids[key], initiative_id, *_values(activities[key])) for key in activities if key in fresh],
    )
    conn.execute(
        "INSERT OR IGNORE INTO lane (id, initiative_id, kind) VALUES (?, ?, 'delivery')", (new_id(), initiative_id)
    )
    transaction.touch(initiative_id)
    return ids


def write_links(transaction: Transaction, initiative_id: str, links: Iterable[Dependency]) -> None:
    """Write what depends on what; the same two activities again get the new kind and lag."""
    for link in links:
        changed = transaction.conn.execute(
            "UPDATE dependency SET rev = rev + 1, kind = ?, lag_days = ? WHERE predecessor_id = ? AND successor_id = ?",
            (link.kind, link.lag_days, link.predecessor_id, link.successor_id),
        )
        if not changed.rowcount:
            transaction.conn.execute(
                "INSERT INTO dependency (id, initiative_id, predecessor_id, successor_id, kind, lag_days)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (new_id(), initiative_id, link.predecessor_id, link.successor_id, link.kind, link.lag_days),
            )
    transaction.touch(initiative_id)


def drop_ties(transaction: Transaction, initiative_id: str, activity_id: str) -> None:
    """Let an activity depend on no milestone any more; what it follows otherwise stays."""
    transaction.conn.execute(
        "DELETE FROM dependency WHERE initiative_id = ? AND successor_id = ?"
        " AND predecessor_id IN (SELECT id FROM activity WHERE milestone = 1)",
        (initiative_id, activity_id),
    )
    transaction.touch(initiative_id)


def write_moves(transaction: Transaction, initiative_id: str, moved: Iterable[Moved]) -> None:
    """Write new planned dates; baselines stay."""
    transaction.conn.executemany(
        "UPDATE activity SET rev = rev + 1, planned_start = ?, planned_end = ? WHERE id = ?",
        [(_text(one.new_start), _text(one.new_end), one.id) for one in moved],
    )
    transaction.touch(initiative_id)


def _values(activity: Activity) -> tuple[object, ...]:
    values = (getattr(activity, name) for name in _FIELDS)
    return tuple(_text(value) if isinstance(value, date) else value for value in values)


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
