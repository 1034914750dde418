"""The three flags of a people lane that was planned as an afterthought (R6, R59, R65)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.records import Activity
from changedesk.domain.saying import count

LATE_START_DAYS: Final = 10
"""People work that begins more than so many days after the charter began late (DOMAIN 2.5)."""

PEOPLE_NEEDS: Final = ("design_review", "manager_enablement", "support_readiness", "reinforcement")
"""A people plan needs each of these besides communication and training (R65)."""

COMMS_AND_TRAINING: Final = frozenset({"communication", "training"})


def charter_day(delivery: Sequence[Activity]) -> date | None:
    """The day the project began on paper: the first baseline start of delivery, or the first end where none starts.

    While nothing has a baseline the plan stands in for it. None without delivery activities.
    """
    baselined = [(a.baseline_start, a.baseline_end) for a in delivery if a.baseline_end is not None]
    spans = baselined or [(a.planned_start, a.planned_end) for a in delivery]
    starts = [start for start, _ in spans if start is not None]
    return min(starts or [end for _, end in spans], default=None)


def first_people_day(people: Sequence[Activity]) -> date | None:
    """The day the people work began, or is planned to begin; None while nobody can say.

    That is so without people activities, without any start, and when something ends before the first start that is known: it
    began earlier, on a day that nobody wrote down.
    """
    starts: list[date] = []
    ends: list[date] = []
    for activity in people:
        start = activity.actual_start or activity.planned_start or (activity.last_day if activity.milestone else None)
        if start is None:
            ends.append(activity.last_day)
        else:
            starts.append(start)
    first = min(starts, default=None)
    return None if first is None or any(end < first for end in ends) else first


def late_start(people: Sequence[Activity], charter: date | None, planning_due: date | None) -> bool:
    """True when people work is known to begin after the planning checkpoint's baseline date, or too long after the charter."""
    begins = first_people_day(people)
    if begins is None:
        return False
    after_planning = planning_due is not None and begins > planning_due
    return after_planning or (charter is not None and (begins - charter).days > LATE_START_DAYS)


def ends_at_go_live(people: Sequence[Activity], go_live: date | None) -> bool:
    """True when nothing of the people lane is planned beyond go-live."""
    return bool(people) and go_live is not None and max(a.planned_end for a in people) <= go_live


def only_comms_and_training(people: Sequence[Activity]) -> bool:
    """True when the people lane is communication and training alone; an activity without a kind counts by its phase."""
    return bool(people) and all((a.kind or a.phase) in COMMS_AND_TRAINING for a in people)


def late_start_said(charter: date | None, begins: date | None, today: date) -> str:
    """Why a start was late, in the same words wherever it is told: ``people began 19 d after charter``.

    Within the days that are allowed, and where no day of the charter is known, it is late because planning was over.
    """
    to_come = begins is not None and begins > today
    days = (begins - charter).days if begins is not None and charter is not None else 0
    if days > LATE_START_DAYS:
        return f"people {'begin' if to_come else 'began'} {count(days)} d after charter"
    return f"people work {'begins' if to_come else 'began'} after planning"
