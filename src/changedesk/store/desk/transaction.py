"""A write in progress: what it touches, and what it tells the audit."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.store.times import instant

if TYPE_CHECKING:
    from changedesk.store.trail.audit import AuditEvent


@dataclasses.dataclass(slots=True)
class Transaction:
    """A write in progress. ``touch`` names the initiatives whose summaries must be made anew before the commit.

    ``entry`` is the last entry of the change log that an event has sealed.
    """

    conn: sqlite3.Connection
    actor: str
    now: datetime
    first_event: int
    entry: int
    touched: set[str] = field(default_factory=set)
    events: list[AuditEvent] = field(default_factory=list)

    def touch(self, initiative_id: str) -> None:
        """The initiative's records change, so its standing does."""
        self.touched.add(initiative_id)

    def record(self, kind: str, subject: str, body: Mapping[str, object]) -> AuditEvent:
        """Tell the audit what happens in this transaction; each state change is told exactly once."""
        from changedesk.store.trail import audit, sealing

        seals = sealing.seal(self.conn, self.entry)
        event = audit.append(self.conn, instant(self.now), self.actor, kind, subject, {**seals, **body})
        self.entry = sealing.entries(self.conn)
        self.events.append(event)
        return event

    def refuse_unsealed(self) -> None:
        """Whatever is written is written before the event that tells of it, which seals it."""
        from changedesk.store.trail import sealing

        if sealing.entries(self.conn) != self.entry:
            raise AssertionError("records were written after the audit event that tells of them")
