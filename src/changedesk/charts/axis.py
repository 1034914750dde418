"""What is named along the axes of a chart: levels at its side, days below it, and above it what a marked day is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import ceil, floor, log10
from typing import Final
from unicodedata import combining, east_asian_width

from changedesk.charts.sheet import Chart, DayLine, Run, Tick

LEFT: Final = 6
"""The columns for the names of the levels."""

STEPS: Final = (1, 2, 3, 4, 6, 12, 24, 48)
"""Every so many-th day is named; twelve months are whole times each of the first."""

GAP: Final = 2
"""The columns between two named days."""

PLAIN: Final = "explain"
"""What is written around a chart, levels and days, explains."""

_Word = tuple[int, DayLine]
"""From which column on the word of a marked day stands."""


def column_of(chart: Chart, at: float, width: int) -> int:
    """The column in which a place on the axis is drawn, from 0; outside the chart it is outside 0 to ``width``."""
    room = width - LEFT
    return LEFT + round((at - chart.left) / (chart.right - chart.left) * (room - 1))


def ticks_with_room(chart: Chart, width: int) -> list[Tick]:
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


def columns(word: str) -> int:
    """How many columns of the terminal a word takes: a sign of the Far East two, a mark on a letter none."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in word)


def words(chart: Chart, width: int, most: int) -> tuple[tuple[Run, ...], ...]:
    """The lines above the chart, at most so many: what each marked day is, as far as there is room, the first first."""
    lines: list[list[_Word]] = []
    for day in chart.lines:
        if not day.word or not chart.left <= day.at <= chart.right:
            continue
        column = column_of(chart, day.at, width)
        # Over its day, to the right of it where there is room, else to the left, else so in a line over that; close to
        # another only where it would have no place at all.
        over: list[list[_Word]] = [*lines, *([[]] if len(lines) < most else [])]
        for gap, line in itertools.product((GAP, 1), over):
            start = _start(day.word, column, width, line, gap)
            if start is not None:
                line.append((start, day))
                if len(line) == 1:
                    lines.append(line)
                break
    return tuple(tuple(_spread(line)) for line in reversed(lines))


def _start(word: str, column: int, width: int, placed: Sequence[_Word], gap: int) -> int | None:
    """From which column on a word has room beside those that stand there, ``gap`` away; None where it has none."""
    for start in (min(column, width - columns(word)), column - columns(word) + 1):
        if start >= 0 and all(
            start >= at + columns(day.word) + gap or start + columns(word) + gap <= at for at, day in placed
        ):
            return start
    return None


def _spread(placed: Sequence[_Word]) -> Iterator[Run]:
    column = 0
    for start, day in sorted(placed, key=lambda one: one[0]):
        yield Run(" " * (start - column), PLAIN)
        yield Run(day.word, day.token)
        column = start + columns(day.word)


def round_levels(values: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """Round levels around some values: steps of 1, 2 or 5 times a power of ten, about five of them, then only the ends."""
    low, high = min(values), max(values)
    rough = (high - low or abs(high) or 1.0) / 4
    power = 10.0 ** floor(log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    first, last = floor(low / step), ceil(high / step)
    last = max(last, first + 1)
    many = tuple(round(step * n, 10) for n in range(first, last + 1))
    return many, (many[0], many[-1])
