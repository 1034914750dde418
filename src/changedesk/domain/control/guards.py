"""What each step of a change's life still needs, as sentences: the one place in which the guards stand (DOMAIN 2.2).

Screens show these lists, the command line prints them, and every transition asks the same functions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.control.approval import (
    ASSESS,
    AUTHORIZE,
    needed,
    step_result,
    valid_votes,
    why_unsatisfiable,
)
from changedesk.domain.control.review import why_review
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.template import why_not_usable
from changedesk.domain.counted import counted
from changedesk.domain.saying import day_time

NO_BACKOUT: Final = "the back-out plan is missing"
BY_FILE: Final = "its state came from a file, and no leave of this desk stands behind it"
EARLY: Final = timedelta(minutes=15)
"""So long before its window a change may start."""


def missing(s: Situation) -> list[str]:
    """What the next transition still needs, as sentences; empty when nothing does, or when there is none."""
    found = _NEXT[s.change.state](s)
    if s.change.hold and s.change.state not in ("closed", "cancelled"):
        found.insert(0, f"it is on hold: {s.change.hold}")
    return found


def missing_to_submit(s: Situation) -> list[str]:
    """Before it is submitted: what its path asks for, and steps that somebody can satisfy."""
    content = s.change.content
    found = []
    if content.path == "standard":
        if s.template is None:
            found.append("a standard change needs an approved template of its client")
        elif why := why_not_usable(s.template, content, s.now):
            found.append(why)
        return found + _freeze(s)
    if content.path == "emergency" and not content.incident:
        found.append("an emergency needs the incident or threat behind it")
    if not s.steps:
        found.append(f"the client's policy has no steps for {content.path} changes")
    barred = s.change.people
    found += [why for step in s.steps if (why := why_unsatisfiable(step, barred))]
    if s.lead_hours and content.path == "normal" and content.planned_start - s.now < timedelta(hours=s.lead_hours):
        found.append(f"the client's policy asks for {s.lead_hours} hours between submitting and the window")
    return found


def foreseen(s: Situation) -> list[str]:
    """What a draft can be handed in without and will wait for afterwards: whoever asks can give it now."""
    content = s.change.content
    if s.change.state != "draft" or content.path != "normal" or content.backout_plan:
        return []
    return [f"{NO_BACKOUT}: the board does not vote without it"]


def missing_to_authorize(s: Situation) -> list[str]:
    """Before the board votes: risk, back-out plan, conflicts seen, and the assessing vote."""
    content = s.change.content
    found = []
    if content.risk is None:
        found.append("the risk is not assessed")
    if not content.backout_plan:
        found.append(NO_BACKOUT)
    found += [f"{conflict.sentence}: not acknowledged" for conflict in s.conflicts if conflict.open]
    return found + _votes(s, ASSESS)


def missing_to_schedule(s: Situation) -> list[str]:
    """Before it is scheduled: the votes of the board on this very revision, and a window without a hard freeze."""
    return _votes(s, AUTHORIZE) + _freeze(s)


def missing_to_start(s: Situation) -> list[str]:
    """Before it starts: leave, its time, no freeze, and the go-live gate where it is a go-live (R106)."""
    content = s.change.content
    found = []
    if s.withdrawn:
        found.append(s.withdrawn)
    elif s.approval != "approved":
        found += _votes(s, None) or [_no_leave(s)]
    if s.now < content.planned_start - EARLY:
        found.append(f"it is too early, the window begins {said_moment(content.planned_start, s)}")
    elif s.now > content.planned_end:
        found.append(f"the window ended {said_moment(content.planned_end, s)}: it needs another one")
    found += _freeze(s, now=True)
    if s.light is not None:
        for lane, signed in (("delivery", s.light.delivery), ("people", s.light.people)):
            if not signed:
                found.append(f"the go-live gate of {s.light.initiative} has no signature of the {lane} side")
    return found


def missing_to_finish(_s: Situation) -> list[str]:
    """While it is done: how it ends, and what shows it."""
    return ["the outcome and evidence of what was done"]


def missing_to_close(s: Situation) -> list[str]:
    """Before it closes: the review where one is due, and the votes that an emergency begun on somebody's word is owed."""
    found = []
    if s.change.outcome is None:
        found.append("the outcome is missing")
    if s.evidence == 0:
        found.append("there is no evidence of what was done")
    why = why_review(s.change, s.review_sample)
    if why and s.review is None:
        found.append(f"the review is missing: {why}")
    if s.change.acted_first and s.approval == "pending":
        due = f" (due {said_moment(s.change.retro_due, s)})" if s.change.retro_due else ""
        found += [f"{sentence}, for what was begun on somebody's word{due}" for sentence in _votes(s, AUTHORIZE)]
    return found


