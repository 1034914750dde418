"""The go-lives of a desk: which initiatives have a day on which they went live or are going to."""

from __future__ import annotations

import sqlite3
from datetime import date

from changedesk.store.scope import Scope
from changedesk.store.times import stored_day

Found = tuple[str, str, str, str, date, bool]


def with_go_live(conn: sqlite3.Connection, scope: Scope) -> list[Found]:
    """Id, code, title, client, day, and whether it has happened, of every initiative in view that is not over."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id, i.code, i.title, c.code, coalesce(i.go_live_actual, i.go_live_planned), i.go_live_actual IS NOT NULL"
        f" FROM initiative i JOIN client c ON c.id = i.client_id WHERE {condition}"
        " AND coalesce(i.go_live_actual, i.go_live_planned) IS NOT NULL AND coalesce(i.state, '') NOT IN ('closed', 'cancelled')",
        values,
    )
    return [(id_, code, title, client, stored_day(on), bool(then)) for id_, code, title, client, on, then in rows]
