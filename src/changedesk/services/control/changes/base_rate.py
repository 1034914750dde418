"""The base rate beside a risk: how changes like this one have ended (R88)."""

from __future__ import annotations

from dataclasses import replace

from changedesk.domain.control.base_rate import BaseRate, base_rate, ladder
from changedesk.domain.control.request import ChangeRequest
from changedesk.services.control.situation import find
from changedesk.services.session import Session, authorise
from changedesk.store.clients import client_id
from changedesk.store.control import decisions, history
from changedesk.store.control.history import Like
from changedesk.store.desk.database import Connection


def of_change(session: Session, number: str) -> BaseRate:
    """How changes like the one with that number have ended."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        authorise(session, "desk.read", change.client)
        return rate_of(session, conn, change)


def of_draft(session: Session, client: str, path: str, services: tuple[str, ...], risk: str | None) -> BaseRate | None:
    """How changes like one that is being drafted have ended; None for a client not in view, such as one half typed."""
    if not session.actor.sees(client):
        return None
    authorise(session, "desk.read", client)
    with session.desk.snapshot() as conn:
        if client_id(conn, session.scope, client) is None:
            return None
        return _rate(session, conn, Like("", client, path, services, risk))


def rate_of(session: Session, conn: Connection, change: ChangeRequest) -> BaseRate:
    """How changes like this one have ended, on one state of the desk."""
    content = change.content
    return _rate(session, conn, Like(change.id, change.client, content.path, content.services, content.risk))


def _rate(session: Session, conn: Connection, like: Like) -> BaseRate:
    """Whoever is limited to some clients sees what the change's own client has done, and nothing of any other."""
    everybody = session.scope.clients is None
    scope = session.scope if everybody else session.scope.narrowed(like.client)
    known = [name for name, value in (("service", like.services), ("risk", like.risk)) if value]
    success = decisions.current_policy(conn, like.client)[2].success
    forbidden = history.unauthorised(conn) if like.path == "emergency" else frozenset()
    rate = base_rate(
        ladder(known, over_clients=everybody),
        lambda same: history.ended(conn, scope, like, same, forbidden),
        success,
    )
    return replace(rate, median_minutes=history.median_minutes(conn, scope, like, rate.same))
