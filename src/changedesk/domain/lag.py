"""How far behind a lane is today, and how far people work and use trail delivery.

All from standings, so that a list of thousands needs no records.
"""

from __future__ import annotations

from datetime import date

from changedesk.domain.counted import counted
from changedesk.domain.standing import LaneStanding, Standing


def days_behind(standing: LaneStanding, today: date) -> int | None:
    """How many days a lane is behind its own baseline; negative is ahead, None is unknown (no plan, no baseline).

    The greater of: reached - due of what is earned, and today - due of what comes next. Before anything is earned a
    lane is never ahead. A finished lane stays at how late its last piece was, unless nobody knows when that was.
    """
    if standing.due_on is None:
        return None if standing.next_due_on is None else max(0, (today - standing.next_due_on).days)
    reached = standing.reached_on
    if reached is None:
        if standing.finished:
            return None
        # The day is not known: it counts as reached when it was due, or by today where that is sooner.
        reached = min(today, standing.due_on)
    behind = (reached - standing.due_on).days
    return behind if standing.next_due_on is None else max(behind, (today - standing.next_due_on).days)


def change_lag(people: LaneStanding, delivery: LaneStanding, today: date) -> int | None:
    """How many days the people lane trails the delivery lane: its days behind minus delivery's; None when unknown."""
    people_behind, delivery_behind = days_behind(people, today), days_behind(delivery, today)
    if people_behind is None or delivery_behind is None:
        return None
    return people_behind - delivery_behind


def delivery_behind(standing: Standing, today: date) -> int | None:
    """How many days the delivery of an initiative is behind; None when unknown, and once it is cancelled."""
    return None if standing.cancelled else days_behind(standing.delivery, today)


def lag_of(standing: Standing, today: date) -> int | None:
    """The change lag of an initiative; None when unknown, and once it is cancelled: nothing of it trails any more."""
    return None if standing.cancelled else change_lag(standing.people, standing.delivery, today)


def deployment_gap(delivery_progress: float | None, adopted: float | None) -> float | None:
    """How far use trails what was delivered, in points: deployment % minus adoption % (R12).

    ``delivery_progress`` is 0 to 1, ``adopted`` 0 to 100. None while either is unknown.
    """
    if delivery_progress is None or adopted is None:
        return None
    return 100 * delivery_progress - adopted


def lag_sentence(lag: int | None, people: LaneStanding, delivery: LaneStanding) -> str:
    """The change lag in words; where it is unknown, which plan is missing."""
    if lag is None:
        lanes = (("delivery", delivery), ("people", people))
        missing = [name for name, lane in lanes if lane.progress is None]
        return f"lag unknown: no {' and no '.join(missing)} plan" if missing else "lag unknown"
    if lag == 0:
        return "people and delivery in step"
    return f"people {counted(abs(lag), 'day')} {'behind' if lag > 0 else 'ahead of'} delivery"
