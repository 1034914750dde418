"""What earlier changes have taught, for the one that is being drafted (R93)."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.domain.control.lessons import Lesson
from changedesk.services.control import learned
from changedesk.services.session import Session

__all__ = ["Lesson", "lessons_about"]


def lessons_about(session: Session, client: str, services: Sequence[str], path: str) -> tuple[Lesson, ...]:
    """The lessons in view that are about changes like this one, the closest first; none for a client not in view."""
    if not session.actor.sees(client):
        return ()
    return tuple(match.lesson for match in learned.matching_lessons(session, client, services, path))
