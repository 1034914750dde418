"""Taking a window away, with what that lets on."""

from __future__ import annotations

from changedesk.domain.forms.registry import FORMS
from changedesk.errors import BadInput, Stale
from changedesk.services.control.calendar import freezes
from changedesk.services.session import Session, authorise
from changedesk.store import people, records


def remove(session: Session, window_id: str) -> tuple[str, ...]:
    """Take a window off the calendar; gives what was done, and what that has let on, a sentence each.

    The audit keeps what it was.
    """
    kind = FORMS["windows"].kind
    found = records.found(session.desk.reader(), kind, session.scope, record_id=window_id)
    if not found:
        raise BadInput("this window is no longer in view")
    seen = found[0]
    authorise(session, "window.edit", seen.client, window_id)
    with session.desk.write(session.actor.id) as transaction:
        if not records.remove(transaction.conn, kind, window_id, seen.rev):
            raise Stale("this window was changed meanwhile", "look at it again")
        approver = seen.cells["approved_by"]
        before = {
            **seen.cells,
            "approved_by": {"person": people.reference(transaction.conn, str(approver))} if approver else None,
        }
        transaction.record("window.removed", window_id, {"before": before, "recorded_by": session.recorded_by})
        followed = freezes.follow(session, transaction, [seen.client] if seen.client else None)
    return (f"removed: {seen.cells['title']}", *followed)
