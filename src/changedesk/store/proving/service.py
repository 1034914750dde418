"""Proving what runs: acceptances and decisions against their events, and what is kept from before imports."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from changedesk.domain.words import IMPROVEMENT_STATES
from changedesk.store.imports import before as import_before
from changedesk.store.proving.told import Content, Place, differences, events_told


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Everything that is not as the audit tells it, as sentences."""
    yield from _imports(conn)
    yield from _acceptances(conn)
    yield from _improvements(conn)


def _imports(conn: sqlite3.Connection) -> Iterator[str]:
    """What is kept from before an import is what the import has sealed."""
    sealed = {seq: before for seq, *_, (before,) in events_told(conn, "import", lambda body: (body["before"],))}
    for (event,) in conn.execute("SELECT DISTINCT event FROM import_before ORDER BY event").fetchall():
        if import_before.digest(conn, event) != sealed.get(event):
            yield f"the values from before the import of event {event} are not the ones that it kept"


def _acceptances(conn: sqlite3.Connection) -> Iterator[str]:
    """Every handover that was accepted is what its event says."""
    told: dict[Place, tuple[int, Content]] = {
        subject: (seq, (at, actor, *content))
        for seq, at, actor, subject, content in events_told(
            conn, "handover.accepted", lambda body: (body["digest"], body["recorded_by"])
        )
    }
    rows = conn.execute(
        "SELECT initiative_id, accepted_at, accepted_by, digest, recorded_by FROM handover WHERE accepted_at IS NOT NULL"
    )
    kept = ((f"the accepted handover of {one}", one, tuple(content)) for one, *content in rows)
    return differences("the accepted handover", kept, told)


def _improvements(conn: sqlite3.Connection) -> Iterator[str]:
    """Every decided improvement is in the state that the last event about it says."""
    last: dict[str, tuple[int, str, str, str]] = {}
    for state in IMPROVEMENT_STATES[1:]:
        for seq, at, actor, subject, _ in events_told(
            conn, f"improvement.{state}", lambda body: (body["recorded_by"],)
        ):
            if seq > last.get(subject, (0,))[0]:
                last[subject] = (seq, state, at, actor)
    rows = conn.execute(
        "SELECT id, limitation, state, decided_at, decided_by FROM improvement WHERE state <> 'proposed'"
    ).fetchall()
    for improvement, limitation, *content in rows:
        seq, *then = last.pop(improvement, (0, "", "", ""))
        if not seq:
            yield f"the decision on {limitation} has no audit event"
        elif content != then:
            yield f"the decision on {limitation} is not what event {seq} says"
    for improvement, (seq, *_) in last.items():
        there = conn.execute("SELECT 1 FROM improvement WHERE id = ?", (improvement,)).fetchone()
        yield f"the decision of event {seq} {'was undone' if there else 'is missing'}"
