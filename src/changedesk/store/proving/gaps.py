"""Waivers of gaps against the events that tell of them: who waived what, why and until when."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from changedesk.store.proving.told import events_told

Waiver = tuple[str | None, ...]


def waiver_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every waiver is what the last event about its gap says, and no waiver that was given is missing."""
    events: list[tuple[int, tuple[str, str | None], Waiver | None]] = []
    for seq, at, actor, initiative, (gap, reason, until) in events_told(
        conn, "gap.waived", lambda body: (body["gap"], body["reason"], body["until"])
    ):
        events.append((seq, (initiative, gap), (reason, actor, at, until)))
    for seq, _, _, initiative, (gap,) in events_told(conn, "gap.reopened", lambda body: (body["gap"],)):
        events.append((seq, (initiative, gap), None))
    last = {place: (seq, said) for seq, place, said in sorted(events, key=lambda event: event[0])}
    rows = conn.execute(
        "SELECT initiative_id, gap, waiver, waived_by, waived_at, waived_until FROM gap_mark WHERE waiver IS NOT NULL"
    )
    for initiative, gap, *waiver in rows:
        seq, said_then = last.pop((initiative, gap), (0, None))
        if not seq:
            yield f"the waiver of the gap {gap} has no audit event"
        elif tuple(waiver) != said_then:
            yield f"the waiver of the gap {gap} is not what event {seq} says"
    for (_, gap), (seq, said_then) in last.items():
        if said_then is not None:
            yield f"the waiver of the gap {gap} of event {seq} is missing"
