"""Earned schedule: the time at which the plan wanted what is earned by now (R130, DOMAIN 1.3).

W. Lipke, "Schedule is Different", The Measurable News, 2003: ES is where the plan's curve reaches EV, read between two
snapshots on a straight line. SV(t) = ES - AT and SPI(t) = ES / AT, with AT the time that has passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.working import Snapshot


def earned_days(
    snapshots: Sequence[Snapshot],
    earned: float,
    budget: float | None,
    charter_on: date | None,
    planned_finish: date | None,
) -> tuple[int | None, float | None]:
    """The days that have passed (AT) and the days' worth of plan that is earned (ES), both from the day it began.

    ``snapshots`` in the order of their days; the last one is the day it is asked for. It began with the charter, at
    nothing planned, or else with the first snapshot that has a planned value. ``budget`` and ``planned_finish`` are
    where the plan ends. A value that the known plan never wanted has no ES: None.
    """
    curve = _curve(snapshots, charter_on)
    if not curve:
        return None, None
    began = curve[0][0]
    passed = (snapshots[-1].day - began).days
    total = budget
    if planned_finish is not None:
        if planned_finish <= curve[-1][0]:
            total = curve[-1][1]
        elif budget is not None and budget >= curve[-1][1]:
            curve.append((planned_finish, budget))
    wanted = earned if total is None else min(earned, total)
    reached = _reached(curve, wanted, first=wanted == total)
    return passed, None if reached is None else reached - began.toordinal()


def _curve(snapshots: Sequence[Snapshot], charter_on: date | None) -> list[tuple[date, float]]:
    """The planned values by day, never falling: where a later snapshot says less, the plan had changed, and it is right."""
    points = [(s.day, s.planned_value) for s in snapshots if s.planned_value is not None]
    if points and charter_on is not None and charter_on < points[0][0]:
        points.insert(0, (charter_on, 0.0))
    curve: list[tuple[date, float]] = []
    least = float("inf")
    for day, value in reversed(points):
        least = min(least, value)
        curve.insert(0, (day, least))
    return curve


def _reached(curve: Sequence[tuple[date, float]], wanted: float, *, first: bool) -> float | None:
    """The day, as an ordinal with a fraction, on which the curve has ``wanted``.

    Where the plan stands still the last such day counts, since nothing more was wanted until then; ``first`` asks for
    the first, which is right for the end of the plan.
    """
    if not curve[0][1] <= wanted <= curve[-1][1]:
        return None
    level = [day for day, value in curve if value == wanted]
    if level:
        return float((level[0] if first else level[-1]).toordinal())
    after = next(n for n, (_, value) in enumerate(curve) if value > wanted)
    (since, low), (until, high) = curve[after - 1], curve[after]
    return since.toordinal() + (wanted - low) / (high - low) * (until - since).days
