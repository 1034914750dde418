"""One row of the calendar: freezes hatched, maintenance underlined, changes as bars, collisions marked; and loads by the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from changedesk.domain.saying import percent
from changedesk.values import dataclass
from changedesk.widgets.calendar.axis import Axis, grid, room_for
from changedesk.widgets.canvas import Canvas, Line, Look, Span, cells
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, column_of

FULL: Final = percent(100)
HARD: Final = "╳"
SOFT: Final = "╱"
MAINTENANCE: Final = "▁"
HOLIDAY: Final = "~"
DECIDED: Final = "█"
OPEN: Final = "▒"
DONE: Final = "▪"
NOW: Final = "│"
GRID: Final = "┆"
NOTHING: Final = "·"

WINDOWS: Final = {
    "holiday": (HOLIDAY, Look("explain")),
    "maintenance": (MAINTENANCE, Look("service")),
    "freeze_soft": (SOFT, Look("risk")),
    "freeze_hard": (HARD, Look("late")),
}
"""The sign and the look of each kind of window, in the order in which they are painted over one another."""

CHANGES: Final = {"decided": DECIDED, "open": OPEN, "done": DONE}
"""The sign of a change: whether it is decided on, still open, or over."""

COLLISION: Final = f"{GLYPH['late']}{GLYPH['at_risk']}"
SHORTEST: Final = 3
"""What takes fewer columns than these has no room for a bracket on itself."""
LEGENDS: Final = (
    (
        (DECIDED, "delivery", "scheduled"),
        (OPEN, "delivery", "not decided"),
        (DONE, "explain", "done"),
        (HARD, "late", "hard freeze"),
        (SOFT, "risk", "soft freeze"),
        (MAINTENANCE, "service", "maintenance"),
        (HOLIDAY, "explain", "holiday"),
        (COLLISION, "late", "collision"),
    ),
    (
        (DECIDED, "delivery", "set"),
        (OPEN, "delivery", "open"),
        (DONE, "explain", "done"),
        (f"{HARD}{SOFT}", "late", "freeze"),
        (MAINTENANCE, "service", "maintenance"),
        (HOLIDAY, "explain", "holiday"),
        (COLLISION, "late", "collision"),
    ),
)
"""Every sign with its colour and its meaning, in words and in shorter ones."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a row: ``kind`` is change or a kind of window, ``standing`` of a change decided, open or done.

    ``name`` is written into it where there is room. ``level`` is that of its worst collision, empty when it has none.
    """

    key: str
    kind: str
    start: datetime
    end: datetime
    name: str = ""
    standing: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class WeekMark:
    """The load of a group in the week that begins on a Monday: its share of what the group can bear, and its level."""

    monday: date
    share: float
    level: str


def draw_track(marks: Sequence[Mark], axis: Axis, now: datetime, chosen: str = "") -> Line:
    """The row on the columns of its axis; what is ``chosen`` stands out."""
    sheet = Canvas(axis.width, 1)
    for column in grid(axis):
        sheet.put(column, 0, GRID, Look("line"))
    for kind, (sign, look) in WINDOWS.items():
        for mark in marks:
            if mark.kind == kind:
                _fill(sheet, axis.columns(mark.start, mark.end), sign, _chosen(look) if mark.key == chosen else look)
    for mark in marks:
        if mark.kind in WINDOWS:
            _name(sheet, axis.columns(mark.start, mark.end), mark.name, WINDOWS[mark.kind][1])
    if axis.since <= now < axis.until:
        sheet.put(axis.column(now), 0, NOW, Look("ink", bold=True))
    changes = [mark for mark in marks if mark.kind == "change"]
    for mark in sorted(changes, key=lambda mark: (mark.key == chosen, bool(mark.level))):
        _change(sheet, axis, mark, mark.key == chosen)
    _count(sheet, axis, changes, chosen)
    _hold(sheet, axis, marks, chosen)
    return sheet.lines()[0] if axis.width > 0 else ()


def draw_loads(weeks: Sequence[WeekMark], axis: Axis, chosen: date | None = None) -> Line:
    """The load of a group, week by week; the ``chosen`` week stands out."""
    sheet = Canvas(axis.width, 1)
    by_monday = {week.monday: week for week in weeks}
    # Weeks at the edges are seen in part; how a load is written is the same for all.
    widths = [len(columns) for _, columns in axis.weeks()]
    room = min(widths[1:-1] or widths, default=0) - 1
    for monday, columns in axis.weeks():
        week = by_monday.get(monday)
        if not columns:
            continue
        chose = monday == chosen
        # A chosen week stands between brackets, so that it does not stand out by its colour alone, at the left edge too.
        start = max(columns.start, 1) if chose else columns.start
        if week is None or not week.share:
            text, look = NOTHING, Look("key" if chose else "faint", bold=chose)
        else:
            token = "key" if chose else "people" if week.level == "fine" else LEVEL_TOKEN[week.level]
            text = _load_text(week, room, columns.stop - start - 1)
            look = Look(token, bold=week.level != "fine" or chose)
        after = sheet.put(start, 0, text, look)
        if chose:
            sheet.put(start - 1, 0, "[", look)
            sheet.put(after, 0, "]", look)
    return sheet.lines()[0] if axis.width > 0 else ()


def _load_text(week: WeekMark, room: int, width: int) -> str:
    """The load in the form for which every week has ``room``: a column and a figure, the figure, or the column alone.

    Where there is none for ``100 %`` no figure has its sign; what they are percent of stands above them. A week that is only
    seen in part, and so is not as wide, has the column.
    """
    said = percent(100 * week.share)
    drawn = column_of(week.share)
    sign = f" {GLYPH[week.level]}" if week.level != "fine" else ""
    if room >= cells(f"{drawn} {FULL} {GLYPH['late']}"):
        text = f"{drawn} {said}{sign}"
    elif room >= cells(f"{drawn} {FULL}"):
        text = f"{drawn} {said}"
    elif room >= cells(FULL):
        text = said
    else:
        text = said.removesuffix(" %") if room >= cells(FULL.removesuffix(" %")) else drawn
    return text if cells(text) <= width else drawn


def _fill(sheet: Canvas, columns: range, sign: str, look: Look) -> None:
    for x in columns:
        sheet.put(x, 0, sign, look)


def _name(sheet: Canvas, columns: range, name: str, look: Look) -> None:
    """The name of a window, in the middle of what is seen of it."""
    if name and len(columns) >= cells(name) + 6:
        sheet.put(columns.start + (len(columns) - cells(name) - 2) // 2, 0, f" {name} ", look._replace(bold=True))


def _change(sheet: Canvas, axis: Axis, mark: Mark, chosen: bool) -> None:
    columns = axis.columns(mark.start, mark.end)
    if not columns:
        return
    token = LEVEL_TOKEN[mark.level] if mark.level else "explain" if mark.standing == "done" else "delivery"
    look = _chosen(Look(token)) if chosen else Look(token)
    _fill(sheet, columns, CHANGES[mark.standing], look)
    if mark.name and room_for(mark.name, columns) and mark.standing == "decided":
        inside = Look("ground", look.ink, bold=True)
        _fill(sheet, columns, " ", inside)
        sheet.put(columns.start + 1, 0, mark.name, inside)
    if mark.level:
        sheet.put(columns.start, 0, GLYPH[mark.level], Look(look.ink, look.ground, bold=True))


def _count(sheet: Canvas, axis: Axis, changes: Sequence[Mark], chosen: str) -> None:
    """Where several changes that do not collide fall on one column, how many they are."""
    by_column: dict[int, list[Mark]] = {}
    for mark in changes:
        columns = axis.columns(mark.start, mark.end)
        if len(columns) == 1:
            by_column.setdefault(columns.start, []).append(mark)
    for column, marks in by_column.items():
        if len(marks) > 1 and not any(mark.level for mark in marks):
            token = "key" if any(mark.key == chosen for mark in marks) else "delivery"
            sheet.put(column, 0, str(len(marks)) if len(marks) < 10 else "+", Look(token, bold=True))


def _hold(sheet: Canvas, axis: Axis, marks: Sequence[Mark], chosen: str) -> None:
    """The chosen one between brackets, so that it does not stand out by its colour alone; they cover no other change."""
    held = next((mark for mark in marks if mark.key == chosen), None)
    columns = axis.columns(held.start, held.end) if held is not None else range(0)
    if not columns:
        return
    others = [axis.columns(mark.start, mark.end) for mark in marks if mark.kind == "change" and mark.key != chosen]
    # What reaches the edge of the axis has its bracket on itself.
    for x, sign in ((max(columns.start - 1, 0), "["), (min(columns.stop, axis.width - 1), "]")):
        kept = ("", NOW) if x not in columns else ("", NOW, *COLLISION)
        hidden = x in columns and len(columns) < SHORTEST
        if not hidden and sheet.char(x, 0) not in kept and not any(x in taken for taken in others):
            sheet.put(x, 0, sign, Look("key", bold=True))


def _chosen(look: Look) -> Look:
    return Look("key", look.ground, bold=True)


def draw_legend(width: int) -> Line:
    """What the signs mean, in the longest words that fit; where even the shortest have no room, the last signs are left out."""
    spans: list[Span] = []
    for legend in LEGENDS:
        spans = []
        for sign, token, word in legend:
            spans += [Span(sign, Look(token, bold=True)), Span(f" {word}  ", Look("explain"))]
        if sum(cells(span.text) for span in spans) - 2 <= width:
            break
    while len(spans) > 2 and sum(cells(span.text) for span in spans) - 2 > width:
        del spans[-2:]
    return tuple(spans)
