"""Votes: whose seat, on which revision, and what follows from them (SAFETY.md, invariants 1-5, 8, 9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from changedesk.domain.control.approval import ASSESS, Step, Vote, deadline
from changedesk.domain.control.delegation import Delegation, refuse_delegation
from changedesk.domain.control.policy import Policy
from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.words import ROLES, VOTES, plain, state_said
from changedesk.errors import BadInput, ChangeDeskError, RuleRefused
from changedesk.services.control.acting import Act, acting
from changedesk.services.control.asking import refuse_stale
from changedesk.services.control.situation import find, policy_of
from changedesk.services.lookup import refuse_unknown
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store import people
from changedesk.store.control import decisions
from changedesk.store.scope import Scope
from changedesk.values import dataclass

NEEDS_WORDS: Final = ("reject", "request_changes")
"""Votes that say why."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Whose vote it is: the voter, the seat when it is another's, and who writes it down for the voter."""

    voter: str
    on_behalf_of: str | None
    recorded_by: str | None


def vote(
    session: Session,
    number: str,
    decision: str,
    *,
    comment: str | None = None,
    revision: int | None = None,
    seat: str | None = None,
    evidence: str | None = None,
) -> str:
    """Vote on a change; gives the state that it is in then.

    ``revision`` is the one that was shown. ``seat`` is the login of somebody else: whom the actor stands in for, or
    whose vote a change manager writes down with ``evidence``, where the client's policy allows it.
    """
    refuse_unknown("vote", decision, VOTES)
    comment = one_line(comment) or None
    if decision in NEEDS_WORDS and not comment:
        raise BadInput(f"to {plain(decision)} takes a comment that says why", "say it with --comment")
    _authorise_for(session, number, seat)
    refuse_expired(session, number)
    with acting(session, number, "change.vote") as act:
        before = act.change
        refuse_stale(before, revision)
        step = act.s.waiting_step
        if step is None:
            raise RuleRefused(f"{before.number} is {state_said(before.state)}: no vote is open on it")
        if before.round == 0:
            _open_round(act)
            step = act.s.waiting_step or step
        ballot = _ballot(act, step, seat, evidence)
        cast = Vote(
            "",
            before.revision,
            act.change.round,
            act.change.digest,
            step.order,
            ballot.voter,
            ballot.on_behalf_of,
            decision,
            comment,
            act.transaction.now,
            ballot.recorded_by,
            one_line(evidence, 2 * TEXT_LENGTH) or None,
        )
        vote_id = decisions.write_vote(act.transaction, act.change, cast)
        if step.phase == ASSESS and decision == "approve":
            _see_conflicts(act, comment)
        act.look_again()
        if decision == "request_changes" and before.state in ("assessing", "authorizing"):
            act.write({"state": "draft", "opened_at": None})
        act.settle()
        act.tell("voted", before, _told(act, vote_id, cast))
        return act.change.state


def refuse_expired(session: Session, number: str) -> None:
    """A vote that comes after a deadline at which the policy rejects is too late, whether or not anybody has looked since."""
    from changedesk.services.control.expiry import settle_one
    from changedesk.services.control.situation import situation

    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        step = situation(session, conn, change).waiting_step if change.opened_at else None
    if step is None or step.on_timeout != "reject" or not is_late(step, change.opened_at, session.now):
        return
    settled = settle_one(session, f"{change.client}/{change.number}")
    if settled is not None and settled.became == "rejected":
        raise RuleRefused(
            f"the deadline of the step {settled.step} of {change.number} has passed, and so it is rejected"
        )


def _open_round(act: Act) -> None:
    """A change that came from a file is voted on here for the first time: under the client's present policy."""
    from changedesk.services.control.asking import hand_in

    hand_in(act)


def _ballot(act: Act, step: Step, seat: str | None, evidence: str | None) -> Ballot:
    """Whose vote this is; refused with the reason when it cannot be theirs."""
    session, change = act.session, act.change
    actor = session.actor.login
    owner = people.name_of(act.transaction.conn, session.recorded_by) if session.recorded_by else None
    if seat is None or seat == actor:
        ballot = Ballot(actor, None, owner)
    elif _stands_in(act, actor, seat, step):
        ballot = Ballot(actor, seat, owner)
    else:
        ballot = Ballot(seat, None, _recorder(act, seat, evidence))
    refuse_barred(change.number, change.people, ballot)
    holder = ballot.on_behalf_of or ballot.voter
    if holder not in step.seats:
        raise RuleRefused(
            f"{holder} holds no seat of the step {step.name} of {change.number}; its seats are {', '.join(step.seats)}"
        )
    for earlier in act.s.votes:
        if not earlier.counts or earlier.step != step.order:
            continue
        if earlier.seat == holder:
            by = f" by {earlier.voter}" if earlier.voter != holder else ""
            raise RuleRefused(
                f"the vote of {holder} in the step {step.name} was cast already{by}: {plain(earlier.decision)}"
            )
        if earlier.voter == ballot.voter:
            raise RuleRefused(f"{ballot.voter} has voted in the step {step.name} already; one person, one vote a step")
    return ballot


