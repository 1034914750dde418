"""After a change: the review, its actions and lessons, and closing (DOMAIN 1.5, 2.2)."""

from __future__ import annotations

from datetime import date, datetime, time

from changedesk.domain.control.guards import missing_to_close
from changedesk.domain.control.review import Review, refuse_reviewer
from changedesk.domain.kind import TEXT_LENGTH
from changedesk.domain.plaintext import clean
from changedesk.domain.words import CAUSES, REVIEW_RESULTS
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import Act, acting
from changedesk.services.control.content import zone_of
from changedesk.services.session import Session
from changedesk.store import clients
from changedesk.store.control import afterwards
from changedesk.store.scope import Scope

_LONG = 4 * TEXT_LENGTH


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
    lesson: str | None = None,
) -> None:
    """Keep what was found after a change; a lesson is shown when the next similar change is drafted."""
    findings = clean(findings, _LONG).strip()
    if not findings:
        raise BadInput("a review says what was found", "say it with --findings")
    for word, words, what in ((result, REVIEW_RESULTS, "result"), (cause, CAUSES, "cause")):
        if word is not None and word not in words:
            raise BadInput(f"{word} is no {what} of a review; it is one of {', '.join(words)}")
    with acting(session, number, "change.review") as act:
        before = act.change
        if before.state != "review":
            raise RuleRefused(
                f"{before.number} is {before.state}; a review comes after it was done and before it closes"
            )
        refused = refuse_reviewer(before, session.actor.login)
        if refused:
            raise RuleRefused(refused)
        if act.s.review is not None:
            raise RuleRefused(f"{before.number} was reviewed by {act.s.review.reviewer} already")
        given = Review(
            session.actor.login,
            act.transaction.now,
            findings,
            result,
            cause,
            _plain(impacts),
            _plain(last_minute),
            _plain(informed),
            _plain(adoption_effect),
            _plain(proposal),
        )
        afterwards.write_review(act.transaction, before.id, given)
        taught = _teach(act, lesson)
        act.look_again()
        act.tell("reviewed", before, {"findings": findings, "result": result, "cause": cause, "lesson": taught})


def _teach(act: Act, lesson: str | None) -> str | None:
    said = _plain(lesson)
    client_id = clients.client_id(act.transaction.conn, Scope(None), act.change.client)
    if said is None or client_id is None:
        return None
    content = act.change.content
    return afterwards.write_lesson(act.transaction, client_id, act.change.id, said, (*content.services, content.path))


def add_action(session: Session, number: str, text: str, owner: str | None = None, due: date | None = None) -> str:
    """Add an action that a review found to be done; gives its id."""
    text = clean(text, TEXT_LENGTH).strip()
    if not text:
        raise BadInput("say what has to be done")
    with acting(session, number, "change.review") as act:
        before = act.change
        if before.state not in ("review", "closed"):
            raise RuleRefused(f"{before.number} is {before.state}; actions follow from its review")
        if any(action.text == text for action in afterwards.actions(act.transaction.conn, before.id)):
            raise RuleRefused(f"{before.number} has this action already")
        at = datetime.combine(due, time(), zone_of(session, before.client)) if due else None
        action_id = afterwards.write_action(act.transaction, before.id, text, owner, at)
        act.tell("action_added", before, {"action": action_id, "text": text, "owner": act.person(owner), "due": at})
        return action_id


def finish_action(session: Session, number: str, action_id: str) -> None:
    """An action of a review is done."""
    with acting(session, number, "change.review") as act:
        if not any(one.id == action_id for one in afterwards.actions(act.transaction.conn, act.change.id)):
            raise BadInput(f"{act.change.number} has no such action")
        if not afterwards.finish_action(act.transaction, action_id):
            raise RuleRefused("this action is done already")
        act.tell("action_done", act.change, {"action": action_id})


def close(session: Session, number: str) -> None:
    """Close a change for good; afterwards only the actions of its review go on."""
    with acting(session, number, "change.close") as act:
        before = act.change
        if before.state != "review":
            raise RuleRefused(f"{before.number} is {before.state}; only one that was done and looked at closes")
        refused = refuse_reviewer(before, session.actor.login)
        if refused:
            raise RuleRefused(refused)
        found = missing_to_close(act.s)
        if before.hold:
            found.insert(0, f"it is on hold: {before.hold}")
        if found:
            raise RuleRefused(f"{before.number} cannot close: {'; '.join(found)}")
        authorised = act.s.authorised
        act.write({"state": "closed"})
        act.tell("closed", before, {"outcome": before.outcome, "authorised": authorised})


def _plain(text: str | None) -> str | None:
    said = clean(text, _LONG).strip() if text else ""
    return said or None
