"""The audit trail: which events have some words, and each with names in the place of ids, within what the reader may see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from changedesk.store.finding import with_words
from changedesk.store.scope import Scope


class Told(NamedTuple):
    """One event with names: of who did it, of what it was about, and of the client that this belongs to.

    ``begins`` is when the meeting that it is about begins; None where it is about something else.
    """

    seq: int
    at: str
    who: str
    kind: str
    subject: str
    client: str | None
    body: str
    hash: str
    begins: str | None


_WHO: Final = """coalesce((SELECT login FROM person WHERE id = a.actor), (SELECT os_login FROM account WHERE id = a.actor),
 (SELECT name FROM mention WHERE id = a.actor), a.actor)"""
_SUBJECT: Final = """coalesce(r.number, i.code, p.login, t.name, m.title, cl.code, a.subject)"""
_CLIENT: Final = "c.code"
_TOLD: Final = f"a.seq, a.at, {_WHO}, a.kind, {_SUBJECT}, {_CLIENT}, a.body, a.hash, m.at"
_TABLES: Final = """audit a
 LEFT JOIN change_request r ON r.id = a.subject LEFT JOIN initiative i ON i.id = a.subject
 LEFT JOIN person p ON p.id = a.subject LEFT JOIN template t ON t.id = a.subject
 LEFT JOIN cab_meeting m ON m.id = a.subject LEFT JOIN client cl ON cl.id = a.subject
 LEFT JOIN client c ON c.id = coalesce(r.client_id, i.client_id, p.client_id, t.client_id, m.client_id, cl.id)"""
_KNOWN_BY: Final = (
    ("change_request", "number"),
    ("initiative", "code"),
    ("client", "code"),
    ("ticket", "number"),
    ("template", "name"),
    ("service", "name"),
    ("activity", "title"),
    ("audience", "name"),
    ("decision", "title"),
    ("improvement", "limitation"),
    ("readiness", "item"),
    ("lesson", "text"),
    ("review_action", "text"),
    ("learned_proposal", "text"),
    ("policy", "'policy version ' || version"),
    ("desk", "'this desk'"),
)
"""The records that events refer to by id, each with what people know it by."""


def numbers(conn: sqlite3.Connection, scope: Scope, words: str, without: str = "") -> list[int]:
    """The numbers of the events that have every word, the newest first; none that ``without`` has done.

    Whoever is limited to some clients sees the events about records of these alone.
    """
    condition, values = scope.where(_CLIENT)
    found: list[object] = [*values]
    if without:
        condition += " AND a.actor <> ?"
        found.append(without)
    if words:
        has_words, asked = with_words(
            ("replace(a.kind, '.', ' ')", _WHO, _SUBJECT, _CLIENT, "in_letters(a.body)"), words
        )
        condition += f" AND {has_words}"
        found.append(asked)
    tables = _TABLES if words or scope.clients is not None else "audit a"
    rows = conn.execute(f"SELECT a.seq FROM {tables} WHERE {condition} ORDER BY a.seq DESC", found)
    return [seq for (seq,) in rows]


def told(conn: sqlite3.Connection, scope: Scope, wanted: Sequence[int]) -> list[Told]:
    """The events in view with these numbers, the newest first."""
    condition, values = scope.where(_CLIENT)
    rows = conn.execute(
        f"SELECT {_TOLD} FROM {_TABLES} WHERE a.seq IN (SELECT value FROM json_each(?)) AND {condition} ORDER BY a.seq DESC",
        (json.dumps(wanted), *values),
    )
    return [Told(*row) for row in rows]


def of_subject(conn: sqlite3.Connection, subject: str) -> list[Told]:
    """Every event about one record, the oldest first."""
    rows = conn.execute(f"SELECT {_TOLD} FROM {_TABLES} WHERE a.subject = ? ORDER BY a.seq", (subject,)).fetchall()
    return [Told(*row) for row in rows]


def record_name(conn: sqlite3.Connection, record_id: str) -> str | None:
    """What people know a record by; None where it is gone, or of a sort that has no name of its own."""
    for table, column in _KNOWN_BY:
        if row := conn.execute(f"SELECT {column} FROM {table} WHERE id = ?", (record_id,)).fetchone():
            return str(row[0])
    return None
