"""A chart as rows of spans: what ``charts`` draws, in the colours that its parts mean."""

from __future__ import annotations

from changedesk.charts.sheet import Chart
from changedesk.widgets.canvas import Line, Look, Span
from changedesk.widgets.drawing import Draw

BOLD = frozenset("●◆○▼")
"""Marks that stand for something that was counted: they must stand out from bands and lines."""


def chart_drawing(chart: Chart) -> Draw:
    """The drawing of a chart; plotext is loaded when it is drawn first."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        from changedesk.charts.drawing import draw as drawn

        return tuple(tuple(_span(text, token) for text, token in row) for row in drawn(chart, width, height))

    return draw


def _span(text: str, token: str) -> Span:
    return Span(text, Look(token, "", bool(BOLD & set(text))))
