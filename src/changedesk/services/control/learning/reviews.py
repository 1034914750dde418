"""What is owed after changes: reviews, actions, proposals, templates to look at; and how changes have ended of late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.control.acts import held_or
from changedesk.domain.control.guards import missing_to_close
from changedesk.domain.control.proposal import LearnedProposal
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.review import OpenAction, why_review
from changedesk.domain.control.template import Template
from changedesk.domain.words import OUTCOMES
from changedesk.services.control.reading import review_due
from changedesk.services.control.situation import situation
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import learned, requests, templates
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass

RECENT: Final = timedelta(days=90)
"""So far back the mix of outcomes goes."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A change that was done and is not closed: ``why`` a review is due by ``due``, else None and it waits for closing.

    ``ended`` and ``due`` are by the clock of its client. ``missing`` is what closing still needs.
    """

    change: ChangeRequest
    title: str
    why: str | None
    ended: datetime | None
    due: datetime | None
    overdue: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """Everything that is owed after changes in view.

    ``outcomes`` are outcome and number of the last 90 days, all in their order; ``causes`` where reviews of that time saw
    the cause of what went wrong. ``reviews`` lack their review, ``to_close`` only wait for somebody to close them.
    """

    reviews: tuple[Owed, ...]
    to_close: tuple[Owed, ...]
    actions: tuple[OpenAction, ...]
    proposals: tuple[LearnedProposal, ...]
    suspended: tuple[Template, ...]
    outcomes: tuple[tuple[str, int], ...]
    causes: tuple[tuple[str, int], ...]

    @property
    def overdue(self) -> int:
        """How many reviews are past their day."""
        return sum(owed.overdue for owed in self.reviews)


def reviews_view(session: Session, client: str | None = None) -> ReviewsView:
    """What is owed after changes, what is most overdue first."""
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    now = session.now
    with session.desk.snapshot() as conn:
        done = [
            _owed(session, conn, change) for change in list(requests.found(conn, scope, "r.state = ?", ("review",)))
        ]
        counts = learned.outcomes(conn, scope, now - RECENT)
        causes = learned.causes(conn, scope, now - RECENT)
        return ReviewsView(
            tuple(sorted((owed for owed in done if owed.why), key=_by_day)),
            tuple(sorted((owed for owed in done if not owed.why), key=_by_day)),
            _by_their_clocks(conn, learned.open_actions(conn, scope)),
            learned.open_proposals(conn, scope),
            templates.in_state(conn, scope, "suspended"),
            tuple((word, counts.get(word, 0)) for word in OUTCOMES),
            tuple(causes.items()),
        )


def _owed(session: Session, conn: Connection, change: ChangeRequest) -> Owed:
    s = situation(session, conn, change)
    why = None if s.review else why_review(change, s.review_sample)
    due = review_due(conn, s)
    overdue = why is not None and due is not None and due < s.now
    ended, local = (None if moment is None else moment.astimezone(s.zone) for moment in (change.actual_end, due))
    return Owed(change, change.title, why, ended, local, overdue, tuple(held_or(s, missing_to_close(s))))


def _by_their_clocks(conn: Connection, actions: tuple[OpenAction, ...]) -> tuple[OpenAction, ...]:
    """The day by which an action is due is one of its client's, wherever it is read."""
    zones = {code: zone_named(clients.timezone(conn, code, None)) for code in {one.client for one in actions}}
    return tuple(
        replace(one, action=replace(one.action, due=one.action.due.astimezone(zones[one.client])))
        if one.action.due
        else one
        for one in actions
    )


def _by_day(owed: Owed) -> tuple[datetime, str, str]:
    change = owed.change
    return owed.due or change.content.planned_end, change.client, change.number
