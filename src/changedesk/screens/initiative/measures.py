"""The page of measures: the project's figures, what lasts after it, what nobody looks at, and how it came to slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from changedesk.domain.counted import counted, money
from changedesk.domain.data_age import age_of, is_stale, said_age
from changedesk.domain.measures.earned_value import EarnedValue
from changedesk.domain.measures.extended import Side
from changedesk.domain.measures.risks import RiskTotal
from changedesk.domain.saying import day_month, percent, signed_days
from changedesk.screens.preview import Preview
from changedesk.services.initiative.measures import Measures
from changedesk.widgets.canvas import Line, Span, fit, wrap
from changedesk.widgets.page import Lines
from changedesk.widgets.paint import fit_spans, ink

HEAVY: Final = 80
"""From this weight on a blind spot is marked as a risk."""
GAP: Final = 2
KIND: Final = 16
"""The columns for the kind of a constraint and its sign."""
HEARD: Final = 6
"""So much resistance is listed, what was heard last first."""
UNDEFINED: Final = "n/a"


def measures_page(title: str, measures: Measures) -> Preview:
    """All measures of one initiative as a page to read."""
    return Preview(f"Measures: {title}", lambda width: measures_lines(measures, width), ())


def measures_lines(measures: Measures, width: int) -> Lines:
    """The lines of the page for a width."""
    lines: list[Sequence[Span]] = []
    for section in (_extended, _blind_spots, _constraints, _chains, _heard, _risks, _decisions, _figures):
        lines += [*section(measures, width), ()]
    return lines[:-1]


def _heading(text: str, width: int, explained: str = "") -> Iterator[Line]:
    spans = [ink(text, bold=True), ink(f"  {explained}" if explained else "", "explain")]
    yield tuple(fit_spans(spans, width))


def _text(text: str, width: int, token: str = "ink", indent: int = 2) -> Iterator[Line]:
    for line in wrap(text, width - indent):
        yield ink(" " * indent), ink(line, token)


def _marked(glyph: str, glyph_token: str, text: str, width: int) -> Iterator[Line]:
    for number, line in enumerate(wrap(text, width - 2)):
        yield ink(f"{glyph} " if number == 0 else "  ", glyph_token), ink(line)


# --- the six measures, each twice


def _extended(measures: Measures, width: int) -> Iterator[Line]:
    half = (width - GAP) // 2
    heads = ("What the project is judged by", "What lasts after it")
    yield _beside(ink(heads[0], "delivery", bold=True), ink(heads[1], "people", bold=True), half)
    for measure in measures.extended:
        left = list(_side(measure.name, measure.project, measures, half))
        right = list(_side(measure.lasting_name, measure.lasting, measures, width - half - GAP))
        for number in range(max(len(left), len(right))):
            first = left[number] if number < len(left) else ()
            second = right[number] if number < len(right) else ()
            yield (*fit_spans(first, half), ink(" " * GAP), *second)


def _beside(left: Span, right: Span, half: int) -> Line:
    return (*fit_spans((left,), half), ink(" " * GAP), right)


def _side(name: str, side: Side, measures: Measures, width: int) -> Iterator[Line]:
    yield (ink(fit(name, width), "explain"),)
    age = None if side.event else age_of(side.as_of, measures.today)
    value = wrap(side.value, width - 2)
    for number, text in enumerate(value):
        last = number == len(value) - 1
        old = said_age(age) if last else ""
        line: Line = (ink("  "), ink(text, "ink" if side.known else "unknown", bold=side.known))
        aged: Line = (ink("  "), ink(old, "risk" if is_stale(age) else "explain"))
        if old and len(text) + len(old) + 4 > width:
            yield line
            yield aged
        else:
            yield (*line, *aged) if old else line
    yield from _text(side.note, width, "explain")


# --- what nobody looks at, and what came of what


def _blind_spots(measures: Measures, width: int) -> Iterator[Line]:
    spots = measures.blind_spots
    if not spots:
        why = "it was cancelled" if measures.cancelled else "everything that should be known is known"
        yield from _heading("Blind spots", width, f"none: {why}")
        return
    yield from _heading("Blind spots", width, f"{len(spots)}, the heaviest first")
    for spot in spots:
        heavy = spot.weight >= HEAVY
        yield from _marked("◆" if heavy else "○", "risk" if heavy else "unknown", spot.sentence, width)
        yield from _text(spot.to_do, width, "explain")


def _constraints(measures: Measures, width: int) -> Iterator[Line]:
    if not measures.constraints:
        why = "none: it was cancelled" if measures.cancelled else "none is known: nothing is planned or promised yet"
        yield from _heading("Constraints", width, why)
        return
    yield from _heading("Constraints", width, "what there is too little of, and days that were promised")
    said = ""
    for one in measures.constraints:
        name = one.kind if one.kind != said else ""
        said = one.kind
        for number, text in enumerate(wrap(one.sentence, width - KIND)):
            head = f"{name if number == 0 else '':<{KIND - 2}}"
            sign = ("◆" if one.tight else "·") if number == 0 else " "
            yield ink(head, "explain"), ink(f"{sign} ", "risk" if one.tight else "explain"), ink(text)


def _chains(measures: Measures, width: int) -> Iterator[Line]:
    if not measures.chains:
        yield from _heading("How resistance moved the plan", width, "no resistance has an issue or a milestone yet")
        return
    yield from _heading("How resistance moved the plan", width)
    for chain in measures.chains:
        slipped = chain.slip_days is not None and chain.slip_days > 0
        yield from _marked("▲" if slipped else "·", "late" if slipped else "explain", " → ".join(chain.steps), width)


def _heard(measures: Measures, width: int) -> Iterator[Line]:
    if not measures.heard:
        yield from _heading("How early resistance was heard", width, "none is open")
        return
    yield from _heading("How early resistance was heard", width, "the earlier, the more can be done")
    for one in measures.heard[:HEARD]:
        open_end = one.resistance.action is None
        yield from _marked("◆" if open_end else "·", "risk" if open_end else "explain", one.sentence, width)
    left = len(measures.heard) - HEARD
    if left > 0:
        yield from _text(f"and {left} more, heard earlier", width, "explain")


def _risks(measures: Measures, width: int) -> Iterator[Line]:
    yield from _heading("Risks", width, "two totals: what may go wrong with the delivery, and with the adoption")
    for total in measures.risk_totals:
        yield from _marked("·", "delivery" if total.kind == "delivery" else "people", risk_sentence(total), width)


def risk_sentence(total: RiskTotal) -> str:
    """A kind's total in one sentence."""
    kind = total.kind.capitalize()
    if not total.named:
        return f"{kind}: unknown, no {total.kind} risk was ever named"
    if not total.open:
        return f"{kind}: 0, none is open, {total.named} closed"
    score = "unknown, nothing is rated" if total.total is None else f"{total.total}"
    said = f"{kind}: {score}, {total.open} open"
    said += f", {total.unscored} not rated" if total.unscored and total.total is not None else ""
    return said + (f"; worst: {total.worst.title} ({total.band}, {total.worst.score})" if total.worst else "")


