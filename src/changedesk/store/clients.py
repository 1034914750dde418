"""The clients of a desk by name."""

from __future__ import annotations

import sqlite3

from changedesk.store.scope import Scope


def client_names(conn: sqlite3.Connection, scope: Scope) -> dict[str, str]:
    """Client code to name (the code again where it has none)."""
    condition, values = scope.where("code")
    return dict(conn.execute(f"SELECT code, ifnull(name, code) FROM client WHERE {condition}", values))
