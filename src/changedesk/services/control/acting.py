"""What every act on a change shares: who may, the newest state, one audit event, and where votes and guards lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from changedesk.domain.control.acts import refuse
from changedesk.domain.control.guards import settled
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.situation import Situation
from changedesk.errors import RuleRefused, Stale
from changedesk.services.checkpoints import keep_end
from changedesk.services.control.situation import again, find, situation
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.control import requests
from changedesk.store.desk.transaction import Transaction

Owner = Callable[[ChangeRequest], str | None]


def requester_of(change: ChangeRequest) -> str | None:
    """Whose change it is."""
    return change.content.requester


def implementer_of(change: ChangeRequest) -> str | None:
    """Who does it."""
    return change.content.implementer


def nobody(_change: ChangeRequest) -> str | None:
    """Some acts belong to nobody by name."""
    return None


@dataclass(slots=True)
class Act:
    """An act in progress: the transaction, and the change with its guards as they are inside it."""

    session: Session
    transaction: Transaction
    s: Situation

    @property
    def change(self) -> ChangeRequest:
        """The change."""
        return self.s.change

    def write(self, fields: Mapping[str, object]) -> None:
        """Set fields of the change."""
        if not requests.write(self.transaction, self.change, fields):
            raise Stale(f"{self.change.number} was changed meanwhile", "look at it again")
        self.look_again()

    def refuse(self, what: str) -> None:
        """Refuse the act, in the words of its rule, where the change does not allow it as it is now."""
        refused = refuse(what, self.s, self.session.actor.login)
        if refused:
            raise RuleRefused(refused)

    def look_again(self) -> None:
        """Read the change and its guards anew."""
        conn = self.transaction.conn
        self.s = situation(self.session, conn, again(self.session, conn, self.change))

    def tell(self, verb: str, before: ChangeRequest, body: Mapping[str, object]) -> None:
        """Tell the audit, once, what was done and which state it led to."""
        now = self.change
        self.transaction.record(
            f"change.{verb}",
            now.id,
            {
                "from": before.state,
                "to": now.state,
                "revision": now.revision,
                "round": now.round,
                "digest": now.digest,
                "recorded_by": self.session.recorded_by,
                **body,
            },
        )

    def person(self, login: str | None) -> object:
        """How the audit names somebody."""
        return None if login is None else {"person": people.reference(self.transaction.conn, login)}

    def settle(self) -> None:
        """Go where the votes and the guards lead."""
        while (state := settled(self.s)) != self.change.state:
            fields: dict[str, object] = {"state": state, "opened_at": self.transaction.now}
            if state in ("scheduled", "rejected"):
                fields["decided_at"] = self.transaction.now
            self.write(fields)


@contextmanager
def acting(session: Session, number: str, action: str, owner: Owner = nobody) -> Iterator[Act]:
    """Begin an act on a change: the actor is allowed it, and the desk is ours until it ends."""
    seen = find(session, number)
    authorise(session, action, seen.client, seen.id, own=session.actor.login == owner(seen))
    with session.desk.write(session.actor.id) as transaction:
        change = again(session, transaction.conn, seen)
        act = Act(session, transaction, situation(session, transaction.conn, change))
        before = act.s.approval
        yield act
    if session.checkpoints is not None and act.s.approval == "approved" != before and change.content.path != "standard":
        # A decision that was made stays made where this fails; the end of the session tries again, and says so.
        keep_end(session.desk, session.checkpoints)
