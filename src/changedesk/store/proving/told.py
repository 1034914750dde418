"""What the audit tells of one kind of event, for comparing it with what stands in the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator


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
