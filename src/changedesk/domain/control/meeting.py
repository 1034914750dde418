"""The board's meetings: what comes on the agenda and in which order, and how long each item may take (R91)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.saying import day_time, zone_name
from changedesk.values import dataclass

MINUTES: Final = {"low": 4, "medium": 8, "high": 15}
"""Minutes that a change gets on the agenda by its risk; one that is not assessed gets as many as a high one."""

_ORDER: Final = {"high": 0, None: 1, "medium": 2, "low": 3}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a client's board: one at which people sit together (``cab``), or a ballot with a deadline (``vcab``)."""

    id: str
    rev: int
    client: str
    kind: str
    title: str
    at: datetime
    ends_at: datetime
    chair: str | None
    attendees: tuple[str, ...]
    state: str
    opened_at: datetime | None
    closed_at: datetime | None

    def standing(self, now: datetime) -> str:
        """How it stands, in a word: a ballot is open from its begin on, people together once somebody has begun."""
        if self.state != "planned" or now < self.at:
            return self.state
        return "open" if self.kind == "vcab" else "not begun yet"


@dataclass(frozen=True, slots=True)
class Item:
    """One change on the agenda: its place, the minutes it may take, when it was begun and ended, what was decided."""

    id: str
    rev: int
    change_id: str
    number: str
    title: str
    position: int
    minutes: int
    began_at: datetime | None
    ended_at: datetime | None
    decision: str | None
    notes: str | None

    @property
    def runs(self) -> bool:
        """Whether it is talked about now."""
        return self.began_at is not None and self.ended_at is None

    def taken(self, now: datetime) -> timedelta:
        """How long it has been talked about."""
        if self.began_at is None:
            return timedelta(0)
        return (self.ended_at or now) - self.began_at


def minutes_for(risk: str | None) -> int:
    """The minutes that a change of this risk gets."""
    return MINUTES.get(risk or "high", MINUTES["high"])


def agenda(changes: Iterable[ChangeRequest], meeting: Meeting) -> list[ChangeRequest]:
    """The changes that a meeting has to look at, in order.

    On it comes every change of the client that waits for the board; first those whose window begins before the next
    usual meeting a week later, then by risk, the highest first, then by window and number.
    """
    soon = meeting.at + timedelta(days=7)
    waiting = [one for one in changes if one.client == meeting.client and one.state == "authorizing" and not one.hold]
    return sorted(
        waiting,
        key=lambda one: (
            one.content.planned_start >= soon,
            _ORDER.get(one.content.risk, 1),
            one.content.planned_start,
            one.number,
        ),
    )


def refuse_close(meeting: Meeting, zone: tzinfo, wall: datetime, *, undecided: bool, empty: bool = False) -> str | None:
    """Why a meeting cannot end now; None when it can. A ballot runs to its deadline, unless everything is decided.

    People who sit together end what they have begun. A meeting that nobody began ends as one that was not held: once its
    time is over, and from its begin on where its agenda is ``empty``. From when on it can is told by the clock of the client
    in ``zone``, which is named where ``wall``, the reader's time, differs.
    """
    if meeting.state == "closed":
        return "it is closed already"
    if meeting.kind == "cab":
        if meeting.state != "planned" or wall >= meeting.ends_at or (empty and wall >= meeting.at):
            return None
        if empty:
            return f"it was called for {_by_the_clock(meeting.at, zone, wall)}"
        return "it begins with the first change that is talked about"
    if undecided and wall < meeting.ends_at:
        return f"its ballot is open until {_by_the_clock(meeting.ends_at, zone, wall)}"
    return None


def refuse_votes(meeting: Meeting, zone: tzinfo, wall: datetime) -> str | None:
    """Why no vote of a meeting can be written down now; None when one can.

    A ballot takes votes from its begin on. People who sit together may sit down sooner: their first vote begins the meeting.
    """
    if meeting.kind == "vcab" and wall < meeting.at:
        return f"its ballot opens {_by_the_clock(meeting.at, zone, wall)}"
    return None


def _by_the_clock(moment: datetime, zone: tzinfo, wall: datetime) -> str:
    where = zone_name(zone, moment, wall)
    return f"{day_time(moment, zone, wall)}{f' {where}' if where else ''}"


def refuse_off(item: Item) -> str | None:
    """Why a change cannot be taken off the agenda; None when it can."""
    return f"{item.number} was talked about already: it stays in the minutes" if item.began_at else None
