"""From a go-live to what is drawn of its load: the title, today in big figures, and its hours and days beside their bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import count, day_month, go_live_said, go_live_word, zone_name
from changedesk.screens.far_days import in_days_or_years
from changedesk.services.golive.load import LoadView
from changedesk.services.golive.page import GoLiveView
from changedesk.widgets.canvas import HELD, Canvas, Line, Look, Span, cells, fit, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.figures.big_figure import ROWS, put_figure, width_of_figure
from changedesk.widgets.figures.load_strip import LEFT, STAR, LoadColumn, draw_legend, draw_load
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, fit_spans, ink

STATES: Final = {"above": ("late", "above the band"), "within": ("fine", "within the band"), "below": ("fine", "quiet")}
"""Level and words for where today stands beside what was to be expected by now."""
TEXT: Final = 34
"""The columns for the sentences beside the big figure."""
HOURS: Final = 24
DAYS_LEAST: Final = 28
"""The days have a strip of their own where so many of them have room beside the hours."""
MARGIN: Final = 2


def state_of(view: GoLiveView) -> tuple[str, str]:
    """Level and words for today: above the band, within it, quiet, or not known."""
    if view.load.so_far is None:
        return "unknown", "nobody can say what is normal"
    level, words = STATES[view.load.so_far.state]
    if level == "fine" and view.load.excess is not None and view.load.excess.now:
        return "at_risk", f"{words}, too many for days"
    return level, words


def answer_of(view: GoLiveView) -> tuple[str, str]:
    """The same as it is read: sign and words, and the meaning of their colour."""
    level, words = state_of(view)
    return f"{GLYPH[level]} {words}", LEVEL_TOKEN[level]


def title(view: GoLiveView | None, place: str, reader: datetime, bell: bool) -> Draw:
    """One line: what goes live, whose it is, when, and which of the go-lives this is.

    The day counts from the reader's, as on every screen; a client's clock that shows another hour is shown beside it.
    """

    def draw(width: int, _height: int) -> tuple[Line, ...]:
        if view is None:
            return ()
        right = " · ".join(part for part in ("bell on" if bell else "", place, their_time(view, reader)) if part)
        room = width - cells(right) - 4
        barest, brief, whole = _stage(view, reader.date())
        code = f"{view.client} · "
        forms = ((f"{view.client_name} · ", whole), (code, whole), (code, brief), (code, barest), ("", barest))
        whose, stage = next((form for form in forms if cells(f"{view.title} · {form[0]}{form[1]}") <= room), forms[-1])
        left = (ink(f" {view.title}", bold=True), ink(f" · {whose}"), ink(stage, "service"))
        return ((*fit_spans(left, room + 1), Span("  ", Look()), ink(right, "explain")),)

    return draw


def _stage(view: GoLiveView, today: date) -> tuple[str, str, str]:
    """Where it stands: only how far off, in few words, and with its day."""
    said = go_live_said(view.go_live, today, went_live=view.went_live, cancelled=view.cancelled)
    if view.cancelled and not view.went_live:
        return "cancelled", "cancelled", said
    if view.go_live is None:
        return "no day yet", said, said
    when, after = in_days_or_years(view.go_live, today), ", hypercare" if view.stage == "hypercare" else ""
    return when, f"{go_live_word(view.go_live, today, went_live=view.went_live)} {when}{after}", f"{said}{after}"


def their_time(view: GoLiveView, reader: datetime) -> str:
    """The client's clock where it is not the reader's, with the day where that is another one."""
    theirs = view.now_local
    zone = zone_name(ZoneInfo(view.zone), view.now, reader)
    if not zone:
        return ""
    return f"{theirs:%a %H:%M}, {zone}" if theirs.date() != reader.date() else f"{theirs:%H:%M}, {zone}"


def today_drawing(view: GoLiveView | None) -> Draw:
    """Today: the count in big figures, what was expected, then the hours, and the days where there is room."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        if view is None:
            return ()
        sheet = Canvas(width, height)
        level, _ = state_of(view)
        figure = figure_of(view)
        known = {"late": "late", "at_risk": "risk"}.get(level, "service")
        look = Look("unknown" if view.load.today is None else known, "", True)
        put_figure(sheet, 1, max(0, (height - 1 - ROWS) // 2), figure, look)
        left = max(width_of_figure(figure), 14) + 1
        sheet.put(1, max(0, (height - 1 - ROWS) // 2) + ROWS, fit("tickets today", left), Look("explain"))
        at = left + MARGIN + 1
        known_today = view.load.today is not None
        text = min(TEXT, max(24, width - at - HOURS - LEFT - MARGIN)) if known_today else width - at - MARGIN
        for y, line in enumerate(_sentences(view, text, height)):
            x = at
            for span in line:
                x = sheet.put(x, y, *span)
        if known_today:
            _put_strips(sheet, view, at + text + MARGIN, width, height)
        return sheet.lines()

    return draw


def figure_of(view: GoLiveView) -> str:
    """How many came today, as it is written large; a question mark when no ticket is known to belong here."""
    return "?" if view.load.today is None else str(view.load.today)


def _put_strips(sheet: Canvas, view: GoLiveView, left: int, width: int, height: int) -> None:
    room = width - left
    if room < HOURS + LEFT:
        return
    beside = room >= 2 * HOURS + 2 * LEFT + DAYS_LEAST + MARGIN
    hours_width = 2 * HOURS + LEFT if beside else room
    put_strip(sheet, "by hour", hours(view.load, view.now_hour), (left, 0), (hours_width, height))
    if beside:
        at = left + hours_width + MARGIN
        put_strip(sheet, "by day", days(view), (at, 0), (width - at, height))


def put_strip(
    sheet: Canvas, name: str, columns: Sequence[LoadColumn], at: tuple[int, int], size: tuple[int, int]
) -> None:
    """Put a strip of counts with its name and its signs over it."""
    (left, top), (width, height) = at, size
    _put_line(sheet, left + LEFT, top, draw_legend(name, columns, width - LEFT))
    for y, line in enumerate(draw_load(columns, width, height - 1), start=top + 1):
        _put_line(sheet, left, y, line)


def _put_line(sheet: Canvas, x: int, y: int, line: Line) -> None:
    for span in line:
        if span.text.strip():
            sheet.put(x, y, *span)
        x += cells(span.text)


def _sentences(view: GoLiveView, width: int, height: int) -> list[Line]:
    """What there is to say beside the figure, what matters most first; each wrapped, as many as have room."""
    lines: list[Line] = []
    for text, token in said(view):
        wrapped = wrap(ink(text).text, width)
        if lines and len(lines) + len(wrapped) > height:
            break
        lines += [(ink(line, token),) for line in wrapped]
    return lines[:height]


def said(view: GoLiveView) -> Iterator[tuple[str, str]]:
    """What the answer over them rests on, with the meaning of their colour, what matters most first."""
    load, today = view.load, view.today
    if load.so_far is not None:
        yield f"{load.so_far.expected:.0f} expected by now {_span(load.so_far.low, load.so_far.high)}", "ink"
    elif load.unknown:
        yield f"{load.unknown}", "explain"
    if load.excess is not None and load.excess.now:
        yield f"▲ too many since {day_month(load.excess.since, today)}", "late"
    if view.stage == "before" and view.day_one is not None:
        band = view.day_one.band
        yield f"first workday: {count(band.middle)} expected {_span(band.low, band.high)}", "risk"
        yield view.day_one.grounds.lower(), "explain"
    if load.day is not None:
        yield f"whole day: {load.day.expected:.0f} expected {_span(load.day.low, load.day.high)}", "explain"
    if load.excess is not None and not load.excess.now:
        yield "no lasting excess", "explain"
    if load.per_hundred_now is not None:
        before = f", {load.per_hundred_before:.1f} before" if load.per_hundred_before is not None else ""
        yield f"{load.per_hundred_now:.1f} a week per 100 people{before}", "explain"
    if view.first_day is not None and view.day_one is not None:
        band = view.day_one.band
        yield f"first workday: {counted(view.first_day, 'ticket')}, {band.low} to {band.high} expected", "explain"
    if load.named_by_changes:
        yield f"tickets of {listed(load.named_by_changes)}, which its changes name", "explain"


def _span(low: int, high: int) -> str:
    """From so many to so many, never broken over two lines."""
    return f"({count(low)} to {count(high)})".replace(" ", HELD)


def hours(load: LoadView, now: int) -> list[LoadColumn]:
    """Today hour by hour."""
    if load.hours:
        return [LoadColumn(h.count, h.low, h.high, _hour_name(h.hour), h.hour == now) for h in load.hours]
    counted_so_far = [n if hour <= now else None for hour, n in enumerate(load.counted_hours)]
    return [LoadColumn(n, None, None, _hour_name(hour), hour == now) for hour, n in enumerate(counted_so_far)]


def _hour_name(hour: int) -> str:
    return f"{hour:02}" if hour % 4 == 0 else ""


def days(view: GoLiveView) -> list[LoadColumn]:
    """The last days, the go-live marked with its star; today with what has come so far."""
    load, today, live = view.load, view.today, view.go_live
    if load.days:
        return [
            LoadColumn(
                load.today if p.day == today else p.count, p.low, p.high, _day_name(p.day, today, live), p.day == live
            )
            for p in load.days
        ]
    return [LoadColumn(n, None, None, _day_name(day, today, live), day == live) for day, n in load.counted_days]


def _day_name(day: date, today: date, live: date | None) -> str:
    """Mondays by their date, so that a week is seen."""
    if day == live:
        return STAR
    return f"{day.day} {day:%b}" if day.weekday() == 0 and (today - day).days > 1 else ""
