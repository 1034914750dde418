"""What depends on what: when an activity moves, how far everything that depends on it moves, and what that breaks.

This is a forward pass of the critical path method on calendar days, starting from the plan as it stands: slack between
two activities is used up first, a plan that overlaps more than its link says keeps its overlap, and nothing that hangs
on the moved activity moves earlier. What is done stays; what has begun keeps its start. The baseline never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from math import ceil

from changedesk.domain.counted import counted, listed
from changedesk.domain.planning.circles import without_circles
from changedesk.domain.records import Activity
from changedesk.domain.saying import day_month
from changedesk.domain.working import Dependency
from changedesk.values import dataclass

_NONE: Mapping[str, date] = {}
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """An activity with other planned dates than before; starts are None where the plan has none."""

    id: str
    title: str
    lane: str
    old_start: date | None
    new_start: date | None
    old_end: date
    new_end: date

    @property
    def days(self) -> int:
        """So many days later; negative is earlier."""
        return (self.new_end - self.old_end).days


@dataclass(frozen=True, slots=True)
class MoveReport:
    """What a move means: what moves (the activity itself first, then by new end), what it breaks, what was left out."""

    moved: tuple[Moved, ...]
    breaks: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The days that a move may break: the go-live, and those of audiences with a wave of their own."""

    go_live: date | None = None
    waves: Mapping[str, date] = field(default_factory=lambda: _NONE)

    def of(self, activity: Activity) -> date | None:
        """The go-live that counts for an activity."""
        return self.waves.get(activity.audience or "", self.go_live)


def refuse_move(activity: Activity, new_end: date) -> str | None:
    """Why an activity cannot be moved to end on that day; None when it can."""
    if activity.actual_end is not None:
        return f"{activity.title} is done since {_said(activity.actual_end)}; what is done does not move"
    if activity.actual_start is not None and new_end < activity.actual_start:
        return f"{activity.title} began on {_said(activity.actual_start)} and cannot end before"
    return None


def refuse_tie(activity: Activity, milestone: Activity | None, dependencies: Iterable[Dependency]) -> str | None:
    """Why an activity cannot be let move with a milestone, or with none; None when it can."""
    if activity.lane != "people":
        return "only people work is tied here; what delivery depends on comes with its plan"
    if activity.milestone:
        return f"{activity.title} is a milestone itself"
    if milestone is None:
        return None
    if not milestone.milestone:
        return f"{milestone.title} is no milestone"
    links = [(link.predecessor_id, link.successor_id) for link in dependencies]
    if milestone.id in without_circles(activity.id, links)[0]:
        return f"{milestone.title} depends on {activity.title} already"
    return None


def move(
    activities: Sequence[Activity],
    dependencies: Iterable[Dependency],
    activity_id: str,
    new_end: date,
    deadlines: Deadlines | None = None,
) -> MoveReport:
    """The forecast when one activity is to end on ``new_end``: it keeps its length, and what depends on it follows.

    ``activities`` are all of the initiative, in any order; links to others are ignored. Links in a circle cannot be
    followed: they are left out, with a warning that names the activities.
    """
    by_id = {activity.id: activity for activity in activities}
    links = [link for link in dependencies if link.predecessor_id in by_id and link.successor_id in by_id]
    order, kept, circles = without_circles(activity_id, [(link.predecessor_id, link.successor_id) for link in links])
    into: dict[str, list[Dependency]] = {}
    for link in links:
        if (link.predecessor_id, link.successor_id) in kept:
            into.setdefault(link.successor_id, []).append(link)
    moves = {activity_id: _moved_to(by_id[activity_id], new_end)}
    for one in order:
        if one != activity_id:
            later = _follow(by_id[one], [(link, by_id[link.predecessor_id], moves) for link in into.get(one, ())])
            if later is not None:
                moves[one] = later
    first = moves.pop(activity_id)
    changed = [first] if (first.new_start, first.new_end) != (first.old_start, first.old_end) else []
    changed += sorted(moves.values(), key=lambda one: (one.new_end, one.title, one.id))
    reached = [by_id[one] for one in order if one != activity_id]
    return MoveReport(
        tuple(changed),
        tuple(_breaks(changed, by_id, deadlines or Deadlines()) + _done_too_early(reached, first)),
        tuple(_circle_said([by_id[one].title for one in circle]) for circle in circles),
    )


