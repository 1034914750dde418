"""The register of decisions against its events: who acknowledged one for which side, and when it was locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from changedesk.store.proving.told import events_told

_SIDES: Final = ("delivery", "people")


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every acknowledgement and every lock that is not what its event says."""
    acks: dict[tuple[str, str | None], tuple[int, tuple[str, str]]] = {}
    for seq, at, actor, subject, (side,) in events_told(conn, "decision.acknowledged", lambda body: (body["side"],)):
        acks[subject, side] = (seq, (actor, at))
    locks: dict[str, tuple[int, str, str | None]] = {}
    for seq, at, _, subject, (of,) in events_told(conn, "decision.locked", lambda body: (body["initiative"],)):
        locks[subject] = (seq, at, of)
    there = set()
    for decision, title, locked_at, *cells in conn.execute(
        "SELECT id, title, locked_at, delivery_ack, delivery_ack_at, people_ack, people_ack_at FROM decision"
    ).fetchall():
        there.add(decision)
        lock = locks.get(decision)
        if locked_at != (lock[1] if lock else None):
            yield f"the lock of the decision {title} {_why(lock[0] if lock else 0)}"
        for side, found in zip(_SIDES, (tuple(cells[:2]), tuple(cells[2:])), strict=True):
            seq, told = acks.get((decision, side), (0, (None, None)))
            if found != told:
                yield f"the acknowledgement of the {side} side of the decision {title} {_why(seq)}"
    initiatives = {one for (one,) in conn.execute("SELECT id FROM initiative")}
    for decision, (seq, _, of) in locks.items():
        # With an initiative that was taken back its decisions went.
        if decision not in there and of in initiatives:
            yield f"the decision that event {seq} has locked is missing"


def _why(seq: int) -> str:
    return f"is not what event {seq} says" if seq else "is told of by no event"
