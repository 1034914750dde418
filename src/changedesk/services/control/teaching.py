"""What earlier changes say about the one that is being drafted: how they ended (R88), and what they have taught (R93)."""

from __future__ import annotations

from collections.abc import Collection

from changedesk.domain.control.base_rate import BaseRate
from changedesk.domain.control.lessons import Lesson
from changedesk.services.control import base_rate, learned
from changedesk.services.session import Session

__all__ = ["Lesson", "lessons_about", "like_draft"]


def lessons_about(session: Session, client: str, services: Collection[str], path: str) -> tuple[Lesson, ...]:
    """The lessons in view that are about changes like this one, the closest first; none for a client not in view."""
    if not session.actor.sees(client):
        return ()
    return tuple(match.lesson for match in learned.matching_lessons(session, client, services, path))


def like_draft(
    session: Session, client: str, path: str, services: tuple[str, ...], risk: str | None
) -> tuple[BaseRate | None, tuple[Lesson, ...]]:
    """How changes like a draft have ended, and what they have taught; nothing for a client not in view."""
    if not session.actor.sees(client):
        return None, ()
    return base_rate.of_draft(session, client, path, services, risk), lessons_about(session, client, services, path)
