"""Was it delivered correctly? Scope, schedule, money, milestones, risks, checkpoints (R19, R129-R132)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.counted import counted, short_money
from changedesk.domain.data_age import age_of
from changedesk.domain.lag import delivery_behind
from changedesk.domain.material import Material
from changedesk.domain.measures.earned_value import EarnedValue
from changedesk.domain.measures.fact import Fact
from changedesk.domain.measures.milestones import MilestonesMissed, slip
from changedesk.domain.records import Activity
from changedesk.domain.saying import count, in_days, percent
from changedesk.services.initiative import facts
from changedesk.services.initiative.facts import FactColumn

UNDEFINED: Final = "n/a"
"""What has no value although its data are known: a ratio to nothing."""


def delivery_column(m: Material, figures: EarnedValue, milestones: MilestonesMissed) -> FactColumn:
    """The delivery column; ``milestones`` are those of the delivery lane."""
    answer, because = _delivered(m)
    own = m.lane("delivery")
    rows = [_scope(m, figures), _work(m, own, figures), _schedule(m, figures), _budget(m, figures)]
    rows += [_milestones(m, milestones)] if any(activity.milestone for activity in own) else []
    rows += _overdue(m)
    rows += [
        facts.risks(m, "delivery"),
        facts.signed(m, "delivery"),
        facts.owner(m.initiative.project_owner, "project owner"),
        *_origin(m),
    ]
    return FactColumn("delivery", "Was it delivered correctly?", answer, because, tuple(rows))


def _delivered(m: Material) -> tuple[str, str]:
    lane = m.standing.delivery
    behind = delivery_behind(m.standing, m.today)
    if lane.progress is None:
        return "unknown", "there is no delivery plan"
    if not lane.finished and m.standing.cancelled:
        return "cancelled", f"{percent(100 * lane.progress)} of the planned work was done, by weight"
    if not lane.finished:
        return "not yet", f"{percent(100 * lane.progress)} of the planned work is done, by weight"
    if behind is not None and behind > 0:
        return "no", f"all done, {counted(behind, 'day')} late"
    return "yes", "all planned work is done" + (", on time" if behind is not None else "")


def _scope(m: Material, figures: EarnedValue) -> Fact:
    last = next((s for s in m.snapshots if s.day == figures.scope_as_of and s.scope_total), None)
    if last is None or last.scope_done is None or last.scope_total is None:
        return Fact("Scope", "?", None, "no snapshot says", "output")
    value = f"{_amount(last.scope_done)} of {_amount(last.scope_total)}"
    share = last.scope_done / last.scope_total
    return Fact("Scope", value, share, "delivered", "output", age=age_of(last.day, m.today))


def _work(m: Material, own: Sequence[Activity], figures: EarnedValue) -> Fact:
    """The activities; how they stand to their plan is said here once the schedule is measured by money."""
    if not own:
        return Fact("Work", "?", None, "nothing planned", "output")
    done = f"{sum(a.actual_end is not None for a in own)} of {len(own)} done"
    behind = None if figures.as_of is None else delivery_behind(m.standing, m.today)
    note = "by weight" if behind is None else f"{_said(behind)} by plan" if behind else "on plan"
    level, short = m.thresholds.lag_level(behind), (_said(behind),) if behind else ()
    return Fact("Work", done, m.standing.delivery.progress, note, "output", level, shorter=short)


def _schedule(m: Material, figures: EarnedValue) -> Fact:
    """By value earned, time-based where that is defined: the other one returns to 1 as work ends, however late.

    Without any snapshot the activities say how far it is.
    """
    if figures.as_of is None:
        behind = delivery_behind(m.standing, m.today)
        if m.standing.cancelled:
            return Fact("Schedule", UNDEFINED, None, "cancelled", "output")
        value = "?" if behind is None else _said(behind) if behind else "on plan"
        level = m.thresholds.lag_level(behind)
        return Fact("Schedule", value, None, "SPI unknown: no snapshot", "output", level, shorter=("SPI unknown",))
    age = age_of(figures.as_of, m.today)
    if figures.spi_t is not None and figures.sv_t is not None:
        days = round(-figures.sv_t)
        note = f"{_said(days)} by value" if days else "as planned"
        value, level, short = (
            f"SPI(t) {figures.spi_t:.2f}",
            m.thresholds.lag_level(days),
            (_said(days),) if days else (),
        )
        return Fact("Schedule", value, None, note, "output", level, age=age, shorter=short)
    value, note = _ratio("SPI", figures.spi, figures.earned, figures.planned, "nothing was due by then")
    return Fact("Schedule", value, None, note or "by value", "output", age=age)


def _budget(m: Material, figures: EarnedValue) -> Fact:
    currency, budget = m.initiative.currency, figures.budget
    if figures.as_of is None:
        note = "no snapshot says" if budget is None else f"{short_money(budget, currency)} planned"
        return Fact("Budget", "?", None, note, "output")
    value, note = _ratio("CPI", figures.cpi, figures.earned, figures.actual, "nothing spent yet")
    level = ""
    short: tuple[str, ...] = ()
    left = figures.money_left
    if left is not None and budget is not None:
        whole = short_money(budget, currency)
        short = (f"{short_money(left)} left" if left >= 0 else f"{short_money(-left)} over",)
        note = f"{short[0]} of {whole}" if left >= 0 else f"{short[0]} {whole}"
        level = "late" if left < 0 else ""
    elif figures.actual is not None:
        short = (f"{short_money(figures.actual, currency)} spent",)
        note = f"{short[0]}, no budget"
    return Fact("Budget", value, None, note, "output", level, age=age_of(figures.as_of, m.today), shorter=short)


def _ratio(name: str, ratio: float | None, above: float | None, below: float | None, why: str) -> tuple[str, str]:
    """A ratio in words, and why it is undefined: that is not the same as unknown."""
    if ratio is not None:
        return f"{name} {ratio:.2f}", ""
    if above is not None and below == 0:
        return f"{name} {UNDEFINED}", why
    return f"{name} ?", "the snapshot does not say"


def _milestones(m: Material, milestones: MilestonesMissed) -> Fact:
    missed, planned = len(milestones.missed), sum(bool(activity.milestone) for activity in m.lane("delivery"))
    value, counted = ("none missed" if milestones.due else "none due yet"), ""
    if missed:
        value, counted = f"{percent(milestones.percent)} missed", f"{missed} of {milestones.due}: "
    late = milestones.missed or milestones.coming
    if late:
        worst = max(late, key=lambda activity: slip(activity, m.today))
        by = f"{count(slip(worst, m.today))} d late"
        note, short = f"{counted}{worst.title}, {by}", f"{by}: {worst.title}"
    else:
        note, short = f"{milestones.due} due so far, {planned} in all", f"{milestones.due} of {planned} due"
    return Fact("Milestones", value, None, note, "output", "risk" if late else "", shorter=(short,))


def _overdue(m: Material) -> list[Fact]:
    overdue = m.overdue("delivery")
    if not overdue:
        return []
    first = min(overdue, key=lambda a: a.planned_end)
    due = in_days(first.planned_end, m.today)
    note, short = f"{first.title}, due {due}", f"{due}: {first.title}"
    return [Fact("Overdue", count(len(overdue)), None, note, "output", "late", shorter=(short,))]


def _origin(m: Material) -> list[Fact]:
    """The improvement that it came from, and how much speaks for it: a service that ends in a project again (R157)."""
    if m.running is None or m.running.origin is None or m.running.service is None:
        return []
    signals = counted(len(m.running.origin.signals), "signal")
    return [Fact("Came from", m.running.service.name, None, f"{m.running.origin.title}; {signals}")]


def _amount(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def _said(days: int) -> str:
    return f"{counted(abs(days), 'day')} {'behind' if days > 0 else 'ahead'}"
