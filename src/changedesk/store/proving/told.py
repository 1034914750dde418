"""What the audit tells of one kind of event, for comparing it with what stands in the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

Place = str | None | tuple[str | None, ...]
"""What an event is about: an id, or an initiative and where in it."""
Content = tuple[str | None, ...]


def events_told(
    conn: sqlite3.Connection, kind: str, content: Callable[[dict[str, str | None]], tuple[str | None, ...]]
) -> Iterator[tuple[int, str, str, str, tuple[str | None, ...]]]:
    """The events of a kind as (seq, at, actor, subject, content); a body that nobody can read is the chain's finding."""
    for seq, at, actor, subject, text in conn.execute(
        "SELECT seq, at, actor, subject, body FROM audit WHERE kind = ? ORDER BY seq", (kind,)
    ):
        try:
            said = content(json.loads(text))
            hash(said)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        yield seq, at, actor, subject, said


def differences(
    what: str, kept: Iterable[tuple[str, Place, Content]], told: Mapping[Place, tuple[int, Content]]
) -> Iterator[str]:
    """What is kept, as (what it is called, what it is about, its content), that no event tells of or tells otherwise; and
    ``what`` an event tells of that is gone."""
    left = dict(told)
    for name, place, content in kept:
        seq, said = left.pop(place, (0, ()))
        if not seq:
            yield f"{name} has no audit event"
        elif content != said:
            yield f"{name} is not what event {seq} says"
    for seq, _ in left.values():
        yield f"{what} of event {seq} is missing"
