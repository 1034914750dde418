"""The charts of a report as figures: lanes on one scale of days, use week by week, the desk's load with its band."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.report import LaneBar, LaneChart, LineChart, Mark, PhaseBar
from changedesk.domain.saying import day_month, percent, share_said
from changedesk.domain.standing import AdoptionStanding
from changedesk.services.golive.page import GoLiveView
from changedesk.services.initiative.lanes import LaneView
from changedesk.services.initiative.page import InitiativeView

LOAD_DAYS = 42
"""So many days of load, the last ones, are drawn."""


def lane_chart(view: InitiativeView) -> LaneChart:
    """The lanes with their phases, today, go-live, waves and checkpoints."""
    marks = [Mark(view.today, "today", "today")]
    if view.go_live is not None:
        marks.append(Mark(view.go_live, "live" if view.went_live else "go-live", "go_live"))
    marks += [Mark(wave.day, wave.audience, "wave") for wave in view.waves]
    for gate in view.gates:
        if gate.due is not None and gate.in_use:
            signed = sum(side.state == "signed" for side in (gate.delivery, gate.people))
            marks.append(Mark(gate.due, gate.short, "checkpoint", signed))
    said = "; ".join(f"{lane.title}: {share_said(lane.progress)} done{_behind(lane)}" for lane in view.lanes)
    return LaneChart(said, tuple(_lane(lane) for lane in view.lanes), tuple(marks))


def _lane(lane: LaneView) -> LaneBar:
    phases = tuple(
        PhaseBar(phase.title, phase.start, phase.end, phase.done, phase.late)
        for phase in lane.phases
        if phase.start is not None and phase.end is not None
    )
    share = "" if lane.progress is None else percent(100 * lane.progress)
    return LaneBar(lane.title, "; ".join(part for part in (share, lane.note) if part), phases)


def _behind(lane: LaneView) -> str:
    if not lane.days_behind:
        return ""
    return f", {abs(lane.days_behind)} d {'behind' if lane.days_behind > 0 else 'ahead'}"


def use_chart(
    levels: Sequence[tuple[date, float]], view: InitiativeView, adoption: AdoptionStanding
) -> LineChart | None:
    """Observed use over all groups, week by week; None while nothing was observed."""
    if not levels:
        return None
    goal = ""
    if adoption.target is not None:
        goal = f"goal {percent(adoption.target)}{adoption.of_whom}" + (
            f" by {day_month(adoption.by, view.today)}" if adoption.by else ""
        )
    marks = [Mark(view.go_live, "live", "go_live")] if view.go_live and view.went_live else []
    day, last = levels[-1]
    said = f"{percent(last)} use it, as seen {day_month(day, view.today)}" + (f"; {goal}" if goal else "")
    return LineChart(
        said=f"{said}. What people say of themselves is not in it.",
        unit="%",
        points=tuple(levels),
        target=adoption.target,
        target_text=goal,
        top=100,
        marks=tuple(marks),
    )


def load_chart(desk: GoLiveView) -> LineChart | None:
    """Tickets a day with the band of eight in ten days; without a band the counts alone, None without any."""
    points = desk.load.days[-LOAD_DAYS:]
    counts = [(point.day, float(point.count)) for point in points if point.count is not None]
    if not points:
        counts = [(day, float(count)) for day, count in desk.load.counted_days[-LOAD_DAYS:]][:-1]
    if not any(count for _, count in counts):
        return None
    marks = []
    if desk.go_live is not None and desk.went_live and desk.go_live >= counts[0][0]:
        marks.append(Mark(desk.go_live, "live", "go_live"))
    band = tuple((point.day, float(point.low), float(point.high)) for point in points)
    expected = "; the band holds eight of ten days that are as expected" if band else ""
    return LineChart(
        said=f"Tickets a day{expected}.", unit="tickets a day", bars=tuple(counts), band=band, marks=tuple(marks)
    )
