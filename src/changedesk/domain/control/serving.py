"""A change as the initiative that it serves sees it: how far its approval is, in a word and in figures (R101)."""

from __future__ import annotations

from datetime import datetime

from changedesk.domain.control.approval import deadline
from changedesk.domain.control.situation import Situation
from changedesk.domain.words import plain
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Serving:
    """A change that serves an initiative.

    ``milestone`` is the activity that it is for, ``is_go_live`` whether that is the initiative's go-live. ``approval`` is
    approved, rejected or pending on the present revision; ``authorised`` says of what was begun whether it was allowed in
    time. ``step`` is the open step and ``due`` its deadline. ``words`` say all of it as on a line of a plan.
    """

    id: str
    number: str
    title: str
    path: str
    state: str
    hold: bool
    milestone: str | None
    is_go_live: bool
    approval: str
    authorised: bool | None
    step: str | None
    due: datetime | None
    planned_start: datetime
    words: str
    level: str


def serving_of(s: Situation, *, is_go_live: bool) -> Serving:
    """How a change stands, for the initiative that it serves."""
    change, step = s.change, s.waiting_step
    due = change.retro_due if change.acted_first else deadline(step, change.opened_at) if step else None
    words, level = _words(s)
    return Serving(
        change.id,
        change.number,
        change.title,
        change.content.path,
        change.state,
        change.hold is not None,
        change.content.milestone,
        is_go_live,
        s.approval,
        s.authorised,
        step.name if step else None,
        due if s.approval == "pending" else None,
        change.content.planned_start,
        f"{words}, on hold" if change.hold and change.state not in ("closed", "cancelled") else words,
        level,
    )


def _words(s: Situation) -> tuple[str, str]:
    """How far a change is, in a few words, and how urgent that is."""
    change, step = s.change, s.waiting_step
    if s.retro_overdue:
        return "approval afterwards overdue", "late"
    if s.authorised is False:
        return f"{plain(change.state)}, unauthorised", "late"
    match change.state:
        case "draft":
            return "not submitted", "at_risk"
        case "assessing" | "authorizing":
            return (f"{step.name} open" if step else plain(change.state)), "at_risk"
        case "scheduled":
            return ("authorised", "fine") if s.approval == "approved" else ("not voted on here", "at_risk")
        case "implementing":
            return ("being done", "fine") if s.approval == "approved" else ("being done, votes owed", "at_risk")
        case "review":
            return ("done, to be reviewed", "fine") if s.approval != "pending" else ("done, votes owed", "at_risk")
        case "closed":
            return plain(change.outcome or "closed"), "fine" if change.outcome == "successful" else "at_risk"
        case "rejected":
            return "rejected", "late"
        case _:
            return plain(change.state), "unknown"
