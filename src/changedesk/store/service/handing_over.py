"""Handovers, words on exit criteria, duties, hours and exceptions of support: read and written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from changedesk.domain.control.news import OpenExceptions
from changedesk.domain.early_life.hypercare import Word
from changedesk.domain.records import Initiative
from changedesk.domain.service.client_side import SecurityException
from changedesk.domain.service.handover import Handover, HandoverItem, HandoverStanding, HandoverTask
from changedesk.domain.usage.old_ways import PERIOD
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import day, instant, stored_day, stored_instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

BEHAVIOUR_DAYS: Final = 90
"""Over so many days the hours spent on behaviour are taken for what it costs a month."""


def handover_of(conn: sqlite3.Connection, initiative: Initiative, tasks: Sequence[HandoverTask]) -> Handover:
    """The handover of an initiative as it stands."""
    plan = (
        conn.execute(
            "SELECT planned_start, planned_end, planned_hours, spent_hours, started_on, accepted_at, accepted_by FROM handover"
            " WHERE initiative_id = ?",
            (initiative.id,),
        ).fetchone()
        or (None,) * 7
    )
    owner, state = conn.execute(
        "SELECT v.owner, v.state FROM service v JOIN initiative i ON i.service_id = v.id WHERE i.id = ?",
        (initiative.id,),
    ).fetchone() or (None, None)
    return Handover(
        initiative_id=initiative.id,
        service=initiative.service,
        service_owner=owner,
        project_owner=initiative.project_owner,
        planned_start=day(plan[0]),
        planned_end=day(plan[1]),
        planned_hours=plan[2],
        spent_hours=plan[3],
        started_on=day(plan[4]),
        accepted_at=stored_instant(plan[5]) if plan[5] else None,
        accepted_by=people.name_of(conn, plan[6]) if plan[6] else None,
        items=_items(conn, initiative.id, tasks),
        cancelled=initiative.cancelled,
        retired=state == "retired",
    )


def _items(conn: sqlite3.Connection, initiative_id: str, tasks: Sequence[HandoverTask]) -> tuple[HandoverItem, ...]:
    rows = conn.execute(
        "SELECT item, done_at, done_by, evidence, rejected_at, rejected_by, reason FROM handover_item WHERE initiative_id = ?",
        (initiative_id,),
    ).fetchall()
    known = {row[0]: row for row in rows}
    items = []
    for task in tasks:
        row = known.get(task.key, (task.key, None, None, None, None, None, None))
        items.append(
            HandoverItem(
                task.key,
                task.text,
                stored_instant(row[1]) if row[1] else None,
                people.name_of(conn, row[2]) if row[2] else None,
                row[3],
                stored_instant(row[4]) if row[4] else None,
                people.name_of(conn, row[5]) if row[5] else None,
                row[6],
            )
        )
    return tuple(items)


def standings(conn: sqlite3.Connection, scope: Scope) -> dict[str, HandoverStanding]:
    """How far each handover in view is that is planned, has begun or has a service to go to, by the initiative's id."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id, count(t.done_at) - count(t.rejected_at), count(t.rejected_at), h.planned_start, h.planned_end,"
        " h.accepted_at FROM initiative i JOIN client c ON c.id = i.client_id"
        " LEFT JOIN handover h ON h.initiative_id = i.id LEFT JOIN handover_item t ON t.initiative_id = i.id"
        f" WHERE {condition} AND coalesce(i.service_id, h.id, t.id) IS NOT NULL GROUP BY i.id",
        values,
    )
    return {
        row[0]: HandoverStanding(
            row[0], row[1], row[2], day(row[3]), day(row[4]), stored_instant(row[5]) if row[5] else None
        )
        for row in rows
    }


def write_item(transaction: Transaction, initiative_id: str, item: str, evidence: str, today: date) -> None:
    """Mark an item done by the actor, now; what was sent back before is answered by it."""
    _begin(transaction, initiative_id, today)
    transaction.conn.execute(
        "INSERT INTO handover_item (id, initiative_id, item, done_at, done_by, evidence) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (initiative_id, item) DO UPDATE SET rev = rev + 1, done_at = excluded.done_at,"
        " done_by = excluded.done_by, evidence = excluded.evidence, rejected_at = NULL, rejected_by = NULL, reason = NULL",
        (new_id(), initiative_id, item, instant(transaction.now), transaction.actor, evidence),
    )


def write_rejection(transaction: Transaction, initiative_id: str, item: str, reason: str) -> None:
    """Send an item back, by the actor, now."""
    transaction.conn.execute(
        "UPDATE handover_item SET rev = rev + 1, rejected_at = ?, rejected_by = ?, reason = ?"
        " WHERE initiative_id = ? AND item = ?",
        (instant(transaction.now), transaction.actor, reason, initiative_id, item),
    )


def write_acceptance(
    transaction: Transaction, initiative_id: str, digest: str, recorded_by: str | None, today: date
) -> None:
    """The service is taken over by the actor, now, on the items of that digest."""
    _begin(transaction, initiative_id, today)
    transaction.conn.execute(
        "UPDATE handover SET rev = rev + 1, accepted_at = ?, accepted_by = ?, recorded_by = ?, digest = ?"
        " WHERE initiative_id = ?",
        (instant(transaction.now), transaction.actor, recorded_by, digest, initiative_id),
    )


def _begin(transaction: Transaction, initiative_id: str, today: date) -> None:
    transaction.conn.execute(
        "INSERT INTO handover (id, initiative_id, started_on) VALUES (?, ?, ?) ON CONFLICT (initiative_id) DO NOTHING",
        (new_id(), initiative_id, today.isoformat()),
    )


