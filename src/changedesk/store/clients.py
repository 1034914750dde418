"""The clients of a desk by name."""

from __future__ import annotations

import sqlite3

from changedesk.store.scope import Scope


def client_names(conn: sqlite3.Connection, scope: Scope) -> dict[str, str]:
    """Client code to name (the code again where it has none)."""
    condition, values = scope.where("code")
    return dict(conn.execute(f"SELECT code, ifnull(name, code) FROM client WHERE {condition}", values))


def timezone(conn: sqlite3.Connection, client: str | None, initiative: str | None) -> str | None:
    """The time zone of a client by its code, or else of the client of an initiative; None when neither says one."""
    row = conn.execute("SELECT timezone FROM client WHERE code = ?", (client,)).fetchone() if client else None
    if row is None and initiative:
        row = conn.execute(
            "SELECT c.timezone FROM initiative i JOIN client c ON c.id = i.client_id WHERE i.code = ?", (initiative,)
        ).fetchone()
    return row[0] if row else None
