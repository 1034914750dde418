"""One lane of an initiative: its phases as bars on the time axis, the done part bright, the rest dim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Look, cells
from changedesk.widgets.time_window import TimeWindow, bounds

DONE: Final = "█"
TO_DO: Final = "▒"
EDGE_DONE: Final = "▔"
EDGE_LATE: Final = "╌"
LATE: Final = "▲"
TOUCH: Final = 1
"""So many columns a bar may reach into the next one on its row, and gives them up: a phase that ends on the day on which
the next begins needs no row of its own."""
BEFORE: Final = "‹"
AFTER: Final = "›"


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """A phase of a lane from its first to its last day, and how much of it is done (0 to 1).

    A phase without any day is not drawn.
    """

    title: str
    short: str
    start: date | None
    end: date | None
    done_share: float
    late: bool = False


@dataclass(frozen=True, slots=True)
class LaneBar:
    """A lane: its word (delivery, people, service), its name, progress 0 to 1 (None unknown), what is odd about it."""

    lane: str
    title: str
    progress: float | None
    phases: tuple[PhaseBar, ...]
    note: str = ""

    @property
    def percent(self) -> str:
        """The progress as it is written."""
        return "?" if self.progress is None else f"{round(100 * self.progress)} %"


class Plot(NamedTuple):
    """Where on a sheet the time axis lies: its first column, how many columns, and the days they show."""

    left: int
    width: int
    window: TimeWindow

    @property
    def right(self) -> int:
        """The column after the last."""
        return self.left + self.width

    def column(self, day: date) -> int:
        """The sheet's column of a day; left of ``left`` or from ``right`` on when it is outside."""
        return self.left + self.window.column(day, self.width)

    def span(self, first: date, last: date) -> tuple[int, int]:
        """The columns from a day to the end of another, unclipped, at least one wide."""
        begin = self.column(first)
        least = max(begin, self.left) + 1 if last >= self.window.start else begin + 1
        days = (last - self.window.start).days + 1
        return begin, max(least, self.left + days * self.width // self.window.days)


class Bar(NamedTuple):
    """A phase placed on a row: its columns within the plot, the column up to which it is done, what lies outside."""

    phase: PhaseBar
    row: int
    first: int
    end: int
    done: int
    from_before: bool
    goes_on: bool


class Stack(NamedTuple):
    """The bars of a lane on as many rows as they need, and what is not drawn."""

    bars: tuple[Bar, ...]
    rows: int
    earlier: int
    later: int
    hidden: int


def stack(phases: Sequence[PhaseBar], plot: Plot, most: int) -> Stack:
    """Place the phases on rows so that none hides another; at most ``most`` rows, what has no room there is counted."""
    placed: list[Bar] = []
    starts: list[int] = []
    ends: list[int] = []
    earlier = later = hidden = 0
    known = [(days, phase) for phase in phases if (days := bounds(phase.start, phase.end))]
    for (start, end), phase in sorted(known, key=lambda item: item[0]):
        first, after = plot.span(start, end)
        if after <= plot.left:
            earlier += 1
        elif first >= plot.right:
            later += 1
        else:
            shown = max(first, plot.left)
            row = next(
                (row for row, end in enumerate(ends) if end <= shown + (TOUCH if shown > starts[row] else 0)), len(ends)
            )
            if row >= most:
                hidden += 1
                continue
            until = min(after, plot.right)
            starts[row : row + 1], ends[row : row + 1] = [shown], [until]
            done = min(max(first + _done_columns(phase.done_share, after - first), shown), until)
            placed.append(Bar(phase, row, shown, until, done, first < plot.left, after > plot.right))
    return Stack(_with_gaps(placed), max(1, len(ends)), earlier, later, hidden)


def _done_columns(share: float, width: int) -> int:
    """How many columns are done: all only when all is done, none only when nothing is."""
    if share <= 0 or share >= 1 or width < 2:
        return width if share >= 1 else 0
    return min(max(1, round(share * width)), width - 1)


def _with_gaps(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """End a bar one column before another one on its row, so that two phases never look like one."""
    fitted: list[Bar] = []
    for index, bar in enumerate(bars):
        following = next((other.first for other in bars[index + 1 :] if other.row == bar.row), None)
        end = bar.end if following is None else min(bar.end, max(bar.first + 1, following - 1))
        fitted.append(bar._replace(end=end, done=min(bar.done, end)))
    return tuple(fitted)


def draw_bar(sheet: Canvas, y: int, bar: Bar, lane: str, edge: bool) -> None:
    """Draw one phase; with ``edge`` also a line under what is done and dashes under what is late.

    A vertical line that is already there shines through the bar.
    """
    for x in range(bar.first, bar.end):
        done = x < bar.done
        ground = lane if done else f"{lane}-dim"
        line = sheet.char(x, y)
        if line not in (" ", ""):
            sheet.put(x, y, line, sheet.look(x, y)._replace(ground=ground))
        else:
            sheet.put(x, y, DONE if done else TO_DO, Look(ground, ground))
        if edge and (done or bar.phase.late) and sheet.char(x, y + 1) == " ":
            sheet.put(x, y + 1, EDGE_DONE if done else EDGE_LATE, Look(lane if done else "late"))
    _write_inside(sheet, y, bar, lane)


def _write_inside(sheet: Canvas, y: int, bar: Bar, lane: str) -> None:
    """The name in the longest form that fits, and marks where the phase goes on outside the window."""
    first, end = bar.first, bar.end
    if bar.from_before:
        _write(sheet, first, y, BEFORE, bar, lane)
        first += 1
    if bar.goes_on and end - first > 0:
        end -= 1
        _write(sheet, end, y, AFTER, bar, lane)
    room = end - first
    phase = bar.phase
    forms: tuple[str, ...] = (phase.title, phase.short)
    if phase.late:
        forms = (f"{phase.title} {LATE} late", f"{phase.title} {LATE}", f"{phase.short} {LATE}", LATE)
    name = next((form for form in forms if cells(form) <= room), "")
    if name:
        _write(sheet, first + (1 if room > cells(name) else 0), y, name, bar, lane)


def _write(sheet: Canvas, x: int, y: int, text: str, bar: Bar, lane: str) -> None:
    """Write onto a bar: dark on its bright part, bright on its dim part."""
    for char in text:
        done = x < bar.done
        x = sheet.put(x, y, char, Look("ground", lane, True) if done else Look(lane, f"{lane}-dim", True))
