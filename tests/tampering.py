"""A hand that writes past the rules of a desk and puts them back."""

from __future__ import annotations

from builders import tampered
from changedesk.store.desk.database import Desk
from changedesk.store.proving.check import check


def problems_after(desk: Desk, *statements: str) -> tuple[str, ...]:
    """What a check says once somebody has written past the rules and put them back."""
    assert check(desk, None).problems == ()
    desk.close()
    for statement in statements:
        tampered(desk.path, statement)
    with Desk(desk.path) as again:
        return check(again, None).problems
