"""Single observations: reading one value, and writing it."""

from __future__ import annotations

import sqlite3
from datetime import date

from changedesk.store.ids import new_id


def value(
    conn: sqlite3.Connection, audience_id: str, metric: str, method: str, day: date
) -> tuple[float, float] | None:
    """The counts recorded under that key."""
    row = conn.execute(
        "SELECT numerator, denominator FROM observation WHERE audience_id = ? AND metric = ? AND method = ? AND day = ?",
        (audience_id, metric, method, day.isoformat()),
    ).fetchone()
    return (row[0], row[1]) if row else None


def write(
    conn: sqlite3.Connection,
    audience_id: str,
    metric: str,
    method: str,
    day: date,
    numerator: float,
    denominator: float,
) -> None:
    """Record the counts under that key, in place of what was there."""
    conn.execute(
        "INSERT INTO observation (id, audience_id, metric, method, day, numerator, denominator) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (audience_id, metric, method, day) DO UPDATE SET rev = rev + 1, numerator = excluded.numerator,"
        " denominator = excluded.denominator",
        (new_id(), audience_id, metric, method, day.isoformat(), numerator, denominator),
    )
