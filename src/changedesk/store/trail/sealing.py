"""What an event seals: every entry of the change log since the event before it, and how it has left the rows of some.

A form tells the audit what was written, a file only its digest. So an event seals all that was written before it in its
transaction: the entries of the change log by one digest in its body, and with them, in ``row_seal``, what the rows hold
that no event tells. What a row was sealed as last is what it has to be (decision 0030);
:mod:`changedesk.store.proving.sealed` holds them against each other.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from changedesk.store.trail import audit

LOG: Final = "log_entries"
DIGEST: Final = "log_digest"
BEFORE: Final = "row_seals"
"""Where events of an earlier program have the seals of rows: table to id to digest."""
KEYS: Final = (LOG, DIGEST, BEFORE)
"""The keys that a body has beside what its event tells; they say nothing to a person."""

AS_BEFORE: Final[Mapping[str, str]] = {
    "time_window": "SELECT id, client_id, kind, scope, title, starts_at, ends_at, rrule, approved_by FROM time_window",
    # A name, a login and an address may be erased: no trace of them is kept.
    "person": "SELECT id, client_id, roles FROM person WHERE roles <> ''",
}
"""What the earlier program has sealed of a table, too: a row's id, then what its digest is made of, in this order."""

_HISTORY: Final = (
    "title path risk services planned_start planned_end actual_start actual_end requester implementer state outcome"
    " initiative_id milestone reason outage_minutes plan test_plan backout_plan backout_minutes risk_answers template"
    " template_version incident hold revision round policy_id panel authorisers retro_due"
)
_CHANGES: Final = (
    "SELECT id, rev, client_id, number, submitted_at, opened_at, decided_at, outcome_reason, caused_p1, "
    + ", ".join(f"CASE WHEN imported THEN {column} END" for column in _HISTORY.split())
    + " FROM change_request"
)
"""What a change asks for and what became of it, its events tell; of one that a file brought there may be none."""

TOLD: Final[Mapping[str, frozenset[str]]] = {
    table: frozenset(columns.split())
    for table, columns in {
        "signature": "initiative_id checkpoint lane signer signed_at waiver digest recorded_by",
        "checklist": "initiative_id checkpoint lane item done_at done_by evidence",
        "lane": "closed_at",
        "gap_mark": "waiver waived_by waived_at waived_until",
        "handover": "accepted_at accepted_by",
        "improvement": "state",
        "decision": "delivery_ack delivery_ack_at people_ack people_ack_at locked_at",
        "change_revision": "change_id revision digest content",
        "vote": "change_id revision round digest step voter on_behalf_of decision comment at recorded_by evidence",
        "policy": "body",
        "template": "client_id name version state body allowed max_risk",
        "delegation": "of_id to_id role starts_at ends_at",
        "evidence": "change_id text content sha256",
        "review": "change_id reviewer findings result cause",
    }.items()
}
"""What the event about a row tells in words: it is held against that, and a seal would say no more."""

LEFT_OUT: Final = "observation"
"""Counts come by the million and have no index by their id: to look each up would cost more than to write it."""

_text: Final = json.JSONEncoder(separators=(",", ":"), default=bytes.hex).encode
"""A row as text, several times faster than the canonical one; only in a damaged file do bytes stand in the place of text."""


def entries(conn: sqlite3.Connection) -> int:
    """How many entries the change log has."""
    return int(conn.execute("SELECT ifnull(max(seq), 0) FROM change_log").fetchone()[0])


def seal(conn: sqlite3.Connection, after: int) -> dict[str, object]:
    """Seal what was written after an entry of the change log; gives what the event has to say of it, nothing where nothing was."""
    now = entries(conn)
    if now == after:
        return {}
    for (table,) in conn.execute("SELECT DISTINCT record FROM change_log WHERE seq > ?", (after,)).fetchall():
        if table != LEFT_OUT:
            written = conn.execute(
                f"SELECT l.seq, t.* FROM change_log l CROSS JOIN ({_sealed_of(conn, table)}) t ON t.id = l.row_id"
                " WHERE l.seq > ? AND l.record = ?",
                (after, table),
            )
            seals = ((entry, _digest(table, row)) for entry, *row in written)
            conn.executemany("INSERT INTO row_seal VALUES (?, ?)", seals)
    return {LOG: now, DIGEST: log_digest(conn, after, now)}


def is_begun(conn: sqlite3.Connection) -> bool:
    """Whether anything was ever sealed here; of every desk at least its account is."""
    return conn.execute("SELECT 1 FROM row_seal").fetchone() is not None


def log_digest(conn: sqlite3.Connection, after: int, last: int) -> str:
    """SHA-256 over the entries of the change log after one up to another, each a line with what its row was sealed as."""
    sealed = hashlib.sha256(b"changedesk log 1\n")
    for (line,) in conn.execute(
        "SELECT CAST(l.seq || ' ' || l.event || ' ' || l.record || ' ' || l.row_id || ' ' || l.base_rev || ' ' || l.op"
        " || ' ' || hex(s.digest) || char(10) AS BLOB) FROM change_log l LEFT JOIN row_seal s ON s.entry = l.seq"
        " WHERE l.seq > ? AND l.seq <= ? ORDER BY l.seq",
        (after, last),
    ):
        # Only a damaged file has an entry without a value; its digest is another one then.
        sealed.update(line or b"")
    return sealed.hexdigest()


def against_rows(conn: sqlite3.Connection, table: str) -> Iterator[tuple[int, str]]:
    """The rows of a table that do not hold what they were sealed with: the last entry about each, and its id."""
    rows = conn.execute(
        "SELECT l.seq, l.row_id, s.digest, t.* FROM"
        " (SELECT row_id, max(seq) AS seq FROM change_log WHERE record = ? GROUP BY row_id) l"
        f" LEFT JOIN ({_sealed_of(conn, table)}) t ON t.id = l.row_id LEFT JOIN row_seal s ON s.entry = l.seq",
        (table,),
    )
    for entry, row_id, seal, *row in rows:
        if seal != (None if row[0] is None else _digest(table, row)):
            yield entry, row_id


def _sealed_of(conn: sqlite3.Connection, table: str) -> str:
    """A query for what is sealed of a table: a row's id first. What is computed from other columns is none."""
    if table in AS_BEFORE:
        return AS_BEFORE[table]
    if table == "change_request":
        return _CHANGES
    columns = (column[1] for column in conn.execute(f"PRAGMA table_info({table})").fetchall())
    return f"SELECT {', '.join(name for name in columns if name not in TOLD.get(table, ()))} FROM {table}"


def _digest(table: str, row: Sequence[object]) -> bytes:
    """SHA-256 over a row's values in the order of its columns.

    Those at its end that are unknown leave no trace: a column that a later schema adds changes no seal.
    """
    if table in AS_BEFORE:
        return hashlib.sha256(b"changedesk row 1\n" + audit.canonical([table, *row]).encode()).digest()
    values = list(row)
    while values[-1] is None:
        values.pop()
    return hashlib.sha256(f"changedesk row 2\n{table}\n{_text(values)}".encode()).digest()
