"""Which votes and reviews wait for somebody now, read with no more than that takes: a count of them stands on every screen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo

from changedesk.domain.control.approval import Step, deadline, valid_votes
from changedesk.domain.control.policy import Policy, roles_of, steps_of
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.windows import HARD, hard_freezes
from changedesk.services.control.situation import spans
from changedesk.services.session import Session
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import afterwards, decisions, meetings, requests
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass

_VOTED_ON = (
    "r.state IN ('assessing', 'authorizing')"
    " OR (r.state = 'scheduled' AND (r.imported = 1 OR r.path = 'emergency'))"
    " OR (r.state IN ('implementing', 'review') AND r.authorisers IS NOT NULL)"
)
"""The changes on which a vote can be open, as a condition that the index of waiting ones answers."""

_BROUGHT_UNDECIDED = "r.state IN ('assessing', 'authorizing') AND r.imported = 1 AND r.round = 0"


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A step that waits for votes: ``who`` are the seats that have not voted and may. ``kind`` is vote or retro.

    ``panel`` is who holds which role in it.
    """

    kind: str
    s: Situation
    step: Step
    who: tuple[str, ...]
    due: datetime | None
    panel: Mapping[str, tuple[str, ...]]

    @property
    def change(self) -> ChangeRequest:
        """The change."""
        return self.s.change


@dataclasses.dataclass(slots=True)
class Docket:
    """Reads what waits on one state of the desk; what many changes share is read once."""

    session: Session
    conn: Connection
    _policies: dict[tuple[str | None, str], Policy] = field(default_factory=dict)
    _panels: dict[tuple[str | None, str], Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _zones: dict[str, tzinfo] = field(default_factory=dict)

    def votes(self, client: str | None = None, asked_for: str = "") -> Iterator[OpenVote]:
        """Every open vote in view.

        A change that a file has brought is voted on here only after somebody has begun to, or where it is ``asked_for``
        by its id: so somebody begins.
        """
        mine = "r.imported = 0 OR r.round > 0 OR r.id = ?"
        for change in self._found(client, f"({_VOTED_ON}) AND ({mine})", (asked_for,)):
            found = self.vote_on(change)
            if found is not None:
                yield found

    def brought_undecided(self) -> int:
        """How many changes in view files have brought undecided: they wait for nobody until somebody votes on one here."""
        return sum(requests.by_state(self.conn, self.session.scope, _BROUGHT_UNDECIDED).values())

    def others(self) -> Mapping[str, int]:
        """How many changes in view there are beside those, by their states."""
        return requests.by_state(self.conn, self.session.scope, f"NOT ({_BROUGHT_UNDECIDED})")

    def vote_on(self, change: ChangeRequest) -> OpenVote | None:
        """The open vote on one change; None when none is."""
        s = self.situation(change)
        step = s.waiting_step
        if step is None:
            return None
        voted = {vote.seat for vote in valid_votes(step, s.votes)}
        who = tuple(seat for seat in step.seats if seat not in voted and seat not in change.people)
        due = change.retro_due if change.acted_first else self._deadline(step, change)
        return OpenVote("retro" if change.acted_first else "vote", s, step, who, due, self._panel(change))

    def _deadline(self, step: Step, change: ChangeRequest) -> datetime | None:
        """The deadline of a step, or of the ballot that the change is on when that ends before."""
        both = (deadline(step, change.opened_at), meetings.ballot_ends(self.conn, change.id))
        return min((one for one in both if one is not None), default=None)

    def done(self, client: str | None = None) -> Iterator[Situation]:
        """The changes that were done and are not closed yet, with their reviews; what only a file has brought is history."""
        for change in self._found(client, "r.state = 'review' AND r.held_here = 1"):
            yield self.situation(change)

    def situation(self, change: ChangeRequest) -> Situation:
        """A change as far as votes and reviews go: its steps, votes and review, and none of its other guards."""
        policy = self._policy(change)
        return Situation(
            change=change,
            now=self.session.now,
            steps=steps_of(policy, change.content, self._panel(change), in_freeze=self._in_freeze(change)),
            votes=decisions.votes(self.conn, change),
            review=afterwards.review(self.conn, change.id) if change.state in ("review", "closed") else None,
            review_sample=policy.review_sample,
            zone=self.zone(change.client),
        )

    def zone(self, client: str) -> tzinfo:
        """The time zone of a client."""
        if client not in self._zones:
            self._zones[client] = zone_named(clients.timezone(self.conn, client, None))
        return self._zones[client]

    def _found(self, client: str | None, condition: str, values: tuple[str, ...] = ()) -> list[ChangeRequest]:
        return list(requests.found(self.conn, self.session.scope.narrowed(client), condition, values))

    def _policy(self, change: ChangeRequest) -> Policy:
        key = (change.policy, change.client)
        if key not in self._policies:
            kept = decisions.policy_by_id(self.conn, change.policy)
            self._policies[key] = kept or decisions.current_policy(self.conn, change.client)[2]
        return self._policies[key]

    def _panel(self, change: ChangeRequest) -> Mapping[str, tuple[str, ...]]:
        """Who held which role when it was handed in; of one that only a file has brought, who holds it now."""
        if change.panel:
            return change.panel
        key = (change.policy, change.client)
        if key not in self._panels:
            self._panels[key] = decisions.holders(self.conn, change.client, roles_of(self._policy(change)))
        return self._panels[key]

    def _in_freeze(self, change: ChangeRequest) -> bool:
        """Only an emergency takes other steps inside a hard freeze."""
        content = change.content
        if content.path != "emergency":
            return False
        start, end = content.planned_start, max(content.planned_end, content.planned_start + timedelta(seconds=1))
        laid = spans(self.conn, Scope(None), start, end, (HARD,))
        return bool(hard_freezes(laid, change.client, content.services, content.planned_start, content.planned_end))
