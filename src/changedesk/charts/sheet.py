"""What a chart is made of: series of points in days and percent, bands between two lines, and days that are marked.

Every part has a ``token``, the meaning of its colour, and a mark of its own: a chart must be read without colours, too.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from changedesk.values import dataclass

Point = tuple[float, float]
"""Where on the axis (a number of days), and how much."""


@dataclass(frozen=True, slots=True)
class Dots:
    """Single points, each drawn as a mark."""

    points: tuple[Point, ...]
    mark: str
    token: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points; ``mark`` is one sign for all of it, empty draws as finely as a terminal can."""

    points: tuple[Point, ...]
    token: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between two lines over the same places: (where, low, high). What is drawn over it stands on its ``ground``."""

    edges: tuple[tuple[float, float, float], ...]
    mark: str
    token: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A vertical line; ``word`` stands above it where there is room."""

    at: float
    mark: str
    token: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis with its name."""

    at: float
    name: str


PERCENT: Final = ((0.0, 20.0, 40.0, 60.0, 80.0, 100.0), (0.0, 50.0, 100.0))
"""The levels of what is counted in percent."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart from ``left`` to ``right`` (numbers of days).

    ``levels`` are what stands at its side, from many to few, each from the lowest to the highest; the first that has room
    is taken. ``unit`` stands beside the highest. Parts are drawn in the order given, later ones over earlier ones.
    """

    left: float
    right: float
    parts: tuple[Dots | Curve | Band, ...]
    lines: tuple[DayLine, ...] = ()
    ticks: tuple[Tick, ...] = ()
    levels: tuple[tuple[float, ...], ...] = PERCENT
    unit: str = "%"

    @property
    def low(self) -> float:
        """The lowest level."""
        return self.levels[0][0]

    @property
    def high(self) -> float:
        """The highest level."""
        return self.levels[0][-1]


class Run(NamedTuple):
    """Some text, the meaning of its colour, and of the colour behind it (empty: none of its own)."""

    text: str
    token: str
    ground: str = ""
