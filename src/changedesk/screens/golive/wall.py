"""Go-live for a wall: the few things that are read from two metres, as large as the terminal allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.saying import count, day_month
from changedesk.screens.golive.parts import answer_of, days, figure_of, hours, put_strip
from changedesk.services.golive.page import GoLiveView
from changedesk.services.golive.reasons import NO_SCRIPT, ReasonView
from changedesk.widgets.canvas import Canvas, Line, Look, cells, fit
from changedesk.widgets.drawing import Draw
from changedesk.widgets.figures.big_figure import ROWS, put_figure, width_of_figure

LARGEST: Final = 3
BESIDE: Final = 30
"""The hours stand beside the figure where they have so many columns."""
DAYS_LEAST: Final = 6
"""The days stand under the reasons where they have so many rows."""
GAP: Final = 3
FIGURE: Final = 8
"""The columns of a figure beside a reason."""


def wall_drawing(view: GoLiveView | None, corner: str) -> Draw:
    """The whole wall: how many came today, whether that is normal, what is urgent, why people call, who is on duty.

    ``corner`` is what stands at the right of its first line.
    """

    def draw(width: int, height: int) -> tuple[Line, ...]:
        if view is None or height < 8:
            return ()
        sheet = Canvas(width, height)
        answer, token = answer_of(view)
        look = Look(token, "", True)
        sheet.put(1, 0, fit(f"{view.title} · {view.client_name}", width - cells(corner) - 4), Look("ink", "", True))
        sheet.put_right(width - 1, 0, corner, Look("explain"))
        sheet.put(0, 1, "━" * width, look)
        scale = _scale(view, width, height)
        at = _figures(sheet, view, scale, look)
        words_at = 2 + ROWS * scale + 1
        sheet.put(1, words_at, answer, look)
        sheet.put(1, words_at + 1, fit(_expected(view), width - 2), Look("ink"))
        known = view.load.today is not None
        if known and width - at >= BESIDE:
            put_strip(sheet, "by hour", hours(view.load, view.now_hour), (at, 2), (width - at - 1, ROWS * scale))
        sheet.put(0, words_at + 2, "━" * width, look)
        top = _below(sheet, view, words_at + 3)
        if known and height - 2 - top >= DAYS_LEAST:
            put_strip(sheet, "by day", days(view), (1, top + 1), (width - 2, height - 2 - top))
        return sheet.lines()

    return draw


def _scale(view: GoLiveView, width: int, height: int) -> int:
    """The largest scale at which both figures have room, and half of the rows are left for the words."""
    for scale in range(LARGEST, 1, -1):
        wide = width_of_figure(figure_of(view), scale) + width_of_figure(str(view.urgent), scale) + 4 * GAP
        if ROWS * scale * 2 + 2 <= height and wide <= width - (BESIDE if width >= 120 else 0):
            return scale
    return 1


def _figures(sheet: Canvas, view: GoLiveView, scale: int, look: Look) -> int:
    """How many came today, and how many urgent ones are open; returns the column behind them."""
    below = 2 + ROWS * scale
    end = put_figure(sheet, 1, 2, figure_of(view), look, scale)
    sheet.put(1, below, "tickets today", Look("ink", "", True))
    at = max(end, 14) + 2 * GAP
    # From two metres, without their words, both would be read as one number.
    for y in range(2, below):
        sheet.put(at - GAP, y, "┃", Look("explain"))
    known = view.load.today is not None
    urgent = Look("late" if view.urgent else "fine" if known else "unknown", "", True)
    end = put_figure(sheet, at, 2, str(view.urgent) if known else "?", urgent, scale)
    said = f"open P1 and P2, {view.open_count:,} open in all" if known else "open P1 and P2"
    sheet.put(at, below, said, Look("ink", "", True))
    return end + GAP


def _expected(view: GoLiveView) -> str:
    load = view.load
    parts = []
    if load.so_far is not None:
        parts.append(f"{load.so_far.expected:.0f} expected by now ({load.so_far.low} to {load.so_far.high})")
    elif load.unknown:
        parts.append(load.unknown)
    if load.excess is not None and load.excess.now:
        parts.append(f"too many since {day_month(load.excess.since, view.today)}")
    elif view.stage == "before" and view.day_one is not None:
        band = view.day_one.band
        parts.append(f"first workday: {band.middle:,} ({band.low:,} to {band.high:,})")
    return " · ".join(parts)


def _below(sheet: Canvas, view: GoLiveView, top: int) -> int:
    """Why people call with what answers it, the criteria and who is on duty in the last row; returns the next free row."""
    last = sheet.height - 1
    width = sheet.width
    shown = view.reasons[: max(0, last - top - 1)]
    if shown:
        _reasons(sheet, view, shown, top)
        top += 1
    met = sum(one.met is True for one in view.criteria)
    duty = ", ".join(one.who for one in view.on_duty) or "nobody named"
    criteria = f"{met} of {len(view.criteria)} exit criteria met"
    sheet.put(1, last, fit(f"On duty: {duty}", width - cells(criteria) - 5), Look("explain"))
    sheet.put_right(width - 1, last, criteria, Look("fine" if view.may_end else "explain"))
    return top + len(shown)


def _reasons(sheet: Canvas, view: GoLiveView, shown: Sequence[ReasonView], top: int) -> None:
    """Why people call under the names of the columns, each answer as near to its reason as the longest of them lets it."""
    before = view.stage == "before"
    width, bold = sheet.width, Look("ink", "", True)
    at = (FIGURE + 1,) if before else (FIGURE, 2 * FIGURE)
    reason_at = at[-1] + 2
    asked = "Why people will call" if before else "Why people call"
    longest = max(cells(one.reason) for one in shown) + 3
    nearest = reason_at + cells(asked) + 2
    answer_at = max(nearest, min(reason_at + longest, width - 1 - max(cells(one.answer) for one in shown)))
    names = (*zip(at, ("Week 1",) if before else ("24 h", "All"), strict=True),)
    for right, name in names:
        sheet.put_right(right, top, name, Look("explain"))
    sheet.put(reason_at, top, asked, Look("explain"))
    sheet.put(answer_at, top, "Answer", Look("explain"))
    for y, one in enumerate(shown, start=top + 1):
        figures = (one.expected,) if before else (one.recent, one.count)
        for right, figure in zip(at, figures, strict=True):
            sheet.put_right(right, y, count(figure), bold)
        sheet.put(reason_at, y, fit(one.reason, answer_at - reason_at - 2), bold)
        token = ("late" if one.count else "risk") if one.answer == NO_SCRIPT else "fine"
        sheet.put(answer_at, y, fit(one.answer, width - answer_at - 1), Look(token, "", True))
