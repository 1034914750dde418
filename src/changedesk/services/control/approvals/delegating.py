"""Letting somebody stand in for oneself."""

from __future__ import annotations

from datetime import date, datetime, time

from changedesk.domain.control.delegation import Delegation, refuse_delegation, refuse_deputy
from changedesk.domain.words import ROLES
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.lookup import refuse_unknown
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import people
from changedesk.store.control import decisions
from changedesk.store.scope import Scope


def deputies(session: Session) -> tuple[tuple[str, str], ...]:
    """Who can stand in for the actor, as login and name: whoever has access where the actor votes."""
    known = people.choices(session.desk.reader(), Scope(session.actor.clients))
    return tuple(one for one in known if one[0] != session.actor.login)


def give_delegation(
    session: Session, to: str, first: date, until: date, role: str | None = None, reason: str | None = None
) -> None:
    """Let somebody stand in for the actor, from the start of the first day to the start of ``until``."""
    authorise(session, "delegation.give")
    refuse_unknown("role", role, ROLES)
    conn = session.desk.reader()
    known = decisions.known_logins(conn, Scope(None))
    if to not in known:
        raise BadInput(f"nobody on this desk has the login {to}", "import people, or add one")
    deputy = people.actor_for_person(conn, to)
    barred = deputy and refuse_deputy(session.actor.login, session.actor.clients, to, deputy.clients)
    if barred:
        raise RuleRefused(barred)
    client = min(session.actor.clients or (), default=None)
    zone = client_zone(session, client) if client else (session.zone or session.wall_clock.tzinfo)
    start, end = (datetime.combine(day, time(), zone) for day in (first, until))
    with session.desk.write(session.actor.id) as transaction:
        now = decisions.trusted_now(transaction.conn, transaction.now)
        refused = refuse_delegation(session.actor.login, to, start, end, now)
        if refused:
            raise RuleRefused(refused)
        given = Delegation("", session.actor.login, to, role, start, end, reason)
        delegation_id = decisions.write_delegation(transaction, given)
        transaction.record(
            "delegation.given",
            delegation_id,
            {
                "to": {"person": people.reference(transaction.conn, to)},
                "role": role,
                "start": start,
                "end": end,
                "reason": reason,
                "recorded_by": session.recorded_by,
            },
        )
