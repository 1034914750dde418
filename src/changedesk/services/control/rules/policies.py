"""The approval policies of clients: read as they are, written as new versions, never retroactive (invariant 6)."""

from __future__ import annotations

from datetime import datetime

from changedesk.domain.control.policy import ROLE_SEAT, Policy, policy_document
from changedesk.domain.control.policy_problems import policy_problems
from changedesk.errors import RuleRefused
from changedesk.services.lookup import client_id_in_view
from changedesk.services.session import Session, authorise
from changedesk.store.control import decisions
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of a client's policy, when it was made and by whom."""

    version: int
    policy: Policy
    made_at: datetime
    made_by: str


def set_policy(session: Session, client: str, policy: Policy, *, read: int | None = None) -> int:
    """Keep a new version of a client's policy; gives its number. Changes that were submitted keep the one they have.

    ``read`` is the version that it was made from: refused when there is a newer one by now.
    """
    authorise(session, "policy.edit", client)
    client_id = client_id_in_view(session, client)
    problems = policy_problems(policy)
    if problems:
        raise RuleRefused(f"the policy cannot be kept: {'; '.join(problems)}")
    with session.desk.write(session.actor.id) as transaction:
        _, version, present = decisions.current_policy(transaction.conn, client)
        if read is not None and read != version:
            if not version:
                raise RuleRefused(f"{client} has no policy of its own yet, which is version 0", "look at what it has")
            raise RuleRefused(f"the policy of {client} is version {version} by now", "look at what changed")
        if version and present == policy:
            return version
        policy_id = decisions.write_policy(transaction, client_id, version + 1, policy)
        transaction.record(
            "policy.set",
            policy_id,
            {
                "client": client_id,
                "version": version + 1,
                "body": policy_document(policy),
                "recorded_by": session.recorded_by,
            },
        )
        return version + 1


def strangers(session: Session, policy: Policy) -> tuple[str, ...]:
    """The logins that hold a seat of a policy although nobody on the desk has them: their votes would never come."""
    known = decisions.known_logins(session.desk.reader(), session.scope)
    seats = (seat for route in policy.routes for step in route.steps for seat in step.seats)
    return tuple(dict.fromkeys(seat for seat in seats if not seat.startswith(ROLE_SEAT) and seat not in known))
