"""The card of a decision: all that a vote is given on, as it stands now, and what changed since an earlier revision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from changedesk.domain.control.base_rate import BaseRate
from changedesk.domain.control.differences import FieldChange, differences
from changedesk.domain.control.guards import said_moment
from changedesk.domain.control.request import content_from
from changedesk.services.control.changes.assessing import RiskView, seen_of
from changedesk.services.control.changes.base_rate import rate_of
from changedesk.services.control.lights import Served, served_by
from changedesk.services.control.reading import ChangeView, view_of
from changedesk.services.control.situation import find
from changedesk.services.session import Session, authorise
from changedesk.store.control import requests
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """What an approver needs before voting. ``voted_on`` is the last earlier revision that one of ``voters`` voted on.

    ``risk`` is None where the questions of the client cannot be read; ``rate`` is how changes like it have ended.
    """

    view: ChangeView
    served: Served | None
    risk: RiskView | None
    rate: BaseRate
    voted_on: int | None

    @property
    def revision(self) -> int:
        """The revision that is shown, and that a vote counts on."""
        return self.view.change.revision


@dataclass(frozen=True, slots=True)
class Since:
    """What changed from one revision to the present one, when, and by whom the present one was written."""

    since: int
    revision: int
    made_at: str
    made_by: str
    changes: tuple[FieldChange, ...]


def card(session: Session, number: str, voters: tuple[str, ...] = ()) -> Card:
    """The card of a change; ``voters`` are those who may vote on it here."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        view = view_of(session, conn, change)
        code = change.content.initiative
        served = served_by(session, conn, code, change.content.milestone) if code else None
        rate = rate_of(session, conn, change)
    earlier = [
        vote.revision
        for vote in view.s.votes
        if vote.revision < change.revision and (not voters or vote.voter in voters or vote.on_behalf_of in voters)
    ]
    return Card(view, served, seen_of(session, change), rate, max(earlier, default=None))


def since(session: Session, number: str, revision: int | None = None) -> Since | None:
    """What changed since a revision, or since the one before; None when there was none before."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        view = view_of(session, conn, change)
        kept = {row[0]: row for row in requests.revisions(conn, change.id)}
    before = max((one for one in kept if one < change.revision and one <= (revision or change.revision)), default=None)
    if before is None:
        return None
    said = _said(view)
    made = kept.get(change.revision)
    return Since(
        before,
        change.revision,
        said(made[3]) if made else "",
        made[4] if made else "",
        differences(content_from(kept[before][2]), change.content, said),
    )


def _said(view: ChangeView) -> Callable[[datetime], str]:
    return lambda moment: said_moment(moment, view.s)
