"""Checklists and signatures on disk, and the baseline that the planning checkpoint fixes."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.domain.gates import Signed, Tick
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.times import instant, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


def ticks(conn: sqlite3.Connection, initiative_id: str) -> tuple[Tick, ...]:
    """The items of an initiative that are done."""
    rows = conn.execute(
        "SELECT checkpoint, lane, item, done_at, done_by, evidence FROM checklist"
        " WHERE initiative_id = ? AND done_at IS NOT NULL",
        (initiative_id,),
    ).fetchall()
    return tuple(
        Tick(row[0], row[1], row[2], stored_instant(row[3]), people.name_of(conn, row[4]), row[5]) for row in rows
    )


def signatures(conn: sqlite3.Connection, initiative_id: str) -> tuple[Signed, ...]:
    """The signatures of an initiative in the order in which they were given."""
    rows = conn.execute(
        "SELECT checkpoint, lane, signer, signed_at, waiver, digest FROM signature WHERE initiative_id = ? ORDER BY rowid",
        (initiative_id,),
    ).fetchall()
    return tuple(
        Signed(row[0], row[1], people.name_of(conn, row[2]), stored_instant(row[3]), row[4], row[5]) for row in rows
    )


def recorders(conn: sqlite3.Connection, initiative_id: str) -> dict[tuple[str, str, datetime], str]:
    """Checkpoint, lane and instant of the signatures that somebody recorded for the signer, with who that was."""
    rows = conn.execute(
        "SELECT checkpoint, lane, signed_at, recorded_by FROM signature"
        " WHERE initiative_id = ? AND recorded_by IS NOT NULL",
        (initiative_id,),
    ).fetchall()
    return {(row[0], row[1], stored_instant(row[2])): people.name_of(conn, row[3]) for row in rows}


def write_tick(
    transaction: Transaction, initiative_id: str, checkpoint: str, lane: str, item: str, evidence: str | None
) -> None:
    """Mark an item done by the actor, now; doing it again renews the evidence."""
    transaction.conn.execute(
        "INSERT INTO checklist (id, initiative_id, checkpoint, lane, item, done_at, done_by, evidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (initiative_id, checkpoint, lane, item) DO UPDATE SET rev = rev + 1, done_at = excluded.done_at,"
        " done_by = excluded.done_by, evidence = excluded.evidence",
        (new_id(), initiative_id, checkpoint, lane, item, instant(transaction.now), transaction.actor, evidence),
    )
    transaction.touch(initiative_id)


def write_signature(
    transaction: Transaction,
    initiative_id: str,
    checkpoint: str,
    lane: str,
    digest: str,
    waiver: str | None,
    signer: str,
    recorded_by: str | None,
) -> str:
    """Add a signature; ``signer`` and ``recorded_by`` are ids. Signatures are never changed."""
    signature = new_id()
    transaction.conn.execute(
        "INSERT INTO signature (id, initiative_id, checkpoint, lane, signer, signed_at, waiver, digest, recorded_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (signature, initiative_id, checkpoint, lane, signer, instant(transaction.now), waiver, digest, recorded_by),
    )
    transaction.touch(initiative_id)
    return signature


def fix_baseline(transaction: Transaction, initiative_id: str) -> int:
    """Take the plan as it now stands as the baseline; returns how many activities it holds."""
    cursor = transaction.conn.execute(
        "UPDATE activity SET rev = rev + 1, baseline_start = planned_start, baseline_end = planned_end,"
        " baseline_weight = ifnull(weight, 1) WHERE initiative_id = ? AND"
        " (baseline_start IS NOT planned_start OR baseline_end IS NOT planned_end OR baseline_weight IS NOT ifnull(weight, 1))",
        (initiative_id,),
    )
    transaction.touch(initiative_id)
    return cursor.rowcount


def planning_is_signed(conn: sqlite3.Connection, initiative_id: str) -> bool:
    """Whether both lanes have signed the planning checkpoint, which fixes the baseline."""
    row = conn.execute(
        "SELECT count(DISTINCT lane) FROM signature WHERE initiative_id = ? AND checkpoint = 'planning'",
        (initiative_id,),
    ).fetchone()
    return bool(row[0] == 2)
