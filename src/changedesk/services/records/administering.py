"""The role of administrator is an administrator's to give and to take, by a form or by a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from changedesk.domain.counted import listed
from changedesk.domain.kinds.kind import Kind
from changedesk.errors import RuleRefused
from changedesk.services.session import Session
from changedesk.store import people
from changedesk.store.database import Transaction


@contextmanager
def administrators_stay(session: Session, transaction: Transaction, kind: Kind) -> Iterator[None]:
    """Refuse what makes others administrators, or no longer, unless whoever does it is one or owns the desk."""
    actor = session.actor
    if kind.table != "person" or actor.owns_desk or "administrator" in actor.roles:
        yield
        return
    before = people.administrators(transaction.conn)
    yield
    changed = before ^ people.administrators(transaction.conn)
    if changed:
        raise RuleRefused(f"only an administrator gives or takes the role administrator: {listed(sorted(changed))}")
