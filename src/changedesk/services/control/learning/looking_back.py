"""A change as it was planned beside how it went, for whoever reviews it."""

from __future__ import annotations

from datetime import timedelta

from changedesk.domain.control.looking_back import LOOKS, Compared, LookingBack, UseThen
from changedesk.domain.control.situation import Situation
from changedesk.services.control.reading import review_due
from changedesk.services.control.situation import find, situation
from changedesk.services.session import Session, authorise
from changedesk.store.control import history
from changedesk.store.desk.database import Connection


def looking_back(session: Session, number: str) -> LookingBack:
    """The times of a change as planned and as they were, its downtime, and the use of what it served."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        return looking_back_on(conn, situation(session, conn, change))


def looking_back_on(conn: Connection, s: Situation) -> LookingBack:
    """The same, of a change that has been read already."""
    change, content = s.change, s.change.content
    times = (
        Compared("Decided", content.planned_start, change.decided_at),
        Compared("Started", content.planned_start, change.actual_start),
        Compared("Completed", content.planned_end, change.actual_end),
        Compared("Reviewed", review_due(conn, s), s.review.at if s.review else None),
    )
    use: tuple[UseThen, ...] = ()
    if content.initiative is not None and change.actual_end is not None:
        day = change.actual_end.astimezone(s.zone).date()
        today = s.now.astimezone(s.zone).date()
        looks = [(days, day + timedelta(days=days)) for days in LOOKS]
        use = tuple(
            UseThen(days, history.use_on(conn, content.initiative, on), to_come=on > today) for days, on in looks
        )
    return LookingBack(
        times, content.outage_minutes, s.review.downtime_minutes if s.review else None, content.initiative, use
    )