def said_moment(moment: datetime, s: Situation) -> str:
    """A moment by the clock on the client's wall: ``Wed 2 Dec 06:00``."""
    return day_time(moment, s.zone, s.now)


def _votes(s: Situation, phase: str | None) -> list[str]:
    """The votes that the open steps still need; later steps are told after earlier ones."""
    found = []
    for step in s.steps:
        if phase is not None and step.phase != phase:
            continue
        result = step_result(step, s.votes)
        if result == "approved":
            continue
        if result == "rejected":
            found.append(f"the step {step.name} was rejected")
            continue
        if not step.seats:
            found.append(f"nobody holds a seat of the step {step.name}")
            continue
        cast = valid_votes(step, s.votes)
        approvals = {vote.seat for vote in cast if vote.decision == "approve"}
        waiting = [seat for seat in step.seats if seat not in {vote.seat for vote in cast}]
        more = max(needed(step) - len(approvals), 0)
        if more:
            found.append(f"{counted(more, 'vote')} of the step {step.name} ({_of(waiting, more)})")
        found += [
            f"the vote of {seat}, who has to approve the step {step.name}"
            for seat in step.mandatory
            if seat not in approvals and not (more and waiting == [seat])
        ]
        absent = step.quorum - sum(vote.decision != "reject" for vote in cast)
        # Whoever approves is present, so a quorum that the missing approvals bring along is not asked for twice.
        if absent > more:
            who = "more who approves or abstains" if absent == 1 else "more who approve or abstain"
            found.append(f"{absent} {who} in the step {step.name}, for its quorum ({_of(waiting, absent)})")
    return found


def _no_leave(s: Situation) -> str:
    """Why what is called scheduled has no leave although no vote is open on it, and what gives it leave."""
    path = s.change.content.path
    if path == "standard":
        return f"{BY_FILE}: edit it to name an approved template, then submit it"
    return f"the client's policy has no steps for {path} changes, so nobody votes on it"


def _of(waiting: Sequence[str], wanted: int) -> str:
    """Those who can still give what is wanted: all of them by name, or one of them."""
    return f"one of {', '.join(waiting)}" if wanted == 1 and len(waiting) > 1 else ", ".join(waiting)


def _freeze(s: Situation, *, now: bool = False) -> list[str]:
    """Hard freezes in the way. An emergency goes through one with the votes of two different people."""
    spans = tuple(dict.fromkeys(s.freezes + (s.freezes_now if now else ())))
    if s.change.content.path == "emergency":
        return []
    return [f"the hard freeze {span.title} until {said_moment(span.end, s)}" for span in spans]


def _nothing(_s: Situation) -> list[str]:
    return []


def _revise(_s: Situation) -> list[str]:
    return ["a new revision: it was rejected"]


_NEXT: Final[dict[str, Callable[[Situation], list[str]]]] = {
    "draft": missing_to_submit,
    "assessing": missing_to_authorize,
    "authorizing": missing_to_schedule,
    "scheduled": missing_to_start,
    "implementing": missing_to_finish,
    "review": missing_to_close,
    "rejected": _revise,
    "closed": _nothing,
    "cancelled": _nothing,
}


def settled(s: Situation) -> str:
    """The state that the votes and the guards lead to from the present one; the same one when they lead nowhere."""
    state = s.change.state
    if state == "assessing":
        if any(step_result(step, s.votes) == "rejected" for step in s.steps if step.phase == ASSESS):
            return "rejected"
        return state if missing_to_authorize(s) else "authorizing"
    if state == "authorizing":
        if any(step_result(step, s.votes) == "rejected" for step in s.steps):
            return "rejected"
        return state if missing_to_schedule(s) or s.approval != "approved" else "scheduled"
    return state
