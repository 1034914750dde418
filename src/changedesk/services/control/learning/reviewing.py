"""After a change: the review, its actions and lessons, and closing (DOMAIN 1.5, 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from changedesk.domain.control.proposal import ABOUT
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.review import Review
from changedesk.domain.kinds.kind import NAME_LENGTH, TEXT_LENGTH
from changedesk.domain.words import CAUSES, REVIEW_RESULTS, state_said
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import Act, Owner, acting
from changedesk.services.control.changes.content import zone_of
from changedesk.services.control.changes.running import suspend_if_needed
from changedesk.services.lookup import refuse_unknown
from changedesk.services.one_line import one_line
from changedesk.services.session import Session
from changedesk.store import clients
from changedesk.store.control import afterwards, learned
from changedesk.store.scope import Scope
from changedesk.values import dataclass

_LONG = 4 * TEXT_LENGTH


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something to be done, by whom (a login or a plain name), and by when."""

    text: str
    owner: str | None = None
    due: date | None = None


def review(
    session: Session,
    number: str,
    findings: str,
    *,
    result: str | None = None,
    cause: str | None = None,
    impacts: str | None = None,
    last_minute: str | None = None,
    informed: str | None = None,
    adoption_effect: str | None = None,
    proposal: str | None = None,
    about: str | None = None,
    lesson: str | None = None,
    incidents: Sequence[str] = (),
    downtime_minutes: int | None = None,
    caused_p1: bool = False,
    actions: Sequence[NewAction] = (),
) -> tuple[str, ...]:
    """Keep what was found after a change; a lesson is shown when the next similar change is drafted.

    A ``proposal`` is for the template that the change followed or, without one or ``about`` the policy, for the policy of
    its client; somebody accepts it or declines it. ``incidents`` are the numbers of those that it caused.
    Gives what the review took with it, a sentence each: a standard change may suspend its template.
    """
    findings = one_line(findings, _LONG)
    if not findings:
        raise BadInput("a review says what was found", "say it with --findings")
    refuse_unknown("result", result, REVIEW_RESULTS)
    refuse_unknown("cause", cause, CAUSES)
    with acting(session, number, "change.review") as act:
        before = act.change
        act.refuse("review")
        given = Review(
            session.actor.login,
            act.transaction.now,
            findings,
            result,
            cause,
            one_line(impacts, _LONG) or None,
            one_line(last_minute, _LONG) or None,
            one_line(informed, _LONG) or None,
            one_line(adoption_effect, _LONG) or None,
            one_line(proposal, _LONG) or None,
            tuple(dict.fromkeys(name for one in incidents if (name := _name(one)))),
            downtime_minutes,
        )
        afterwards.write_review(act.transaction, before.id, given)
        told = {
            "findings": findings,
            "result": result,
            "cause": cause,
            "incidents": list(given.incidents),
            "downtime_minutes": downtime_minutes,
            "lesson": _teach(act, lesson),
            "proposal": _propose(act, given.proposal, about),
            "actions": [keep_action(act, one) for one in actions],
        }
        if caused_p1 and not before.caused_p1:
            act.write({"caused_p1": 1})
            told["caused_p1"] = True
        act.look_again()
        act.tell("reviewed", before, told)
        # A failure that is found to have caused a P1 weighs more than it did when it ended.
        return suspend_if_needed(act)


def _propose(act: Act, text: str | None, about: str | None) -> str | None:
    """Keep what the review would change in the template or the policy."""
    if about not in (None, *ABOUT):
        raise BadInput(f"a proposal is about one of {', '.join(ABOUT)}, not about {about}")
    template = act.change.content.template if about != "policy" else None
    if about == "template" and template is None:
        raise BadInput(f"{act.change.number} follows no template that could be changed")
    return learned.write_proposal(act.transaction, act.change.id, template, text) if text else None


def keep_action(act: Act, new: NewAction) -> str:
    """Keep an action of the change of an act; gives its id. Whoever acts tells the audit."""
    text = one_line(new.text)
    if not text:
        raise BadInput("say what has to be done")
    if any(action.text == text for action in afterwards.actions(act.transaction.conn, act.change.id)):
        raise RuleRefused(f"{act.change.number} has this action already")
    at = datetime.combine(new.due, time(), zone_of(act.session, act.change.client)) if new.due else None
    return afterwards.write_action(act.transaction, act.change.id, text, _name(new.owner) or None, at)


def _teach(act: Act, lesson: str | None) -> str | None:
    said = one_line(lesson, _LONG) or None
    client_id = clients.client_id(act.transaction.conn, Scope(None), act.change.client)
    if said is None or client_id is None:
        return None
    content = act.change.content
    return afterwards.write_lesson(act.transaction, client_id, act.change.id, said, content.services, content.path)


def add_action(session: Session, number: str, text: str, owner: str | None, due: date | None) -> str:
    """Add an action that a review found to be done; gives its id."""
    with acting(session, number, "change.review") as act:
        before = act.change
        if before.state not in ("review", "closed"):
            raise RuleRefused(f"{before.number} is {state_said(before.state)}; actions follow from its review")
        new = NewAction(text, owner, due)
        action_id = keep_action(act, new)
        act.tell("action_added", before, {"action": action_id, "text": text, "owner": act.person(owner), "due": due})
        return action_id


def finish_action(session: Session, number: str, action_id: str) -> None:
    """An action of a review is done, as its owner or a change manager says."""
    with acting(session, number, "action.finish", _owner_of(session, action_id)) as act:
        if not any(one.id == action_id for one in afterwards.actions(act.transaction.conn, act.change.id)):
            raise BadInput(f"{act.change.number} has no such action")
        if not afterwards.finish_action(act.transaction, action_id):
            raise RuleRefused("this action is done already")
        act.tell("action_done", act.change, {"action": action_id})


def close(session: Session, number: str) -> None:
    """Close a change for good; afterwards only the actions of its review go on."""
    with acting(session, number, "change.close") as act:
        before = act.change
        act.refuse("close")
        authorised = act.s.authorised
        act.write({"state": "closed"})
        act.tell("closed", before, {"outcome": before.outcome, "authorised": authorised})


def _owner_of(session: Session, action_id: str) -> Owner:
    """Whose action it is."""

    def owner(change: ChangeRequest) -> str | None:
        actions = afterwards.actions(session.desk.reader(), change.id)
        return next((one.owner for one in actions if one.id == action_id), None)

    return owner


def _name(text: str | None) -> str:
    """A short name without what parts names from each other."""
    return one_line(text, NAME_LENGTH).replace(";", " ").strip()
