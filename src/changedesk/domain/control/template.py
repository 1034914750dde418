"""Standard changes: a template that was approved once stands for the approval, until it fails too often (DOMAIN 2.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from changedesk.domain.control.request import CONTENT_FIELDS, Content
from changedesk.domain.saying import percent
from changedesk.domain.service.names import same
from changedesk.domain.words import ending_said
from changedesk.values import dataclass

LAST_USES: Final = 20
"""So many uses are looked at; with fewer a single bad one weighs more."""
FAILURES: Final = frozenset({"failed", "backed_out"})
FREE_FIELDS: Final = frozenset(
    {
        "path",
        "requester",
        "implementer",
        "planned_start",
        "planned_end",
        "template",
        "template_version",
        "initiative",
        "milestone",
    }
)
"""What every use of a template may say for itself."""
_LEVELS: Final = {"low": 1, "medium": 2, "high": 3}
OPEN_FIELDS: Final = (
    "title",
    "services",
    "reason",
    "outage_minutes",
    "plan",
    "test_plan",
    "backout_plan",
    "backout_minutes",
    "risk",
    "incident",
)
"""What a template may leave to its uses."""


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a standard change: its body, what a use may alter, and how long its approval holds.

    ``body`` are fields of :class:`~changedesk.domain.control.request.Content` with their values, ``allowed`` the names
    of those that a use may give its own value. ``approved_at`` is when it was approved last: uses before it say nothing
    about what was mended since.
    """

    id: str
    rev: int
    client: str
    name: str
    version: int
    state: str
    body: Mapping[str, object]
    allowed: tuple[str, ...]
    max_risk: str
    min_success: float
    approved_until: datetime | None
    proposer: str | None
    approver: str | None
    suspended_why: str | None
    approved_at: datetime | None = None
    retired_why: str | None = None


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A template as it is proposed; ``client`` None is whichever it is proposed for."""

    client: str | None
    name: str
    body: Mapping[str, object]
    allowed: tuple[str, ...] = ()
    max_risk: str = "low"
    min_success: float = 0.95


def draft_faults(draft: TemplateDraft) -> list[str]:
    """What is wrong with a template before it is proposed, as sentences; empty when it can be."""
    faults = []
    strange = [name for name in draft.body if name not in CONTENT_FIELDS]
    strange += [name for name in draft.allowed if name not in OPEN_FIELDS]
    if strange:
        faults.append(f"{strange[0]} is no field that a template can hold or leave open")
    if draft.max_risk not in _LEVELS:
        faults.append(f"{draft.max_risk} is no risk; it is one of {', '.join(_LEVELS)}")
        return faults
    risk = draft.body.get("risk")
    if risk is not None and risk not in _LEVELS:
        faults.append(f"{risk} is no risk; it is one of {', '.join(_LEVELS)}")
    elif risk is not None and _LEVELS[str(risk)] > _LEVELS[draft.max_risk]:
        faults.append(f"its own risk is {risk}, and it is for a risk up to {draft.max_risk}")
    if not draft.body.get("title"):
        faults.append("it has no title")
    if not draft.body.get("backout_plan"):
        faults.append(f"the template {draft.name} says how the change is taken back, or it cannot be proposed")
    if not 0 <= draft.min_success <= 1:
        faults.append("the share that has to go well lies between 0 and 1")
    return faults


@dataclass(frozen=True, slots=True)
class Use:
    """How one use of a template ended, the newest first in a list."""

    number: str
    outcome: str
    caused_p1: bool


def why_not_in_force(template: Template, at: datetime) -> str | None:
    """Why no change at all goes by a template now, as a sentence; None when some may."""
    name = f"the template {template.name}"
    if template.state == "suspended":
        why = f": {template.suspended_why}" if template.suspended_why else ""
        return f"{name} is suspended{why}; take the normal path"
    if template.state != "approved":
        return f"{name} is {template.state}, not approved"
    if template.approved_until is not None and at >= template.approved_until:
        return f"the approval of {name} ended on {template.approved_until:%Y-%m-%d}"
    return None


def why_not_usable(template: Template, content: Content, at: datetime) -> str | None:
    """Why a change cannot go by its template now, as a sentence; None when it can."""
    name = f"the template {template.name}"
    if why := why_not_in_force(template, at):
        return why
    if content.template_version != template.version:
        return f"{name} has a newer version than the one that this change was made from"
    if content.risk is None or _LEVELS[content.risk] > _LEVELS[template.max_risk]:
        return (
            f"{name} is for a risk up to {template.max_risk}, and this change has the risk {content.risk or 'unknown'}"
        )
    strange = deviations(template, content)
    if strange:
        differ = "differs" if len(strange) == 1 else "differ"
        left = ", ".join(template.allowed) or "the window"
        return f"{', '.join(strange)} {differ} from {name}, which leaves open only {left}"
    return None


def why_withdrawn(template: Template) -> str | None:
    """Why a use that is scheduled already has no leave any more, as a sentence; None while it has.

    A template that was suspended or retired is no longer trusted. One that has expired, or has a newer version, was trusted
    when the use was scheduled, and still is.
    """
    if template.state == "suspended":
        why = f": {template.suspended_why}" if template.suspended_why else ""
        return f"its template {template.name} was suspended since{why}; it waits until that is approved again"
    if template.state == "retired":
        why = f": {template.retired_why}" if template.retired_why else ""
        return f"its template {template.name} was retired since{why}; take the normal path"
    return None


def deviations(template: Template, content: Content) -> tuple[str, ...]:
    """The fields in which a use differs from the body although it may not."""
    free = FREE_FIELDS | set(template.allowed)
    return tuple(name for name, value in template.body.items() if name not in free and _differs(content, name, value))


def _differs(content: Content, field: str, value: object) -> bool:
    if field == "services" and isinstance(value, tuple):
        return not same(content.services, value)
    return bool(getattr(content, field) != value)


def why_suspended(uses: Sequence[Use], min_success: float, success: Collection[str] = ("successful",)) -> str | None:
    """Why a template is suspended after these uses, as a sentence; None when it goes on.

    Under 20 uses: one failure with a P1, or two failures. From 20 on: fewer of the last 20 went well than the template
    asks for, or one of them failed with a P1. What ended with issues is no failure, and no success either unless its
    client counts it as one: ``success`` are the outcomes that it does.
    """
    last = uses[:LAST_USES]
    failed = [use for use in last if use.outcome in FAILURES]
    with_p1 = [use for use in failed if use.caused_p1]
    if with_p1:
        return f"{with_p1[0].number} {ending_said(with_p1[0].outcome)} and caused a P1"
    if len(uses) < LAST_USES:
        if len(failed) >= 2:
            return f"2 of {len(uses)} uses failed: {failed[0].number} and {failed[1].number}"
        return None
    good = sum(use.outcome in success for use in last)
    if good < min_success * LAST_USES:
        return f"{good} of the last {LAST_USES} uses went well, {percent(100 * min_success)} are asked for"
    return None


def has_expired(template: Template, at: datetime) -> bool:
    """Whether its approval has ended by its date."""
    return template.state == "approved" and template.approved_until is not None and template.approved_until <= at


def refuse_approval(template: Template, who: str, at: datetime) -> str | None:
    """Why somebody cannot approve a template; None when they can (invariant 1)."""
    if template.state not in ("proposed", "suspended") and not has_expired(template, at):
        return f"the template {template.name} is {template.state}; only one that is proposed, suspended or expired is approved"
    if template.proposer == who:
        return "whoever proposed a template does not approve it"
    return None
