"""Votes: on which revision they are cast, and what follows from them (DOMAIN 2.3, invariants 3-5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.control.approval import ASSESS, Vote
from changedesk.domain.control.guards import missing
from changedesk.domain.control.situation import Situation
from changedesk.domain.counted import listed
from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.words import VOTES, plain, state_said
from changedesk.errors import BadInput, ChangeDeskError, RuleRefused
from changedesk.services.control.acting import Act, acting
from changedesk.services.control.approvals.acknowledging import see_conflicts
from changedesk.services.control.approvals.ballot import authorise_for, ballot_of
from changedesk.services.control.approvals.expiry import refuse_expired
from changedesk.services.control.changes.asking import hand_in, refuse_stale, round_told
from changedesk.services.control.situation import find, situation
from changedesk.services.lookup import refuse_unknown
from changedesk.services.one_line import one_line
from changedesk.services.session import Session
from changedesk.store.control import decisions
from changedesk.values import dataclass

NEEDS_WORDS: Final = ("reject", "request_changes")
"""Votes that say why."""


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
    authorise_for(session, number, seat)
    refuse_expired(session, number)
    with acting(session, number, "change.vote") as act:
        before = act.change
        refuse_stale(before, revision)
        step = act.s.waiting_step
        if step is None:
            held = _held(act.s)
            because = f", because {held}" if held else ""
            raise RuleRefused(f"{before.number} is {state_said(before.state)}: no vote is open on it{because}")
        if before.round == 0:
            # It came from a file: the first vote here begins a round under the client's present policy.
            hand_in(act)
            step = act.s.waiting_step or step
        ballot = ballot_of(act, step, seat, evidence)
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
            see_conflicts(act, comment)
        act.look_again()
        if decision == "request_changes" and before.state in ("assessing", "authorizing"):
            act.write({"state": "draft", "opened_at": None})
        act.settle()
        begun = {} if act.change.round == before.round else round_told(act)
        act.tell("voted", before, {**_told(act, vote_id, cast), **begun})
        return act.change.state


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


def held_by(session: Session, number: str) -> str | None:
    """What keeps a change where it is although nobody's vote is wanted, such as a back-out plan that is missing."""
    conn = session.desk.reader()
    return _held(situation(session, conn, find(session, number, conn)))


def _held(s: Situation) -> str | None:
    if s.change.state not in ("assessing", "authorizing") or s.waiting_step is not None:
        return None
    lacking = missing(s)
    return listed(lacking, 2) if lacking else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one vote of several: the state of the change and what holds it there, or why it was refused."""

    number: str
    state: str | None
    refused: str | None
    held: str | None = None


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
            outcomes.append(Outcome(number, state, None, held_by(session, number)))
    return tuple(outcomes)
