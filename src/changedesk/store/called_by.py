"""What changes are called by keeps its code: a client, an initiative, the activity that a change serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.row_rules import Cell
from changedesk.store.records import StoredRecord

NAMED_BY: Final = {
    "activity": (
        "title",
        "(initiative_id, milestone) = (SELECT initiative_id, title FROM activity WHERE id = ?)",
        "days",
    ),
    "client": ("client", "client_id = ?", "name"),
    "initiative": ("code", "initiative_id = ?", "title"),
}
"""What changes are called by: the column of its code, which changes refer to it, and what of it may still be another."""


def keeps_its_code(
    conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], before: StoredRecord | None
) -> tuple[str, str] | None:
    """The column and a sentence when what changes are called by would get another code; else None.

    What was voted on and sealed names the client and the initiative by it, and the go-live that a change serves is found so.
    """
    if before is None or kind.table not in NAMED_BY:
        return None
    column, refers, other = NAMED_BY[kind.table]
    if cells.get(column) == before.cells[column]:
        return None
    named = conn.execute(f"SELECT 1 FROM change_request WHERE {refers} LIMIT 1", (before.id,)).fetchone()
    return (
        (column, f"its changes name it {before.cells[column]}, so it keeps that; its {other} may change")
        if named
        else None
    )


def called_anew(conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], before: StoredRecord) -> list[str]:
    """The initiatives whose summaries name a client by its code, when it gets another one."""
    if kind.table != "client" or cells.get("client") == before.cells["client"]:
        return []
    return [row[0] for row in conn.execute("SELECT id FROM initiative WHERE client_id = ?", (before.id,))]
