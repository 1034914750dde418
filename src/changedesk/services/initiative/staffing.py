"""Who takes the roles of a plan: the people who were named, else whoever is the only one with the role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from changedesk.errors import RuleRefused
from changedesk.services.session import Session
from changedesk.store import people

HEADS: Final = ("project_owner", "change_owner", "sponsor")
"""The roles that an initiative itself names."""


def staff(session: Session, client: str, roles: Collection[str], named: Mapping[str, str]) -> dict[str, str]:
    """Role to login or name, for those of ``roles`` that somebody has.

    A role goes to whoever was named for it; else to the only person of the client who has it; else, when nobody of the
    client has it, to the only one of the desk's own organisation. One person is never taken for both owners unasked.
    """
    found = dict(named)
    everybody = people.people(session.desk.reader(), session.scope)
    for role in sorted(set(roles) - found.keys()):
        able = [person for person in everybody if role in person.roles]
        nearest = [p for p in able if p.client == client] or [p for p in able if p.client is None]
        if len(nearest) == 1:
            found[role] = nearest[0].login
    if found.get("project_owner") == found.get("change_owner"):
        for owner in [role for role in ("change_owner", "project_owner") if role not in named][:1]:
            found.pop(owner, None)
    return found


def refuse_owners(by_role: Mapping[str, str]) -> None:
    """Refuse one person for both lanes: each checkpoint takes the signatures of two people (R55, R60)."""
    owner = by_role.get("project_owner")
    if owner is not None and owner == by_role.get("change_owner"):
        raise RuleRefused(f"{owner} cannot own both lanes; the two signatures under a gate come from two people")
