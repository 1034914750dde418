from datetime import date, timedelta

import pytest
from drawings import TODAY, any_day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.time_window import SPANS, TimeWindow, bounds

windows = st.builds(TimeWindow.of, any_day.map(date.toordinal), st.sampled_from(SPANS))


@given(st.lists(st.none() | any_day, min_size=1, max_size=6), any_day)
def test_the_fitting_window_holds_every_day(days: list[date | None], today: date) -> None:
    window = TimeWindow.fit(days, today)
    last_possible = date.max - timedelta(days=1)
    assert all(window.holds(min(day, last_possible)) for day in days if day)
    assert window.days >= SPANS[0]


def test_the_fitting_window_holds_today_unless_it_is_far_away() -> None:
    start, end = date(2026, 9, 1), date(2027, 3, 1)
    assert TimeWindow.fit([start, end], date(2027, 6, 1)).holds(date(2027, 6, 1))
    assert not TimeWindow.fit([start, end], date(2030, 6, 1)).holds(date(2030, 6, 1))


def test_without_any_day_it_shows_three_months_around_today() -> None:
    window = TimeWindow.fit([None], TODAY)
    assert window.holds(TODAY)
    assert window.days == 92


@given(windows, any_day)
def test_zooming_keeps_the_day_it_is_done_around(window: TimeWindow, day: date) -> None:
    pivot = day if window.holds(day) else window.centre
    assert window.zoom_in(day).holds(pivot)
    assert window.zoom_out(day).holds(pivot)
    assert window.zoom_in(day).days <= window.days <= window.zoom_out(day).days


def test_zooming_goes_from_two_weeks_to_forty_years() -> None:
    window = TimeWindow.fit([], TODAY)
    for _ in SPANS:
        window = window.zoom_in(TODAY)
    assert window.days == SPANS[0]
    assert window.zoom_in(TODAY) == window
    for _ in SPANS:
        window = window.zoom_out(TODAY)
    assert window.days == SPANS[-1]


@given(windows, st.sampled_from([-1.0, -0.25, -0.001, 0.001, 0.25, 1.0]))
def test_panning_keeps_the_width_and_goes_the_right_way(window: TimeWindow, share: float) -> None:
    moved = window.pan(share)
    assert moved.days == window.days
    assert (moved.start >= window.start) if share > 0 else (moved.start <= window.start)


@given(windows, st.integers(1, 200))
def test_the_days_of_a_window_fall_on_its_columns_in_order(window: TimeWindow, width: int) -> None:
    last = window.end - timedelta(days=1)
    assert window.column(window.start, width) == 0
    assert 0 <= window.column(window.centre, width) <= window.column(last, width) < width
    assert window.column(window.end, width) == width


def test_a_window_without_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        TimeWindow(TODAY, TODAY)


def test_one_unknown_end_is_taken_from_the_other() -> None:
    assert bounds(None, TODAY) == (TODAY, TODAY)
    assert bounds(TODAY, None) == (TODAY, TODAY)
    assert bounds(None, None) is None
    assert bounds(TODAY, TODAY - timedelta(days=3)) == (TODAY - timedelta(days=3), TODAY)
