"""What a screen may do with decisions that wait: look at them, vote in whose name, remind, let somebody stand in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from changedesk.services.session import Session
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.control.approvals.card import Card, Since
    from changedesk.services.control.approvals.expiry import Expired
    from changedesk.services.control.approvals.news import Waits
    from changedesk.services.control.approvals.queue import Queue
    from changedesk.services.control.approvals.reminding import Reminded
    from changedesk.services.control.approvals.voting import Outcome


@dataclass(frozen=True, slots=True)
class ApprovalsDoor:
    """The part of the door that leads to decisions; each use case is imported when it is first asked for."""

    session: Session

    def waits(self) -> Waits:
        """How many votes wait for the reader, and what is overdue."""
        from changedesk.services.control.approvals import news

        return news.waits(self.session)

    def queue(self, whom: str | None = None) -> Queue:
        """What waits for the reader, or for the person whom the reader decides for."""
        from changedesk.services.control.approvals import queue

        return queue.queue(self.session, whom)

    def card(self, number: str, voters: tuple[str, ...] = ()) -> Card:
        """All that a vote is given on."""
        from changedesk.services.control.approvals import card

        return card.card(self.session, number, voters)

    def since(self, number: str, revision: int | None) -> Since | None:
        """What changed since a revision, None for the one before."""
        from changedesk.services.control.approvals import card

        return card.since(self.session, number, revision)

    def vote(
        self, whom: str, ballots: Sequence[tuple[str, int, str | None]], decision: str, comment: str | None
    ) -> tuple[Outcome, ...]:
        """Vote in somebody's name on the revisions that were shown, each looked at anew by itself."""
        from changedesk.services.control.approvals import deputy, voting

        return voting.vote_on_several(deputy.session_as(self.session, whom), ballots, decision, comment)

    def acknowledge(self, number: str, reason: str) -> int:
        """Accept the conflicts of a change; gives how many."""
        from changedesk.services.control.approvals import acknowledging

        return acknowledging.acknowledge(self.session, number, reason)

    def settle_expired(self) -> tuple[Expired, ...]:
        """Write down what deadlines that have passed mean."""
        from changedesk.services.control.approvals import expiry

        return expiry.settle_expired(self.session)

    def remind(self, number: str) -> Reminded:
        """Remind those for whom a change waits."""
        from changedesk.services.control.approvals import reminding

        return reminding.remind(self.session, number)

    def people(self) -> tuple[tuple[str, str], ...]:
        """The people of the desk as login and name, for choosing somebody."""
        from changedesk.store import people
        from changedesk.store.scope import Scope

        scope = Scope(None) if self.session.actor.owns_desk else self.session.scope
        return people.choices(self.session.desk.reader(), scope)

    def delegate(self, of: str | None, to: str, first: date, until: date, role: str | None) -> None:
        """Let somebody stand in, for the reader or for the person whom the reader decides for."""
        from changedesk.services.control.approvals import delegating, deputy

        delegating.give_delegation(deputy.session_as(self.session, of), to, first, until, role)
