"""Objectives with their key results, as frozen values."""

from __future__ import annotations

import sqlite3

from changedesk.domain.usage.objectives import KeyResult


def key_results(conn: sqlite3.Connection, initiative_id: str) -> tuple[KeyResult, ...]:
    """The key results of an initiative, by objective and title."""
    rows = conn.execute(
        "SELECT k.id, k.rev, k.objective, k.title, k.metric, b.name, k.owner FROM key_result k"
        " LEFT JOIN benefit b ON b.id = k.benefit_id WHERE k.initiative_id = ? ORDER BY k.objective, k.title",
        (initiative_id,),
    )
    return tuple(KeyResult(*row) for row in rows)
