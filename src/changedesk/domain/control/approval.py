"""Steps, seats and votes: what a step has come to is a pure function of them (invariants 2, 4, 5, 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from changedesk.domain.counted import counted
from changedesk.domain.words import plain
from changedesk.values import dataclass

Result = Literal["approved", "rejected", "pending"]

ASSESS: Final = "assess"
AUTHORIZE: Final = "authorize"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an approval: who may vote and what satisfies it.

    ``seats`` are logins, each once. ``number`` belongs to the rules ``at_least`` (votes) and ``percent`` (1 to 100).
    ``mandatory`` seats have to approve. ``quorum`` is how many have to approve or abstain: if rejections counted, one
    could complete the approval that it is against. ``deadline_hours`` count from the moment the step began to wait;
    what happens then is ``on_timeout``: ``escalate`` tells ``escalate_to``, ``reject`` rejects.
    A step of ``assess`` judges risk and conflicts, one of ``authorize`` lets the change happen. ``roles`` are those whose
    holders have its seats.
    """

    order: int
    name: str
    phase: str
    rule: str
    number: int | None
    seats: tuple[str, ...]
    mandatory: tuple[str, ...] = ()
    quorum: int = 0
    deadline_hours: int | None = None
    on_timeout: str = "escalate"
    escalate_to: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote as it was cast: by ``voter``, for the own seat or for that of ``on_behalf_of``.

    ``counts`` is false once the change is another revision than the one that was voted on. ``recorded_by`` is whoever
    wrote it down for somebody without an account; ``evidence`` is what shows it.
    """

    id: str
    revision: int
    round: int
    digest: str
    step: int
    voter: str
    on_behalf_of: str | None
    decision: str
    comment: str | None
    at: datetime
    recorded_by: str | None
    evidence: str | None
    counts: bool = True

    @property
    def seat(self) -> str:
        """The seat that it is the vote of."""
        return self.on_behalf_of or self.voter

    @property
    def who(self) -> str:
        """Who has voted, and for whom: ``kim``, ``kim for lee``."""
        return f"{self.voter} for {self.on_behalf_of}" if self.on_behalf_of else self.voter


def needed(step: Step) -> int:
    """How many approvals satisfy the step's rule; percent is rounded up, and of no seats none is ever enough."""
    seats = len(step.seats)
    match step.rule:
        case "any":
            return 1
        case "at_least":
            return max(1, step.number or 1)
        case "majority":
            return seats // 2 + 1
        case "percent":
            return max(1, -(-(step.number or 100) * seats // 100))
        case _:
            return max(1, seats)


def valid_votes(step: Step, votes: Iterable[Vote]) -> tuple[Vote, ...]:
    """The votes that count for a step: one a seat and one a person, the first of each."""
    seats, voters, kept = set(), set(), []
    for vote in votes:
        if vote.step != step.order or not vote.counts or vote.seat not in step.seats:
            continue
        if vote.seat in seats or vote.voter in voters:
            continue
        seats.add(vote.seat)
        voters.add(vote.voter)
        kept.append(vote)
    return tuple(kept)


def step_result(step: Step, votes: Iterable[Vote]) -> Result:
    """What the step has come to.

    Approved when its rule, its mandatory seats and its quorum are satisfied; rejected when a mandatory seat rejects or
    they no longer can be; pending otherwise. Adding a rejection never moves it towards approval. A seat that abstains
    stays in the count, so abstaining never makes a consensus.
    """
    if not step.seats:
        return "pending"
    cast = valid_votes(step, votes)
    by_seat = {vote.seat: vote.decision for vote in cast}
    approvals = sum(decision == "approve" for decision in by_seat.values())
    present = sum(decision != "reject" for decision in by_seat.values())
    waiting = len(step.seats) - len(by_seat)
    wanted = needed(step)
    if any(by_seat.get(seat, "approve") != "approve" for seat in step.mandatory):
        return "rejected"
    if approvals + waiting < wanted or present + waiting < step.quorum:
        return "rejected"
    mandatory = all(by_seat.get(seat) == "approve" for seat in step.mandatory)
    if approvals >= wanted and mandatory and present >= step.quorum:
        return "approved"
    return "pending"


def open_step(steps: Sequence[Step], votes: Sequence[Vote], phase: str | None = None) -> Step | None:
    """The step that waits for votes: the first that is not approved, of this phase where one is named."""
    for step in steps:
        if (phase is None or step.phase == phase) and step_result(step, votes) != "approved":
            return step
    return None


def written_down(vote: Vote) -> str:
    """Who wrote a vote down for the voter, and what shows it: ``written down by max (mail of 2 Dec)``; empty when nobody did."""
    if not vote.recorded_by:
        return ""
    return f"written down by {vote.recorded_by}{f' ({vote.evidence})' if vote.evidence else ''}"


def approval(steps: Sequence[Step], votes: Sequence[Vote]) -> Result:
    """What all steps have come to together."""
    results = [step_result(step, votes) for step in steps]
    if "rejected" in results:
        return "rejected"
    return "approved" if results and all(result == "approved" for result in results) else "pending"


def satisfied_at(steps: Sequence[Step], votes: Sequence[Vote]) -> datetime | None:
    """When the last vote came that satisfied every step; None while one is not satisfied."""
    ordered = sorted(votes, key=lambda vote: vote.at)
    for place, vote in enumerate(ordered, 1):
        if approval(steps, ordered[:place]) == "approved":
            return vote.at
    return None


def why_unsatisfiable(step: Step, barred: frozenset[str]) -> str | None:
    """Why nobody could ever satisfy the step, as a sentence; None when they can.

    ``barred`` are those who may not vote on this change.
    """
    if not step.seats:
        roles = " or ".join(plain(role) for role in step.roles)
        who = f"somebody with the role {roles}" if roles else "somebody whom the client's policy names"
        return (
            f"nobody holds a seat of the step {step.name}: it takes {who} who neither asks for this change nor does it"
        )
    able = [seat for seat in step.seats if seat not in barred]
    stuck = [seat for seat in step.mandatory if seat in barred]
    if stuck:
        return f"{stuck[0]} has to approve the step {step.name}, but asks for this change or does it"
    wanted = max(needed(step), step.quorum)
    if len(able) < wanted:
        return (
            f"the step {step.name} needs {counted(wanted, 'vote')}, but only {len(able)} of its seats"
            " neither ask for this change nor do it"
        )
    return None


def deadline(step: Step, opened_at: datetime | None) -> datetime | None:
    """When the step has to be decided; None without a deadline."""
    if opened_at is None or step.deadline_hours is None:
        return None
    return opened_at + timedelta(hours=step.deadline_hours)


def said(step: Step) -> str:
    """What a step asks for in words: ``at least 2 of 3``, and its quorum where that asks for more people."""
    quorum = f", quorum {step.quorum}" if step.quorum > needed(step) else ""
    return f"{_rule(step)}{quorum}"


def _rule(step: Step) -> str:
    match step.rule:
        case "any":
            return f"any one of {len(step.seats)}" if len(step.seats) != 1 else "1 vote"
        case "at_least":
            return f"at least {needed(step)} of {len(step.seats)}"
        case "majority":
            return f"majority, {needed(step)} of {len(step.seats)}"
        case "percent":
            return f"{step.number or 100} %, {needed(step)} of {len(step.seats)}"
        case _:
            return f"all {len(step.seats)}"
