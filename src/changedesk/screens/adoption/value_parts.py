"""Benefits and value as drawings: the chain on one line, its three bars, each benefit's curve, and what is looked back on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from changedesk.charts.axis import round_levels
from changedesk.charts.sheet import Band, Chart, Curve, DayLine, Dots
from changedesk.domain.counted import counted, listed
from changedesk.domain.measures.benefits import clamped
from changedesk.domain.saying import day_month, percent, share_said
from changedesk.domain.usage.forecast_words import said_day
from changedesk.domain.usage.metrics import metric_of
from changedesk.domain.usage.value import BenefitView, Chain, Factor
from changedesk.keymap import Keymap
from changedesk.screens.adoption.chart import COUNTED, GOAL, LIVE, PLAN, TODAY, TREND, day_ticks
from changedesk.screens.adoption.parts import named_line
from changedesk.screens.sheet import Sheet
from changedesk.services.adoption.value import Link, ValuePage
from changedesk.widgets.canvas import Line, Look, Span, cells, first_that_fits, fit, wrap
from changedesk.widgets.lists.rows import Cell, Column, ListSource, Row, cell
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import bar, ink, width_of
from changedesk.widgets.time_window import TimeWindow

LABEL: Final = 29
BAR: Final = 12
NARROW_BAR: Final = 9
NOTE_LINES: Final = 2
"""So many lines under each link of the chain say more of it."""

ARROW: Final = " ──▶ "
TOKENS: Final = {"Approval": "delivery", "Go-live": "delivery", "Adoption": "people", "Benefit": "service"}

EXPECTED: Final = (" expected of what depends on people", " expected of it", " expected", " of it", "")
"""What the product is, as far as there is room."""

BENEFIT_COLUMNS: Final = (
    Column("Benefit", 22, share=3),
    Column("Baseline", 8, align="right"),
    Column("Now", 8, align="right"),
    Column("Target", 8, align="right"),
    Column("Unit", 16, share=1, from_width=100),
    Column("Way", BAR + 6),
    Column("Planned", 7, align="right"),
    Column("Due", 11, align="right", from_width=90),
    Column("Needs use", 9, align="right", from_width=112),
    Column("Waits for use", 13, align="right", from_width=124),
    Column("Owner", 14, share=1, from_width=100),
)


def head_line(page: ValuePage, width: int) -> Line:
    """Whose value it is; a long title gives way."""
    owner = f"outcome owner {page.outcome_owner}" if page.outcome_owner else "nobody owns the outcome"
    named = named_line(page.title, page.code, page.client, width - cells(owner))
    return (*named, ink(owner, "ink" if page.outcome_owner else "risk"))


def chain_lines(page: ValuePage, width: int, height: int) -> tuple[Line, ...]:
    """Approval, go-live, adoption and benefit on one line with their days, then the product of three bars."""
    room = (width - 3 * cells(ARROW)) // 4
    names: list[Span] = []
    days: list[Span] = []
    notes: tuple[list[Span], ...] = tuple([] for _ in range(NOTE_LINES))
    for number, link in enumerate(page.links):
        gap = ARROW if number else ""
        blank = " " * cells(gap)
        token = TOKENS[link.name]
        names += [Span(gap, Look("line")), *_padded(f"{'●' if link.done else '○'} {link.name}", room, token, bold=True)]
        days += [Span(blank, Look()), *_padded(_when(link, page.today), room, "ink" if link.done else "explain")]
        for line, said in zip(notes, _note_lines(link.said, room), strict=True):
            line += [Span(blank, Look()), *_padded(said, room, "explain")]
    rows: list[Line] = [tuple(names), tuple(days), *map(tuple, notes)]
    rows += list(_bars(page.chain, width))
    return tuple(rows[:height])


def _note_lines(text: str, room: int) -> list[str]:
    """A note on ``NOTE_LINES`` lines; what is still too long ends after a whole word."""
    lines = wrap(ink(text).text, room)
    if len(lines) > NOTE_LINES:
        lines[NOTE_LINES - 1 :] = [fit(" ".join(lines[NOTE_LINES - 1 :]), room)]
    return lines + [""] * (NOTE_LINES - len(lines))


def _padded(text: str, room: int, token: str, *, bold: bool = False) -> tuple[Span, ...]:
    said = fit(ink(text).text, room)
    return (ink(said, token, bold=bold), Span(" " * (room - cells(said)), Look()))


def _when(link: Link, today: date) -> str:
    if link.day is None:
        return "not yet"
    return said_day(link.day, today) if link.done else f"planned {said_day(link.day, today)}"


def _bars(chain: Chain, width: int) -> Iterator[Line]:
    """Speed × use × proficiency = what is to be expected of all that depends on people."""
    room = max(NARROW_BAR, (width - 40) // 4)
    line: list[Span] = []
    for number, factor in enumerate(chain.factors):
        line += [ink(" × " if number else "", "explain"), *_factor(factor, min(BAR, room))]
    product = chain.product
    line += [ink(" = ", "explain"), ink(share_said(product), bold=True)]
    line.append(ink(first_that_fits(EXPECTED, width - width_of(line)), "explain"))
    yield tuple(line)
    if (weakest := chain.weakest) is not None and product is not None:
        yield (ink(fit(f"The most is lost by {weakest.name.lower()}: {weakest.note}.", width), "explain"),)
    else:
        unknown = [factor for factor in chain.factors if factor.share is None]
        said = "; ".join(f"{factor.name.lower()} is {factor.note}" for factor in unknown)
        names = listed([factor.name.lower() for factor in unknown])
        forms = (f"Unknown as a whole: {said}.", f"Unknown as a whole while nobody knows {names}.")
        yield (ink(first_that_fits(forms, width), "explain"),)


def _factor(factor: Factor, width: int) -> tuple[Span, ...]:
    share = share_said(factor.share)
    return (
        ink(f"{factor.name} ", "explain"),
        *bar(factor.share, max(4, width - 4), "people"),
        ink(f" {share}", bold=True),
    )


def benefit_rows(page: ValuePage) -> ListSource:
    """Every benefit, and what is borne for it."""
    return ListSource(
        Row(one.benefit.id, _benefit_cells(one, page.today), number=n) for n, one in enumerate(page.benefits, 1)
    )


def _benefit_cells(one: BenefitView, today: date) -> tuple[Cell, ...]:
    benefit, way = one.benefit, one.way
    share = clamped(way)
    token = "late" if one.worse and (way or 0) > 100 else "service"
    behind = way is not None and one.way_planned is not None and way < one.way_planned - 10 and not one.worse
    shown: Cell = (
        *bar(None if share is None else share / 100, BAR, token),
        ink(f"{percent(way):>6}", "unknown" if way is None else "risk" if behind else "ink", bold=way is not None),
    )
    return (
        cell(benefit.said),
        cell(_number(benefit.baseline), "explain"),
        cell(_number(one.value), "unknown" if one.value is None else "ink", bold=one.value is not None),
        cell(_number(benefit.target), "explain"),
        cell(benefit.unit or "", "explain"),
        shown,
        cell(percent(one.way_planned), "explain"),
        cell(said_day(benefit.due, today) if benefit.due else "no day", "explain"),
        cell("?" if benefit.dependent_share is None else percent(100 * benefit.dependent_share), "explain"),
        cell(_number(one.waiting), "explain"),
        cell(benefit.owner or "nobody", "explain" if benefit.owner else "risk"),
    )


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def benefit_chart(one: BenefitView, go_live: date | None, today: date) -> Chart:
    """Realised against expected: values in the benefit's own unit."""
    days = [day for day, _ in (*one.expected, *one.seen)] + ([go_live] if go_live else [])
    window = TimeWindow.fit(days, today)
    left, right = float(window.start.toordinal()), float(window.end.toordinal())
    values = [one.benefit.baseline, one.benefit.target, *(value for _, value in one.seen)]
    expected = tuple((float(day.toordinal()), value) for day, value in one.expected)
    seen = tuple((float(day.toordinal()), value) for day, value in one.seen)
    parts: list[Dots | Curve | Band] = [
        Curve(((left, one.benefit.baseline), (right, one.benefit.baseline)), "faint", "┄"),
        Curve(((left, one.benefit.target), (right, one.benefit.target)), "ink", "┄"),
        Curve(expected, "ink", PLAN),
        Dots(expected[1:], GOAL, "ink"),
        Curve(seen, "service", TREND),
        Dots(seen, COUNTED, "service"),
    ]
    lines = [DayLine(float(today.toordinal()), TODAY, "explain", "today")]
    if go_live is not None:
        lines.insert(0, DayLine(float(go_live.toordinal()), LIVE, "ink", "go-live"))
    return Chart(left, right, tuple(parts), tuple(lines), tuple(day_ticks(window)), round_levels(values), "")


