"""Drawing a chart with plotext: a figure of its own for each drawing, numbers on the axis, our names for its ticks.

plotext gives text with colour codes. Each meaning of a colour is one number there, and is read back from it: which colour
that is, the theme says when it is shown.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from changedesk.charts.axis import LEFT, PLAIN, ticks_with_room, words
from changedesk.charts.sheet import Band, Chart, Curve, Dots, Run

LINE: Final = "•"
"""What a line is drawn with; finer are only signs that many fonts of terminals lack."""

LEAST_WIDTH: Final = 24
LEAST_HEIGHT: Final = 5
"""A smaller chart says nothing."""

ROOMY: Final = 14
"""From so many rows on, words that have no room beside others stand in a line over them."""

_CODE: Final = re.compile(r"\x1b\[([0-9;]*)m")


@lru_cache(maxsize=64)
def draw(chart: Chart, width: int, height: int) -> tuple[tuple[Run, ...], ...]:
    """The chart as rows of runs, each at most ``width`` wide; nothing where it would be too small to read.

    The same chart in the same size is drawn once; colours are not part of it.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return ()
    over = words(chart, width, 2 if height >= ROOMY else 1)
    return (*over, *_body(chart, width, height - len(over)))


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
    ticks = ticks_with_room(chart, width)
    figure.xticks([tick.at for tick in ticks], [tick.name for tick in ticks])
    tokens: list[str] = []
    for line in chart.lines:
        if chart.left <= line.at <= chart.right:
            figure.scatter([line.at] * rows, _heights(chart, rows), marker=line.mark, color=_colour(tokens, line.token))
    marks: set[str] = set()
    grounds: dict[int, dict[int, str]] = {}
    for part in chart.parts:
        if isinstance(part, Band):
            marks.add(part.mark)
            cells = list(_cells(chart, part, width - LEFT, rows))
            _shade(figure, chart, part, cells, width - LEFT, rows, tokens)
            for column, row in cells:
                grounds.setdefault(rows - 1 - row, {})[LEFT + column] = part.ground
        else:
            _put(figure, chart, part, width - LEFT, tokens)
    lines = figure.build().split("\n")[:height]
    return tuple(_grounded(_runs(text, tokens), grounds.get(y, {}), marks) for y, text in enumerate(lines))


class _Figure(Protocol):
    """What of plotext's figure is used; it has no types of its own."""

    def scatter(self, x: Sequence[float], y: Sequence[float], *, marker: str, color: int) -> None:
        """Single marks."""

    def plot(self, x: Sequence[float], y: Sequence[float], *, marker: str, color: int) -> None:
        """A line."""


def _shade(
    figure: _Figure,
    chart: Chart,
    band: Band,
    cells: Sequence[tuple[int, int]],
    width: int,
    rows: int,
    tokens: list[str],
) -> None:
    if cells:
        heights = _heights(chart, rows)
        xs = [_place(chart, column, width) for column, _ in cells]
        figure.scatter(xs, [heights[row] for _, row in cells], marker=band.mark, color=_colour(tokens, band.token))


def _put(figure: _Figure, chart: Chart, part: Dots | Curve, width: int, tokens: list[str]) -> None:
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


def _heights(chart: Chart, rows: int) -> list[float]:
    """The middle of every row."""
    step = (chart.high - chart.low) / max(1, rows - 1)
    return [chart.low + step * row for row in range(rows)]


def _cells(chart: Chart, band: Band, width: int, rows: int) -> Iterator[tuple[int, int]]:
    """The cells that the band covers, from the left and from below; where it is thinner than a cell, the nearest one."""
    if len(band.edges) < 2:
        return
    step = (chart.high - chart.low) / max(1, rows - 1)
    for column in range(width):
        between = _between(band.edges, _place(chart, column, width))
        if between is None:
            continue
        first, last = (round((level - chart.low) / step) for level in between)
        for row in range(max(0, first), min(rows - 1, last) + 1):
            yield column, row


def _place(chart: Chart, column: int, width: int) -> float:
    """Where on the axis a column lies."""
    return chart.left + (chart.right - chart.left) * column / max(1, width - 1)


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
    """A level, always as wide as all others, the highest with the unit where there is room."""
    said = f"{level:g}" if abs(level) < 10_000 else f"{level / 1000:g}k"
    with_unit = f"{said} {chart.unit}"
    if level == chart.high and chart.unit and len(with_unit) < LEFT:
        said = with_unit
    return f"{said:>{LEFT - 1}} "


def _runs(text: str, tokens: Sequence[str]) -> Iterator[Run]:
    """A row of plotext's text as runs of one meaning each."""
    token = PLAIN
    place = 0
    for code in _CODE.finditer(text):
        if code.start() > place:
            yield Run(text[place : code.start()], token)
        place = code.end()
        parts = code.group(1).split(";")
        if parts[:2] == ["38", "5"]:
            number = int(parts[2])
            token = tokens[number - 1] if number else PLAIN
        elif parts == ["0"]:
            token = PLAIN
    if place < len(text):
        yield Run(text[place:], token)


def _grounded(runs: Iterable[Run], grounds: Mapping[int, str], marks: Collection[str]) -> tuple[Run, ...]:
    """A row with a ground behind what is drawn over a band, so that it leaves no hole in it."""
    found: list[Run] = []
    column = 0
    for text, token, _ in runs:
        behind = [
            "" if sign in marks or sign.isspace() else grounds.get(at, "") for at, sign in enumerate(text, start=column)
        ]
        column += len(text)
        place = 0
        for ground, same in itertools.groupby(behind):
            size = len(list(same))
            found.append(Run(text[place : place + size], token, ground))
            place += size
    return tuple(found)
