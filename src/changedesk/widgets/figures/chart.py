"""A chart as rows of spans: what ``charts`` draws, in the colours that its parts mean."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.charts.sheet import Chart, Run
from changedesk.widgets.canvas import Line, Look, Span
from changedesk.widgets.drawing import Draw

BOLD = frozenset("●◆○▼∙·━")
"""Marks of what was counted, and the lines of dots and of what is expected: they must stand out from bands and days."""


def chart_drawing(chart: Chart) -> Draw:
    """The drawing of a chart; plotext is loaded when it is drawn first."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        from changedesk.charts.drawing import draw as drawn

        return tuple(_joined(row) for row in drawn(chart, width, height))

    return draw


def _joined(row: Sequence[Run]) -> Line:
    """A row in as few spans as look the same: each one costs more bytes than the letters in it, and blanks have no colour."""
    spans: list[Span] = []
    for text, token, ground in row:
        look = Look(token, ground, bool(BOLD & set(text)))
        if spans and (look == spans[-1].look or not (text.strip() or spans[-1].look.ground)):
            spans[-1] = Span(spans[-1].text + text, spans[-1].look)
        else:
            spans.append(Span(text, look))
    return tuple(spans)
