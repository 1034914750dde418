"""Reminding of votes and reviews: who was reminded of what is an event of the audit; the mail itself is sent elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from changedesk.errors import BadInput, ChangeDeskError, RuleRefused
from changedesk.services.control.acting import acting, requester_of
from changedesk.services.control.reading import Waiting, due_for_anybody
from changedesk.services.control.situation import find
from changedesk.services.session import Session, authorise
from changedesk.store.control import notices
from changedesk.values import dataclass

AGAIN_AFTER: Final = timedelta(hours=12)
"""Nobody is reminded of the same step more often."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Of what somebody was reminded; ``refused`` says why not."""

    number: str
    who: tuple[str, ...]
    refused: str | None = None


def remind_all(session: Session, client: str | None = None) -> tuple[Reminded, ...]:
    """Remind everybody of what is due; what somebody was reminded of lately is left out."""
    outcomes = []
    for one in due_for_anybody(session, client):
        if one.who and not _lately(session, one):
            outcomes.append(_remind(session, one))
    return tuple(outcomes)


def remind(session: Session, number: str) -> Reminded:
    """Remind those for whom one change waits."""
    change = find(session, number)
    authorise(session, "change.remind", change.client, change.id, own=session.actor.login == requester_of(change))
    for one in due_for_anybody(session):
        if number in (one.change.number, f"{one.change.client}/{one.change.number}"):
            if not one.who:
                raise RuleRefused(f"nobody holds a seat that {one.change.number} waits for")
            if _lately(session, one):
                hours = AGAIN_AFTER.seconds // 3600
                raise RuleRefused(f"they were reminded of {one.change.number} within the last {hours} hours")
            return _remind(session, one, alone=True)
    raise BadInput(f"{number} waits for nobody")


def _remind(session: Session, one: Waiting, *, alone: bool = False) -> Reminded:
    change, step = one.change, one.step.order if one.step else None
    name = f"{change.client}/{change.number}"
    try:
        with acting(session, name, "change.remind", requester_of) as act:
            who = [act.person(login) for login in one.who]
            act.tell("reminded", act.change, {"what": one.kind, "step": step, "who": who, "due": one.due})
    except ChangeDeskError as refused:
        if alone:
            raise
        return Reminded(change.number, one.who, refused.sentence)
    return Reminded(change.number, one.who)


def _lately(session: Session, one: Waiting) -> bool:
    step = one.step.order if one.step else None
    last = notices.last_told(session.desk.reader(), one.change, "change.reminded", step)
    return last is not None and session.now - last < AGAIN_AFTER
