"""Handing over to operations: a checklist with evidence, taken over by whoever will own the service (R159-R166).

Every item needs evidence, and the one who accepts is the service owner and not the project owner (invariant 20).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import day_month, go_live_word, in_days
from changedesk.domain.standing import Standing
from changedesk.values import dataclass

SAME_MINUTE: Final = timedelta(minutes=1)
"""Ticks that lie no further apart were made in one go."""

OWNERSHIP: Final = "ownership"
"""The item of which the desk knows a part by itself: who owns the service."""

FEWEST: Final = 3
"""Fewer items than these are no pattern."""

LOOK_AGAIN: Final = timedelta(days=90)
"""So long after its closing the success of a project is looked at again (R140)."""


@dataclass(frozen=True, slots=True)
class HandoverTask:
    """One thing that has to be there: its key in the desk and its text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One thing of the checklist: done with evidence, sent back with a reason, or open."""

    key: str
    text: str
    done_at: datetime | None = None
    done_by: str | None = None
    evidence: str | None = None
    rejected_at: datetime | None = None
    rejected_by: str | None = None
    reason: str | None = None

    @property
    def state(self) -> str:
        """``open``, ``done`` or ``rejected``."""
        return "rejected" if self.rejected_at else "done" if self.done_at else "open"


@dataclass(frozen=True, slots=True)
class Handover:
    """The handover of an initiative to a service: plan and actual of its days and hours, its items, who accepted it.

    ``cancelled`` is said of the initiative, ``retired`` of the service.
    """

    initiative_id: str
    service: str | None
    service_owner: str | None
    project_owner: str | None
    planned_start: date | None
    planned_end: date | None
    planned_hours: float | None
    spent_hours: float | None
    started_on: date | None
    accepted_at: datetime | None
    accepted_by: str | None
    items: tuple[HandoverItem, ...]
    cancelled: bool = False
    retired: bool = False

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(item.state == "done" for item in self.items)

    @property
    def begun_on(self) -> date | None:
        """When it began: without a day of its own with its first item, by the clock that its instants are told by."""
        return self.started_on or min((item.done_at.date() for item in self.items if item.done_at), default=None)


@dataclass(frozen=True, slots=True)
class HandoverStanding:
    """How far the handover of an initiative is: how many items are there, how many were sent back, its plan, when it ended."""

    initiative: str
    there: int
    sent_back: int
    planned_start: date | None
    planned_end: date | None
    accepted_at: datetime | None

    def said(self, of: int, standing: Standing, today: date) -> str:
        """``handover 4/9``, from the gate before the go-live on or once it has begun (R159); empty before, and when it is over."""
        if standing.state in ("closed", "cancelled") or not (self._begun(today) or _near(standing, today)):
            return ""
        if self.accepted_at:
            return "handed over"
        late = self.planned_end is not None and self.planned_end < today
        more = (
            f", {self.sent_back} sent back"
            if self.sent_back
            else f", due {in_days(self.planned_end, today)}"
            if late
            else ""
        )
        return f"handover {self.there}/{of}{more}"

    def _begun(self, today: date) -> bool:
        planned = self.planned_start is not None and self.planned_start <= today
        return planned or self.accepted_at is not None or self.there + self.sent_back > 0


def _near(standing: Standing, today: date) -> bool:
    """Whether an initiative has come to the gate before its go-live, signed or its day is there, or is live."""
    before = (one for one, then in pairwise(standing.gates) if then.name == "go_live")
    reached = any(one.signed or (one.due is not None and one.due <= today) for one in before)
    return standing.went_live or standing.state == "live" or reached


HANDED_OVER: Final = "handover"
"""The item of a checkpoint that says the same as this checklist."""


def how_it_stands(handover: Handover) -> str:
    """How far the handover is, for whoever ticks that it is done: ``0 of 9 items are there, nobody has taken it over``."""
    if handover.accepted_by:
        return f"taken over by {handover.accepted_by}"
    return f"{handover.done} of {counted(len(handover.items), 'item')} are there, nobody has taken it over"


def refuse_untaken(handover: Handover) -> str | None:
    """Why the delivery of what a service is to run stays open: nobody has accepted it (R138, R160); None when somebody has.

    Without a service there is nobody who could.
    """
    if handover.service is None or handover.accepted_at is not None:
        return None
    return f"the handover to {handover.service} is open: {how_it_stands(handover)}"


def known_anyway(handover: Handover, item: HandoverItem) -> str:
    """What the desk knows by itself of an item that nobody has ticked, who owns the service; empty when it knows nothing."""
    known = item.key == OWNERSHIP and item.state == "open" and handover.service_owner
    return f"{handover.service_owner}, not confirmed" if known else ""


def tasks_in(text: str) -> tuple[HandoverTask, ...]:
    """The items of a handover in a TOML text; ValueError says what is wrong with it."""
    try:
        items = tomllib.loads(text)["items"]
        tasks = tuple(HandoverTask(str(item["key"]), str(item["text"])) for item in items)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"The handover cannot be read: {error}.") from error
    if not tasks or len({task.key for task in tasks}) < len(tasks):
        raise ValueError("A handover needs items, each with a key of its own.")
    return tasks


def refuse_acceptance(handover: Handover, actor: str) -> str | None:
    """Why ``actor`` cannot take the service over, as a sentence; None when it can be."""
    if handover.accepted_at is not None:
        return f"{handover.service or 'the service'} was taken over already, by {handover.accepted_by}"
    if handover.cancelled:
        return "it is cancelled; nothing of it is taken over"
    if handover.service is None:
        return "nobody has said which service takes this over; name it in the initiative"
    if handover.retired:
        return f"{handover.service} is retired; nothing is taken over by it"
    if not handover.service_owner:
        return f"{handover.service} has no owner; name the one who takes it over"
    if actor != handover.service_owner:
        return f"{handover.service} is taken over by its owner {handover.service_owner}, not by {actor}"
    if actor == handover.project_owner:
        return f"whoever hands over does not take over, and {actor} owns the project"
    missing = [item.text for item in handover.items if item.state != "done"]
    if missing:
        return f"{counted(len(missing), 'item')} {'is' if len(missing) == 1 else 'are'} not done: {listed(missing)}"
    bare = [item.text for item in handover.items if not (item.evidence and item.evidence.strip())]
    return f"evidence is missing: {listed(bare)}" if bare else None


def before_use(code: str, go_live: date | None, today: date) -> str:
    """What whoever takes over before the go-live is told; it is no bar, and nobody knows yet how it runs."""
    when = f", {go_live_word(go_live, today)} {day_month(go_live, today)}" if go_live else ""
    return f"{code} has not gone live{when}: nobody uses yet what is taken over"


def digest(initiative_id: str, items: Iterable[HandoverItem]) -> str:
    """What an acceptance is bound to: SHA-256 over the initiative and every item as it stands."""
    content = [[item.key, item.done_at.isoformat() if item.done_at else None, item.evidence] for item in items]
    text = json.dumps([initiative_id, content], separators=(",", ":"))
    return hashlib.sha256(b"changedesk handover 1\n" + text.encode()).hexdigest()


def formality(items: Sequence[HandoverItem]) -> str | None:
    """The pattern of a handover for form's sake in a sentence; None when there is none (R166).

    All items ticked within the same minute, or none of them with anything that shows it.
    """
    ticks = [item.done_at for item in items if item.done_at is not None]
    if len(items) < FEWEST or len(ticks) < len(items):
        return None
    bare = not any(item.evidence and len(item.evidence.strip()) > 2 for item in items)
    at_once = max(ticks) - min(ticks) <= SAME_MINUTE
    if not at_once and not bare:
        return None
    how = [said for holds, said in ((at_once, "within one minute"), (bare, "without evidence")) if holds]
    return f"all {counted(len(items), 'item')} were ticked {' and '.join(how)}: a formality?"


@dataclass(frozen=True, slots=True)
class Beside:
    """An effort or a duration beside its plan: what was planned, what it took so far, and both in a sentence."""

    planned: float | None
    actual: float | None
    sentence: str


def duration(handover: Handover, today: date) -> Beside:
    """How many days the handover takes, against its plan; what has begun and is not accepted is counted to today."""
    planned = None
    if handover.planned_start and handover.planned_end:
        planned = (handover.planned_end - handover.planned_start).days + 1
    actual = None
    if handover.begun_on is not None:
        last = handover.accepted_at.date() if handover.accepted_at else today
        actual = max(0, (last - handover.begun_on).days) + 1
    return Beside(planned, actual, _beside(planned, actual, "day", running=handover.accepted_at is None))


def effort(handover: Handover) -> Beside:
    """How many hours the handover took, against its plan."""
    running = handover.accepted_at is None
    return Beside(
        handover.planned_hours,
        handover.spent_hours,
        _beside(handover.planned_hours, handover.spent_hours, "hour", running=running),
    )


def look_again(closed_on: date | None, went_live: date | None) -> date | None:
    """When the success of a project is looked at again: 90 days after its closing, or after go-live while it is open."""
    day = closed_on or went_live
    return None if day is None else day + LOOK_AGAIN


def _beside(planned: float | None, actual: float | None, unit: str, *, running: bool) -> str:
    if actual is None:
        return (
            "neither planned nor recorded" if planned is None else f"{_said(planned, unit)} planned, none recorded yet"
        )
    so_far = " so far" if running else ""
    return f"{_said(actual, unit)}{so_far}, " + (f"{_said(planned, unit)} planned" if planned else "not planned")


def _said(number: float, unit: str) -> str:
    return counted(round(number), unit)
