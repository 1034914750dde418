"""What the audit says of a step that waited: that somebody was reminded, or told that its time has passed."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from changedesk.domain.control.request import ChangeRequest
from changedesk.store.times import stored_instant


def last_told(conn: sqlite3.Connection, change: ChangeRequest, kind: str, step: int | None) -> datetime | None:
    """When the audit last told of this for the step of this revision and round; None when it has not."""
    rows = conn.execute(
        "SELECT at, body FROM audit WHERE subject = ? AND kind = ? ORDER BY seq DESC",
        (change.id, kind),
    )
    for at, body in rows:
        told = json.loads(body)
        if (told.get("step"), told.get("revision"), told.get("round")) == (step, change.revision, change.round):
            return stored_instant(at)
    return None


def was_escalated(conn: sqlite3.Connection, change: ChangeRequest, step: int) -> bool:
    """Whether somebody was told, since the step began to wait, that its time has passed."""
    return last_told(conn, change, "change.escalated", step) is not None
