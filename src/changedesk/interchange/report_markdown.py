"""A report as Markdown: headings, tables and sentences; a chart as the table of what it shows.

What comes from the desk is never markup: every sign that Markdown could take for its own is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from changedesk.domain.report import Block, Bullets, LaneChart, LineChart, Prose, Report, Section, Table, Verdicts
from changedesk.domain.saying import day_month, share_said
from changedesk.interchange.markdown_text import escaped

_LEVELS: Final = {
    "late": "late",
    "at_risk": "at risk",
    "fine": "fine",
    "unknown": "unknown",
    "cancelled": "cancelled",
}
_SHOWN: Final = 12
"""So many points of a line, the last ones, stand in its table."""


def markdown(report: Report) -> str:
    """The report as one text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield escaped(report.subtitle)
    if report.headline:
        yield ""
        level = f"**{_LEVELS[report.level].capitalize()}**: " if report.level in _LEVELS else ""
        yield f"{level}{escaped(report.headline)}"
    for section in report.sections:
        yield from _section(section, report.today)
    yield ""
    yield "---"
    yield ""
    yield escaped(report.footer)


def _section(section: Section, today: date) -> Iterator[str]:
    yield ""
    yield f"## {escaped(section.title)}"
    for block in section.blocks:
        yield ""
        yield from _block(block, today)


def _block(block: Block, today: date) -> Iterator[str]:
    match block:
        case Prose(text=text):
            yield escaped(text)
        case Bullets():
            levels = block.levels or ("",) * len(block.items)
            for item, level in zip(block.items, levels, strict=True):
                word = f"{_LEVELS[level]}: " if level in _LEVELS else ""
                yield f"- {word}{escaped(item)}"
        case Table():
            yield from _table(block)
        case Verdicts():
            yield from _verdicts(block)
        case LaneChart():
            yield from _lanes(block, today)
        case LineChart():
            yield from _line(block, today)


def _table(table: Table) -> Iterator[str]:
    yield _row(table.columns)
    yield _row(tuple("---:" if n in table.right else "---" for n in range(len(table.columns))), raw=True)
    for row in table.rows:
        yield _row(row)


def _row(cells: Sequence[str], *, raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else escaped(cell) for cell in cells) + " |"


def _verdicts(block: Verdicts) -> Iterator[str]:
    for number, verdict in enumerate(block.verdicts):
        if number:
            yield ""
        yield f"**{escaped(verdict.question)} {escaped(verdict.answer)}**: {escaped(verdict.because)}"
        if verdict.facts:
            yield ""
            yield from _table(
                Table(("", "", ""), tuple((name.strip(), value, note) for name, value, note in verdict.facts))
            )


def _lanes(chart: LaneChart, today: date) -> Iterator[str]:
    rows = [
        (
            lane.title,
            phase.title,
            f"{day_month(phase.start, today)} to {day_month(phase.end, today)}",
            _done(phase.done, late=phase.late),
        )
        for lane in chart.lanes
        for phase in lane.phases
    ]
    yield from _table(Table(("Lane", "Phase", "When", "Done"), tuple(rows), frozenset({3})))
    yield ""
    yield escaped(f"{chart.said}.")


def _line(chart: LineChart, today: date) -> Iterator[str]:
    yield escaped(chart.said)
    shown = (chart.points or chart.bars)[-_SHOWN:]
    band = {day: f"{low:,.0f} to {high:,.0f}" for day, low, high in chart.band}
    yield ""
    columns = ("Day", chart.unit, "to be expected") if band else ("Day", chart.unit)
    rows = [(day_month(day, today), f"{value:,.0f}", *((band.get(day, ""),) if band else ())) for day, value in shown]
    yield from _table(Table(columns, tuple(rows), frozenset({1, 2} if band else {1})))


def _done(done: float | None, *, late: bool) -> str:
    said = share_said(done)
    return f"{said}, late" if late else said
