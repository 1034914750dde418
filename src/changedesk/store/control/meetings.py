"""The board's meetings and their agendas on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.domain.control.meeting import Item, Meeting
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import instant, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_MEETING = (
    "SELECT m.id, m.rev, c.code, m.kind, m.title, m.at, m.ends_at, m.chair, m.attendees, m.state, m.opened_at, m.closed_at"
    " FROM cab_meeting m JOIN client c ON c.id = m.client_id"
)


def meetings(conn: sqlite3.Connection, scope: Scope) -> tuple[Meeting, ...]:
    """The meetings in view: those that are not closed by their beginning, then the closed ones, the newest first."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"{_MEETING} WHERE {condition} ORDER BY m.state = 'closed',"
        " CASE WHEN m.state = 'closed' THEN -julianday(m.at) ELSE julianday(m.at) END, m.title",
        values,
    )
    return tuple(_meeting(row) for row in rows)


def meeting(conn: sqlite3.Connection, scope: Scope, meeting_id: str) -> Meeting | None:
    """The meeting with that id."""
    condition, values = scope.where("c.code")
    row = conn.execute(f"{_MEETING} WHERE {condition} AND m.id = ?", (*values, meeting_id)).fetchone()
    return _meeting(row) if row else None


def items(conn: sqlite3.Connection, meeting_id: str) -> tuple[Item, ...]:
    """The agenda of a meeting, in its order."""
    rows = conn.execute(
        "SELECT i.id, i.rev, i.change_id, r.number, r.title, i.position, i.minutes, i.began_at, i.ended_at, i.decision,"
        " i.notes FROM cab_item i JOIN change_request r ON r.id = i.change_id WHERE i.meeting_id = ?"
        " ORDER BY i.position, r.number",
        (meeting_id,),
    )
    return tuple(Item(r[0], r[1], r[2], r[3], r[4], r[5], r[6], _maybe(r[7]), _maybe(r[8]), r[9], r[10]) for r in rows)


def add_item(transaction: Transaction, meeting_id: str, change_id: str, position: int, minutes: int) -> None:
    """Put a change on the agenda; one that is on it stays where it is."""
    transaction.conn.execute(
        "INSERT INTO cab_item (id, meeting_id, change_id, position, minutes) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (meeting_id, change_id) DO NOTHING",
        (new_id(), meeting_id, change_id, position, minutes),
    )


def take_item_off(transaction: Transaction, item_id: str) -> None:
    """Take a change off the agenda."""
    transaction.conn.execute("DELETE FROM cab_item WHERE id = ?", (item_id,))


def write_item(transaction: Transaction, item_id: str, fields: Mapping[str, object]) -> None:
    """Set fields of an item."""
    changes = "".join(f"{name} = ?, " for name in fields)
    transaction.conn.execute(f"UPDATE cab_item SET {changes}rev = rev + 1 WHERE id = ?", (*_stored(fields), item_id))


def write_meeting(transaction: Transaction, kept: Meeting, fields: Mapping[str, object]) -> bool:
    """Set fields of a meeting; false when it was changed since it was read."""
    changes = "".join(f"{name} = ?, " for name in fields)
    cursor = transaction.conn.execute(
        f"UPDATE cab_meeting SET {changes}rev = rev + 1 WHERE id = ? AND rev = ?", (*_stored(fields), kept.id, kept.rev)
    )
    return cursor.rowcount == 1


def ballot_ends(conn: sqlite3.Connection, change_id: str) -> datetime | None:
    """The deadline of the open ballot that a change is on; None without one."""
    row = conn.execute(
        "SELECT min(m.ends_at) FROM cab_item i JOIN cab_meeting m ON m.id = i.meeting_id"
        " WHERE i.change_id = ? AND m.kind = 'vcab' AND m.state <> 'closed'",
        (change_id,),
    ).fetchone()
    return _maybe(row[0])


def _stored(fields: Mapping[str, object]) -> list[object]:
    return [instant(value) if isinstance(value, datetime) else value for value in fields.values()]


def _meeting(r: tuple[str, ...]) -> Meeting:
    return Meeting(
        r[0],
        int(r[1]),
        r[2],
        r[3],
        r[4],
        stored_instant(r[5]),
        stored_instant(r[6]),
        r[7],
        tuple(r[8].split(";")) if r[8] else (),
        r[9],
        _maybe(r[10]),
        _maybe(r[11]),
    )


def _maybe(text: str | None) -> datetime | None:
    return stored_instant(text) if text else None
