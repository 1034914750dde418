"""From one service to its figures, the chart of a figure, and what is to be better about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.charts.axis import round_levels
from changedesk.charts.sheet import Chart, Curve, DayLine, Dots, Tick
from changedesk.commands import key_to
from changedesk.domain.counted import money
from changedesk.domain.saying import MONTHS, day_month, percent, whole
from changedesk.domain.service.window import LESS_IS_BETTER, Kept, WindowFigures, level_agreed, said_metric
from changedesk.domain.words import plain
from changedesk.services.service.page import ImprovementView, ServiceView
from changedesk.values import dataclass
from changedesk.widgets.canvas import Line, Span, cells, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

FIGURE_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Figure", 20, share=2),
    Column("Now", 12, align="right"),
    Column("Agreed", 20, share=2, priority=1),
)
BETTER_COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("What falls short", 22, share=3),
    Column("Shown", 10),
    Column("How it stands", 15, share=1),
    Column("Owner", 16, from_width=110, priority=2),
)
NO_FIGURE: Final = f"Nothing is measured yet: {key_to('service.period')} adds the figures of a period."
NOTHING: Final = f"Nothing is to be better: {key_to('service.signal')} notes that the service fell short."
KEPT: Final = {"kept": ("✓", "fine"), "tolerated": ("◆", "risk"), "missed": ("✗", "late"), "unknown": ("○", "unknown")}
STATE_TOKEN: Final = {
    "proposed": "risk", "approved": "ink", "initiated": "service", "implemented": "fine", "rejected": "explain",
}  # fmt: skip
UNITS: Final = {
    "availability": "%", "csat": "%", "sla_attainment": "%", "change_down": "min", "mtrs": "h", "mttr": "h", "mtbf": "h",
}  # fmt: skip
"""In which unit the chart of a figure is; others have none."""
LEAST: Final = 0.1
"""A chart of percentages is at least so many points high."""
LIMITATION: Final = "limitation "
"""Before the key of what nobody has proposed anything for."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a service: its key, name, how it is read from a window and said, and what explains it."""

    key: str
    name: str
    value: Callable[[WindowFigures], float | None]
    say: Callable[[float | None], str]
    meaning: str


def _minutes(value: float | None) -> str:
    return whole(value, "min")


FIGURES: Final = (
    Figure(
        "csat", "Satisfied (CSAT)", lambda w: w.csat.percent if w.csat else None, percent,
        "answers of 4 or 5 of 5 among all answers",
    ),
    Figure(
        "availability", "Availability", lambda w: w.availability, lambda v: said_metric("availability", v),
        "agreed service time without downtime, agreed maintenance left out",
    ),
    Figure(
        "mtrs", "Restored after (MTRS)", lambda w: w.mtrs, lambda v: said_metric("mtrs", v),
        "mean time from the failure until it works fully again",
    ),
    Figure(
        "mttr", "Repaired after (MTTR)", lambda w: w.mttr, lambda v: said_metric("mtrs", v),
        "mean time from the failure until the repair; restoring comes after it",
    ),
    Figure(
        "mtbf", "Between failures (MTBF)", lambda w: w.mtbf.hours if w.mtbf else None, lambda v: said_metric("mtbf", v),
        "hours that it works between two failures; a lower bound with fewer than two",
    ),
    Figure(
        "sla_attainment", "Done in time (SLA)", lambda w: w.sla, percent,
        "done in time of what was due; open and late is not met",
    ),
    Figure("incidents", "Incidents", lambda w: w.value("incidents"), lambda v: said_metric("incidents", v),
        "opened in a period, over the window",),
    Figure("change_down", "Down by changes", lambda w: w.change_down_min, _minutes, "minutes that changes took it down"),
    Figure("releases", "Releases", lambda w: w.releases, whole, "features and upgrades"),
    Figure("cost", "Cost", lambda w: w.cost, whole, "what it cost to run"),
)  # fmt: skip
BY_KEY: Final = {figure.key: figure for figure in FIGURES}


def figure_rows(view: ServiceView) -> ListSource:
    """The figures of the last window, the customer's first, each beside what was agreed."""
    if not view.windows:
        return ListSource()
    last = view.windows[-1]
    kept = {one.agreement.metric: one for one in sorted(view.agreements, key=lambda one: one.state != "missed")}
    currency = view.service.currency
    return ListSource(
        Row(figure.key, _figure_cells(figure, last, kept.get(figure.key), currency)) for figure in FIGURES
    )