def levels_said(one: BenefitView) -> str:
    """What the two level lines of the curve are."""
    return f"┄ baseline {_number(one.benefit.baseline)} and target {_number(one.benefit.target)}"


def benefit_sentence(one: BenefitView, today: date) -> str:
    """A benefit in words: where it stands against its plan, who owns it, and what waits for people."""
    benefit = one.benefit
    unit = f" {benefit.unit}" if benefit.unit else ""
    if one.value is None or one.as_of is None:
        said = f"{benefit.name} has not been measured yet; its baseline is {_number(benefit.baseline)}{unit}"
    else:
        planned = "" if one.way_planned is None else f", {percent(one.way_planned)} planned by then"
        way = "has no way to go" if one.way is None else f"{percent(one.way)} of the way{planned}"
        said = f"{benefit.name}: {_number(one.value)}{unit} on {day_month(one.as_of, today)}, {way}"
    if one.worse:
        return f"{said}. A disbenefit: what is borne for the rest, up to {_number(benefit.target)}{unit}."
    owner = f"owned by {benefit.owner}" if benefit.owner else "nobody owns it"
    said = f"{said}; {owner}"
    if benefit.dependent_share is None:
        return f"{said}; nobody has said how much of it depends on people."
    said = f"{said}; {percent(100 * benefit.dependent_share)} of it depends on people"
    return f"{said}, {_number(one.waiting)}{unit} wait for them." if one.waiting is not None else f"{said}."


