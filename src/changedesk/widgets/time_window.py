"""The stretch of time that a drawing shows, and how it is moved, widened and narrowed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Self

from changedesk.values import dataclass

SPANS: Final = (14, 28, 61, 92, 183, 274, 365, 548, 730, 1096, 1826, 3652, 7305, 14610)
"""The widths, in days, that zooming goes through: two weeks to forty years."""

_FIRST: Final = date.min.toordinal()
_LAST: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class TimeWindow:
    """The days from ``start`` up to, but not with, ``end``; always at least one day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a window has at least one day")

    @classmethod
    def of(cls, first: int, days: int) -> Self:
        """The window of so many days from a day's ordinal on, moved to lie within the calendar."""
        days = max(1, min(days, _LAST - _FIRST))
        first = max(_FIRST, min(first, _LAST - days))
        return cls(date.fromordinal(first), date.fromordinal(first + days))

    @classmethod
    def fit(cls, days: Iterable[date | None], today: date) -> Self:
        """The window that holds all these days with a little air, at least two weeks.

        Today is in it unless that would more than double it. Without any day it is three months around today.
        """
        known = sorted(day.toordinal() for day in days if day is not None)
        now = today.toordinal()
        if not known:
            return cls.of(now - 30, 92)
        first, last = known[0], known[-1]
        if min(abs(now - first), abs(now - last)) <= last - first:
            first, last = min(first, now), max(last, now)
        air = max(1, (last - first) // 50)
        length = max(SPANS[0], last - first + 1 + 2 * air)
        return cls.of(first - air - max(0, SPANS[0] - (last - first + 1 + 2 * air)) // 2, length)

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.end - self.start).days

    @property
    def centre(self) -> date:
        """The day in its middle."""
        return self.start + timedelta(days=self.days // 2)

    def holds(self, day: date) -> bool:
        """Whether the day is in the window."""
        return self.start <= day < self.end

    def column(self, day: date, width: int) -> int:
        """The column of a day when the window is ``width`` columns wide; below 0 or from ``width`` on when outside."""
        return (day - self.start).days * width // self.days

    def zoom_in(self, around: date | None = None) -> Self:
        """The next narrower window, keeping ``around`` (or else the centre) where it is."""
        return self._zoom(max((span for span in SPANS if span < self.days), default=self.days), around)

    def zoom_out(self, around: date | None = None) -> Self:
        """The next wider window, keeping ``around`` (or else the centre) where it is."""
        return self._zoom(min((span for span in SPANS if span > self.days), default=self.days), around)

    def pan(self, share: float) -> Self:
        """The window moved by a share of its width; to the left when negative."""
        step = round(share * self.days)
        step = step or (1 if share > 0 else -1 if share < 0 else 0)
        return self.of(self.start.toordinal() + step, self.days)

    def _zoom(self, days: int, around: date | None) -> Self:
        pivot = around if around is not None and self.holds(around) else self.centre
        before = (pivot - self.start).days * days // self.days
        return self.of(pivot.toordinal() - before, days)


def bounds(first: date | None, last: date | None) -> tuple[date, date] | None:
    """A pair of days in order; one that is unknown is taken from the other, None when both are."""
    one, other = first or last, last or first
    if one is None or other is None:
        return None
    return (one, other) if one <= other else (other, one)
