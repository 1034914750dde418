"""From the counts and the forecast of a series to its chart: by days, or two series from their own go-live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from changedesk.charts.sheet import Band, Chart, Curve, DayLine, Dots, Point, Tick
from changedesk.domain.saying import MONTHS
from changedesk.domain.usage.outlook import FanDay, Outlook
from changedesk.domain.usage.views import SeriesView
from changedesk.widgets.canvas import fit
from changedesk.widgets.paint import ink
from changedesk.widgets.time_window import TimeWindow

COUNTED: Final = "●"
SAID: Final = "○"
HELD: Final = "◆"
RELAPSE: Final = "▼"
GOAL: Final = "◎"
FAN_80: Final = "░"
FAN_50: Final = "▒"
TARGET: Final = "┄"
PLAN: Final = "·"
LIVE: Final = "║"
TREND: Final = "∙"
MIDDLE: Final = "━"
WAVE: Final = "┊"
TODAY: Final = "│"
NAME: Final = 24
"""So many columns a group's name takes over its wave."""

AHEAD: Final = 120
"""Days after today that are shown at first, where the target does not ask for more."""

WEEKS_STEPS: Final = (1, 2, 4, 8, 13, 26, 52)
LONG: Final = 550
"""A longer time is shown by its last year at first."""


def first_window(series: SeriesView, today: date) -> TimeWindow:
    """What is shown at first: from go-live to the target and what is forecast; of years, the last one with a count."""
    starts = [day for day in (series.go_live, series.measured[0].day if series.measured else None) if day is not None]
    first = min(starts, default=today - timedelta(days=30))
    last = max([today, *([series.by] if series.by is not None and (series.by - today).days < 400 else [])])
    if (today - first).days > LONG:
        counted = max((use.day for use in (*series.measured, *series.said)), default=today)
        seen = today if (today - counted).days < 365 else counted
        return TimeWindow.of(seen.toordinal() - 365, 365 + AHEAD // 2)
    window = TimeWindow.fit([first, max(last, min(first, today) + timedelta(days=AHEAD))], today)
    beyond = today + timedelta(days=AHEAD // 2)
    return window if window.holds(beyond) else TimeWindow.fit([first, last, beyond], today)


def chart_of(
    series: SeriesView,
    outlook: Outlook | None,
    window: TimeWindow,
    today: date,
    waves: Sequence[tuple[date, Sequence[str]]],
    relapses: Iterable[date] = (),
) -> Chart:
    """A series by days: counts, plan, target, fan, go-live and waves, and where people went back."""
    left, right = float(window.start.toordinal()), float(window.end.toordinal())
    parts: list[Dots | Curve | Band] = []
    if outlook is not None:
        fan = _fan(series, outlook)
        parts += [
            Band(tuple((_x(f.day), f.low, f.high) for f in fan), FAN_80, "people", "band"),
            Band(tuple((_x(f.day), f.lower, f.upper) for f in fan), FAN_50, "people", "band"),
        ]
    if series.plan:
        parts.append(Curve(tuple((_x(day), level) for day, level in series.plan), "ink", PLAN))
    if series.target is not None:
        parts.append(Curve(((left, series.target), (right, series.target)), "ink", TARGET))
    if outlook is not None:
        parts.append(Curve(tuple((_x(f.day), f.middle) for f in _fan(series, outlook)), "ink", MIDDLE))
    if series.target is not None and series.by is not None:
        # Over the line of what is expected: where the two meet, the day of the target must not be lost.
        parts.append(Dots(((_x(series.by), series.target),), GOAL, "ink"))
    parts += _counted(series)
    parts += _fallen(series, relapses)
    return Chart(left, right, tuple(parts), tuple(_lines(series, today, waves)), tuple(day_ticks(window)))


def aligned(series: SeriesView, held: SeriesView) -> Chart:
    """Two series from their own go-live: what is shown as ``●``, what is held beside it as ``◆``."""
    ours, theirs = _from_go_live(series), _from_go_live(held)
    last = max([28.0, *(x for x, _ in (*ours, *theirs))])
    shown = last if min(len(ours), len(theirs)) == 0 else min(last, 2 * min(_last(ours), _last(theirs)) + 28)
    parts: list[Dots | Curve | Band] = []
    for one in (held, series):
        if one.target is not None:
            parts.append(Curve(((0.0, one.target), (shown, one.target)), "explain", TARGET))
    parts += [
        Curve(theirs, "ink", TREND),
        Dots(theirs, HELD, "ink"),
        Curve(ours, "people", TREND),
        Dots(ours, COUNTED, "people"),
    ]
    return Chart(0.0, shown, tuple(parts), (), tuple(_week_ticks(shown)))


class Named(NamedTuple):
    """A sign of the chart with what it is, and with a shorter word where there is little room."""

    sign: str
    word: str
    short: str
    token: str


def legend(
    series: SeriesView, outlook: Outlook | None, relapses: Collection[date] = (), waves: Collection[date] = ()
) -> tuple[Named, ...]:
    """What is drawn, only what is there; days that are marked have their words above the chart, as far as there is room."""
    found: list[Named] = []
    if series.measured:
        word = series.methods[0] if len(series.methods) == 1 else "counted"
        found.append(Named(COUNTED, word, word, "people"))
    if series.said:
        found.append(Named(SAID, "said by themselves", "said", "explain"))
    if relapses:
        found.append(Named(RELAPSE, "went back", "back", "late"))
    if outlook is not None:
        found += [
            Named(MIDDLE * 2, "expected", "expected", "ink"),
            Named(FAN_50, "1 of 2 futures", "1 of 2", "people"),
            Named(FAN_80, "8 of 10", "8 of 10", "people"),
        ]
    if series.plan:
        found.append(Named(PLAN * 2, "plan", "plan", "ink"))
    if series.target is not None:
        day = series.by is not None
        found.append(
            Named(TARGET + (GOAL if day else TARGET), f"target{' and its day' if day else ''}", "target", "ink")
        )
    if series.audience is None and any(day != series.go_live for day in waves):
        found.append(Named(WAVE, "later wave", "wave", "explain"))
    return tuple(found)


def legend_of_two(series: SeriesView, held: SeriesView, whose: str) -> tuple[Named, ...]:
    """What is drawn of two series that are compared."""
    found = [
        Named(COUNTED, series.name, series.name, "people"),
        Named(HELD, f"{whose} {held.name}", f"{whose} {held.name}", "ink"),
    ]
    if series.target is not None or held.target is not None:
        found.append(Named(TARGET * 2, "target", "target", "explain"))
    return tuple(found)


def _x(day: date) -> float:
    return float(day.toordinal())


def _fan(series: SeriesView, outlook: Outlook) -> tuple[FanDay, ...]:
    """The fan begins at the last count."""
    now = series.now
    start = () if now is None else (FanDay(now.day, *[now.percent] * 5),)
    return (*start, *outlook.fan)


def _counted(series: SeriesView) -> Iterator[Dots | Curve]:
    said = tuple((_x(use.day), use.percent) for use in series.said)
    if said:
        yield Dots(said, SAID, "explain")
    points: tuple[Point, ...] = tuple((_x(use.day), use.percent) for use in series.measured)
    if points:
        yield Curve(points, "people", TREND)
        yield Dots(points, COUNTED, "people")


def _fallen(series: SeriesView, relapses: Iterable[date]) -> Iterator[Dots]:
    """A mark on the count at which each relapse was seen first."""
    levels = {use.day: use.percent for use in series.measured}
    points = []
    for day in relapses:
        near = [known for known in levels if known <= day]
        if near:
            points.append((_x(day), levels[max(near)]))
    if points:
        yield Dots(tuple(points), RELAPSE, "late")


def _lines(series: SeriesView, today: date, waves: Sequence[tuple[date, Sequence[str]]]) -> Iterator[DayLine]:
    own = waves if series.audience is None else ()
    named = {
        day: fit(ink(names[0]).text, NAME) if len(names) == 1 else f"wave {number}"
        for number, (day, names) in enumerate(own, start=1)
    }
    if series.go_live is not None:
        # Of several waves the first is not the day on which the initiative is said to have gone live.
        whose = f" {named[series.go_live]}" if len(named) > 1 and series.go_live in named else ""
        what = "was to go live" if series.cancelled and series.go_live > today else "go-live"
        yield DayLine(_x(series.go_live), LIVE, "ink", f"{what}{whose}")
    yield DayLine(_x(today), TODAY, "explain", "today")
    for day, who in named.items():
        if day != series.go_live:
            yield DayLine(_x(day), WAVE, "explain", who)


def day_ticks(window: TimeWindow) -> Iterator[Tick]:
    """The first days of months; of a short time Mondays, of a long one years."""
    if window.days <= 75:
        day = window.start + timedelta(days=-window.start.weekday() % 7)
        while day < window.end:
            yield Tick(_x(day), f"{day.day} {MONTHS[day.month - 1]}")
            day += timedelta(days=7)
        return
    yearly = window.days > 1500
    for year in range(window.start.year, window.end.year + 1):
        for month in range(1, 13):
            day = date(year, month, 1)
            if window.holds(day) and (month == 1 or not yearly):
                yield Tick(_x(day), str(year) if month == 1 else MONTHS[month - 1])


def _from_go_live(series: SeriesView) -> tuple[Point, ...]:
    if series.go_live is None:
        return ()
    start = series.go_live
    return tuple((float((use.day - start).days), use.percent) for use in series.measured if use.day >= start)


def _last(points: Sequence[Point]) -> float:
    return points[-1][0] if points else 0.0


def _week_ticks(days: float) -> Iterator[Tick]:
    weeks = int(days // 7)
    step = next((one for one in WEEKS_STEPS if weeks / one <= 8), WEEKS_STEPS[-1])
    yield Tick(0.0, "go-live")
    for week in range(step, weeks + 1, step):
        yield Tick(7.0 * week, f"{week} w")
