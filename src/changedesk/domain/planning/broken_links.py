"""Dependencies that the plan as it stands no longer keeps (R49)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import floor

from changedesk.domain.counted import counted
from changedesk.domain.measures.milestones import forecast_end
from changedesk.domain.records import Activity
from changedesk.domain.working import Dependency
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An activity that is planned so many days earlier than the one it depends on allows."""

    predecessor: str
    successor: str
    days: int

    @property
    def sentence(self) -> str:
        """``“Cutover” is planned 3 days before “Pilot” allows it``: titles are sentences of their own."""
        return f"“{self.successor}” is planned {counted(self.days, 'day')} before “{self.predecessor}” allows it"


def broken_links(
    dependencies: Iterable[Dependency], activities: Sequence[Activity], today: date
) -> tuple[BrokenLink, ...]:
    """The links that do not hold, the worst first. Links to activities that are not given are left out.

    What is done breaks nothing any more, and what has begun is no longer held up at its start. Days are calendar days,
    and one may follow another on the same day.
    """
    by_id = {activity.id: activity for activity in activities}
    broken = []
    for link in dependencies:
        before, after = by_id.get(link.predecessor_id), by_id.get(link.successor_id)
        if before is None or after is None or after.actual_end is not None:
            continue
        to_start = link.kind in ("FS", "SS")
        if to_start and after.actual_start is not None:
            continue
        allowed = before.first_day if link.kind in ("SS", "SF") else forecast_end(before, today)
        allowed += timedelta(days=floor(link.lag_days))
        planned = (after.planned_start or after.planned_end) if to_start else after.planned_end
        if planned < allowed:
            broken.append(BrokenLink(before.title, after.title, (allowed - planned).days))
    return tuple(sorted(broken, key=lambda one: (-one.days, one.successor, one.predecessor)))
