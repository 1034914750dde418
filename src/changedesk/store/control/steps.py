"""The steps of an implementation on disk: what is done in which order, and what is done of it."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.times import instant, stored_instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ImplementationStep:
    """One step of doing a change, in its place from 1; ``note`` is what was said when it was done."""

    id: str
    position: int
    text: str
    done_at: datetime | None
    done_by: str | None
    note: str | None


def steps(conn: sqlite3.Connection, change_id: str) -> tuple[ImplementationStep, ...]:
    """The steps of a change in their order."""
    rows = conn.execute(
        "SELECT id, position, text, done_at, done_by, note FROM implementation_step WHERE change_id = ? ORDER BY position",
        (change_id,),
    ).fetchall()
    return tuple(
        ImplementationStep(
            r[0],
            r[1],
            r[2],
            stored_instant(r[3]) if r[3] else None,
            people.name_of(conn, r[4]) if r[4] else None,
            r[5],
        )
        for r in rows
    )


def add_step(transaction: Transaction, change_id: str, text: str) -> int:
    """Add a step after the last one; gives its place."""
    conn = transaction.conn
    last = conn.execute("SELECT ifnull(max(position), 0) FROM implementation_step WHERE change_id = ?", (change_id,))
    position = int(last.fetchone()[0]) + 1
    conn.execute(
        "INSERT INTO implementation_step (id, change_id, position, text) VALUES (?, ?, ?, ?)",
        (new_id(), change_id, position, text),
    )
    return position


def do_step(transaction: Transaction, step_id: str, note: str | None) -> bool:
    """A step is done, now; false when it is done already."""
    cursor = transaction.conn.execute(
        "UPDATE implementation_step SET done_at = ?, done_by = ?, note = ?, rev = rev + 1 WHERE id = ? AND done_at IS NULL",
        (instant(transaction.now), transaction.actor, note, step_id),
    )
    return cursor.rowcount == 1
