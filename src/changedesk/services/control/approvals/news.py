"""What change control owes and waits for now, for every screen, the portfolio and each client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from changedesk.domain.control.news import ControlNews, Owed, Unapproved, sorted_news
from changedesk.services.session import Session
from changedesk.store.control import standing
from changedesk.store.desk.database import Connection
from changedesk.store.service import handing_over
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.control.approvals.waiting import Docket


@dataclass(frozen=True, slots=True)
class Waits:
    """What every screen says in its title line: open votes of the reader, and what is overdue of the clients in view."""

    votes: int
    retro: int
    reviews: int


def news(session: Session, conn: Connection, client: str | None = None) -> ControlNews:
    """What is overdue, which go-lives wait for leave, and whose security exceptions get worse; of all in view, or of one client.

    Changes that only a file has brought are history: nothing is owed for them here.
    """
    scope = session.scope.narrowed(client)
    exceptions = handing_over.open_exceptions(conn, scope, session.today)
    live = standing.live(conn, scope)
    if not live:
        return sorted_news(session.now, (), (), exceptions)
    from changedesk.services.control.approvals.waiting import Docket

    docket = Docket(session, conn)
    initiatives = {one.change_id: one.initiative for one in live}
    owed, unapproved = _owed(docket, initiatives, live), _unapproved(docket, initiatives, live)
    return sorted_news(session.now, owed, unapproved, exceptions)


def _owed(docket: Docket, initiatives: dict[str, str | None], live: list[standing.Live]) -> Iterator[Owed]:
    from changedesk.domain.control.review import why_review
    from changedesk.services.control.reading import review_due

    for change in standing.changes(docket.conn, [one.change_id for one in live if one.owes]):
        s = docket.situation(change)
        about = (change.number, change.client, initiatives[change.id])
        if s.retro_overdue and change.retro_due is not None:
            yield Owed("retro", *about, change.retro_due)
        if change.state == "review" and s.review is None and why_review(change, s.review_sample):
            due = review_due(docket.conn, s)
            if due is not None:
                yield Owed("review", *about, due)


def _unapproved(docket: Docket, initiatives: dict[str, str | None], live: list[standing.Live]) -> Iterator[Unapproved]:
    from changedesk.domain.control.serving import serving_of

    for change in standing.changes(docket.conn, [one.change_id for one in live if one.is_go_live]):
        initiative = initiatives[change.id]
        serving = serving_of(docket.situation(change), is_go_live=True)
        if initiative is not None and serving.approval != "approved":
            yield Unapproved(change.number, initiative, serving.words)


def waits(session: Session) -> Waits:
    """How many votes wait for the reader, and what is overdue; cheap enough for every screen."""
    with session.desk.snapshot() as conn:
        if not standing.anything_waits(conn, session.scope):
            return Waits(0, 0, 0)
        from changedesk.services.control.approvals.queue import count_for

        found = news(session, conn)
        return Waits(count_for(session, conn), found.count("retro"), found.count("review"))
