"""In whose name one decides at this keyboard: one's own, or on a personal desk that of a person of it, recorded by its owner."""

from __future__ import annotations

from dataclasses import replace

from changedesk.errors import RuleRefused
from changedesk.services.session import Session
from changedesk.store import people
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """A vote that can be given here: who votes, and for whose seat when it is not the own one."""

    voter: str
    on_behalf_of: str | None = None

    @property
    def holder(self) -> str:
        """Whose seat it is."""
        return self.on_behalf_of or self.voter


def acts_for_others(session: Session) -> bool:
    """Whether the reader may act for the people of the desk: its owner may, where it is personal."""
    return session.actor.owns_desk


def session_as(session: Session, login: str | None) -> Session:
    """The session in which this person acts; None and oneself are the reader's own."""
    if login is None or login == session.actor.login:
        return session
    if not acts_for_others(session):
        raise RuleRefused(f"{session.actor.login} acts as {session.actor.login} only on this desk")
    actor = people.actor_for_person(session.desk.reader(), login)
    if actor is None:
        raise RuleRefused(f"{login} is no person of this desk; add one with that login")
    return replace(session, actor=actor, recorded_by=session.actor.id)


def voters_here(session: Session, conn: Connection) -> frozenset[str]:
    """The logins in whose own name a vote can be given at this keyboard."""
    me = session.actor.login
    if not acts_for_others(session):
        return frozenset({me})
    return people.logins(conn, Scope(None)) | {me}
