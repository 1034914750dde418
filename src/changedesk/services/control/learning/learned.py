"""What reviews have left behind: proposals that somebody accepts or declines, lessons for the next change (R93, R104)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from changedesk.domain.control.base_rate import BaseRate
from changedesk.domain.control.lessons import Lesson, Match, matching
from changedesk.domain.control.proposal import LearnedProposal, refuse_decision
from changedesk.domain.control.request import ChangeRequest
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.control.acting import Act, acting
from changedesk.services.control.changes import base_rate
from changedesk.services.control.learning.reviewing import NewAction, keep_action
from changedesk.services.control.situation import find
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store.control import learned
from changedesk.store.desk.database import Connection

_DECIDES = {"policy": "policy.edit", "template": "template.approve"}
"""What whoever decides about a proposal must be allowed to do, by what it is about."""


def matching_lessons(session: Session, client: str, services: Collection[str], path: str | None) -> tuple[Match, ...]:
    """The lessons that matter for a change that is being drafted, the nearest first; none for a client not in view."""
    if not session.actor.sees(client):
        return ()
    authorise(session, "desk.read", client)
    return matching(learned.lessons(session.desk.reader(), session.scope), client, services, path)


def like_draft(
    session: Session, client: str, path: str, services: tuple[str, ...], risk: str | None
) -> tuple[BaseRate | None, tuple[Match, ...]]:
    """How changes like one that is being drafted have ended, and the lessons that matter for it.

    Nothing while its client is none in view, or its path is not said yet.
    """
    rate = base_rate.of_draft(session, client, path, services, risk) if path else None
    return rate, matching_lessons(session, client, services, path or None)


def lessons_for(session: Session, number: str) -> tuple[Match, ...]:
    """The lessons that matter for a change, but for what it taught itself."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        return lessons_on(session, conn, change)


def lessons_on(session: Session, conn: Connection, change: ChangeRequest) -> tuple[Match, ...]:
    """The same of a change that has been read already."""
    own = (change.client, change.number)
    known = [one for one in learned.lessons(conn, session.scope) if (one.client, one.number) != own]
    return matching(known, change.client, change.content.services, change.content.path)


def lessons(session: Session, client: str | None = None) -> tuple[Lesson, ...]:
    """Every lesson in view, the newest first."""
    authorise(session, "desk.read", client)
    return learned.lessons(session.desk.reader(), session.scope.narrowed(client))


def accept(session: Session, proposal_id: str, owner: str | None = None, due: date | None = None) -> str:
    """Accept a proposal: it becomes an action of the change that it came from, the actor's or ``owner``'s; gives its id."""
    seen = _in_view(session, proposal_id)
    with acting(session, seen.change, _DECIDES[seen.about]) as act:
        kept = _undecided(act, proposal_id)
        action_id = keep_action(act, NewAction(kept.action, owner or session.actor.login, due))
        _decide(act, kept, "accepted", None)
        act.tell("proposal_accepted", act.change, {"proposal": kept.id, "action": action_id, "due": due})
        return action_id


def decline(session: Session, proposal_id: str, reason: str) -> None:
    """Decline a proposal, with the reason that whoever made it will read."""
    said = one_line(reason)
    if not said:
        raise BadInput("to decline a proposal takes a reason", "say it with --reason")
    seen = _in_view(session, proposal_id)
    with acting(session, seen.change, _DECIDES[seen.about]) as act:
        kept = _undecided(act, proposal_id)
        _decide(act, kept, "declined", said)
        act.tell("proposal_declined", act.change, {"proposal": kept.id, "reason": said})


def _in_view(session: Session, proposal_id: str) -> LearnedProposal:
    found = learned.proposal(session.desk.reader(), session.scope, proposal_id)
    if found is None:
        raise BadInput("there is no such proposal in view", "changedesk change reviews shows them")
    return found


def _undecided(act: Act, proposal_id: str) -> LearnedProposal:
    kept = learned.proposal(act.transaction.conn, act.session.scope, proposal_id)
    if kept is None:
        raise Stale("this proposal is no longer there")
    if refused := refuse_decision(kept):
        raise RuleRefused(refused)
    return kept


def _decide(act: Act, kept: LearnedProposal, state: str, reason: str | None) -> None:
    if not learned.decide_proposal(act.transaction, kept, state, reason):
        raise Stale("this proposal was changed meanwhile", "look at it again")
