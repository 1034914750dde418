"""The register of decisions against its events: who acknowledged what for which side, and when it was locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from changedesk.store.proving.told import events_told

_SIDES: Final = ("delivery", "people")


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every acknowledgement and every lock that is not what its event says, nor given on what the decision is now."""
    acks: dict[tuple[str, str | None], tuple[int, tuple[str, str]]] = {}
    for seq, at, actor, subject, (side,) in events_told(conn, "decision.acknowledged", lambda body: (body["side"],)):
        acks[subject, side] = (seq, (actor, at))
    locks: dict[str, tuple[int, str, str | None]] = {}
    for seq, at, _, subject, (of,) in events_told(conn, "decision.locked", lambda body: (body["initiative"],)):
        locks[subject] = (seq, at, of)
    given_on = _given_on(conn)
    there = set()
    for decision, title, timing, adoption, locked_at, *cells in conn.execute(
        "SELECT id, title, touches_timing, touches_adoption, locked_at, delivery_ack, delivery_ack_at, people_ack,"
        " people_ack_at FROM decision"
    ).fetchall():
        there.add(decision)
        seq, content = given_on.get(decision, (0, None))
        if seq and content != (title, bool(timing), bool(adoption)):
            yield f"the decision {title} {_why(seq)}"
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


def _given_on(conn: sqlite3.Connection) -> dict[str, tuple[int, tuple[object, ...]]]:
    """Each decision to the last event that names its content; events of earlier programs do not."""
    found: dict[str, tuple[int, tuple[object, ...]]] = {}
    for kind in ("decision.acknowledged", "decision.locked"):
        for seq, _, _, subject, content in events_told(conn, kind, _content):
            if seq > found.get(subject, (0,))[0]:
                found[subject] = (seq, content)
    return found


def _content(body: dict[str, Any]) -> tuple[Any, ...]:
    content = body["content"]
    return (content["title"], content["timing"], content["adoption"])


def _why(seq: int) -> str:
    return f"is not what event {seq} says" if seq else "is told of by no event"
