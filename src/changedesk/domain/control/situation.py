"""A change with all that is known of it at a moment, and what that comes to: approved, waiting, overdue, authorised."""

from __future__ import annotations

from dataclasses import field
from datetime import UTC, datetime, tzinfo
from typing import Final

from changedesk.domain.control.approval import (
    ASSESS,
    AUTHORIZE,
    Step,
    Vote,
    approval,
    open_step,
    satisfied_at,
)
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.review import Review
from changedesk.domain.control.template import Template, why_withdrawn
from changedesk.domain.control.windows import Conflict, Span
from changedesk.values import dataclass

UNAUTHORISED: Final = "unauthorised: what was begun without leave stays so"
"""What a change is called whose votes afterwards said no, or did not come in time."""


@dataclass(frozen=True, slots=True)
class GoLiveLight:
    """The go-live checkpoint of the initiative whose go-live this change is: which lanes have signed."""

    initiative: str
    delivery: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """A change with all that its guards look at, at a moment.

    ``freezes`` are the hard freezes that its window breaks, ``freezes_now`` those in force now. ``lead_hours`` is the
    least time before the window that the client's policy asks for, ``review_sample`` how many standard changes go by
    for one that is reviewed. ``light`` is None when the change is no go-live.
    """

    change: ChangeRequest
    now: datetime
    steps: tuple[Step, ...] = ()
    votes: tuple[Vote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    freezes: tuple[Span, ...] = ()
    freezes_now: tuple[Span, ...] = ()
    template: Template | None = None
    evidence: int = 0
    review: Review | None = None
    light: GoLiveLight | None = None
    lead_hours: int = 0
    review_sample: int = 10
    zone: tzinfo = field(default=UTC)

    @property
    def approval(self) -> str:
        """approved, rejected or pending; a standard change has its template's approval once it is scheduled.

        A template that was suspended or retired takes its word back from what has not begun.
        """
        change = self.change
        if change.state == "rejected" and change.round:
            # Also where nobody did but the deadline that the policy sets.
            return "rejected"
        if self.withdrawn:
            return "pending"
        if change.content.path == "standard" and not change.by_file:
            return "approved" if change.state not in ("draft", "rejected", "cancelled") else "pending"
        return approval(self.steps, self.votes)

    @property
    def withdrawn(self) -> str | None:
        """Why a standard change that is scheduled has lost the word of its template; None while it has it."""
        change = self.change
        if change.state != "scheduled" or change.content.path != "standard" or change.by_file or self.template is None:
            return None
        return why_withdrawn(self.template)

    @property
    def waiting_step(self) -> Step | None:
        """The step whose votes are wanted now; None when no vote is open."""
        change = self.change
        if change.state == "assessing":
            return open_step(self.steps, self.votes, ASSESS)
        if change.state == "authorizing":
            return open_step(self.steps, self.votes, AUTHORIZE)
        by_file = change.state == "scheduled"
        afterwards = change.acted_first and change.state in ("implementing", "review")
        if (by_file or afterwards) and self.approval == "pending":
            return open_step(self.steps, self.votes)
        return None

    @property
    def retro_overdue(self) -> bool:
        """Begun on somebody's word, and the votes that were to follow have not come in time (invariant 12)."""
        change = self.change
        return (
            change.acted_first
            and change.retro_due is not None
            and change.state != "closed"
            and self.approval == "pending"
            and self.now > change.retro_due
        )

    @property
    def authorised(self) -> bool | None:
        """Whether it was allowed in time; None while that is open, or nothing was done yet.

        What was begun without leave stays unauthorised: a late approval lets it close and changes nothing else.
        """
        change = self.change
        if change.actual_start is None or not change.held_here:
            return None
        if not change.acted_first:
            return True
        if self.approval == "rejected":
            return False
        at = satisfied_at(self.steps, self.votes)
        if at is not None and change.retro_due is not None:
            return at <= change.retro_due
        return False if self.retro_overdue or change.state == "closed" else None
