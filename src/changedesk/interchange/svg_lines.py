"""A figure over days as SVG: a line or bars, what was to be expected as a band, a goal as a dashed line."""

from __future__ import annotations

from typing import Final

from changedesk.domain.report import LineChart
from changedesk.interchange.svg import GAP, WIDTH, Days, axis, drawing, line, nice_top, place, tag, text, text_width

_TOP: Final = 24.0
_HEIGHT: Final = 170.0
_LEFT: Final = 44.0


def lines(chart: LineChart) -> str:
    """The chart as one SVG element; empty without a day to show."""
    found = sorted([*chart.days(), *(mark.day for mark in chart.marks)])
    if not found:
        return ""
    days = Days(found[0], found[-1], _LEFT, WIDTH - 8)
    values = [value for _, value in (*chart.points, *chart.bars)] + [high for *_, high in chart.band]
    top = chart.top or nice_top(max(values, default=1.0))
    bottom = _TOP + _HEIGHT

    def height(value: float) -> float:
        return bottom - _HEIGHT * min(value, top) / top

    parts = [axis(days, _TOP, bottom)]
    for share in (0, 0.25, 0.5, 0.75, 1):
        value = top * share
        parts.append(line(_LEFT, height(value), WIDTH - 8, height(value), stroke="var(--rule)", stroke_width=0.7))
        if value == int(value):
            parts.append(text(_LEFT - 6, height(value) + 4, f"{value:,.0f}", text_anchor="end", fill="var(--soft)"))
    parts.append(text(0, 12, chart.unit, fill="var(--soft)"))
    if chart.band:
        upper = [(days.middle(day), height(high)) for day, _, high in chart.band]
        lower = [(days.middle(day), height(low)) for day, low, _ in reversed(chart.band)]
        parts.append(tag("polygon", points=_points([*upper, *lower]), fill="var(--service-tint)", opacity=0.9))
    wide = max(1.5, days.step * 0.62)
    for day, value in chart.bars:
        x = days.middle(day) - wide / 2
        parts.append(
            tag("rect", x=x, y=height(value), width=wide, height=bottom - height(value), fill="var(--service)")
        )
    if chart.points:
        places = [(days.middle(day), height(value)) for day, value in chart.points]
        parts.append(tag("polyline", points=_points(places), fill="none", stroke="var(--people)", stroke_width=2.2))
        parts += [tag("circle", cx=x, cy=y, r=2.4, fill="var(--people)") for x, y in places]
        parts.append(_last(chart, places[-1]))
    if chart.target is not None:
        y = height(chart.target)
        parts.append(line(_LEFT, y, WIDTH - 8, y, stroke="var(--ink)", stroke_width=1.2, stroke_dasharray="6 4"))
        parts.append(text(_LEFT + GAP, y - 5, chart.target_text, fill="var(--ink)"))
    for mark in chart.marks:
        x = days.middle(mark.day)
        after = x + 4 + text_width(mark.text) <= WIDTH
        parts.append(line(x, _TOP - 8, x, bottom, stroke="var(--ink)", stroke_width=2.0))
        parts.append(
            text(
                x + (4 if after else -4), _TOP - 10, mark.text, text_anchor="start" if after else "end", font_weight=700
            )
        )
    return drawing(bottom + 20, parts, chart.said)


def _last(chart: LineChart, at: tuple[float, float]) -> str:
    """The newest value beside its point, where there is room for it."""
    said = f"{chart.points[-1][1]:,.0f} {chart.unit}"
    x, y = at
    above = y - 9 if y > _TOP + 16 else y + 18
    return text(min(x, WIDTH - 8), above, said, text_anchor="end", font_weight=700, fill="var(--people)")


def _points(places: list[tuple[float, float]]) -> str:
    return " ".join(f"{place(x)},{place(y)}" for x, y in places)
