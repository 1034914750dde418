"""Who stands behind it: power and interest, the coalition's reach, and when each was last seen to act (DOMAIN 1.2).

Sources: the grid is Mendelow's (1991); active and visible, building a coalition, communicating support are the three
things that sponsors do by Prosci. The figures are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, Literal

from changedesk.domain.counted import counted, listed
from changedesk.domain.people.people_side import Stakeholder
from changedesk.domain.saying import in_days
from changedesk.values import dataclass

Quadrant = Literal["manage_closely", "keep_satisfied", "keep_informed", "monitor"]

CUT: Final = 3
"""Power and interest are high from here on."""

FRESH_DAYS: Final = 30
"""A visible act is fresh for so many days."""

RIGHT_LEVEL: Final = CUT
"""Whoever sponsors a group has at least so much power."""


@dataclass(frozen=True, slots=True)
class Act:
    """The last visible act of somebody: how many days ago (None: never seen), whether it is fresh, as a sentence."""

    days: int | None
    fresh: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the groups that are hit, those that hear it from somebody of the coalition at the right level, and the others."""

    covered: tuple[str, ...]
    uncovered: tuple[str, ...]
    sentence: str

    @property
    def share(self) -> float | None:
        """0 to 1; None when nobody is hit."""
        groups = len(self.covered) + len(self.uncovered)
        return len(self.covered) / groups if groups else None


def quadrant(power: int | None, interest: int | None) -> Quadrant | None:
    """The field of the grid; None when one of the two is unknown."""
    if power is None or interest is None:
        return None
    if power >= CUT:
        return "manage_closely" if interest >= CUT else "keep_satisfied"
    return "keep_informed" if interest >= CUT else "monitor"


def stance_gap(stakeholder: Stakeholder) -> int | None:
    """How far the stance is from the wanted one; above 0 it is short of it, None when one is unknown."""
    if stakeholder.stance_now is None or stakeholder.stance_wanted is None:
        return None
    return stakeholder.stance_wanted - stakeholder.stance_now


def act_of(stakeholder: Stakeholder, today: date) -> Act:
    """When somebody was last seen to act for it."""
    if stakeholder.last_act_on is None or stakeholder.last_act_on > today:
        return Act(None, False, "never seen to act for it")
    days = (today - stakeholder.last_act_on).days
    what = f": {stakeholder.last_act}" if stakeholder.last_act else ""
    return Act(days, days <= FRESH_DAYS, f"{in_days(stakeholder.last_act_on, today)}{what}")


def coverage(hit: Sequence[str], stakeholders: Collection[Stakeholder]) -> Coverage:
    """Which of the groups that are hit have a sponsor at the right level."""
    reached = {
        audience
        for one in stakeholders
        if one.coalition and one.power is not None and one.power >= RIGHT_LEVEL
        for audience in one.audiences
    }
    covered = tuple(name for name in hit if name in reached)
    uncovered = tuple(name for name in hit if name not in reached)
    if not hit:
        sentence = "nobody is known to be hit"
    elif not uncovered:
        sentence = f"all {counted(len(hit), 'group')} hear it from a sponsor"
    else:
        sentence = f"{len(covered)} of {counted(len(hit), 'group')} hear it from a sponsor; not {listed(uncovered)}"
    return Coverage(covered, uncovered, sentence)