def _figure_cells(
    figure: Figure, last: WindowFigures, kept: Kept | None, currency: str | None
) -> tuple[tuple[Span, ...], ...]:
    sign, token = KEPT[kept.state] if kept else ("", "faint")
    value = figure.value(last)
    said = figure.say(value)
    if figure.key == "mtbf" and last.mtbf is not None and last.mtbf.at_least:
        said = f"over {said}"
    if figure.key == "cost" and value is not None:
        said = money(value, currency)
    agreed = "" if kept is None else _agreed(kept)
    return cell(sign, token), cell(figure.name), cell(said, "unknown" if value is None else "ink"), cell(agreed, token)


def _agreed(kept: Kept) -> str:
    agreement = kept.agreement
    side = "at most" if agreement.metric in LESS_IS_BETTER else "at least"
    return f"{agreement.kind} {side} {said_metric(agreement.metric, agreement.target)}"


def figure_detail(view: ServiceView | None, key: str, width: int) -> tuple[Line, ...]:
    """What the selected figure means, and over which time it is."""
    if view is None or not view.windows or key not in BY_KEY:
        return ()
    last = view.windows[-1]
    period = f"{day_month(last.start, view.today)} to {day_month(last.end, view.today)}"
    said = [f"{BY_KEY[key].name}: {BY_KEY[key].meaning}; {period}."]
    said += [f"{_agreed(one)}{one.agreement.with_whom}." for one in view.agreements if one.agreement.metric == key]
    if key == "csat" and last.csat is not None:
        rate = "" if last.csat.response is None else f", {last.csat.response:.0f} % of those asked"
        said.append(f"{last.csat.n:,} answers{rate}.")
    if key == "mtbf" and view.mtbsi is not None:
        said.append(f"Between two incidents (MTBSI): {view.mtbsi.hours:,.1f} h.")
    if key == "incidents":
        said += _incidents(view)
    if key == "cost":
        said += _cost(view, last)
    return tuple((ink(line, "explain"),) for line in wrap(ink(" ".join(said)).text, width))


def _incidents(view: ServiceView) -> Iterator[str]:
    if view.incident_reduction is not None:
        fewer = "fewer" if view.incident_reduction >= 0 else "more"
        yield f"{abs(view.incident_reduction):.0f} % {fewer} than half a year before."
    if view.repeat_ratio is not None:
        yield f"{100 * view.repeat_ratio:.0f} % had come before."
    if view.resolution is not None:
        yield f"Half solved in {view.resolution.median:.0f} h, 9 of 10 in {view.resolution.p90:.0f} h."


def _cost(view: ServiceView, last: WindowFigures) -> Iterator[str]:
    if last.cost_error is not None:
        yield f"Planned run cost was {last.cost_error.error:.0f} % off."
    cost = view.total_cost
    if cost is not None:
        least = f"at least, {', '.join(cost.unknown)} unknown: " if cost.at_least else ""
        yield f"Total cost over {cost.months} months: {least}{money(cost.amount, cost.currency)}."


def chart_of(view: ServiceView, key: str) -> Chart | None:
    """A figure of every window by its end, what was agreed as a line, and the go-lives of its initiatives."""
    figure = BY_KEY.get(key)
    if figure is None:
        return None
    points = tuple(
        (float(window.end.toordinal()), value) for window in view.windows if (value := figure.value(window)) is not None
    )
    if len(points) < 2:
        return None
    # Half a period at both sides, so that the first and the last have room for their names.
    spare = (points[-1][0] - points[0][0]) / (len(points) - 1) / 2
    left, right = points[0][0] - spare, points[-1][0] + spare
    target = level_agreed(view.agreements, key)
    agreed = () if target is None else (Curve(((left, target), (right, target)), "ink", "┄"),)
    values = [*(y for _, y in points), *(() if target is None else (target,))]
    if UNITS.get(key) == "%":
        # What is always at the whole has a height of its own, and none above it.
        values.append(max(0.0, max(values) - LEAST))
    parts: tuple[Dots | Curve, ...] = (*agreed, Curve(points, "service"), Dots(points, "●", "service"))
    return Chart(
        left,
        right,
        parts,
        tuple(_lines(view, left, right)),
        tuple(_ticks(points)),
        round_levels(values),
        UNITS.get(key, ""),
    )


