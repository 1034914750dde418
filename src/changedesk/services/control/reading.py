"""Changes as they are shown: one with everything, many in a list, and what waits for whom."""

from __future__ import annotations

from datetime import datetime, tzinfo

from changedesk.domain.control.approval import (
    Result,
    Step,
    Vote,
    deadline,
    said,
    step_result,
    valid_votes,
)
from changedesk.domain.control.guards import missing
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.review import Action, why_review
from changedesk.domain.control.situation import Situation
from changedesk.services.control.approvals.queue import waits_here
from changedesk.services.control.approvals.waiting import Docket
from changedesk.services.control.situation import find, situation
from changedesk.services.session import Session, authorise
from changedesk.store.control import afterwards, decisions, meetings, requests
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with what it has come to. ``cast`` are the votes that count, ``due`` is its deadline while it waits.

    ``ballot`` is when the ballot that the change is on ends, where that is before its own deadline.
    """

    step: Step
    rule: str
    result: Result
    cast: tuple[Vote, ...]
    waiting: tuple[str, ...]
    due: datetime | None
    ballot: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change with all that decides about it. ``missing`` is what the next step of its life still needs."""

    s: Situation
    missing: tuple[str, ...]
    steps: tuple[StepView, ...]
    evidence: tuple[afterwards.Evidence, ...]
    actions: tuple[Action, ...]
    review_wanted: str | None
    policy_version: int | None

    @property
    def change(self) -> ChangeRequest:
        """The change."""
        return self.s.change

    @property
    def zone(self) -> tzinfo:
        """The time zone of its client."""
        return self.s.zone

    @property
    def voters(self) -> tuple[str, ...]:
        """Who has yet to vote on the step that waits, and may: not whoever asks for the change, nor who does it (invariant 1)."""
        shown = self.step_view(self.s.waiting_step)
        return tuple(who for who in shown.waiting if who not in self.change.people) if shown is not None else ()

    def step_view(self, step: Step | None) -> StepView | None:
        """A step with its votes; None where none is named, or none of that order is there."""
        return next((one for one in self.steps if step is not None and one.step.order == step.order), None)


def change_view(session: Session, number: str) -> ChangeView:
    """One change by its number."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        return view_of(session, conn, change)


def view_of(session: Session, conn: Connection, change: ChangeRequest) -> ChangeView:
    """A change with all that decides about it, on one state of the desk."""
    s = situation(session, conn, change)
    return ChangeView(
        s,
        tuple(missing(s)),
        tuple(_step_view(s, step, meetings.ballot_ends(conn, change.id)) for step in s.steps),
        afterwards.evidence(conn, change.id),
        afterwards.actions(conn, change.id),
        why_review(change, s.review_sample),
        decisions.policy_version(conn, change.policy),
    )


def _step_view(s: Situation, step: Step, ballot: datetime | None) -> StepView:
    cast = valid_votes(step, s.votes)
    voted = {vote.seat for vote in cast}
    waits = s.waiting_step is not None and s.waiting_step.order == step.order
    due = deadline(step, s.change.opened_at) if waits else None
    ends_first = waits and ballot is not None and (due is None or ballot < due)
    return StepView(
        step,
        said(step),
        step_result(step, s.votes),
        cast,
        tuple(seat for seat in step.seats if seat not in voted),
        due,
        ballot if ends_first else None,
    )


def listed(session: Session, *, state: str | None = None, client: str | None = None) -> tuple[ChangeRequest, ...]:
    """The changes in view, the latest window first."""
    authorise(session, "desk.read", client)
    condition, values = "1", []
    if state is not None:
        condition += " AND r.state = ?"
        values.append(state)
    with session.desk.snapshot() as conn:
        return tuple(requests.found(conn, session.scope.narrowed(client), condition, tuple(values)))


# --- what waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for somebody: a vote on a change, a review, or votes that an emergency is owed.

    ``who`` are the logins that it waits for, ``seat`` whose vote the reader would cast when it is not the own one.
    """

    kind: str
    s: Situation
    step: Step | None
    who: tuple[str, ...]
    due: datetime | None
    seat: str | None = None

    @property
    def change(self) -> ChangeRequest:
        """The change."""
        return self.s.change

    @property
    def overdue(self) -> bool:
        """Whether its time has passed."""
        return self.due is not None and self.s.now > self.due


def waits_for_me(session: Session, client: str | None = None) -> tuple[Waiting, ...]:
    """What the actor can decide, own or for somebody, by deadline; the owner of a personal desk decides for all its people."""
    authorise(session, "desk.read", client)
    with session.desk.snapshot() as conn:
        found = [
            Waiting(one.kind, one.s, one.step, one.who, one.due, seats[0].on_behalf_of)
            for one, seats in waits_here(session, conn, client)
        ]
    return tuple(sorted(found, key=_by_deadline))


def due_for_anybody(session: Session, client: str | None = None) -> tuple[Waiting, ...]:
    """Every open vote and every review that is owed, by deadline: what a cron job mails about."""
    authorise(session, "desk.read", client)
    with session.desk.snapshot() as conn:
        docket = Docket(session, conn)
        found = [Waiting(one.kind, one.s, one.step, one.who, one.due) for one in docket.votes(client)]
        for s in docket.done(client):
            if s.review is None and why_review(s.change, s.review_sample):
                found.append(Waiting("review", s, None, reviewers(conn, s.change), review_due(conn, s)))
    return tuple(sorted(found, key=_by_deadline))


def reviewers(conn: Connection, change: ChangeRequest) -> tuple[str, ...]:
    """Who may review a change."""
    held = decisions.holders(conn, change.client, ("change_manager",))["change_manager"]
    return tuple(who for who in held if who != change.content.implementer)


def review_due(conn: Connection, s: Situation) -> datetime | None:
    """When the review of a change is due: so many business days after it ended, by the client's own calendar."""
    from changedesk.services.control.calendar.business import business_calendar

    ended = s.change.actual_end
    if ended is None:
        return None
    calendar = business_calendar(conn, s.change.client, ended)
    return calendar.after_days(ended, calendar.review_days)


def _by_deadline(one: Waiting) -> tuple[bool, datetime, datetime, str]:
    due = one.due or one.change.content.planned_start
    return (one.due is None, due, one.change.content.planned_start, one.change.number)