def page_lines(page: ValuePage, width: int, keymap: Keymap) -> Lines:
    """What is read below: speed to value, the looks back, objectives with their key results."""
    sheet = Sheet(width, LABEL)
    sheet.heading("How soon was it worth something?", "days until a benefit is half way")
    sheet.say("Speed to value", _speed(page), "ink" if page.speed else "unknown")
    sheet.heading("Looking back", "at whether it still holds")
    if not page.looks:
        sheet.say("", "After go-live: 30, 90, 180 and 365 days.", "unknown")
    for look in page.looks:
        label = f"after {look.days} days, {said_day(look.due, page.today)}"
        if not look.past:
            sheet.say(label, "to come", "faint")
            continue
        ways = [f"{name} {percent(way)} of the way" for name, way in look.ways]
        use = "use was not counted" if look.percent is None else f"{percent(look.percent)} use it"
        sheet.say(label, "; ".join([use, *(ways or ["no benefit was measured by then"])]))
    sheet.heading("What is it for?", "objectives with their key results, each shown by a figure of this desk")
    if not page.objectives:
        sheet.say("", f"No objective is named yet: {keymap.shown('value.objective')} names one.", "unknown")
    for objective in page.objectives:
        sheet.plain(f"{objective.name}: {objective.reached} of {counted(len(objective.results), 'key result')} reached")
        for one in objective.results:
            name = metric_of(one.figure).title.lower() if one.key_result.metric else one.figure
            figure = f"by {name}" if name else "no figure shows it"
            owner = f", {one.key_result.owner}" if one.key_result.owner else ""
            way = "unknown" if one.way is None else f"{percent(one.way)} of the way"
            sheet.say(f"  {figure}", f"{one.key_result.title}: {way}{owner}", "unknown" if one.way is None else "ink")
    return sheet.page()


def _speed(page: ValuePage) -> str:
    if page.speed is None:
        return "Known after go-live." if not page.went_live else "Unknown until a benefit is measured after go-live."
    if page.speed.censored:
        return f"{page.speed.said}: no benefit was half of the way when it was last measured"
    return f"{page.speed.said}: {page.speed.benefit}"