def _lines(view: ServiceView, left: float, right: float) -> Iterator[DayLine]:
    today = float(view.today.toordinal())
    if left <= today <= right:
        yield DayLine(today, "│", "faint")


def _ticks(points: Sequence[tuple[float, float]]) -> Iterator[Tick]:
    """Each period by the month that it ends in; by its last day where several end in one month."""
    ends = [date.fromordinal(int(at)) for at, _ in points]
    monthly = len({(day.year, day.month) for day in ends}) == len(ends)
    for (at, _), day in zip(points, ends, strict=True):
        month = MONTHS[day.month - 1]
        yield Tick(at, month if monthly else f"{day.day} {month}")


def better_rows(view: ServiceView) -> ListSource:
    """What falls short: what nobody has proposed anything for first, then the register."""
    return ListSource(_better(view))


def _better(view: ServiceView) -> Iterator[Row]:
    for one in view.limitations:
        found = one.recurrence
        token = "late" if found.systemic else "explain"
        yield Row(
            f"{LIMITATION}{one.limitation}",
            (
                cell("▲" if found.systemic else "·", token),
                cell(one.limitation),
                cell(f"{found.count} times", token),
                cell("not proposed", "risk"),
                cell("", "explain"),
            ),
        )
    for better in view.improvements:
        improvement, found = better.improvement, better.recurrence
        token = STATE_TOKEN[improvement.state]
        overdue = (
            improvement.due is not None
            and improvement.due < view.today
            and improvement.state in ("approved", "initiated")
        )
        state = improvement.initiative if improvement.state == "initiated" and improvement.initiative else None
        said = f"{improvement.state}{f': {state}' if state else ''}{', overdue' if overdue else ''}"
        yield Row(
            improvement.id,
            (
                cell("▲" if overdue else "◆" if improvement.state == "proposed" else "·", "late" if overdue else token),
                cell(improvement.title),
                cell("systemic" if found.systemic else "incidental", "late" if found.systemic else "explain"),
                cell(said, "late" if overdue else token),
                cell(improvement.owner or "nobody", "explain" if improvement.owner else "unknown"),
            ),
        )


def better_detail(view: ServiceView | None, key: str, width: int) -> tuple[Line, ...]:
    """What speaks for the selected improvement, and what stands before its next step."""
    if view is None:
        return ()
    if key.startswith(LIMITATION):
        limit = next((one for one in view.limitations if f"{LIMITATION}{one.limitation}" == key), None)
        if limit is None:
            return ()
        said = f"{limit.limitation} is {limit.recurrence.sentence}. Enter proposes an improvement for it."
    else:
        found = next((one for one in view.improvements if one.improvement.id == key), None)
        if found is None:
            return ()
        said = f"{found.improvement.title} is {found.recurrence.sentence}. {_following(found)}"
    return tuple((ink(line, "explain"),) for line in wrap(ink(said).text, width))


def _following(one: ImprovementView) -> str:
    improvement = one.improvement
    match improvement.state:
        case "proposed":
            return "Enter approves it." if one.refused_approval is None else f"Not yet: {one.refused_approval}."
        case "approved":
            return "An initiative can be made of it; enter says that it is implemented."
        case "initiated":
            return f"It became {improvement.initiative}; enter says that it is implemented."
        case "implemented":
            return f"It was shown by: {improvement.evidence}."
        case _:
            return f"It was rejected: {improvement.reason}."


def signals_said(view: ServiceView) -> str:
    """Planned against implemented."""
    register = view.register
    share = "" if register.share is None else f", {percent(100 * register.share)} implemented"
    return f"{register.planned} planned{share}"


def state_said(view: ServiceView, room: int) -> str:
    """Where the service is in its life, and the objective that it serves where there is room to say it."""
    said = f"phase {plain(view.service.state)} · owned by {view.service.owner or 'nobody'}"
    serves = f"{said} · serves: {view.service.objective}" if view.service.objective else said
    return serves if cells(serves) <= room else said
