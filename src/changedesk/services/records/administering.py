"""The role of administrator is an administrator's to give and to take, by a form or by a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from changedesk.domain.counted import listed
from changedesk.domain.kinds.initiative import PEOPLE
from changedesk.domain.roles import ADMINISTRATORS_ONLY
from changedesk.errors import Denied
from changedesk.services.session import Session
from changedesk.store import people
from changedesk.store.desk.transaction import Transaction


@contextmanager
def writing(session: Session, kind: str, action: str) -> Iterator[Transaction]:
    """A write of records of a kind; it is denied where it makes others administrators, or no longer, without the right to."""
    if kind != PEOPLE.name or session.actor.administers:
        with session.desk.write(session.actor.id) as transaction:
            yield transaction
        return
    changed: frozenset[str] = frozenset()
    try:
        with session.desk.write(session.actor.id) as transaction:
            before = people.administrators(transaction.conn)
            yield transaction
            changed = before ^ people.administrators(transaction.conn)
            if changed:
                raise Denied(f"{ADMINISTRATORS_ONLY}: {listed(sorted(changed))}")
    except Denied:
        # The write is gone, and with it whatever it has told.
        if changed:
            with session.desk.write(session.actor.id) as transaction:
                transaction.record("denied", session.desk.facts.id, {"action": action})
        raise
