"""The lanes of an initiative as they stand on a day: their phases, how far they are, and what is remarkable about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from changedesk.domain.flags import late_start_said
from changedesk.domain.lag import days_behind
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.progress import lane_standing
from changedesk.domain.records import Activity
from changedesk.domain.saying import in_days
from changedesk.domain.standing import LaneStanding, Standing
from changedesk.domain.words import LANES
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PhaseView:
    """A phase of a lane as it now stands: its days, how much of its weight is earned, whether something in it is overdue."""

    name: str
    title: str
    short: str
    start: date | None
    end: date | None
    done: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane: its phases, its progress (0 to 1) and how many days it is behind its baseline."""

    lane: str
    title: str
    progress: float | None
    days_behind: int | None
    phases: tuple[PhaseView, ...]
    note: str
    closed_on: date | None
    closed_by: str | None


def lane_views(
    lifecycle: Lifecycle,
    activities: Sequence[Activity],
    standing: Standing,
    closed: Mapping[str, tuple[date, str]],
    today: date,
) -> tuple[LaneView, ...]:
    """Delivery and people always; the service lane where something is planned in it."""
    views: list[LaneView] = []
    for name in LANES:
        own = [activity for activity in activities if activity.lane == name]
        if name == "service" and not own:
            continue
        lane = lifecycle.lane(name)
        figures = lane_standing(own)
        phases = tuple(
            _phase(phase.name, phase.title, phase.short, [a for a in own if a.phase == phase.name], standing, today)
            for phase in lane.phases
            if any(a.phase == phase.name for a in own)
        )
        views.append(
            LaneView(
                name,
                lane.title,
                figures.progress,
                None if standing.cancelled else days_behind(figures, today),
                phases,
                _note(name, figures, standing, today),
                *closed.get(name, (None, None)),
            )
        )
    return tuple(views)


def _phase(
    name: str, title: str, short: str, activities: Sequence[Activity], standing: Standing, today: date
) -> PhaseView:
    late = any(a.state(today, cancelled=standing.cancelled) == "late" for a in activities)
    first, last = min(a.first_day for a in activities), max(a.last_day for a in activities)
    return PhaseView(name, title, short, first, last, lane_standing(activities).progress, late)


def _note(lane: str, figures: LaneStanding, standing: Standing, today: date) -> str:
    """What is remarkable about a lane, in a few words."""
    if figures.progress is None:
        return f"no {lane} plan yet"
    notes: list[str] = []
    if lane == "people":
        if standing.late_start:
            notes.append(f"late start: {late_start_said(standing.charter_on, standing.people_begin, today)}")
        elif standing.people_begin is None:
            notes.append("start unknown")
        if standing.ends_at_go_live:
            notes.append("ends at go-live")
        if standing.only_comms_and_training:
            notes.append("comms and training only")
    if figures.finished:
        notes.append("finished")
    elif figures.next_due_on and figures.next_due_on < today and not standing.cancelled:
        notes.append(f"next step was due {in_days(figures.next_due_on, today)}")
    return "; ".join(notes)
