"""A report as one HTML file that needs nothing else: no script, no font, no image, no request to anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from changedesk.domain.plaintext import clean
from changedesk.domain.report import (
    Block,
    Bullets,
    LaneChart,
    LineChart,
    Prose,
    Report,
    Section,
    Table,
    Verdict,
    Verdicts,
)
from changedesk.interchange.svg_lanes import lanes
from changedesk.interchange.svg_lines import lines
from changedesk.resources import data_text

_LEVELS: Final = {
    "late": "▲ Late",
    "at_risk": "◆ At risk",
    "fine": "● Fine",
    "unknown": "○ Unknown",
    "cancelled": "× Cancelled",
}
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"


def html(report: Report) -> str:
    """The report as one page."""
    return "".join(_page(report))


def _page(report: Report) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{_text(report.title)}</title>\n<style>\n{data_text('report', 'report.css')}</style>\n</head>\n<body>\n"
    yield f'<header>\n<h1>{_text(report.title)}</h1>\n<p class="subtitle">{_text(report.subtitle)}</p>\n'
    if report.headline:
        yield f'<p class="headline {_level(report.level)}">{_sign(report.level)}{_text(report.headline)}</p>\n'
    yield "</header>\n"
    for section in report.sections:
        yield from _section(section)
    yield f"<footer>{_text(report.footer)}</footer>\n</body>\n</html>\n"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{_text(section.title)}</h2>\n"
    for block in section.blocks:
        yield from _block(block)
    yield "</section>\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Prose(text=said):
            yield f"<p>{_text(said)}</p>\n"
        case Bullets():
            levels = block.levels or ("",) * len(block.items)
            items = (f"<li>{_sign(level)}{_text(item)}</li>\n" for item, level in zip(block.items, levels, strict=True))
            yield f"<ul>\n{''.join(items)}</ul>\n"
        case Table():
            yield from _table(block)
        case Verdicts():
            yield '<div class="verdicts">\n'
            for verdict in block.verdicts:
                yield from _verdict(verdict)
            yield "</div>\n"
        case LaneChart():
            yield f"<figure>\n{lanes(block)}\n<figcaption>{_text(block.said)}.</figcaption>\n</figure>\n"
        case LineChart():
            yield f"<figure>\n{lines(block)}\n<figcaption>{_text(block.said)}</figcaption>\n</figure>\n"


def _table(table: Table) -> Iterator[str]:
    yield f"<table>\n<thead><tr>{''.join(_cells('th', table.columns, table.right))}</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield f"<tr>{''.join(_cells('td', row, table.right))}</tr>\n"
    yield "</tbody>\n</table>\n"


def _cells(name: str, cells: Sequence[str], right: frozenset[int]) -> Iterator[str]:
    for number, cell in enumerate(cells):
        place = ' class="right"' if number in right else ""
        yield f"<{name}{place}>{_text(cell)}</{name}>"


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f'<div class="verdict {_level(verdict.level)}">\n<h3>{_text(verdict.question)}</h3>\n'
    yield f'<p class="answer">{_text(verdict.answer)}</p>\n<p class="because">{_text(verdict.because)}</p>\n'
    if verdict.facts:
        yield "<table>\n<tbody>\n"
        for name, value, note in verdict.facts:
            inner = ' class="inner"' if name.startswith(" ") else ""
            yield f"<tr><td{inner}>{_text(name.strip())}</td><td>{_text(value)}</td><td>{_text(note)}</td></tr>\n"
        yield "</tbody>\n</table>\n"
    yield "</div>\n"


def _sign(level: str) -> str:
    """A level as sign and word, so that it is not told by colour alone."""
    return f'<b class="{level}">{_LEVELS[level]}</b> ' if level in _LEVELS else ""


def _level(level: str) -> str:
    return level if level in _LEVELS else "unknown"


def _text(said: str) -> str:
    """Text of the desk as text and nothing else."""
    return escape(clean(said))
