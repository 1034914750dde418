"""The audit chain: who did what, when, each event sealed with the hash of the one before.

hash = SHA-256(tag + previous hash + canonical JSON of seq, at, actor, kind, subject and body); canonical JSON has
sorted keys, no spaces and no floats (they stand as text), so that every implementation computes the same bytes.
Bodies name people by id, so that a person's name can be erased without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from changedesk.values import dataclass

_TAG = b"changedesk audit 1\n"
GENESIS = "0" * 64
FORECASTS_KEPT: Final = "forecast.kept"
"""The kind of event that tells of a week's forecasts: the program keeps them, and most of what is shown is the same as before."""
_COLUMNS = "seq, at, actor, kind, subject, body, prev, hash"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One link of the chain; ``body`` is canonical JSON text."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    body: str
    prev: str
    hash: str


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, ASCII; numbers with a fraction, days and instants as text."""
    return json.dumps(_exact(value), sort_keys=True, separators=(",", ":"), allow_nan=False)


def _exact(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return repr(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): _exact(item) for key, item in value.items()}
        case list() | tuple():
            return [_exact(item) for item in value]
        case _:
            raise TypeError(f"an audit body cannot hold {type(value).__name__}")


def seal(seq: int, at: str, actor: str, kind: str, subject: str, body: str, prev: str) -> str:
    """The hash of an event."""
    content = canonical({"seq": seq, "at": at, "actor": actor, "kind": kind, "subject": subject, "body": body})
    return hashlib.sha256(_TAG + prev.encode() + b"\n" + content.encode()).hexdigest()


def append(
    conn: sqlite3.Connection, at: str, actor: str, kind: str, subject: str, body: Mapping[str, object]
) -> AuditEvent:
    """Add an event to the chain, inside the transaction of the change that it tells of."""
    last, prev = end(conn)
    seq = last + 1
    text = canonical(body)
    event = AuditEvent(seq, at, actor, kind, subject, text, prev, seal(seq, at, actor, kind, subject, text, prev))
    conn.execute(
        "INSERT INTO audit (seq, at, actor, kind, subject, body, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (event.seq, event.at, event.actor, event.kind, event.subject, event.body, event.prev, event.hash),
    )
    return event


def events(conn: sqlite3.Connection, subject: str | None = None) -> Iterator[AuditEvent]:
    """The events in order, of one subject or of all."""
    where, values = ("WHERE subject = ?", (subject,)) if subject else ("", ())
    cursor = conn.execute(f"SELECT {_COLUMNS} FROM audit {where} ORDER BY seq", values)
    for row in cursor:
        yield AuditEvent(*row)


def last_of(conn: sqlite3.Connection, actor: str, kinds: tuple[str, ...], most: int = 50) -> list[AuditEvent]:
    """An actor's latest events of these kinds, the newest first."""
    marks = ", ".join("?" * len(kinds))
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE actor = ? AND kind IN ({marks}) ORDER BY seq DESC LIMIT ?",
        (actor, *kinds, most),
    )
    return [AuditEvent(*row) for row in rows]


def last_since(conn: sqlite3.Connection, account: str, kinds: tuple[str, ...], seq: int) -> AuditEvent | None:
    """The latest event of these kinds after that number that somebody acted in, or wrote down for somebody else."""
    marks = ", ".join("?" * len(kinds))
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE seq > ? AND kind IN ({marks})"
        " AND (actor = ? OR json_extract(body, '$.recorded_by') = ?) ORDER BY seq DESC LIMIT 1",
        (seq, *kinds, account, account),
    ).fetchone()
    return AuditEvent(*row) if row else None


def latest(conn: sqlite3.Connection, subject: str, kind: str, most: int) -> list[AuditEvent]:
    """The latest events of a kind about a subject, the newest first."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM audit WHERE subject = ? AND kind = ? ORDER BY seq DESC LIMIT ?", (subject, kind, most)
    )
    return [AuditEvent(*row) for row in rows]


def event(conn: sqlite3.Connection, seq: int) -> AuditEvent | None:
    """The event with that number."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM audit WHERE seq = ?", (seq,)).fetchone()
    return AuditEvent(*row) if row else None


def end(conn: sqlite3.Connection) -> tuple[int, str]:
    """The number and the hash of the newest event; of none before the first one."""
    return conn.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone() or (0, GENESIS)


def only_since(conn: sqlite3.Connection, before: tuple[int, str], kind: str) -> bool:
    """Whether the chain goes on from where it ended before, by events of that kind and no others."""
    seq, sealed = before
    is_same = conn.execute("SELECT 1 FROM audit WHERE seq = ? AND hash = ?", (seq, sealed)).fetchone()
    kinds = conn.execute("SELECT DISTINCT kind FROM audit WHERE seq > ?", (seq,)).fetchall()
    return is_same is not None and kinds == [(kind,)]


def undone_imports(conn: sqlite3.Connection, desk: str) -> list[tuple[int, int]]:
    """Every import into the desk with that id that was taken back, with the event that did."""
    rows = conn.execute("SELECT seq, body FROM audit WHERE subject = ? AND kind = 'import.undone'", (desk,))
    return [(int(json.loads(body)["undoes"]), int(seq)) for seq, body in rows]


def undone_since(conn: sqlite3.Connection, seq: int) -> set[int]:
    """What was taken back after an event, a record or an import, and the events that did: between them nothing changed."""
    rows = conn.execute(
        "SELECT seq, body FROM audit WHERE seq > ? AND kind IN ('record.undone', 'import.undone')", (seq,)
    )
    return {number for undoing, body in rows for number in (undoing, int(json.loads(body)["undoes"]))}


def last_actor(conn: sqlite3.Connection, subject: str) -> str:
    """Who last did something to a subject, as an id; empty when nobody did."""
    row = conn.execute("SELECT actor FROM audit WHERE subject = ? ORDER BY seq DESC LIMIT 1", (subject,)).fetchone()
    return str(row[0]) if row else ""


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How many links were read, and the first one that does not hold (None: all do), with the reason."""

    links: int
    broken_at: int | None
    reason: str


def check_chain(conn: sqlite3.Connection) -> ChainCheck:
    """Walk the chain from its first event and recompute every hash."""
    prev, links = GENESIS, 0
    for event in events(conn):
        links += 1
        if event.seq != links:
            return ChainCheck(links, links, f"event {links} is missing")
        if event.prev != prev:
            return ChainCheck(links, event.seq, f"event {event.seq} does not follow on the event before it")
        try:
            sealed = seal(event.seq, event.at, event.actor, event.kind, event.subject, event.body, event.prev)
        except TypeError:
            sealed = ""
        if event.hash != sealed:
            return ChainCheck(links, event.seq, f"event {event.seq} was changed after it was written")
        prev = event.hash
    return ChainCheck(links, None, "")
