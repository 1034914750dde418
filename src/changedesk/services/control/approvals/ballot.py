"""Whose vote it is: one's own, that of whom one stands in for, or one that is written down (DOMAIN 2.3, invariants 1, 2, 9)."""

from __future__ import annotations

from datetime import UTC

from changedesk.domain.control.approval import Step
from changedesk.domain.control.delegation import covers
from changedesk.domain.control.policy import Policy
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.counted import listed
from changedesk.domain.saying import day_time
from changedesk.domain.words import plain
from changedesk.errors import BadInput, Denied, RuleRefused
from changedesk.services.control.acting import Act
from changedesk.services.control.situation import find, policy_of
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.control import decisions
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Ballot:
    """Whose vote it is: the voter, the seat when it is another's, and who writes it down for the voter."""

    voter: str
    on_behalf_of: str | None
    recorded_by: str | None


def authorise_for(session: Session, number: str, seat: str | None) -> None:
    """Whoever votes for somebody stands in for them, or writes down votes by their role."""
    actor, conn = session.actor.login, session.desk.reader()
    if seat is None or seat == actor:
        return
    running = decisions.delegations_in_force(conn, session.now)
    if any(one.to == actor and one.of == seat for one in running):
        return
    change = find(session, number)
    try:
        authorise(session, "change.record_vote", change.client, change.id)
    except Denied as denied:
        over = _no_longer(session, conn, seat)
        raise Denied(over or denied.message, "" if over else f"{actor} does not stand in for {seat} now") from denied


def ballot_of(act: Act, step: Step, seat: str | None, evidence: str | None) -> Ballot:
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
    refuse_barred(change, ballot)
    holder = ballot.on_behalf_of or ballot.voter
    if holder not in step.seats:
        raise RuleRefused(
            f"{holder} holds no seat of the step {step.name} of {change.number}; its seats are {', '.join(step.seats)}",
            _name_them(act, step) if seat is None else "",
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


def _name_them(act: Act, step: Step) -> str:
    """How somebody who only stands in says for whom; empty where they stand in for nobody who has a seat here."""
    running = decisions.delegations_in_force(act.transaction.conn, act.transaction.now)
    of = dict.fromkeys(one.of for one in running if one.to == act.session.actor.login and one.of in step.seats)
    return f"you stand in for {listed(list(of))}: say so with --for {next(iter(of))}" if of else ""


def _no_longer(session: Session, conn: Connection, seat: str) -> str:
    """That the actor stood in for somebody, and until when; empty where they did not."""
    actor = session.actor.login
    ends = [one.end for one in decisions.delegations(conn) if (one.to, one.of) == (actor, seat)]
    over = max((end for end in ends if end <= session.now), default=None)
    if over is None:
        return ""
    until = day_time(over, session.zone or UTC, session.now)
    return f"{actor} stood in for {seat} until {until}; now {seat} votes, or lets somebody stand in again"


def refuse_barred(change: ChangeRequest, ballot: Ballot) -> None:
    """Whoever asks for a change or does it does not vote on it, and nobody votes for them (invariant 1)."""
    for who in (ballot.voter, ballot.on_behalf_of):
        if who in change.people:
            part = "requester" if who == change.content.requester else "implementer"
            said = f"the {part} cannot vote on an own change"
            if who != ballot.voter:
                said = f"{ballot.voter} cannot cast a vote that the {part} does not have"
            raise RuleRefused(f"{who} is the {part} of {change.number}: {said}")


def _stands_in(act: Act, actor: str, seat: str, step: Step) -> bool:
    conn = act.transaction.conn
    running = decisions.delegations_in_force(conn, act.transaction.now)
    given = [one for one in running if one.to == actor and one.of == seat]
    if not given:
        return False
    if any(covers(one, step, act.change.panel) for one in given):
        return True
    roles = ", ".join(sorted(one.role for one in given if one.role))
    raise RuleRefused(f"{actor} stands in for {seat} as {roles} only, not in this step")


def _recorder(act: Act, seat: str, evidence: str | None) -> str:
    """Who writes down the vote of somebody who was present or answered elsewhere; refused where it is not allowed."""
    session, change = act.session, act.change
    refused = refuse_recording(policy_of(act.transaction.conn, change), change.client)
    if refused:
        raise RuleRefused(_no_longer(session, act.transaction.conn, seat) or refused)
    if not (evidence and evidence.strip()):
        raise BadInput(f"the vote of {seat} is written down with evidence of it", "say it with --evidence")
    return session.actor.login


def refuse_recording(policy: Policy, client: str) -> str | None:
    """Why nobody writes down a vote of somebody else for a client; None when the client's policy allows it."""
    return (
        None if policy.records_votes else f"the policy of {client} does not let anybody write down the votes of others"
    )
