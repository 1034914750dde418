"""When a change really ran, said after it did: what may be said of it, and why not (decision 0028)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from changedesk.domain.control.guards import EARLY, said_moment
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.situation import Situation
from changedesk.domain.control.windows import Span
from changedesk.domain.saying import day_time, from_to
from changedesk.values import dataclass

_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Ran:
    """When a change began and ended, as somebody says afterwards; None where the desk was told at that moment."""

    began: datetime | None = None
    ended: datetime | None = None

    @property
    def said(self) -> list[str]:
        """Which of both was said afterwards."""
        return [name for name in ("began", "ended") if getattr(self, name) is not None]

    def times(self, change: ChangeRequest, now: datetime) -> tuple[datetime, datetime]:
        """When it began and ended, with what the desk knows where nothing was said.

        People say minutes, and the desk knows seconds: an end in the minute of the begin is not before it.
        """
        began = self.began or change.actual_start or now
        ended = self.ended or max(now, began)
        return began, max(began, ended) if began - ended < _MINUTE else ended


def refuse_ran(s: Situation, ran: Ran, frozen: Sequence[Span], *, held: bool) -> tuple[str, str] | None:
    """Which of both moments cannot be, and why, as a sentence; None when the change may have run then.

    ``frozen`` are the hard freezes that were in force when it began, ``held`` says that it was on hold then.
    """
    number = s.change.number
    began, ended = ran.times(s.change, s.now)
    for name, moment in (("began", ran.began), ("ended", ran.ended)):
        if moment is not None and moment > s.now:
            verb = "begun" if name == "began" else "ended"
            return name, f"{number} cannot have {verb} {said_moment(moment, s)}: that is still to come"
    if ended < began:
        return (
            "ended" if ran.ended else "began",
            f"{number} cannot have ended {said_moment(ended, s)}, before it began {said_moment(began, s)}",
        )
    why = _not_begun(s, ran.began, frozen, held=held) if ran.began else None
    return ("began", f"{number} cannot have begun {said_moment(began, s)}: {why}") if why else None


def _not_begun(s: Situation, began: datetime, frozen: Sequence[Span], *, held: bool) -> str | None:
    """What would have kept it from being started at that moment; an emergency on somebody's word waits for no leave."""
    change, content = s.change, s.change.content
    if change.acted_first:
        lacks = bool(frozen) and len(change.authorisers) < 2
        return f"inside the hard freeze {frozen[0].title} it takes the word of two different people" if lacks else None
    if change.decided_at is not None and began < change.decided_at.replace(second=0, microsecond=0):
        return f"it was decided {said_moment(change.decided_at, s)}"
    if began < content.planned_start - EARLY:
        return f"its window began {said_moment(content.planned_start, s)}"
    if began > content.planned_end:
        return f"its window ended {said_moment(content.planned_end, s)}"
    if frozen and content.path != "emergency":
        return f"the hard freeze {frozen[0].title} was in force"
    if held:
        return "it was on hold then"
    if s.light is not None and change.actual_start is not None and began < change.actual_start.replace(second=0):
        return (
            f"it is the go-live of {s.light.initiative}, and begins when both sides have signed and it is started here"
        )
    return None


def ran_of(change: ChangeRequest, zone: tzinfo, now: datetime) -> str:
    """When a change ran by the clock of its client: ``Wed 2 Dec 22:00 to 23:30``; empty before it began."""
    if change.actual_start is None:
        return ""
    if change.actual_end is None:
        return f"since {day_time(change.actual_start, zone, now)}"
    return from_to(change.actual_start, change.actual_end, zone, now)