def _moved_to(activity: Activity, new_end: date) -> Moved:
    start = activity.planned_start
    by = new_end - activity.planned_end
    if start is not None and activity.actual_start is None:
        start = min(start + by, new_end)
    return _as_moved(activity, start, new_end)


def _follow(activity: Activity, links: Sequence[tuple[Dependency, Activity, Mapping[str, Moved]]]) -> Moved | None:
    """Where the activity goes when those it depends on have moved; None when it stays."""
    if activity.actual_end is not None:
        return None
    start, end = _start(activity), activity.planned_end
    needed = 0
    for link, before, moves in links:
        from_start, to_start = link.kind in ("SS", "SF"), link.kind in ("FS", "SS")
        if link.predecessor_id not in moves or (to_start and activity.actual_start is not None):
            # What has begun is no longer held up by what should have come before its beginning.
            continue
        moved = moves[link.predecessor_id]
        was = _start(before) if from_start else moved.old_end
        now = min(moved.new_start or moved.new_end, moved.new_end) if from_start else moved.new_end
        mine = start if to_start else end
        gap = min((mine - was).days, _gap(link, before, activity))
        needed = max(needed, (now - mine).days + gap)
    if needed <= 0:
        return None
    by = timedelta(days=needed)
    begun = activity.actual_start is not None or activity.planned_start is None
    return _as_moved(activity, activity.planned_start if begun else start + by, end + by)


def _gap(link: Dependency, before: Activity, after: Activity) -> int:
    """The days that a link asks for between its two dates: the lag, and a night where one whole day follows another."""
    night = link.kind == "FS" and not before.milestone and not after.milestone
    return ceil(link.lag_days) + night


def _start(activity: Activity) -> date:
    return min(activity.planned_start or activity.planned_end, activity.planned_end)


def _as_moved(activity: Activity, start: date | None, end: date) -> Moved:
    return Moved(
        activity.id, activity.title, activity.lane, activity.planned_start, start, activity.planned_end, end
    )  # fmt: skip


def _breaks(moved: Sequence[Moved], by_id: Mapping[str, Activity], deadlines: Deadlines) -> list[str]:
    """A sentence for every activity that now comes too late, with everything it is too late for."""
    sentences = []
    for one in moved:
        activity = by_id[one.id]
        late = []
        due = deadlines.of(activity)
        if due is not None and one.old_end <= due < one.new_end:
            late.append(f"{counted((one.new_end - due).days, 'day')} after the go-live of {_said(due)}")
        if activity.baseline_end is not None and one.new_end > max(activity.baseline_end, one.old_end):
            late.append(f"{counted((one.new_end - activity.baseline_end).days, 'day')} after its baseline")
        if one.lane == "people" and one is not moved[0]:
            late.append(f"{counted(one.days, 'day')} later than people were told")
        if late:
            sentences.append(f"{one.title} now ends on {_said(one.new_end)}: {', '.join(late)}")
    return sentences


def _done_too_early(reached: Iterable[Activity], first: Moved) -> list[str]:
    """Work with people that is done already, while what it was timed to moves away from it."""
    later = counted(first.days, "day")
    return [
        f"{activity.title} is done since {_said(activity.actual_end)}, and {first.title} now comes {later} later"
        for activity in reached
        if activity.lane == "people" and activity.actual_end is not None and first.days > 0
    ]


def _circle_said(titles: Sequence[str]) -> str:
    named = sorted(titles)
    if len(named) == 1:
        return f"{named[0]} depends on itself; that link is left out"
    return f"{listed(named, _NAMED)} depend on each other in a circle; the links between them are left out"


def _said(day: date) -> str:
    # With its year: a plan may end in another one than the reader's.
    return day_month(day, date.min)
