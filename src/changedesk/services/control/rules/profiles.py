"""Clients as change control sees them: when they work, what they ask for, who holds which seat, what is overdue."""

from __future__ import annotations

from datetime import datetime

from changedesk.domain.control.policy import Policy, roles_of, vacant_steps
from changedesk.domain.records import Client
from changedesk.services.control.approvals.news import news
from changedesk.services.control.rules.policies import PolicyVersion
from changedesk.services.lookup import unknown_client
from changedesk.services.session import Session, authorise
from changedesk.store.control import decisions
from changedesk.store.initiative import initiatives
from changedesk.store.scope import Scope
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client in the list; ``version`` 0 is the policy of clients that have none of their own.

    ``overdue`` is how much is owed after its changes, ``vacant`` of which steps nobody holds a seat.
    """

    code: str
    name: str
    version: int
    overdue: int
    vacant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One client with the policy that holds now, and every version before it.

    ``holders`` is who has each role of the policy today, ``vacant`` of which steps nobody holds a seat; ``retro`` and
    ``reviews`` are how many are overdue.
    """

    client: Client
    version: int
    policy: Policy
    made_at: datetime | None
    made_by: str | None
    versions: tuple[PolicyVersion, ...]
    holders: dict[str, tuple[str, ...]]
    vacant: tuple[str, ...]
    retro: int
    reviews: int


def client_lines(session: Session) -> tuple[ClientLine, ...]:
    """The clients in view, by code."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        found = news(session, conn)

        def line(client: Client) -> ClientLine:
            _, version, policy = decisions.current_policy(conn, client.code)
            holders = decisions.holders(conn, client.code, roles_of(policy))
            overdue = sum(owed.client == client.code for owed in found.overdue)
            return ClientLine(client.code, client.name or client.code, version, overdue, vacant_steps(policy, holders))

        return tuple(map(line, initiatives.clients(conn, session.scope)))


def profile(session: Session, code: str) -> Profile:
    """One client and its policy."""
    authorise(session, "desk.read", code)
    with session.desk.snapshot() as conn:
        client = next((one for one in initiatives.clients(conn, Scope(frozenset({code})))), None)
        if client is None:
            raise unknown_client(code)
        _, version, policy = decisions.current_policy(conn, code)
        versions = tuple(PolicyVersion(*row) for row in decisions.policy_versions(conn, code))
        found = news(session, conn, code)
        newest = versions[0] if versions else None
        holders = decisions.holders(conn, code, roles_of(policy))
        return Profile(
            client,
            version,
            policy,
            newest.made_at if newest else None,
            newest.made_by if newest else None,
            versions,
            holders,
            vacant_steps(policy, holders),
            found.count("retro"),
            found.count("review"),
        )
