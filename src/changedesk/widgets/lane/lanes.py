"""The two (or three) lanes of an initiative on one time axis, with the shared gates, today and go-live between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from changedesk.domain.counted import counted
from changedesk.values import dataclass
from changedesk.widgets.canvas import LEFT_OUT, Canvas, Line, Look, cells, first_that_fits, fit
from changedesk.widgets.lane.axis import ticks
from changedesk.widgets.lane.bars import AFTER, BEFORE, LaneBar, Plot, Stack, draw_bar, stack
from changedesk.widgets.lane.gates import GateMark, draw_gates, place
from changedesk.widgets.time_window import TimeWindow, bounds

TODAY: Final = "│"
GO_LIVE: Final = "║"
GRID: Final = "┆"
WAVE: Final = "☆"


@dataclass(frozen=True, slots=True)
class Wave:
    """A group of people that goes live on a day of its own."""

    audience: str
    day: date


@dataclass(frozen=True, slots=True)
class LanesPicture:
    """What the drawing shows: the lanes from top to bottom (the gates stand under the first), today, go-live, waves.

    ``chosen`` is the number of the gate whose checklists are shown.
    """

    lanes: tuple[LaneBar, ...]
    gates: tuple[GateMark, ...]
    today: date
    go_live: date | None = None
    waves: tuple[Wave, ...] = ()
    chosen: int | None = None

    @property
    def most_phases(self) -> int:
        """The phases of the lane that has the most."""
        return max((len(lane.phases) for lane in self.lanes), default=0)

    def window(self) -> TimeWindow:
        """The window that holds everything."""
        spans = [bounds(phase.start, phase.end) for lane in self.lanes for phase in lane.phases]
        days = [day for span in spans if span for day in span]
        return TimeWindow.fit([*days, *(gate.day for gate in self.gates), self.go_live], self.today)


class _Density(NamedTuple):
    """How much air the drawing has: a line under each bar, blank rows, what is odd about a lane, a row of diamonds."""

    edges: bool
    air: bool
    notes: bool
    diamonds: bool

    def lane_height(self, lane: LaneBar, rows: int) -> int:
        """Rows of a lane with so many rows of bars."""
        return rows * (2 if self.edges else 1) + (1 if self.notes and lane.note else 0)

    def gate_height(self) -> int:
        """Rows of the gates."""
        return (3 if self.diamonds else 2) + (2 if self.air else 0)


_DENSITIES: Final = (
    _Density(True, True, True, True),
    _Density(True, False, True, True),
    _Density(False, True, True, True),
    _Density(False, False, True, True),
    _Density(False, False, False, True),
    _Density(False, False, False, False),
)


def lanes_heights(picture: LanesPicture, window: TimeWindow, width: int) -> tuple[int, int]:
    """The rows that the drawing needs at least to show every phase, and those that it takes when it has all the room."""
    wide, dense = (_stacks(picture, _plot(window, width, narrow), picture.most_phases) for narrow in (False, True))
    return _height(picture, dense, _DENSITIES[-2]), _height(picture, wide, _DENSITIES[0])


def draw_lanes(picture: LanesPicture, window: TimeWindow, width: int, height: int) -> tuple[Line, ...]:
    """Draw the lanes on ``width`` x ``height`` cells: with air when there is room, dense when there is not."""
    sheet = Canvas(width, height)
    density, stacks, plot = _arrange(picture, window, width, height)
    if plot.width < 8 or height < 3:
        return sheet.lines()
    end = min(height, _height(picture, stacks, density))
    _draw_axis(sheet, plot)
    _draw_days(sheet, plot, picture, end)
    y = 2
    for index, (lane, bars) in enumerate(zip(picture.lanes, stacks, strict=True)):
        _draw_lane(sheet, y, plot, lane, bars, density)
        y += density.lane_height(lane, bars.rows)
        if index == 0:
            _draw_gates(sheet, y + density.air, plot, picture, density)
            y += density.gate_height()
    unsaid = sum(bars.hidden for bars in stacks if not density.edges and bars.rows == 1)
    if unsaid:
        sheet.put(0, 1, fit(f"+{counted(unsaid, 'phase')}", plot.left - 1), Look("explain"))
    _draw_grid(sheet, plot, end)
    return sheet.lines()


def _arrange(
    picture: LanesPicture, window: TimeWindow, width: int, height: int
) -> tuple[_Density, tuple[Stack, ...], Plot]:
    """The airiest way that fits; when none does, the densest with fewer rows of bars."""
    density, plot = _DENSITIES[-1], _plot(window, width, True)
    for most in (picture.most_phases, 3, 2, 1):
        for density in _DENSITIES:
            plot = _plot(window, width, not density.edges)
            stacks = _stacks(picture, plot, most)
            if _height(picture, stacks, density) <= height:
                return density, stacks, plot
    return density, _stacks(picture, plot, 1), plot


def _plot(window: TimeWindow, width: int, dense: bool) -> Plot:
    """The place of the axis: beside the lanes' names, which stand beside their percentage when it is dense."""
    gutter = 15 if dense else 11 if width >= 100 else 9
    return Plot(gutter, max(1, width - gutter), window)


