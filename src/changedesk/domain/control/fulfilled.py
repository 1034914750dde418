"""What the next step of a change's life no longer needs: the guards that hold, told beside those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from changedesk.domain.control.approval import ASSESS, AUTHORIZE, step_result
from changedesk.domain.control.guards import EARLY
from changedesk.domain.control.review import why_review
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.template import why_not_usable


def fulfilled(s: Situation) -> list[str]:
    """The guards of the next transition that hold, as sentences; ``missing`` has the others."""
    rule = _HOLDS.get(s.change.state)
    return list(rule(s)) if rule else []


def _to_submit(s: Situation) -> Iterator[str]:
    content = s.change.content
    if content.path == "standard":
        if s.template is not None and not why_not_usable(s.template, content, s.now):
            yield f"the template {s.template.name} holds"
    elif s.steps:
        yield f"the policy has steps for it: {', '.join(step.name for step in s.steps)}"
    if content.path == "emergency" and content.incident:
        yield f"the incident is named: {content.incident}"


def _to_authorize(s: Situation) -> Iterator[str]:
    content = s.change.content
    if content.risk is not None:
        yield f"the risk is assessed: {content.risk}"
    if content.backout_plan:
        yield "there is a back-out plan"
    if not s.conflicts:
        yield "nothing is in conflict with it"
    elif all(conflict.acknowledged_by for conflict in s.conflicts):
        # One that blocks or is only noted waits for nobody, and was not seen for that.
        yield "every conflict was seen"
    yield from _steps(s, ASSESS)


def _to_schedule(s: Situation) -> Iterator[str]:
    yield from _steps(s, AUTHORIZE)
    if not s.freezes:
        yield "no hard freeze is in its window"


def _to_start(s: Situation) -> Iterator[str]:
    content = s.change.content
    if s.approval == "approved":
        yield "it is authorised on this revision"
    if content.planned_start - EARLY <= s.now <= content.planned_end:
        yield "its window is open"
    if not s.freezes and not s.freezes_now:
        yield "no hard freeze is in the way"
    if s.light is not None:
        signed = [lane for lane, has in (("delivery", s.light.delivery), ("people", s.light.people)) if has]
        for lane in signed:
            yield f"the go-live gate of {s.light.initiative} is signed by the {lane} side"


def _to_close(s: Situation) -> Iterator[str]:
    if s.change.outcome is not None:
        yield "the outcome is on record"
    if s.evidence:
        yield "there is evidence of what was done"
    if s.review is not None:
        yield f"it was reviewed by {s.review.reviewer}"
    elif not why_review(s.change, s.review_sample):
        yield "no review is needed"
    if s.change.acted_first and s.approval != "pending":
        yield "the votes that it was owed have come"


def _steps(s: Situation, phase: str) -> Iterator[str]:
    for step in s.steps:
        if step.phase == phase and step_result(step, s.votes) == "approved":
            yield f"the step {step.name} approved it"


_HOLDS: Final[dict[str, Callable[[Situation], Iterator[str]]]] = {
    "draft": _to_submit,
    "assessing": _to_authorize,
    "authorizing": _to_schedule,
    "scheduled": _to_start,
    "review": _to_close,
}
