"""What the board decided and which conflicts were accepted, against the events that tell of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from changedesk.store.control.check import Event

_ACCEPTING: Final = ("change.acknowledged", "change.voted")
"""Events that accept conflicts: by name, or by approving with the conflicts before one's eyes."""


def board_problems(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """Every decision of a meeting and every accepted conflict that is not what an event says, as a sentence."""
    yield from _items(conn)
    yield from _accepted(conn, told)


def _items(conn: sqlite3.Connection) -> Iterator[str]:
    """What a meeting decided of a change, and its notes, are what the last event of it says."""
    said: dict[tuple[str, str], tuple[int, object, object]] = {}
    for seq, meeting, text in conn.execute(
        "SELECT seq, subject, body FROM audit WHERE kind = 'meeting.decided' ORDER BY seq"
    ):
        try:
            body = json.loads(text)
            place = (meeting, body["change"])
            # Deciding again without notes leaves those that are there.
            said[place] = (seq, body["decision"], body["notes"] or said.get(place, (0, None, None))[2])
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    for meeting, change, number, decision, notes in conn.execute(
        "SELECT i.meeting_id, i.change_id, r.number, i.decision, i.notes FROM cab_item i"
        " JOIN change_request r ON r.id = i.change_id WHERE i.decision IS NOT NULL OR i.notes IS NOT NULL"
    ).fetchall():
        seq, *content = said.pop((meeting, change), (0, None, None))
        if [decision, notes] != [content[0], content[1] or None]:
            why = f"not what event {seq} says" if seq else "told of by no event"
            yield f"what a meeting decided of the change {number} is {why}"
    for seq, *_ in said.values():
        yield f"what a meeting decided in event {seq} is missing"


def _accepted(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """Whoever accepted a conflict did so in an event on that change, with that reason."""
    accepting = {
        (one.subject, one.actor, one.at, one.body.get("reason") or one.body.get("comment") or None)
        for one in told
        if one.kind in _ACCEPTING
    }
    for number, *acceptance, reason in conn.execute(
        "SELECT r.number, a.change_id, a.by_id, a.at, a.reason FROM conflict_ack a"
        " JOIN change_request r ON r.id = a.change_id"
    ).fetchall():
        if (*acceptance, reason or None) not in accepting:
            yield f"the conflict that was accepted for the change {number} is told of by no event"