def _stacks(picture: LanesPicture, plot: Plot, most: int) -> tuple[Stack, ...]:
    return tuple(stack(lane.phases, plot, max(1, most)) for lane in picture.lanes)


def _height(picture: LanesPicture, stacks: Sequence[Stack], density: _Density) -> int:
    lanes = sum(density.lane_height(lane, bars.rows) for lane, bars in zip(picture.lanes, stacks, strict=True))
    return 2 + lanes + density.gate_height()


def _draw_axis(sheet: Canvas, plot: Plot) -> None:
    for tick in ticks(plot.window, plot.width):
        sheet.put(plot.left + tick.column, 0, tick.label, Look("explain" if tick.line else "faint"))


def _draw_days(sheet: Canvas, plot: Plot, picture: LanesPicture, end: int) -> None:
    """Today's line, go-live's double line, the waves' hollow stars, and their names where there is room."""
    marks = [(picture.today, TODAY, "today", Look("ink", bold=True))]
    if picture.go_live:
        marks.append((picture.go_live, GO_LIVE, "go-live", Look("key")))
    for day, line, _, look in marks:
        if plot.window.holds(day):
            for y in range(1, end):
                sheet.put(plot.column(day), y, line, look)
    by_day = sorted(picture.waves, key=lambda wave: (wave.day, wave.audience))
    for wave in by_day:
        if plot.window.holds(wave.day) and sheet.is_blank(plot.column(wave.day), 1, 1):
            sheet.put(plot.column(wave.day), 1, WAVE, Look("key"))
    # Of two days in one column the earlier one is named before it.
    live, today = picture.go_live or picture.today, picture.today
    shared = live < today and plot.column(live) == plot.column(today)
    for day, _, name, look in marks:
        _name_day(sheet, plot, day, name, look, before=(name == "today") != shared)
    unnamed: tuple[str, ...] = ()
    for wave in by_day:
        # A name that the next star leaves no room for stands before the name of that one, in the order of the stars.
        named = (*unnamed, wave.audience)
        fits = any(
            _name_day(sheet, plot, wave.day, f" {text}", Look("key"))
            for text in dict.fromkeys((", ".join(named), named[-1]))
        )
        unnamed = () if fits else named


def _name_day(sheet: Canvas, plot: Plot, day: date, name: str, look: Look, *, before: bool = False) -> bool:
    """Write a day's name beside its mark where nothing else stands, at the edge when the day is outside; tells if it could.

    It stands behind its mark, or ``before`` it, and on the other side where that is taken.
    """
    column, width = plot.column(day), cells(name)
    if column < plot.left:
        forms = [(plot.left, f"{BEFORE} {name.strip()}")]
    elif column >= plot.right:
        forms = [(plot.right - cells(name.strip()) - 2, f"{name.strip()} {AFTER}")]
    elif before:
        forms = [(column - width, name), (column + 1, name)]
    else:
        forms = [(column + 1, name), (column - width, name)]
    for left, text in forms:
        wide = cells(text)
        free = left >= plot.left and sheet.is_blank(left, 1, wide)
        if free and sheet.char(left + wide, 1) in (" ", "", TODAY, GO_LIVE) and not sheet.char(left - 1, 1).isalnum():
            sheet.put(left, 1, text, look)
            return True
    return False


