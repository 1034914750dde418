"""What can be done with a change now, and why not: one sentence for each act, the same on every screen and in every use case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from changedesk.domain.control.guards import missing, missing_to_close, missing_to_start, missing_to_submit
from changedesk.domain.control.request import FIXED, ChangeRequest
from changedesk.domain.control.review import refuse_reviewer
from changedesk.domain.control.situation import Situation
from changedesk.domain.roles import Actor, refusal
from changedesk.domain.words import state_said

ACTIONS: Final = {
    "edit": "change.edit",
    "submit": "change.edit",
    "assess": "change.assess",
    "acknowledge": "change.assess",
    "vote": "change.vote",
    "record_vote": "change.record_vote",
    "start": "change.run",
    "act_first": "change.run",
    "finish": "change.run",
    "back_out": "change.run",
    "evidence": "change.run",
    "plan_step": "change.edit",
    "do_step": "change.run",
    "review": "change.review",
    "close": "change.close",
    "cancel": "change.stop",
    "hold": "change.stop",
    "release": "change.stop",
}
"""Act to the action that the actor must be allowed."""

_OVER: Final = ("closed", "cancelled")
_AFTER_AN_EDIT: Final = ("submit", "assess", "vote", "record_vote", "start")
"""What is done again with a rejected change, once it is another one."""

_OF_REQUESTER: Final = frozenset({"change.edit", "change.stop"})
_OF_IMPLEMENTER: Final = frozenset({"change.run"})


def why_not(act: str, s: Situation, actor: Actor) -> str | None:
    """Why an actor cannot do this with a change now, as a sentence; None when it can be done."""
    return refuse(act, s, actor.login) or refusal(
        actor, ACTIONS[act], s.change.client, own=is_own(act, s.change, actor)
    )


def is_own(act: str, change: ChangeRequest, actor: Actor) -> bool:
    """Whether the change names the actor as the one whose act it is."""
    content, action = change.content, ACTIONS[act]
    if act == "plan_step":
        return actor.login in change.people
    return (action in _OF_REQUESTER and actor.login == content.requester) or (
        action in _OF_IMPLEMENTER and actor.login == content.implementer
    )


def held_back(change: ChangeRequest) -> str:
    """What a hold keeps a change from: being started, or closed once it has been; it never stops what is being done."""
    return "close" if change.state in ("implementing", "review") else "start"


def refuse(act: str, s: Situation, who: str) -> str | None:
    """Why nobody, or not this person, can do it now, whatever the roles; None when the rules allow it."""
    if act in ("review", "close") and s.change.state == "review":
        refused = refuse_reviewer(s.change, who)
        if refused:
            return refused
    if s.change.state == "rejected" and act in _AFTER_AN_EDIT:
        return f"{_is(s)}; an edit makes it a draft again"
    return _RULES[act](s)


def _edit(s: Situation) -> str | None:
    if s.change.state in FIXED:
        what = "what is over" if s.change.state in _OVER else "what is decided and done"
        return f"{_is(s)}: {what} is not edited any more"
    return None


def _submit(s: Situation) -> str | None:
    if s.change.state != "draft":
        return f"{_is(s)}; only a draft is submitted"
    found = missing_to_submit(s)
    return f"{s.change.number} cannot be submitted: {'; '.join(found)}" if found else None


def _assess(s: Situation) -> str | None:
    if s.change.state not in ("draft", "assessing", "authorizing", "scheduled"):
        return f"{_is(s)}: its risk is assessed before it is done"
    return None


def _acknowledge(s: Situation) -> str | None:
    if not any(conflict.open for conflict in s.conflicts):
        return f"{s.change.number} has no conflict that waits to be acknowledged"
    return None


def _vote(s: Situation) -> str | None:
    return f"{_is(s)}: no vote is open on it" if s.waiting_step is None else None


def _start(s: Situation) -> str | None:
    if s.change.state in ("assessing", "authorizing") and (open_ := missing(s)):
        return f"{_is(s)}; only a scheduled change starts, and it waits for: {'; '.join(open_)}"
    if s.change.state != "scheduled":
        return f"{_is(s)}; only a scheduled change starts"
    return _lacks(s, "cannot start", missing_to_start(s))


def _act_first(s: Situation) -> str | None:
    change = s.change
    if change.content.path != "emergency":
        return f"{change.number} is {change.content.path}; only an emergency is begun before it is voted on"
    if change.state != "draft":
        return f"{_is(s)}; only a draft is begun on somebody's word"
    return f"{change.number} cannot start: it is on hold: {change.hold}" if change.hold else None


def _end(s: Situation) -> str | None:
    return None if s.change.state == "implementing" else f"{_is(s)}; only one that is being done can end"


def _evidence(s: Situation) -> str | None:
    if s.change.state not in ("implementing", "review"):
        return f"{_is(s)}; evidence is added while it is done or reviewed"
    return None


def _plan_step(s: Situation) -> str | None:
    if s.change.state in ("review", "closed", "cancelled"):
        return f"{_is(s)}: no steps are added to what is over"
    return None


def _do_step(s: Situation) -> str | None:
    return None if s.change.state == "implementing" else f"{_is(s)}; its steps are done while it is being done"


def _review(s: Situation) -> str | None:
    change = s.change
    if change.state != "review":
        return f"{_is(s)}; a review comes after it was done and before it closes"
    return f"{change.number} was reviewed by {s.review.reviewer} already" if s.review is not None else None


def _close(s: Situation) -> str | None:
    if s.change.state == "closed":
        return f"{_is(s)} already"
    if s.change.state != "review":
        return f"{_is(s)}; only one that was done and looked at closes"
    return _lacks(s, "cannot close", missing_to_close(s))


def _cancel(s: Situation) -> str | None:
    if s.change.state == "cancelled":
        return f"{_is(s)} already"
    if s.change.state in FIXED:
        return f"{_is(s)}; what is done or over is not cancelled"
    return None


def _hold(s: Situation) -> str | None:
    change = s.change
    if change.state in _OVER:
        return f"{_is(s)}; there is nothing to hold"
    return f"{change.number} is on hold already: {change.hold}" if change.hold else None


def _release(s: Situation) -> str | None:
    return None if s.change.hold else f"{s.change.number} is not on hold"


def _is(s: Situation) -> str:
    return f"{s.change.number} is {state_said(s.change.state)}"


def held_or(s: Situation, found: list[str]) -> list[str]:
    """All that stands before a start or a closing: the hold before what was ``found`` missing."""
    return [f"it is on hold: {s.change.hold}", *found] if s.change.hold else found


def _lacks(s: Situation, cannot: str, found: list[str]) -> str | None:
    found = held_or(s, found)
    return f"{s.change.number} {cannot}: {'; '.join(found)}" if found else None


_RULES: Final[dict[str, Callable[[Situation], str | None]]] = {
    "edit": _edit,
    "submit": _submit,
    "assess": _assess,
    "acknowledge": _acknowledge,
    "vote": _vote,
    "record_vote": _vote,
    "start": _start,
    "act_first": _act_first,
    "finish": _end,
    "back_out": _end,
    "evidence": _evidence,
    "plan_step": _plan_step,
    "do_step": _do_step,
    "review": _review,
    "close": _close,
    "cancel": _cancel,
    "hold": _hold,
    "release": _release,
}
