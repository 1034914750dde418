"""The axis of the calendar and the rows on it: what is seen where, also in the weeks in which clocks change."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.calendar.axis import (
    MONTH,
    ZOOMS,
    Axis,
    beginning,
    grid,
    heading,
    moved,
    said_days,
    zoomed,
)
from changedesk.widgets.calendar.track import Mark, WeekMark, draw_legend, draw_loads, draw_track
from changedesk.widgets.canvas import Line, cells

DUBLIN = ZoneInfo("Europe/Dublin")
SYDNEY = ZoneInfo("Australia/Sydney")
TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)


def axis(width: int = 70, days: int = MONTH, day: date = TODAY, zone: ZoneInfo = DUBLIN) -> Axis:
    return Axis(beginning(day, days), zone, width)


def text(line: Line) -> str:
    return "".join(span.text for span in line)


def mark(kind: str, start: datetime, hours: float, **more: str) -> Mark:
    return Mark("k", kind, start, start + timedelta(hours=hours), **({"standing": "decided"} | more))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("zone", [DUBLIN, SYDNEY], ids=lambda zone: zone.key)
@pytest.mark.parametrize("days", ZOOMS)
@given(st.data())
def test_a_later_moment_never_stands_further_left_and_every_day_is_as_wide(zone, days, data):
    day = data.draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    width = data.draw(st.integers(24, 200))
    shown = Axis(beginning(day, days), zone, width)
    assert shown.window.holds(day)
    noons = [
        datetime(d.year, d.month, d.day, 12, tzinfo=zone)
        for d in (shown.window.start + timedelta(days=n) for n in range(days))
    ]
    columns = [shown.column(noon) for noon in noons]
    assert columns == sorted(columns)
    # Noon is the middle of its day, on days on which clocks change, too.
    assert columns == [(2 * n + 1) * width // (2 * days) for n in range(days)]
    assert shown.column(shown.since) == 0
    assert shown.column(shown.until) == width


@given(moments, st.integers(1, 40), st.integers(24, 200))
def test_whatever_touches_the_time_that_is_shown_is_seen_and_nothing_else_is(start, hours, width):
    shown, end = axis(width, day=date(2026, 12, 28)), start + timedelta(hours=hours)
    columns = shown.columns(start, end)
    assert bool(columns) == (start < shown.until and shown.since < end)
    assert all(0 <= column < width for column in columns)


@given(st.integers(1, 250), st.sampled_from(ZOOMS))
def test_the_heading_is_exactly_as_wide_as_the_axis(width, days):
    assert cells(heading(axis(width, days), NOW)) == width
    assert all(0 <= column < width for column in grid(axis(width, days)))


def test_moving_and_zooming_keep_to_weeks_that_begin_on_mondays():
    month = beginning(TODAY, MONTH)
    assert (month.start, month.days) == (date(2026, 11, 23), 35)
    assert moved(month, 1).start == date(2026, 11, 30)
    assert said_days(month) == "Mon 23 Nov to Sun 27 Dec"
    week = zoomed(month, -1, date(2026, 12, 10))
    assert (week.start, week.days) == (date(2026, 12, 7), 7)
    day = zoomed(week, -1, date(2026, 12, 10))
    assert (day.start, day.days, said_days(day)) == (date(2026, 12, 10), 1, "Thu 10 Dec 2026")
    assert moved(day, -1).start == date(2026, 12, 9)
    assert zoomed(day, -1, day.start) == day
    assert zoomed(day, 1, day.start) == week
    assert zoomed(zoomed(zoomed(month, 1, TODAY), 1, TODAY), 1, TODAY).days == ZOOMS[-1]
    assert zoomed(week, 1, date(2026, 12, 10)).holds(date(2026, 12, 10))


def test_each_kind_has_a_sign_of_its_own_and_changes_lie_over_windows():
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    marks = [
        mark("maintenance", monday, 24),
        mark("freeze_hard", monday + timedelta(days=1), 24),
        mark("freeze_soft", monday + timedelta(days=2), 24),
        mark("holiday", monday + timedelta(days=6), 24),
        mark("change", monday + timedelta(days=1, hours=13), 2),
        mark("change", monday + timedelta(days=4), 24, standing="open"),
        mark("change", monday + timedelta(days=5), 24, standing="done"),
    ]
    assert text(draw_track(marks, axis(), NOW))[:14] == "▁▁╳█╱╱ │▒▒▪▪~~"


def test_a_collision_is_marked_by_a_sign_and_not_by_colour_alone():
    at = datetime(2026, 11, 30, tzinfo=UTC)
    assert text(draw_track([mark("change", at, 48, level="late")], axis(), NOW))[14:18] == "▲███"
    assert text(draw_track([mark("change", at, 48, level="at_risk")], axis(), NOW))[14:18] == "◆███"
    assert text(draw_track([mark("change", at, 48, level="")], axis(), NOW))[14:18] == "████"


def test_a_name_stands_in_what_is_wide_enough_for_it():
    at = datetime(2026, 12, 1, tzinfo=UTC)
    freeze = mark("freeze_hard", at, 24 * 9, name="Year end")
    assert text(draw_track([freeze], axis(), NOW)).strip().rstrip(" ┆").endswith("╳╳╳╳ Year end ╳╳╳╳")
    short = mark("freeze_hard", at, 24 * 5, name="Year end")
    assert "Year" not in text(draw_track([short], axis(), NOW))
    assert " CHG-7 " in text(draw_track([mark("change", at, 24 * 5, name="CHG-7")], axis(), NOW))


def test_several_changes_on_one_column_are_counted():
    at = datetime(2026, 12, 1, tzinfo=UTC)
    two = [
        Mark(str(n), "change", at + timedelta(hours=n), at + timedelta(hours=n + 1), "", "decided") for n in range(2)
    ]
    assert text(draw_track(two, axis(), NOW))[16] == "2"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("change", "freeze_hard", "freeze_soft", "maintenance", "holiday")),
            moments,
            st.integers(1, 900),
        )
    ),
    st.integers(0, 160),
    st.sampled_from(ZOOMS),
)
def test_a_row_is_never_wider_than_its_axis(given_, width, days):
    marks = [
        Mark(str(n), kind, start, start + timedelta(hours=hours), "A name with ✓", "decided", "late" if n % 2 else "")
        for n, (kind, start, hours) in enumerate(given_)
    ]
    shown = Axis(beginning(TODAY, days), SYDNEY, width)
    for line in (draw_track(marks, shown, NOW, "1"), draw_loads([WeekMark(date(2026, 11, 23), 1.2, "late")], shown)):
        assert sum(cells(span.text) for span in line) == width


@pytest.mark.parametrize(("width", "said"), [(70, "▆ 90 % ◆"), (42, "▆ 90 %"), (30, "90 %"), (20, "90"), (12, "▆")])
def test_a_load_is_said_in_the_longest_form_that_its_week_has_room_for(width, said):
    line = draw_loads([WeekMark(date(2026, 11, 23), 0.9, "at_risk")], axis(width))
    assert text(line).startswith(said)
    assert "·" in text(line)


@given(st.integers(10, 160), st.sampled_from(ZOOMS), st.floats(0.01, 1.9))
def test_loads_are_written_the_same_way_in_every_week_of_a_list(width: int, days: int, share: float):
    shown = axis(width, days)
    mondays = [monday for monday, _ in shown.weeks()]
    line = text(draw_loads([WeekMark(monday, share, "fine") for monday in mondays], shown))
    written = [line[columns.start : columns.stop].strip() for _, columns in shown.weeks() if columns]
    assert len(set(written[1:-1])) <= 1
    assert not re.search(r"\d%", line)


def test_the_legend_names_every_sign_at_every_width():
    for width in (76, 120):
        assert sum(cells(span.text) for span in draw_legend(width)) - 2 <= width
        for sign in "█▒▪╳╱▁~▲◆":
            assert sign in text(draw_legend(width))


def test_what_is_marked_stands_between_brackets_and_not_in_another_colour_alone():
    at = datetime(2026, 11, 30, tzinfo=UTC)
    one, other = (
        mark("change", at, 24),
        Mark("next", "change", at + timedelta(days=1), at + timedelta(days=2), "", "open"),
    )
    assert text(draw_track([one, other], axis(), NOW, "k"))[13:19] == "[██▒▒ "
    assert text(draw_track([one, other], axis(), NOW, "next"))[13:19] == " ██▒▒]"
    loads = [WeekMark(date(2026, 11, 23) + timedelta(days=7 * n), share, "late") for n, share in enumerate((1.0, 1.25))]
    assert text(draw_loads(loads, axis(), date(2026, 11, 30))).startswith("▇ 100 % ▲    [▇ 125 % ▲]")
    assert text(draw_loads(loads, axis(), date(2026, 11, 23))).startswith("[▇ 100 % ▲]")
    assert text(draw_loads([], axis(), date(2026, 11, 23))).startswith("[·]")


def test_what_reaches_the_edge_of_the_time_that_is_shown_has_its_bracket_on_itself():
    shown = axis()
    freeze = mark("freeze_hard", shown.since - timedelta(days=3), 24 * 6)
    assert text(draw_track([freeze], shown, NOW, "k")).startswith("[╳╳")
    assert text(draw_track([mark("change", shown.until - timedelta(days=2), 24 * 5)], shown, NOW, "k")).endswith("█]")