def _decisions(measures: Measures, width: int) -> Iterator[Line]:
    waiting = measures.waiting
    if not waiting:
        yield from _heading("Decisions", width, "none waits for an acknowledgement")
        return
    yield from _heading("Decisions", width, f"{counted(len(waiting), 'waits', 'wait')} for an acknowledgement")
    for view in waiting:
        yield from _marked("◆", "risk", view.waits_for or "", width)


# --- the project's figures


def _figures(measures: Measures, width: int) -> Iterator[Line]:
    figures = measures.figures
    if figures.as_of is None:
        yield from _heading("The project's figures", width, "unknown until a snapshot says planned, earned and spent")
        return
    age = said_age(figures.age)
    when = f"as of {day_month(figures.as_of, measures.today)}" + (f", {age}" if age else "")
    yield tuple(
        fit_spans(
            (ink("The project's figures", bold=True), ink(f"  {when}", "risk" if is_stale(figures.age) else "explain")),
            width,
        )
    )
    for name, value, meaning in figure_rows(figures, measures.currency):
        for number, text in enumerate(wrap(meaning, width - 34)):
            label = f"  {name:<10}" if number == 0 else " " * 12
            shown = f"{value:>18}  " if number == 0 else " " * 20
            yield ink(label, "explain"), ink(shown), ink(text, "explain")


def figure_rows(figures: EarnedValue, currency: str | None) -> tuple[tuple[str, str, str], ...]:
    """Each figure with its name, its value in words, and what it means; ``n/a`` is undefined, ``?`` unknown."""

    def ratio(value: float | None, above: float | None, below: float | None) -> str:
        if value is not None:
            return f"{value:.2f}"
        return UNDEFINED if above is not None and below == 0 else "?"

    def amount(value: float | None) -> str:
        return money(value, currency)

    f = figures
    off = None if f.budget_deviation is None else f"{f.budget_deviation:+.0f} %".replace("+0", "0").replace("-0", "0")
    spent_up = f.budget is not None and f.actual is not None and f.actual >= f.budget
    none_planned = f.actual is not None and f.planned == 0
    return (
        ("SV", amount(f.sv), "earned minus planned"),
        ("SPI", ratio(f.spi, f.earned, f.planned), "earned / planned"),
        (
            "SV(t)",
            "?" if f.sv_t is None else signed_days(round(f.sv_t)),
            "days ahead (+) or behind (-) by value earned",
        ),
        ("SPI(t)", "?" if f.spi_t is None else f"{f.spi_t:.2f}", "the time planned for it / the time it took"),
        ("CV", amount(f.cv), "earned minus spent"),
        ("CPI", ratio(f.cpi, f.earned, f.actual), "earned / spent"),
        ("EAC", UNDEFINED if f.cpi == 0 else amount(f.eac), "what all of it will cost at this rate"),
        (
            "TCPI",
            UNDEFINED if f.tcpi is None and spent_up else ratio(f.tcpi, None, None),
            "the rate that the rest must reach",
        ),
        ("Deviation", off or (UNDEFINED if none_planned else "?"), "spent against what was planned by now"),
        ("Left", amount(f.money_left), "of the budget"),
        ("Scope", percent(f.scope), "delivered"),
    )