def _draw_lane(sheet: Canvas, y: int, plot: Plot, lane: LaneBar, bars: Stack, density: _Density) -> None:
    step = 2 if density.edges else 1
    sheet.put(0, y, lane.title, Look(lane.lane, bold=True))
    _say_how_far(sheet, y, plot, lane, bars, density)
    for bar in bars.bars:
        draw_bar(sheet, y + step * bar.row, bar, lane.lane, density.edges)
    if not lane.phases:
        free = (x for x in range(plot.left + 1, plot.right - 12) if sheet.is_blank(x, y, 12))
        sheet.put(next(free, plot.left), y, "no plan yet", Look("faint"))
    if bars.earlier:
        _at_edge(sheet, y, plot.left, f"{BEFORE} {bars.earlier} earlier", BEFORE)
    if bars.later:
        _at_edge(sheet, y, plot.right, f"{bars.later} later {AFTER}", AFTER)
    if density.notes and lane.note:
        sheet.put(
            0, y + step * bars.rows, fit(lane.note, sheet.width), Look("explain" if lane.progress == 1 else "risk")
        )


def _say_how_far(sheet: Canvas, y: int, plot: Plot, lane: LaneBar, bars: Stack, density: _Density) -> None:
    """The lane's percentage, and where there is a row for it how many of its phases have none."""
    room = plot.left - 1
    if density.edges or bars.rows > 1:
        more = (
            (f"{lane.percent} +{bars.hidden} more", f"{lane.percent} +{bars.hidden}")
            if bars.hidden
            else (lane.percent,)
        )
        sheet.put(0, y + 1, first_that_fits(more, room), LEFT_OUT)
        return
    sheet.put_right(room, y, lane.percent, Look("explain"))


def _at_edge(sheet: Canvas, y: int, edge: int, text: str, mark: str) -> None:
    """Say at an edge of the axis that there is more beyond it: in words where there is room, else by the mark."""
    for form in (text, mark):
        left = edge if mark == BEFORE else edge - cells(form)
        if sheet.is_blank(left, y, cells(form)):
            sheet.put(left, y, form, Look("faint"))
            return


def _draw_gates(sheet: Canvas, y: int, plot: Plot, picture: LanesPicture, density: _Density) -> None:
    days = [picture.today, *([picture.go_live] if picture.go_live else [])]
    lines = [plot.column(day) for day in days if plot.window.holds(day)]
    draw_gates(sheet, y, plot, place(picture.gates, plot, lines), picture.chosen, density.diamonds)
    row = y + 1 if density.diamonds else y
    sheet.put(0, row, "Gates", Look("ink", bold=True))
    sheet.put(0, row + 1, "signed", Look("explain"))
    before = [str(gate.number) for gate in picture.gates if gate.day and gate.day < plot.window.start]
    after = [str(gate.number) for gate in picture.gates if gate.day and gate.day >= plot.window.end]
    undated = [str(gate.number) for gate in picture.gates if not gate.day]
    if before:
        _at_edge(sheet, row, plot.left, f"{BEFORE} {' '.join(before)}", BEFORE)
    if after:
        _at_edge(sheet, row, plot.right, f"{' '.join(after)} {AFTER}", AFTER)
    if undated:
        _at_edge(sheet, row + 1, plot.right, f"no date: {' '.join(undated)}", "?")


def _draw_grid(sheet: Canvas, plot: Plot, end: int) -> None:
    """A faint line down from each mark of the axis, wherever nothing else is drawn."""
    for tick in ticks(plot.window, plot.width):
        for y in range(1, end):
            x = plot.left + tick.column
            if tick.line and sheet.is_blank(x, y, 1):
                sheet.put(x, y, GRID, Look("line"))
