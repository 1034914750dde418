"""Drawing a chart with plotext: a figure of its own for each drawing, numbers on the axis, our names for its ticks.

plotext gives text with colour codes. Each meaning of a colour is one number there, and is read back from it: which colour
that is, the theme says when it is shown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from changedesk.charts.sheet import Band, Chart, Curve, DayLine, Dots, Run, Tick

LINE: Final = "•"
"""What a line is drawn with; finer are only signs that many fonts of terminals lack."""

LEFT: Final = 6
"""The columns for the names of the levels."""

LEAST_WIDTH: Final = 24
LEAST_HEIGHT: Final = 5
"""A smaller chart says nothing."""

STEPS: Final = (1, 2, 3, 4, 6, 12, 24, 48)
"""Every so many-th day is named; twelve months are whole times each of the first."""

GAP: Final = 2
"""The columns between two named days."""

PLAIN: Final = "explain"
"""What plotext writes itself, levels and days, explains."""

_CODE: Final = re.compile(r"\x1b\[([0-9;]*)m")


@lru_cache(maxsize=64)
def draw(chart: Chart, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
    """The chart as rows of runs, each at most ``width`` wide; nothing where it would be too small to read.

    The same chart in the same size is drawn once; colours are not part of it.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return ()
    words = tuple(_words(chart, width))
    return (words, *_body(chart, width, height - 1)) if words else _body(chart, width, height)


def column_of(chart: Chart, at: float, width: int) -> int:
    """The column in which a place on the axis is drawn, from 0; outside the chart it is outside 0 to ``width``."""
    room = width - LEFT
    return LEFT + round((at - chart.left) / (chart.right - chart.left) * (room - 1))


