"""One change with everything around it: what it needs, what can be done with it now, its steps, its life, what it serves."""

from __future__ import annotations

from collections.abc import Mapping

from changedesk.domain.control.acts import ACTIONS, why_not
from changedesk.domain.control.base_rate import BaseRate
from changedesk.domain.control.lessons import Match
from changedesk.domain.control.request import ChangeRequest
from changedesk.services.control.approvals.ballot import refuse_recording
from changedesk.services.control.approvals.deputy import voters_here
from changedesk.services.control.approvals.queue import seats_on
from changedesk.services.control.approvals.waiting import Docket
from changedesk.services.control.changes.assessing import RiskView, seen_of
from changedesk.services.control.changes.base_rate import rate_of
from changedesk.services.control.changes.timeline import Moment, moments
from changedesk.services.control.learning.learned import lessons_on
from changedesk.services.control.lights import Served, served_by
from changedesk.services.control.reading import ChangeView, view_of
from changedesk.services.control.situation import change_in_view, policy_of
from changedesk.services.session import Session, authorise
from changedesk.store.control import decisions
from changedesk.store.control.steps import ImplementationStep, steps
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass

NO_VOTE_HERE = "No vote of yours waits on it"
NOBODY_ELSE = "No vote of anybody else waits on it"


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Everything on the Change screen. ``refused`` says of each act why it cannot be done now, None when it can.

    ``risk`` is None where the questions of the client cannot be read; ``rate`` is how changes like it have ended.
    ``recordable`` are those whose votes the reader can write down.
    """

    view: ChangeView
    served: Served | None
    risk: RiskView | None
    rate: BaseRate
    steps: tuple[ImplementationStep, ...]
    timeline: tuple[Moment, ...]
    refused: Mapping[str, str | None]
    lessons: tuple[Match, ...]
    reader: str
    recordable: tuple[str, ...] = ()

    @property
    def change(self) -> ChangeRequest:
        """The change."""
        return self.view.change

    @property
    def name(self) -> str:
        """The number as it is found whoever else uses it: ``client/number``."""
        return f"{self.change.client}/{self.change.number}"

    @property
    def next_step(self) -> ImplementationStep | None:
        """The first step of its implementation that is not done."""
        return next((step for step in self.steps if step.done_at is None), None)


def change_page(session: Session, change_id: str) -> ChangePage:
    """The page of a change by its id."""
    with session.desk.snapshot() as conn:
        change = change_in_view(session, change_id)
        authorise(session, "desk.read", change.client)
        view = view_of(session, conn, change)
        code = change.content.initiative
        refused = {act: why_not(act, view.s, session.actor) for act in ACTIONS}
        refused["vote"] = refused["vote"] or _no_vote_here(session, conn, change)
        recordable = _recordable(session, view)
        refused["record_vote"] = (
            refused["record_vote"]
            or refuse_recording(policy_of(conn, change), change.client)
            or (None if recordable else NOBODY_ELSE)
        )
        return ChangePage(
            view,
            served_by(session, conn, code, change.content.milestone) if code else None,
            seen_of(session, change),
            rate_of(session, conn, change),
            steps(conn, change.id),
            moments(conn, change.id),
            refused,
            lessons_on(session, conn, change),
            session.actor.login,
            recordable,
        )


def _recordable(session: Session, view: ChangeView) -> tuple[str, ...]:
    """Whose votes are still to come; the reader votes, and writes nothing down."""
    return tuple(who for who in view.voters if who != session.actor.login)


def _no_vote_here(session: Session, conn: Connection, change: ChangeRequest) -> str | None:
    vote = Docket(session, conn).vote_on(change)
    if vote is None:
        return NO_VOTE_HERE
    running = decisions.delegations_in_force(conn, session.now)
    return None if seats_on(vote, voters_here(session, conn), running) else NO_VOTE_HERE
