"""A change as it was planned beside how it went, and what became of the use of what it served (DOMAIN 1.5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.proportion import Proportion, said_share
from changedesk.values import dataclass

LOOKS: Final = (0, 30, 90)
"""Days after the change on which the use of what it served is looked at; 0 is the day itself."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A moment as it was planned and as it was; either may be unknown."""

    label: str
    planned: datetime | None
    actual: datetime | None

    @property
    def late(self) -> timedelta | None:
        """How much later it was than planned; negative is earlier, None where one of both is unknown."""
        return None if self.planned is None or self.actual is None else self.actual - self.planned


@dataclass(frozen=True, slots=True)
class UseThen:
    """How many of the people used it ``days`` after the change; None where nobody has looked, or it is still to come."""

    days: int
    used: Proportion | None
    to_come: bool


@dataclass(frozen=True, slots=True)
class LookingBack:
    """All that a reviewer has before the eyes: planned and actual times, downtime in minutes, the use of what it served."""

    times: tuple[Compared, ...]
    outage_planned: int | None
    outage_actual: int | None
    initiative: str | None
    use: tuple[UseThen, ...]


def said_late(late: timedelta | None) -> str:
    """A difference as a person says it: ``on time``, ``12 min late``, ``2 h 5 min early``, ``3 d late``."""
    if late is None:
        return ""
    minutes = round(abs(late) / timedelta(minutes=1))
    if not minutes:
        return "on time"
    return f"{said_minutes(minutes)} {'late' if late > timedelta(0) else 'early'}"


def said_minutes(minutes: float | None) -> str:
    """Minutes as a person says them: ``45 min``, ``2 h 5 min``, ``3 d``; unknown is ``?``."""
    if minutes is None:
        return "?"
    whole = round(minutes)
    if whole < 60:
        return f"{whole} min"
    if whole < 48 * 60:
        return f"{whole // 60} h {whole % 60} min" if whole % 60 else f"{whole // 60} h"
    return f"{round(whole / 1440)} d"


def said_downtime(planned: int | None, actual: int | None) -> str:
    """Downtime as planned and as it was, where either is known."""
    if planned is None and actual is None:
        return "nobody has said"
    return f"{said_minutes(planned)} planned, {said_minutes(actual)} it was"


def said_use(use: tuple[UseThen, ...]) -> str:
    """The use before and after: ``41 % at the change, 55 % after 30 d, to come after 90 d``."""
    parts = []
    for one in use:
        when = "at the change" if one.days == 0 else f"after {counted(one.days, 'd', 'd')}"
        parts.append(f"to come {when}" if one.to_come else f"{said_share(one.used) if one.used else '?'} {when}")
    return ", ".join(parts)
