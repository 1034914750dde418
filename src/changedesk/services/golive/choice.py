"""Which go-lives a service desk looks at: those that people live with now, the latest first, then those to come."""

from __future__ import annotations

from datetime import date

from changedesk.domain.early_life.load_forecast import LONGEST
from changedesk.services.session import Session, authorise
from changedesk.store.service import golives
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class GoLiveChoice:
    """An initiative with a go-live: its id, code, title and client, the day, and whether it has happened."""

    initiative_id: str
    code: str
    title: str
    client: str
    day: date
    happened: bool


def choices(session: Session) -> tuple[GoLiveChoice, ...]:
    """What went live within half a year and is not closed, the latest first; then what is to come, the nearest first."""
    authorise(session, "desk.read")
    today = session.now.date()
    found = [GoLiveChoice(*row) for row in golives.with_go_live(session.desk.reader(), session.scope)]
    lived = [one for one in found if one.happened and (today - one.day).days <= LONGEST]
    ahead = [one for one in found if not one.happened]
    return (
        *sorted(lived, key=lambda one: (-one.day.toordinal(), one.code)),
        *sorted(ahead, key=lambda one: (one.day, one.code)),
    )
