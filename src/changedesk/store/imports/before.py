"""What the rows that an import changed were before it: kept for a while, so that the import can be taken back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final

from changedesk.domain.kinds.kind import Column, Kind
from changedesk.store.imports.stage_sql import DECIDED, is_meant, value
from changedesk.store.records import StillNeeded
from changedesk.store.times import instant
from changedesk.store.trail import audit

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

KEPT: Final = timedelta(days=30)
"""So long the values from before an import are kept."""


def keep(transaction: Transaction, kind: Kind, columns: Sequence[Column]) -> None:
    """Keep the fields that the import is about to change, of the rows that it changes; let go of what is too old."""
    transaction.conn.execute(
        "DELETE FROM import_before WHERE event IN (SELECT a.seq FROM audit a WHERE a.kind = 'import' AND a.at < ?)",
        (instant(transaction.now - KEPT),),
    )
    changed = [column for column in columns if column.name not in kind.key]
    pairs = "".join(f', t."{column.field}", {value(column, DECIDED)}' for column in changed)
    rows = transaction.conn.execute(
        f"SELECT t.id{pairs} FROM staged_change d JOIN staged s ON s.n = d.n JOIN {kind.table} t ON {is_meant(kind, DECIDED)}"
        " WHERE NOT d.added"
    )
    fields = [column.field for column in changed]
    # One pass with the comparison here is several times faster than a statement for every field.
    transaction.conn.executemany(
        f"INSERT INTO import_before VALUES ({transaction.first_event}, '{kind.table}', ?, ?, ?)",
        (
            (row_id, field, before)
            for row_id, *held in rows
            for field, before, after in zip(fields, held[::2], held[1::2], strict=True)
            if before != after
        ),
    )


def digest(conn: sqlite3.Connection, event: int) -> str | None:
    """What proves the kept values: SHA-256 over all of them in their order; None when nothing is kept."""
    rows = conn.execute(
        "SELECT record, row_id, field, value FROM import_before WHERE event = ? ORDER BY record, row_id, field",
        (event,),
    )
    sealed = hashlib.sha256(b"changedesk before 1\n")
    empty = True
    for row in rows:
        sealed.update(audit.canonical(list(row)).encode() + b"\n")
        empty = False
    return None if empty else sealed.hexdigest()


def restore(conn: sqlite3.Connection, event: int, kind: Kind) -> int:
    """Give the changed rows their fields from before the import; returns how many rows that were.

    Raises :class:`StillNeeded` when one of them pointed to what is no longer there.
    """
    names = {column.field for column in kind.columns}
    rows = conn.execute(
        "SELECT row_id, field, value FROM import_before WHERE event = ? AND record = ? ORDER BY row_id, field",
        (event, kind.table),
    ).fetchall()
    restored = 0
    for row_id, fields in groupby(rows, key=lambda row: row[0]):
        values = {field: held for _, field, held in fields if field in names}
        changes = ", ".join(f'"{field}" = ?' for field in values)
        try:
            conn.execute(f"UPDATE {kind.table} SET {changes}, rev = rev + 1 WHERE id = ?", (*values.values(), row_id))
        except sqlite3.IntegrityError as error:
            raise StillNeeded from error
        restored += 1
    conn.execute("DELETE FROM import_before WHERE event = ?", (event,))
    return restored