def _authorise_for(session: Session, number: str, seat: str | None) -> None:
    """Whoever votes for somebody stands in for them, or writes down votes by their role."""
    actor, conn = session.actor.login, session.desk.reader()
    if seat is None or seat == actor:
        return
    running = decisions.delegations_in_force(conn, session.now)
    if any(one.to == actor and one.of == seat for one in running):
        return
    change = find(session, number)
    authorise(session, "change.record_vote", change.client, change.id)


def refuse_barred(number: str, barred: frozenset[str], ballot: Ballot) -> None:
    """Whoever asks for a change or does it does not vote on it, and nobody votes for them (invariant 1)."""
    for who, what in ((ballot.voter, "cannot vote on their own change"), (ballot.on_behalf_of, "")):
        if who in barred:
            said = what or f"has no vote on it that {ballot.voter} could cast"
            raise RuleRefused(f"{who} asks for {number} or does it, and {said}")


def _stands_in(act: Act, actor: str, seat: str, step: Step) -> bool:
    conn = act.transaction.conn
    running = decisions.delegations_in_force(conn, act.transaction.now)
    given = [one for one in running if one.to == actor and one.of == seat]
    if not given:
        return False
    roles = {one.role for one in given}
    if None in roles:
        return True
    held = {role for role in roles if role and seat in act.change.panel.get(role, ())}
    if held and seat in step.seats:
        return True
    raise RuleRefused(
        f"{actor} stands in for {seat} as {', '.join(sorted(r for r in roles if r))} only, not in this step"
    )


def _recorder(act: Act, seat: str, evidence: str | None) -> str:
    """Who writes down the vote of somebody who was present or answered elsewhere; refused where it is not allowed."""
    session, change = act.session, act.change
    refused = refuse_recording(policy_of(act.transaction.conn, change), change.client)
    if refused:
        raise RuleRefused(refused)
    if not (evidence and evidence.strip()):
        raise BadInput(f"the vote of {seat} is written down with evidence of it", "say it with --evidence")
    return session.actor.login


def refuse_recording(policy: Policy, client: str) -> str | None:
    """Why nobody writes down a vote of somebody else for a client; None when the client's policy allows it."""
    return (
        None if policy.records_votes else f"the policy of {client} does not let anybody write down the votes of others"
    )


def _see_conflicts(act: Act, comment: str | None) -> None:
    """Whoever assesses has the conflicts before their eyes: approving says that they were seen."""
    open_ones = [conflict.key for conflict in act.s.conflicts if conflict.open]
    decisions.acknowledge(act.transaction, act.change, open_ones, act.session.actor.id, comment)


def _told(act: Act, vote_id: str, cast: Vote) -> dict[str, object]:
    return {
        "vote": vote_id,
        "voted_revision": cast.revision,
        "voted_round": cast.round,
        "voted_digest": cast.digest,
        "step": cast.step,
        "decision": cast.decision,
        "comment": cast.comment,
        "voter": act.person(cast.voter),
        "on_behalf_of": act.person(cast.on_behalf_of),
        "recorded": act.person(cast.recorded_by),
        "evidence": cast.evidence,
    }


def acknowledge(session: Session, number: str, reason: str, keys: Sequence[str] = ()) -> int:
    """Say of conflicts that they were seen and are accepted; without ``keys`` of all. Gives how many."""
    reason = one_line(reason)
    if not reason:
        raise BadInput("say why the conflicts are accepted")
    with acting(session, number, "change.assess") as act:
        before = act.change
        found = [one.key for one in act.s.conflicts if one.open and (not keys or one.key in keys)]
        if not found:
            raise RuleRefused(f"{before.number} has no conflict that waits to be acknowledged")
        decisions.acknowledge(act.transaction, before, found, session.actor.id, reason)
        act.look_again()
        act.settle()
        act.tell("acknowledged", before, {"conflicts": found, "reason": reason})
        return len(found)


def give_delegation(
    session: Session, to: str, first: date, until: date, role: str | None = None, reason: str | None = None
) -> None:
    """Let somebody stand in for the actor, from the start of the first day to the start of ``until``."""
    authorise(session, "delegation.give")
    refuse_unknown("role", role, ROLES)
    conn = session.desk.reader()
    known = decisions.known_logins(conn, Scope(None))
    if to not in known:
        raise BadInput(f"nobody on this desk has the login {to}")
    client = next(iter(sorted(session.actor.clients)), None) if session.actor.clients else None
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one vote of several: the state of the change, or why it was refused."""

    number: str
    state: str | None
    refused: str | None


def vote_on_several(
    session: Session, ballots: Sequence[tuple[str, int, str | None]], decision: str, comment: str | None
) -> tuple[Outcome, ...]:
    """Vote on several changes, each looked at anew by itself: number, the revision that was shown, whose seat."""
    outcomes = []
    for number, revision, seat in ballots:
        try:
            state = vote(session, number, decision, comment=comment, revision=revision, seat=seat)
        except ChangeDeskError as refused:
            outcomes.append(Outcome(number, None, refused.sentence))
        else:
            outcomes.append(Outcome(number, state, None))
    return tuple(outcomes)


def is_late(step: Step, opened_at: datetime | None, now: datetime) -> bool:
    """Whether the deadline of a step has passed."""
    due = deadline(step, opened_at)
    return due is not None and now > due
