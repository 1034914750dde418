"""Standing in for somebody: from a day to a day, never further than one person (invariant 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.control.approval import ASSESS, AUTHORIZE, Step
from changedesk.values import dataclass

LONGEST: Final = timedelta(days=30)
"""A delegation ends after so long at the latest."""
BOARDS: Final = {ASSESS: ("change_manager",), AUTHORIZE: ("cab", "ecab")}
"""The roles as which a seat by name is held: whoever assesses does so as the change manager, whoever authorises on a board."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """``to`` stands in for ``of`` from ``start`` up to, and not including, ``end``; with a role, for the seats of that role."""

    id: str
    of: str
    to: str
    role: str | None
    start: datetime
    end: datetime
    reason: str | None = None


def runs(delegation: Delegation, at: datetime) -> bool:
    """Whether it is in force at a moment."""
    return delegation.start <= at < delegation.end


def covers(given: Delegation, step: Step, panel: Mapping[str, Sequence[str]]) -> bool:
    """Whether it takes in the seat of ``of`` in a step: one by role as that role alone, one by name as any of its board.

    ``panel`` is who has each role.
    """
    if given.role is None:
        return True
    by_role = [role for role in step.roles if given.of in panel.get(role, ())]
    return given.role in (by_role or BOARDS[step.phase])


def refuse_delegation(of: str, to: str, start: datetime, end: datetime, now: datetime) -> str | None:
    """Why a delegation cannot be given, as a sentence; None when it can."""
    if of == to:
        return "nobody stands in for themselves"
    if end <= start:
        return "a delegation ends after it begins"
    if end <= now:
        return "this delegation would be over already"
    if end - start > LONGEST:
        return f"a delegation runs for {LONGEST.days} days at most"
    return None


def refuse_deputy(of: str, clients: frozenset[str] | None, to: str, seen: frozenset[str] | None) -> str | None:
    """Why ``to`` could never vote for ``of``, as a sentence; None when it can: each with the clients in view, None for all."""
    if clients is None or seen is None or clients & seen:
        return None
    return f"{to} has no access to client {', '.join(sorted(clients))}, and could not vote there for {of}"