def _body(chart: Chart, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
    from plotext._figure import _figure_class

    figure: Any = _figure_class()
    # It would be cut to the terminal that the program was started in, which may not be the one it is drawn for.
    figure._limit_size(False, False)
    figure.plot_size(width, height)
    figure.frame(False)
    figure.xlim(chart.left, chart.right)
    figure.ylim(chart.low, chart.high)
    rows = height - 1
    levels = _levels(chart, rows)
    figure.yticks(levels, [_name(chart, level) for level in levels])
    ticks = _ticks_with_room(chart, width)
    figure.xticks([tick.at for tick in ticks], [tick.name for tick in ticks])
    tokens: list[str] = []
    for line in chart.lines:
        if chart.left <= line.at <= chart.right:
            spots = _column_spots(chart, rows)
            figure.scatter([line.at] * len(spots), spots, marker=line.mark, color=_colour(tokens, line.token))
    for part in chart.parts:
        _put(figure, chart, part, width - LEFT, rows, tokens)
    return tuple(tuple(_runs(text, tokens)) for text in figure.build().split("\n")[:height])


class _Figure(Protocol):
    """What of plotext's figure is used; it has no types of its own."""

    def scatter(self, x: Sequence[float], y: Sequence[float], *, marker: str, color: int) -> None:
        """Single marks."""

    def plot(self, x: Sequence[float], y: Sequence[float], *, marker: str, color: int) -> None:
        """A line."""


def _put(figure: _Figure, chart: Chart, part: Dots | Curve | Band, width: int, rows: int, tokens: list[str]) -> None:
    if isinstance(part, Band):
        spots = list(_band_spots(chart, part, width, rows))
        if spots:
            xs, ys = zip(*spots, strict=True)
            figure.scatter(xs, ys, marker=part.mark, color=_colour(tokens, part.token))
        return
    inside = [(x, y) for x, y in part.points if chart.left <= x <= chart.right]
    if isinstance(part, Dots):
        if inside:
            xs, ys = zip(*inside, strict=True)
            figure.scatter(xs, ys, marker=part.mark, color=_colour(tokens, part.token))
        return
    cut = _cut(part.points, chart.left, chart.right)
    if len(cut) > 1:
        xs, ys = zip(*_thinned(cut, 2 * width), strict=True)
        figure.plot(xs, ys, marker=part.mark or LINE, color=_colour(tokens, part.token))


def _colour(tokens: list[str], token: str) -> int:
    """The number that stands for a meaning, from 1: 0 is plotext's own ink."""
    if token not in tokens:
        tokens.append(token)
    return tokens.index(token) + 1


def _column_spots(chart: Chart, rows: int) -> list[float]:
    """The middle of every row."""
    step = (chart.high - chart.low) / max(1, rows - 1)
    return [chart.low + step * row for row in range(rows)]


def _band_spots(chart: Chart, band: Band, width: int, rows: int) -> Iterator[tuple[float, float]]:
    """One place for each cell that the band covers; where it is thinner than a cell, the nearest one."""
    if len(band.edges) < 2:
        return
    step = (chart.high - chart.low) / max(1, rows - 1)
    for column in range(width):
        x = chart.left + (chart.right - chart.left) * column / max(1, width - 1)
        between = _between(band.edges, x)
        if between is None:
            continue
        first, last = (round((level - chart.low) / step) for level in between)
        for row in range(max(0, first), min(rows - 1, last) + 1):
            yield x, chart.low + step * row


def _between(edges: Sequence[tuple[float, float, float]], x: float) -> tuple[float, float] | None:
    for (x0, low0, high0), (x1, low1, high1) in itertools.pairwise(edges):
        if x0 <= x <= x1:
            part = (x - x0) / (x1 - x0) if x1 > x0 else 0.0
            return low0 + part * (low1 - low0), high0 + part * (high1 - high0)
    return None


def _cut(points: Sequence[tuple[float, float]], left: float, right: float) -> list[tuple[float, float]]:
    """A line within the axis: where it comes in and goes out, a point on the edge."""
    found: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        if x1 < left or x0 > right or x1 <= x0:
            continue
        for x in (max(x0, left), min(x1, right)):
            point = (x, y0 + (x - x0) / (x1 - x0) * (y1 - y0))
            if not found or found[-1] != point:
                found.append(point)
    return found


def _thinned(points: Sequence[tuple[float, float]], most: int) -> list[tuple[float, float]]:
    """At most so many points: more than a chart has places for only cost time."""
    step = -(-len(points) // most)
    return [*points[:-1:step], points[-1]]


def _levels(chart: Chart, rows: int) -> tuple[float, ...]:
    """The most levels that leave a free row between two."""
    return next((some for some in chart.levels if 2 * len(some) - 1 <= rows), chart.levels[-1])


def _name(chart: Chart, level: float) -> str:
    """A level, always as wide as all others, the highest with the unit."""
    said = f"{level:g}" if abs(level) < 10_000 else f"{level / 1000:g}k"
    if level == chart.high and chart.unit:
        said = f"{said} {chart.unit}"
    return f"{said:>{LEFT - 1}} "


def _ticks_with_room(chart: Chart, width: int) -> list[Tick]:
    """The days that fit beside each other and within the edge: all of them, or evenly every second, third and so on.

    Years stay: without them nobody knows which January is meant.
    """
    inside = []
    for tick in chart.ticks:
        first = column_of(chart, tick.at, width) - len(tick.name) // 2
        if first >= LEFT and first + len(tick.name) <= width:
            inside.append((first, tick))
    year = next((place for place, (_, tick) in enumerate(inside) if tick.name.isdecimal()), 0)
    for step in STEPS:
        found = inside[year % step :: step]
        if all(after >= first + len(tick.name) + GAP for (first, tick), (after, _) in itertools.pairwise(found)):
            return [tick for _, tick in found]
    return []


def _words(chart: Chart, width: int) -> Iterator[Run]:
    """The line above the chart: what each marked day is, as far as there is room, the first of several first."""
    placed: list[tuple[int, str, DayLine]] = []
    for line in chart.lines:
        if not line.word or not chart.left <= line.at <= chart.right:
            continue
        column = column_of(chart, line.at, width)
        # Over its line, to the right of it where there is room, else to the left.
        for start in (min(column, width - len(line.word)), column - len(line.word) + 1):
            if start >= 0 and all(start > at + len(word) or start + len(line.word) < at for at, word, _ in placed):
                placed.append((start, line.word, line))
                break
    column = 0
    for start, word, line in sorted(placed, key=lambda one: one[0]):
        yield " " * (start - column), PLAIN
        yield word, line.token
        column = start + len(word)


def _runs(text: str, tokens: Sequence[str]) -> Iterator[Run]:
    """A row of plotext's text as runs of one meaning each."""
    token = PLAIN
    place = 0
    for code in _CODE.finditer(text):
        if code.start() > place:
            yield text[place : code.start()], token
        place = code.end()
        parts = code.group(1).split(";")
        if parts[:2] == ["38", "5"]:
            number = int(parts[2])
            token = tokens[number - 1] if number else PLAIN
        elif parts == ["0"]:
            token = PLAIN
    if place < len(text):
        yield text[place:], token
