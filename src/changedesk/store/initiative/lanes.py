"""Lanes on disk: which are closed, since when and on what basis."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from changedesk.domain.saying import UNKNOWN
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.times import instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Closure:
    """When and by whom a lane was closed, and the waiver if it was closed over open rules.

    ``recorded_by`` is who wrote it down for the one who closed it.
    """

    closed_at: datetime
    waiver: str | None
    closed_by: str
    recorded_by: str | None

    def day(self, zone: tzinfo | None) -> date:
        """The day on which it was closed, by the clock in that zone; None is the computer's own."""
        return self.closed_at.astimezone(zone).date()

    @property
    def by_whom(self) -> str:
        """Who closed it, and who recorded it where that was somebody else: ``pat, recorded by alex``."""
        return f"{self.closed_by}, recorded by {self.recorded_by}" if self.recorded_by else self.closed_by


def closures(conn: sqlite3.Connection, initiative_id: str) -> dict[str, Closure]:
    """The closed lanes of an initiative; who closed them says the trail, and where it does not nobody knows."""
    rows = conn.execute(
        "SELECT l.kind, l.closed_at, l.closure_basis, a.actor, a.body ->> 'recorded_by' FROM lane l LEFT JOIN audit a"
        " ON a.subject = l.initiative_id AND a.kind = 'lane.closed' AND a.at = l.closed_at AND a.body ->> 'lane' = l.kind"
        " WHERE l.initiative_id = ? AND l.closed_at IS NOT NULL",
        (initiative_id,),
    ).fetchall()
    return {
        kind: Closure(
            datetime.fromisoformat(at),
            basis,
            people.name_of(conn, by) if by else UNKNOWN,
            people.name_of(conn, other) if other else None,
        )
        for kind, at, basis, by, other in rows
    }


def write_closure(transaction: Transaction, initiative_id: str, lane: str, waiver: str | None) -> None:
    """Close a lane, now."""
    transaction.conn.execute(
        "INSERT INTO lane (id, initiative_id, kind, closed_at, closure_basis) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (initiative_id, kind) DO UPDATE SET rev = rev + 1, closed_at = excluded.closed_at,"
        " closure_basis = excluded.closure_basis",
        (new_id(), initiative_id, lane, instant(transaction.now), waiver),
    )
    transaction.touch(initiative_id)
