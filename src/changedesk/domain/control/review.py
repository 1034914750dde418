"""The review after implementation: when one is due, who may give it, and whether it is needed to close (DOMAIN 1.5, 2.2)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.words import ending_said
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Review:
    """What was found after a change. ``reviewer`` is a login; ``result`` and ``cause`` are words of their lists.

    ``incidents`` are the numbers of those that it caused, ``downtime_minutes`` how long something really did not work:
    None where nobody knows.
    """

    reviewer: str
    at: datetime
    findings: str
    result: str | None = None
    cause: str | None = None
    impacts: str | None = None
    last_minute: str | None = None
    informed: str | None = None
    adoption_effect: str | None = None
    proposal: str | None = None
    incidents: tuple[str, ...] = ()
    downtime_minutes: int | None = None


def is_sampled(name: str, one_in: int) -> bool:
    """Whether a standard change is among those reviewed although they went well: the same answer whenever it is asked."""
    if one_in <= 0:
        return False
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % one_in == 0


def why_review(change: ChangeRequest, one_in: int) -> str | None:
    """Why a change has to be reviewed before it closes, as words; None when it need not be."""
    if change.content.path == "emergency":
        return "an emergency"
    if change.outcome is not None and change.outcome != "successful":
        return f"it {ending_said(change.outcome)}"
    if change.content.path == "normal" and change.content.risk in ("medium", "high"):
        return f"{change.content.risk} risk"
    if change.content.path == "standard" and is_sampled(f"{change.client}/{change.number}", one_in):
        return f"one standard change in {one_in} is looked at"
    return None


def refuse_reviewer(change: ChangeRequest, who: str) -> str | None:
    """Why somebody cannot review or close this change; None when they can (invariant 1)."""
    if who == change.content.implementer:
        return f"the implementer does not review or close {change.number}"
    return None


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a review found to be done; the only thing of a closed change that goes on (invariant 13)."""

    id: str
    rev: int
    text: str
    owner: str | None
    due: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is not done, with the change whose review found it."""

    client: str
    number: str
    title: str
    action: Action
