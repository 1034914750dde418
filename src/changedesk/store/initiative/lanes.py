"""Lanes on disk: which are closed, since when and on what basis."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from changedesk.store.ids import new_id
from changedesk.store.times import instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Closure:
    """When a lane was closed, and the waiver if it was closed over open rules."""

    closed_at: datetime
    waiver: str | None

    def day(self, zone: tzinfo | None) -> date:
        """The day on which it was closed, by the clock in that zone; None is the computer's own."""
        return self.closed_at.astimezone(zone).date()


def closures(conn: sqlite3.Connection, initiative_id: str) -> dict[str, Closure]:
    """The closed lanes of an initiative."""
    rows = conn.execute(
        "SELECT kind, closed_at, closure_basis FROM lane WHERE initiative_id = ? AND closed_at IS NOT NULL",
        (initiative_id,),
    )
    return {kind: Closure(datetime.fromisoformat(at), basis) for kind, at, basis in rows}


def write_closure(transaction: Transaction, initiative_id: str, lane: str, waiver: str | None) -> None:
    """Close a lane, now."""
    transaction.conn.execute(
        "INSERT INTO lane (id, initiative_id, kind, closed_at, closure_basis) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (initiative_id, kind) DO UPDATE SET rev = rev + 1, closed_at = excluded.closed_at,"
        " closure_basis = excluded.closure_basis",
        (new_id(), initiative_id, lane, instant(transaction.now), waiver),
    )
    transaction.touch(initiative_id)
