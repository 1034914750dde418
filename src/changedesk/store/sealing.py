"""What an event seals: every entry of the change log since the event before it, and how it has left the rows of some.

A form tells the audit what was written, a file only its digest. So an event seals all that was written before it in its
transaction: the entries of the change log by one digest in its body, and with them, in ``row_seal``, what the rows hold
that no event tells. What a row was sealed as last is what it has to be (decision 0030);
:mod:`changedesk.store.proving.sealed` holds them against each other.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Final

from changedesk.store import audit

LOG: Final = "log_entries"
DIGEST: Final = "log_digest"
BEFORE: Final = "row_seals"
"""Where events of an earlier program have the seals of rows: table to id to digest."""
KEYS: Final = (LOG, DIGEST, BEFORE)
"""The keys that a body has beside what its event tells; they say nothing to a person."""

ROWS: Final[Mapping[str, str]] = {
    "time_window": "SELECT id, client_id, kind, scope, title, starts_at, ends_at, rrule, approved_by FROM time_window",
    "person": "SELECT id, client_id, roles FROM person WHERE roles <> ''",
    "account": "SELECT id, os_login, roles FROM account",
    "decision": "SELECT id, initiative_id, title, touches_timing, touches_adoption FROM decision",
}
"""What is sealed of a table: a row's id, then what its digest is made of."""


def entries(conn: sqlite3.Connection) -> int:
    """How many entries the change log has."""
    return int(conn.execute("SELECT ifnull(max(seq), 0) FROM change_log").fetchone()[0])


def seal(conn: sqlite3.Connection, after: int) -> dict[str, object]:
    """Seal what was written after an entry of the change log; gives what the event has to say of it, nothing where nothing was."""
    now = entries(conn)
    if now == after:
        return {}
    for (table,) in conn.execute("SELECT DISTINCT record FROM change_log WHERE seq > ?", (after,)).fetchall():
        if table in ROWS:
            written = conn.execute(
                f"SELECT l.seq, t.* FROM change_log l CROSS JOIN ({ROWS[table]}) t ON t.id = l.row_id"
                " WHERE l.seq > ? AND l.record = ?",
                (after, table),
            )
            conn.executemany("INSERT INTO row_seal VALUES (?, ?)", ((one[0], _digest(table, one[1:])) for one in written))
    return {LOG: now, DIGEST: log_digest(conn, after, now)}


def is_begun(conn: sqlite3.Connection) -> bool:
    """Whether anything was ever sealed here; of every desk at least its account is."""
    return conn.execute("SELECT 1 FROM row_seal").fetchone() is not None


def log_digest(conn: sqlite3.Connection, after: int, last: int) -> str:
    """SHA-256 over the entries of the change log after one up to another, each a line with what its row was sealed as."""
    sealed = hashlib.sha256(b"changedesk log 1\n")
    for (line,) in conn.execute(
        "SELECT CAST(l.seq || ' ' || l.event || ' ' || l.record || ' ' || l.row_id || ' ' || l.base_rev || ' ' || l.op"
        " || ' ' || ifnull(s.digest, '-') || char(10) AS BLOB) FROM change_log l LEFT JOIN row_seal s ON s.entry = l.seq"
        " WHERE l.seq > ? AND l.seq <= ? ORDER BY l.seq",
        (after, last),
    ):
        # Only a damaged file has an entry without a value; its digest is another one then.
        sealed.update(line or b"")
    return sealed.hexdigest()


def digests(conn: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """The rows of a table as they are, each with the digest that it has to be sealed with."""
    for row in conn.execute(ROWS[table]):
        yield row[0], _digest(table, row)


def _digest(table: str, row: tuple[object, ...]) -> str:
    """SHA-256 over a row's values; bytes stand in the place of text in a damaged file alone."""
    values = [value.hex() if isinstance(value, bytes) else value for value in row]
    return hashlib.sha256(b"changedesk row 1\n" + audit.canonical([table, *values]).encode()).hexdigest()
