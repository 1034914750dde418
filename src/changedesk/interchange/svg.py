"""Drawing charts as SVG: numbers to places, days to ticks, and text that is always escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from math import ceil, floor, log10
from typing import Final

from changedesk.domain.plaintext import clean
from changedesk.domain.saying import day_month
from changedesk.values import dataclass

WIDTH: Final = 780.0
"""The width of every chart in its own units; the page makes it as wide as itself."""
LETTER: Final = 6.4
"""So wide is a letter of the 12 px text on average: enough to keep texts apart."""
GAP: Final = 6.0


def text_width(text: str) -> float:
    """About how wide a text is drawn."""
    return LETTER * len(text)


def place(value: float) -> str:
    """A place to a tenth, without a needless dot."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, inner: str = "", /, **attributes: object) -> str:
    """An element; underscores in names of attributes are hyphens, numbers are places."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{place(value) if isinstance(value, float) else escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{inner}</{name}>" if inner else f"<{name}{said}/>"


def words(said: str) -> str:
    """What is said, as text and nothing else."""
    return escape(clean(said))


def text(x: float, y: float, said: str, **attributes: object) -> str:
    """A line of text; what it says is only ever text."""
    return tag("text", words(said), x=x, y=y, **attributes) if said else ""


def line(x1: float, y1: float, x2: float, y2: float, **attributes: object) -> str:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def drawing(height: float, parts: Iterable[str], said: str) -> str:
    """A chart as an image that says in words what it shows."""
    return (
        f'<svg viewBox="0 0 {place(WIDTH)} {place(height)}" role="img" aria-label="{words(said)}">'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days from ``first`` to ``last`` between two places; a day's place is its middle."""

    first: date
    last: date
    left: float
    right: float

    @property
    def step(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def start(self, day: date) -> float:
        """Where a day begins."""
        return self.left + (day - self.first).days * self.step

    def middle(self, day: date) -> float:
        """The middle of a day."""
        return self.start(day) + self.step / 2

    def ticks(self, most: int = 8) -> list[tuple[date, str]]:
        """Mondays or first days of months, as many as can be told apart, each with its name."""
        mondays = [day for day in self._every_day() if day.weekday() == 0]
        if len(mondays) <= 2 * most:
            every = max(1, ceil(len(mondays) / most))
            return [(day, day_month(day, day).split(" ", 1)[1]) for day in mondays[::every]]
        months = [day for day in self._every_day() if day.day == 1]
        every = max(1, ceil(len(months) / most))
        return [(day, _month(day)) for day in months[::every]]

    def _every_day(self) -> Iterable[date]:
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def _month(day: date) -> str:
    name = day_month(day, day).rsplit(" ", 1)[1]
    return f"{name} {day.year}" if day.month == 1 else name


def axis(days: Days, top: float, bottom: float) -> str:
    """The ticks of a scale of days with their names below."""
    parts = []
    reached = 0.0
    for day, name in days.ticks():
        x = days.start(day)
        parts.append(line(x, top, x, bottom, stroke="var(--rule)", stroke_width=0.7))
        if x >= reached and x + text_width(name) < WIDTH:
            parts.append(text(x + 2, bottom + 13, name, fill="var(--soft)"))
            reached = x + text_width(name) + 2 * GAP
    return "".join(parts)


def nice_top(value: float) -> float:
    """The next round number from ``value`` on, in tens, twenties, fifties."""
    if value <= 0:
        return 1.0
    size = 10 ** floor(log10(value))
    return float(next(step * size for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * size >= value))


def rows_of(extents: Sequence[tuple[float, float]]) -> list[int]:
    """The row of each extent (from, to), the lowest in which it overlaps nothing before it."""
    ends: list[float] = []
    found = []
    for begin, end in extents:
        row = next((n for n, reached in enumerate(ends) if reached + GAP <= begin), len(ends))
        if row == len(ends):
            ends.append(end)
        else:
            ends[row] = end
        found.append(row)
    return found
