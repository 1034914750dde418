"""What an event seals of records whose values it does not tell: windows, the roles of people, how far the change log goes.

A form tells the audit what was written, a file only its digest. So each event seals the windows and the people that were
written before it in its transaction, row by row, and how many entries the change log has by then. What a row was sealed
as last is what it has to be (decision 0029); :mod:`changedesk.store.proving.sealed` holds them against each other.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from changedesk.store import audit

LOG: Final = "log_entries"
SEALED: Final = "row_seals"
KEYS: Final = (LOG, SEALED)
"""The keys that a body has beside what its event tells; they say nothing to a person."""

Seals = dict[str, dict[str, str | None]]
"""Table to id to digest; None for a row that is not there, or has nothing to seal."""

ROWS: Final[Mapping[str, str]] = {
    "time_window": "SELECT id, client_id, kind, scope, title, starts_at, ends_at, rrule, approved_by FROM time_window",
    "person": "SELECT id, client_id, roles FROM person WHERE roles <> ''",
}
"""What is sealed of a table: a row's id, then what its digest is made of."""
_AT_ONCE: Final = 500
"""So many rows are read with one statement."""
_TABLES: Final = ", ".join(f"'{table}'" for table in ROWS)


def entries(conn: sqlite3.Connection) -> int:
    """How many entries the change log has."""
    return int(conn.execute("SELECT ifnull(max(seq), 0) FROM change_log").fetchone()[0])


def seals_since(conn: sqlite3.Connection, entry: int) -> dict[str, object]:
    """What an event has to seal of what was written after an entry of the change log; nothing where nothing was."""
    now = entries(conn)
    if now == entry:
        return {}
    written: dict[str, set[str]] = {}
    seals: Seals = {}
    # With the least entry comes what it did: a row that began here was never sealed, so it needs no word where it has nothing.
    for table, row, begun, _ in conn.execute(
        "SELECT record, row_id, op = 'insert', min(seq) FROM change_log"
        f" WHERE seq > ? AND record IN ({_TABLES}) GROUP BY record, row_id",
        (entry,),
    ):
        written.setdefault(table, set()).add(row)
        if not begun:
            seals.setdefault(table, {})[row] = None
    for table, rows in written.items():
        if found := _of_rows(conn, table, rows):
            seals.setdefault(table, {}).update(found)
    return {LOG: now, SEALED: seals} if seals else {LOG: now}


def everything(conn: sqlite3.Connection) -> dict[str, object]:
    """The seal of a desk whose earlier events have sealed nothing."""
    return {LOG: entries(conn), SEALED: {table: dict(digests(conn, table)) for table in ROWS}}


def digests(conn: sqlite3.Connection, table: str, ids: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """The rows of a table that are sealed, all or those with these ids, each with its digest: SHA-256 over its values."""
    among = "" if ids is None else f"WHERE id IN ({', '.join('?' * len(ids))})"
    for row in conn.execute(f"SELECT * FROM ({ROWS[table]}) {among}", ids or ()):
        content = audit.canonical([table, *row])
        yield row[0], hashlib.sha256(b"changedesk row 1\n" + content.encode()).hexdigest()


def _of_rows(conn: sqlite3.Connection, table: str, rows: Iterable[str]) -> dict[str, str]:
    wanted = sorted(rows)
    found: dict[str, str] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        found |= dict(digests(conn, table, wanted[begin : begin + _AT_ONCE]))
    return found
