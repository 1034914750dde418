"""A hand that writes past the rules of a desk and puts them back."""

from __future__ import annotations

from builders import stranger
from changedesk.store.database import Desk
from changedesk.store.proving.check import check


def problems_after(desk: Desk, *statements: str) -> tuple[str, ...]:
    """What a check says once somebody has written past the rules and put them back."""
    assert check(desk, None).problems == ()
    desk.close()
    conn = stranger(desk.path)
    rules = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in rules:
        conn.execute(f"DROP TRIGGER IF EXISTS {name}")
    for statement in statements:
        assert conn.execute(statement).rowcount, statement
    for _, rule in rules:
        conn.execute(rule)
    conn.commit()
    conn.close()
    with Desk(desk.path) as again:
        return check(again, None).problems
