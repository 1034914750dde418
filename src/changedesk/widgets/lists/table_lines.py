"""How a row of a list becomes a line: its cells at their columns, the titles above them, and the mark of the selected one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.lists.columns import Place
from changedesk.widgets.lists.rows import Column, Row
from changedesk.widgets.paint import fit_spans, ink

HERE: Final = Span("▌", Look("key"))
ELSEWHERE: Final = Span("▎", Look("explain"))
"""The mark of the selected row while the keys go to its list, and while they go elsewhere."""
STRONGER: Final = {"faint": "explain", "line": "faint"}
"""What would hardly be seen on the bar of the selected row is a step stronger there."""
EDGE: Final = 3
"""The columns that no cell takes: the mark and a blank before the row, a blank behind it."""


def title_line(columns: Sequence[Column], places: Iterable[Place]) -> list[Span]:
    """The titles of the columns, each above its cells."""
    spans = [Span("  ", Look())]
    for place in places:
        column = columns[place.column]
        spans.extend(fit_spans((ink(column.title, "explain"),), place.width, column.align))
        spans.append(Span(" " * place.gap, Look()))
    return spans


def row_line(row: Row, columns: Sequence[Column], places: Iterable[Place], width: int, mark: Span | None) -> list[Span]:
    """A row on ``width`` columns; a heading takes the whole line. Only the selected one has a ``mark``."""
    spans = [mark or Span(" ", Look()), Span(" ", Look())]
    if row.heading:
        return [*spans, *fit_spans(row.cells[0], width - EDGE)] if row.cells else spans
    for place in places:
        cell = row.cells[place.column] if place.column < len(row.cells) else ()
        spans.extend(fit_spans(cell, place.width, columns[place.column].align))
        spans.append(Span(" " * place.gap, Look()))
    return [_on_bar(span) for span in spans] if mark is HERE else spans


def _on_bar(span: Span) -> Span:
    stronger = STRONGER.get(span.look.ink)
    return span if stronger is None else Span(span.text, span.look._replace(ink=stronger))
