"""What earlier changes have taught, for the one that is being drafted (R93)."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.domain.control.lessons import matching
from changedesk.services.session import Session, authorise
from changedesk.store.control import afterwards
from changedesk.store.control.afterwards import Lesson

__all__ = ["Lesson", "lessons_about"]


def lessons_about(session: Session, client: str, services: Sequence[str], path: str) -> tuple[Lesson, ...]:
    """The lessons of a client that are about changes like this one, the closest first; none of a client not in view."""
    if not session.actor.sees(client):
        return ()
    authorise(session, "desk.read", client)
    return tuple(matching(afterwards.lessons(session.desk.reader(), client), services, path))
