"""What is kept of a change while and after it is done: steps, evidence, review, actions, lessons."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.domain.control.review import Action, Review
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.times import instant, stored_instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that something was done: a text, or a file by its name and SHA-256."""

    id: str
    kind: str
    name: str | None
    text: str | None
    sha256: str
    size: int
    at: datetime
    by: str


def write_evidence(transaction: Transaction, change_id: str, text: str | None, name: str | None, content: bytes) -> str:
    """Keep evidence: a text, or a file's ``content`` under its ``name``; gives its SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    transaction.conn.execute(
        "INSERT INTO evidence (id, change_id, kind, name, text, content, sha256, at, by_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new_id(),
            change_id,
            "text" if name is None else "file",
            name,
            text,
            None if name is None else content,
            sha256,
            instant(transaction.now),
            transaction.actor,
        ),
    )
    return sha256


def evidence(conn: sqlite3.Connection, change_id: str) -> tuple[Evidence, ...]:
    """The evidence of a change, the oldest first."""
    rows = conn.execute(
        "SELECT id, kind, name, text, sha256, ifnull(length(content), length(CAST(text AS BLOB))), at, by_id"
        " FROM evidence WHERE change_id = ? ORDER BY rowid",
        (change_id,),
    ).fetchall()
    return tuple(
        Evidence(r[0], r[1], r[2], r[3], r[4], r[5] or 0, stored_instant(r[6]), people.name_of(conn, r[7]))
        for r in rows
    )


def evidence_content(conn: sqlite3.Connection, evidence_id: str) -> bytes:
    """The bytes of a file that was kept as evidence."""
    row = conn.execute(
        "SELECT ifnull(content, CAST(text AS BLOB)) FROM evidence WHERE id = ?", (evidence_id,)
    ).fetchone()
    return bytes(row[0]) if row else b""


def evidence_count(conn: sqlite3.Connection, change_id: str) -> int:
    """How many pieces of evidence a change has."""
    return int(conn.execute("SELECT count(*) FROM evidence WHERE change_id = ?", (change_id,)).fetchone()[0])


# --- the review


def review(conn: sqlite3.Connection, change_id: str) -> Review | None:
    """The review of a change."""
    row = conn.execute(
        "SELECT reviewer, at, findings, result, cause, impacts, last_minute, informed, adoption_effect, proposal,"
        " incidents, downtime_minutes FROM review WHERE change_id = ?",
        (change_id,),
    ).fetchone()
    if row is None:
        return None
    incidents = tuple(row[10].split(";")) if row[10] else ()
    found = Review(people.name_of(conn, row[0]), stored_instant(row[1]), *row[2:10])
    return replace(found, incidents=incidents, downtime_minutes=row[11])


def write_review(transaction: Transaction, change_id: str, given: Review) -> None:
    """Keep the review of a change; the reviewer is the actor of the transaction."""
    transaction.conn.execute(
        "INSERT INTO review (id, change_id, reviewer, at, findings, result, cause, impacts, last_minute, informed,"
        " adoption_effect, proposal, incidents, downtime_minutes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new_id(),
            change_id,
            transaction.actor,
            instant(given.at),
            given.findings,
            given.result,
            given.cause,
            given.impacts,
            given.last_minute,
            given.informed,
            given.adoption_effect,
            given.proposal,
            ";".join(given.incidents) or None,
            given.downtime_minutes,
        ),
    )


def actions(conn: sqlite3.Connection, change_id: str) -> tuple[Action, ...]:
    """What the review found to be done, the open ones first."""
    rows = conn.execute(
        "SELECT id, rev, text, owner, due, done_at FROM review_action WHERE change_id = ?"
        " ORDER BY done_at IS NOT NULL, due, text",
        (change_id,),
    )
    return tuple(
        Action(r[0], r[1], r[2], r[3], stored_instant(r[4]) if r[4] else None, stored_instant(r[5]) if r[5] else None)
        for r in rows
    )


def write_action(transaction: Transaction, change_id: str, text: str, owner: str | None, due: datetime | None) -> str:
    """Keep an action of a review; gives its id."""
    action_id = new_id()
    transaction.conn.execute(
        "INSERT INTO review_action (id, change_id, text, owner, due) VALUES (?, ?, ?, ?, ?)",
        (action_id, change_id, text, owner, instant(due) if due else None),
    )
    return action_id


def finish_action(transaction: Transaction, action_id: str) -> bool:
    """An action is done, now; false when it is done already."""
    cursor = transaction.conn.execute(
        "UPDATE review_action SET done_at = ?, rev = rev + 1 WHERE id = ? AND done_at IS NULL",
        (instant(transaction.now), action_id),
    )
    return cursor.rowcount == 1


# --- lessons


def write_lesson(
    transaction: Transaction, client_id: str, change_id: str | None, text: str, services: tuple[str, ...], path: str
) -> str:
    """Keep a lesson about services and the path of a change; gives its id."""
    lesson_id = new_id()
    transaction.conn.execute(
        "INSERT INTO lesson (id, client_id, change_id, text, tags, at) VALUES (?, ?, ?, ?, ?, ?)",
        (lesson_id, client_id, change_id, text, ";".join((*services, path)), instant(transaction.now)),
    )
    return lesson_id