def words(conn: sqlite3.Connection, initiative_id: str) -> tuple[Word, ...]:
    """What people have confirmed of the exit criteria."""
    rows = conn.execute(
        "SELECT criterion, said_by, said_at, evidence FROM exit_word WHERE initiative_id = ?", (initiative_id,)
    ).fetchall()
    return tuple(Word(row[0], people.name_of(conn, row[1]), stored_instant(row[2]), row[3]) for row in rows)


def write_word(transaction: Transaction, initiative_id: str, criterion: str, evidence: str) -> None:
    """Confirm a criterion by the actor, now; doing it again renews the evidence."""
    transaction.conn.execute(
        "INSERT INTO exit_word (id, initiative_id, criterion, said_at, said_by, evidence) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (initiative_id, criterion) DO UPDATE SET rev = rev + 1, said_at = excluded.said_at,"
        " said_by = excluded.said_by, evidence = excluded.evidence",
        (new_id(), initiative_id, criterion, instant(transaction.now), transaction.actor, evidence),
    )


def remove_word(transaction: Transaction, initiative_id: str, criterion: str) -> bool:
    """Take a confirmation back; false when there was none."""
    cursor = transaction.conn.execute(
        "DELETE FROM exit_word WHERE initiative_id = ? AND criterion = ?", (initiative_id, criterion)
    )
    return cursor.rowcount == 1


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody on duty for a client, from when to when, and how to reach them."""

    who: str
    role: str | None
    start: datetime
    end: datetime
    contact: str | None


def duties(conn: sqlite3.Connection, client: str, since: datetime, until: datetime) -> tuple[Duty, ...]:
    """Who is on duty for a client in a time, by start."""
    rows = conn.execute(
        "SELECT d.who, d.role, d.starts_at, d.ends_at, d.contact FROM duty d JOIN client c ON c.id = d.client_id"
        " WHERE c.code = ? AND d.ends_at > ? AND d.starts_at < ? ORDER BY d.starts_at, d.who",
        (client, instant(since)[:19] + "Z", instant(until)[:19] + "Z"),
    )
    return tuple(Duty(row[0], row[1], stored_instant(row[2]), stored_instant(row[3]), row[4]) for row in rows)


@dataclass(frozen=True, slots=True)
class SupportHours:
    """Hours of support from a day on: on technology and on behaviour."""

    day: date
    technical: float | None
    behavioural: float | None


def support_hours(conn: sqlite3.Connection, initiative_ids: Sequence[str]) -> tuple[SupportHours, ...]:
    """The hours that support spent on these initiatives, oldest first."""
    marks = ", ".join("?" * len(initiative_ids))
    rows = conn.execute(
        "SELECT h.day, h.technical, h.behavioural FROM support_hours h JOIN initiative i ON i.id = h.initiative_id"
        f" WHERE h.initiative_id IN ({marks}) ORDER BY h.day, i.code",
        tuple(initiative_ids),
    )
    return tuple(SupportHours(stored_day(row[0]), row[1], row[2]) for row in rows)


def behavioural_a_month(conn: sqlite3.Connection, service_id: str, today: date) -> float | None:
    """The hours a month that support spent on behaviour after the go-lives of a service's initiatives, by the last 90 days.

    None when nobody has written any down.
    """
    since = today - timedelta(days=BEHAVIOUR_DAYS)
    row = conn.execute(
        "SELECT sum(h.behavioural) FROM support_hours h JOIN initiative i ON i.id = h.initiative_id"
        " WHERE i.service_id = ? AND h.day > ? AND h.day <= ?",
        (service_id, since.isoformat(), today.isoformat()),
    ).fetchone()
    return None if row[0] is None else float(row[0]) * 30 / BEHAVIOUR_DAYS


def open_exceptions(conn: sqlite3.Connection, scope: Scope, today: date) -> list[OpenExceptions]:
    """How many exceptions of each initiative in view are open today, were so 30 days ago, and are past their day."""
    condition, values = scope.where("c.code")
    now, before = today.isoformat(), (today - timedelta(days=PERIOD)).isoformat()
    is_open = "(e.opened_on <= ? AND (e.closed_on IS NULL OR e.closed_on > ?))"
    rows = conn.execute(
        f"SELECT e.initiative_id, sum{is_open}, sum{is_open}, sum({is_open} AND ifnull(e.expires_on < ?, 0))"
        " FROM security_exception e JOIN initiative i ON i.id = e.initiative_id JOIN client c ON c.id = i.client_id"
        f" WHERE {condition} GROUP BY e.initiative_id",
        (now, now, before, before, now, now, now, *values),
    )
    return [OpenExceptions(*row) for row in rows]


def exceptions(conn: sqlite3.Connection, initiative_ids: Sequence[str]) -> tuple[SecurityException, ...]:
    """The exceptions of these initiatives, open ones first."""
    marks = ", ".join("?" * len(initiative_ids))
    rows = conn.execute(
        "SELECT i.code, e.title, e.opened_on, e.owner, e.expires_on, e.closed_on FROM security_exception e"
        f" JOIN initiative i ON i.id = e.initiative_id WHERE e.initiative_id IN ({marks})"
        " ORDER BY e.closed_on IS NOT NULL, e.opened_on, e.title",
        tuple(initiative_ids),
    )
    return tuple(
        SecurityException(row[0], row[1], stored_day(row[2]), row[3], day(row[4]), day(row[5])) for row in rows
    )
