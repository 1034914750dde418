"""Decisions on disk: who has acknowledged them for which side, and when they were locked."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from changedesk.domain.working import Decision
from changedesk.store.initiative import working
from changedesk.store.times import instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_COLUMNS: Final = {"delivery": "delivery_ack", "people": "people_ack"}


def initiative_of(conn: sqlite3.Connection, decision_id: str) -> str | None:
    """The id of the initiative that a decision belongs to."""
    row = conn.execute("SELECT initiative_id FROM decision WHERE id = ?", (decision_id,)).fetchone()
    return row[0] if row else None


def decision(conn: sqlite3.Connection, initiative_id: str, decision_id: str) -> Decision | None:
    """A decision as it is now; None when there is none."""
    return next((one for one in working.decisions(conn, initiative_id) if one.id == decision_id), None)


def write_acknowledgement(transaction: Transaction, initiative_id: str, decision_id: str, side: str) -> None:
    """The actor acknowledges a decision for a side, now."""
    column = _COLUMNS[side]
    transaction.conn.execute(
        f"UPDATE decision SET rev = rev + 1, {column} = ?, {column}_at = ? WHERE id = ?",
        (transaction.actor, instant(transaction.now), decision_id),
    )
    transaction.touch(initiative_id)


def write_lock(transaction: Transaction, initiative_id: str, decision_id: str) -> None:
    """Lock a decision, now."""
    transaction.conn.execute(
        "UPDATE decision SET rev = rev + 1, locked_at = ? WHERE id = ?", (instant(transaction.now), decision_id)
    )
    transaction.touch(initiative_id)
