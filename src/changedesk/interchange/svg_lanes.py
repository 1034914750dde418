"""Lanes as SVG: phases on one scale of days, checkpoints as diamonds, today and go-live as lines through all of them."""

from __future__ import annotations

from typing import Final

from changedesk.domain.report import LaneBar, LaneChart, Mark, PhaseBar
from changedesk.interchange.svg import (
    GAP,
    WIDTH,
    Days,
    axis,
    drawing,
    line,
    place,
    rows_of,
    tag,
    text,
    text_width,
    words,
)
from changedesk.values import dataclass

_BAR: Final = 20.0
_ROW: Final = 25.0
_TITLE: Final = 20.0
_COLOURS: Final = ("delivery", "people", "service")
_DIAMOND: Final = 5.5


def lanes(chart: LaneChart) -> str:
    """The chart as one SVG element; empty without a day to show."""
    found = sorted(chart.days())
    if not found:
        return ""
    days = Days(found[0], found[-1], 4, WIDTH - 4)
    head, y = _marks(chart, days)
    parts = [head]
    top = y
    gates = [mark for mark in chart.marks if mark.kind == "checkpoint"]
    for number, lane in enumerate(chart.lanes):
        drawn, y = _lane(lane, _COLOURS[number % len(_COLOURS)], days, y)
        parts.append(drawn)
    if gates:
        drawn, y = _gates(gates, days, y)
        parts.append(drawn)
    below = axis(days, top, y)
    through = "".join(_through(mark, days, y) for mark in chart.marks)
    return drawing(y + 20, [below, through, *parts], chart.said)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A phase in its place: where its bar and its text begin and end."""

    phase: PhaseBar
    left: float
    right: float
    text_at: float
    anchor: str
    extent: tuple[float, float]


def _lane(lane: LaneBar, colour: str, days: Days, y: float) -> tuple[str, float]:
    parts = [
        tag(
            "text",
            tag("tspan", words(lane.title), font_weight=700, fill=f"var(--{colour})")
            + (tag("tspan", words(f"  {lane.note}"), fill="var(--soft)") if lane.note else ""),
            x=4.0,
            y=y + 14,
        )
    ]
    placed = [_placed(phase, days) for phase in sorted(lane.phases, key=lambda one: (one.start, one.end))]
    placed.sort(key=lambda one: one.extent)
    rows = rows_of([one.extent for one in placed])
    for one, row in zip(placed, rows, strict=True):
        parts.append(_phase(one, colour, y + _TITLE + row * _ROW))
    return "".join(parts), y + _TITLE + (max(rows, default=-1) + 1) * _ROW + GAP


def _placed(phase: PhaseBar, days: Days) -> _Placed:
    left, right = days.start(phase.start), days.start(phase.end) + days.step
    wide = text_width(_said(phase)) + 2 * GAP
    if wide <= right - left:
        return _Placed(phase, left, right, left + GAP, "start", (left, right))
    if right + wide <= WIDTH:
        return _Placed(phase, left, right, right + GAP, "start", (left, right + wide))
    return _Placed(phase, left, right, left - GAP, "end", (max(0.0, left - wide), right))


def _phase(one: _Placed, colour: str, y: float) -> str:
    phase, width = one.phase, max(2.0, one.right - one.left)
    edge = {"stroke": "var(--late)", "stroke_width": 1.6} if phase.late else {}
    shade = {"rx": 2.0, "fill": f"var(--{colour}-tint)", "fill_opacity": 0.85, **edge}
    parts = [tag("rect", x=one.left, y=y, width=width, height=_BAR, **shade)]
    if phase.done:
        parts.append(
            tag("rect", x=one.left, y=y + _BAR - 4, width=width * phase.done, height=4.0, fill=f"var(--{colour})")
        )
    parts.append(text(one.text_at, y + 13, _said(phase), fill="var(--ink)", text_anchor=one.anchor))
    return "".join(parts)


def _said(phase: PhaseBar) -> str:
    return f"{phase.title}, late" if phase.late else phase.title


def _marks(chart: LaneChart, days: Days) -> tuple[str, float]:
    """The names of the days that stand out, above everything, so that none covers another."""
    named = sorted((mark for mark in chart.marks if mark.kind != "checkpoint"), key=lambda mark: (mark.day, mark.kind))
    extents, anchors = [], []
    for mark in named:
        x, wide = days.middle(mark.day), text_width(mark.text)
        fits = x + 3 + wide <= WIDTH
        anchors.append("start" if fits else "end")
        extents.append((x, x + 3 + wide) if fits else (x - 3 - wide, x))
    rows = rows_of(extents)
    parts = []
    for mark, row, anchor in zip(named, rows, anchors, strict=True):
        x = days.middle(mark.day) + (3 if anchor == "start" else -3)
        weight = 700 if mark.kind != "wave" else 400
        parts.append(text(x, 12 + row * 15, mark.text, text_anchor=anchor, font_weight=weight, fill="var(--ink)"))
    return "".join(parts), 12.0 + (max(rows, default=-1) + 1) * 15


def _through(mark: Mark, days: Days, bottom: float) -> str:
    if mark.kind == "checkpoint":
        return ""
    style = {"today": "none", "go_live": "none", "wave": "2 3"}[mark.kind]
    width = 2.2 if mark.kind == "go_live" else 1.2
    x = days.middle(mark.day)
    return line(x, 4, x, bottom, stroke="var(--ink)", stroke_width=width, stroke_dasharray=style, opacity=0.75)


def _gates(gates: list[Mark], days: Days, y: float) -> tuple[str, float]:
    """Checkpoints: filled when both sides signed, half when one did, hollow when none."""
    parts = [
        tag(
            "text",
            tag("tspan", "Checkpoints", font_weight=700)
            + tag("tspan", "  filled: both sides signed, half: one", fill="var(--soft)"),
            x=4.0,
            y=y + 14,
        )
    ]
    gates = sorted(gates, key=lambda mark: mark.day)
    extents = []
    for mark in gates:
        x, wide = days.middle(mark.day), text_width(mark.text) + _DIAMOND + 4
        extents.append((x - _DIAMOND, x + wide) if x + wide <= WIDTH else (x - wide, x + _DIAMOND))
    rows = rows_of(extents)
    for mark, row, extent in zip(gates, rows, extents, strict=True):
        x, at = days.middle(mark.day), y + _TITLE + 9 + row * 19
        parts.append(_diamond(x, at, mark.signed))
        after = extent[1] > x + _DIAMOND
        parts.append(
            text(
                x + (_DIAMOND + 4 if after else -_DIAMOND - 4),
                at + 4,
                mark.text,
                text_anchor="start" if after else "end",
                fill="var(--ink)",
            )
        )
    return "".join(parts), y + _TITLE + 4 + (max(rows) + 1) * 19


def _diamond(x: float, y: float, signed: int) -> str:
    d = _DIAMOND
    corners = [(x, y - d), (x + d, y), (x, y + d), (x - d, y)]
    whole = " ".join(f"{place(a)},{place(b)}" for a, b in corners)
    half = " ".join(f"{place(a)},{place(b)}" for a, b in (corners[0], corners[2], corners[3]))
    fill = "var(--ink)" if signed == 2 else "var(--paper)"
    parts = [tag("polygon", points=whole, fill=fill, stroke="var(--ink)", stroke_width=1.4)]
    if signed == 1:
        parts.append(tag("polygon", points=half, fill="var(--ink)"))
    return "".join(parts)
