"""What changes are called by keeps its code: a client, an initiative, the activity that it serves, whoever voted."""

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
        "its changes name it {}, so it keeps that; its days may change",
    ),
    "client": ("client", "client_id = ?", "its changes name it {}, so it keeps that; its name may change"),
    "initiative": ("code", "initiative_id = ?", "its changes name it {}, so it keeps that; its title may change"),
    "person": (
        "login",
        "id IN (SELECT change_id FROM vote WHERE ? IN (voter, on_behalf_of))",
        "votes on changes count as those of {}, so the login stays; the name may change",
    ),
}
"""What changes are called by: the column of its code, which changes refer to it, and what is said where one does."""


def keeps_its_code(
    conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], before: StoredRecord | None
) -> tuple[str, str] | None:
    """The column and a sentence when what changes are called by would get another code; else None.

    What was voted on and sealed names the client and the initiative by it, and the go-live that a change serves is found so;
    a vote counts for the seat that a policy gives to a login.
    """
    if before is None or kind.table not in NAMED_BY:
        return None
    column, refers, kept = NAMED_BY[kind.table]
    if cells.get(column) == before.cells[column]:
        return None
    named = conn.execute(f"SELECT 1 FROM change_request WHERE {refers} LIMIT 1", (before.id,)).fetchone()
    return (column, kept.format(before.cells[column])) if named else None


def called_anew(conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], before: StoredRecord) -> list[str]:
    """The initiatives whose summaries name a client by its code, when it gets another one."""
    if kind.table != "client" or cells.get("client") == before.cells["client"]:
        return []
    return [row[0] for row in conn.execute("SELECT id FROM initiative WHERE client_id = ?", (before.id,))]
