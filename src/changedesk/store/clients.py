"""The clients of a desk by name."""

from __future__ import annotations

import sqlite3

from changedesk.store.scope import Scope
from changedesk.values import dataclass


def client_names(conn: sqlite3.Connection, scope: Scope) -> dict[str, str]:
    """Client code to name (the code again where it has none)."""
    condition, values = scope.where("code")
    return dict(conn.execute(f"SELECT code, ifnull(name, code) FROM client WHERE {condition}", values))


def clocks(conn: sqlite3.Connection, scope: Scope) -> list[tuple[str, str, str | None]]:
    """Code, name and time zone of the clients in view, by code."""
    condition, values = scope.where("code")
    query = f"SELECT code, ifnull(name, code), timezone FROM client WHERE {condition} ORDER BY code"
    return [(row[0], row[1], row[2]) for row in conn.execute(query, values)]


def timezone(conn: sqlite3.Connection, client: str | None, initiative: str | None) -> str | None:
    """The time zone of a client by its code, or else of the client of an initiative; None when neither says one."""
    row = conn.execute("SELECT timezone FROM client WHERE code = ?", (client,)).fetchone() if client else None
    if row is None and initiative:
        row = conn.execute(
            "SELECT c.timezone FROM initiative i JOIN client c ON c.id = i.client_id WHERE i.code = ?", (initiative,)
        ).fetchone()
    return row[0] if row else None


def client_id(conn: sqlite3.Connection, scope: Scope, code: str) -> str | None:
    """The id of a client in view by its code."""
    condition, values = scope.where("code")
    row = conn.execute(f"SELECT id FROM client WHERE code = ? AND {condition}", (code, *values)).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a client has said of its time: zone, business hours, hours for approval afterwards, business days for a review."""

    timezone: str | None
    business_hours: str | None
    retro_hours: int | None
    review_days: int | None


def terms(conn: sqlite3.Connection, code: str) -> Terms:
    """What a client has said of its time; nothing of one that is not known."""
    row = conn.execute(
        "SELECT timezone, business_hours, retro_hours, pir_days FROM client WHERE code = ?", (code,)
    ).fetchone()
    return Terms(*row) if row else Terms(None, None, None, None)
