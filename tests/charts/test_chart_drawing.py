"""Charts: within their place, readable without colour, the same for the same, and never from a global figure."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.charts.axis import column_of, columns, round_levels, words
from changedesk.charts.drawing import draw
from changedesk.charts.sheet import Band, Chart, Curve, DayLine, Dots, Tick

A_CHART = Chart(
    0.0,
    100.0,
    (
        Band(((40.0, 30.0, 50.0), (100.0, 20.0, 90.0)), "░", "people"),
        Curve(((0.0, 80.0), (100.0, 80.0)), "ink", "┄"),
        Curve(((0.0, 0.0), (40.0, 40.0)), "people", "∙"),
        Dots(((0.0, 0.0), (20.0, 20.0), (40.0, 40.0)), "●", "people"),
        Dots(((20.0, 20.0),), "▼", "late"),
    ),
    (DayLine(10.0, "║", "ink", "go-live"), DayLine(50.0, "│", "explain", "today")),
    (Tick(0.0, "Sep"), Tick(30.0, "Oct"), Tick(60.0, "Nov")),
)

SPOT = Dots(((1.0, 50.0),), "●", "people")


def text(chart: Chart, width: int, height: int) -> list[str]:
    return ["".join(part for part, *_ in row) for row in draw(chart, width, height)]


@pytest.mark.parametrize(("width", "height"), [(76, 9), (116, 16), (156, 30)])
def test_a_chart_shows_its_parts_by_marks_of_their_own(width, height):
    rows = text(A_CHART, width, height)
    assert len(rows) == height
    assert all(len(row) <= width for row in rows)
    whole = "\n".join(rows)
    for mark in ("●", "░", "┄", "▼", "║", "│", "go-live", "today", "100 %", "Oct"):
        assert mark in whole


def test_every_run_has_the_meaning_of_its_part():
    tokens = {token: mark for row in draw(A_CHART, 80, 12) for mark, token, _ in row if mark.strip()}
    assert set(tokens) == {"people", "ink", "late", "explain"}


def test_a_place_that_is_too_small_stays_empty():
    assert draw(A_CHART, 20, 10) == ()
    assert draw(A_CHART, 80, 4) == ()


def test_words_above_days_never_run_into_each_other():
    near = Chart(0.0, 100.0, (), (DayLine(50.0, "│", "ink", "go-live"), DayLine(51.0, "│", "ink", "today")))
    assert "go-live" in text(near, 80, 10)[0]
    assert "today" not in text(near, 80, 10)[0]


def test_a_word_without_room_to_the_right_of_its_day_stands_to_the_left_of_it():
    near = Chart(0.0, 100.0, (), (DayLine(20.0, "║", "ink", "to go live"), DayLine(16.0, "│", "explain", "today")))
    words, body = text(near, 80, 10)[:2]
    assert words.index("today") + len("today") - 1 == body.index("│")
    assert words.index("to go live") == body.index("║")


def test_many_threads_draw_each_its_own():
    charts = [Chart(0.0, 10.0, (Dots(((float(n % 10), 50.0),), "●", "people"),)) for n in range(24)]
    draw.cache_clear()
    alone = [draw(chart, 60, 8) for chart in charts]
    draw.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda chart: draw(chart, 60, 8), charts)) == alone


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.floats(-500, 900), st.floats(-20, 130)), max_size=30),
    st.floats(-400, 400),
    st.floats(1, 800),
    st.integers(24, 120),
    st.integers(5, 30),
)
def test_whatever_is_drawn_stays_in_its_place(points, left, days, width, height):
    chart = Chart(left, left + days, (Curve(tuple(sorted(points)), "ink"), Dots(tuple(points), "●", "people")))
    rows = text(chart, width, height)
    assert len(rows) <= height
    assert all(len(row) <= width for row in rows)


def test_a_day_is_drawn_where_it_lies():
    assert column_of(A_CHART, 0.0, 80) == 6
    assert column_of(A_CHART, 100.0, 80) == 79


@settings(max_examples=40)
@given(st.integers(30, 160), st.integers(2, 40), st.integers(2, 6))
def test_days_are_named_evenly_and_never_run_into_each_other(width: int, many: int, letters: int):
    names = [f"{n:d}".rjust(letters, "x") for n in range(many)]
    ticks = tuple(Tick(float(n + 1), name) for n, name in enumerate(names))
    shown = [names.index(name) for name in text(Chart(0.0, many + 1.0, (SPOT,), (), ticks), width, 6)[-1].split()]
    assert len({after - before for before, after in itertools.pairwise(shown)}) <= 1
    assert shown


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_year_stays_named_where_months_are_left_out(width: int):
    months = ("Aug", "Sep", "Oct", "Nov", "Dec", "2027", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
    ticks = tuple(Tick(float(n + 1), name) for n, name in enumerate(months))
    assert "2027" in text(Chart(0.0, 16.0, (SPOT,), (), ticks), width, 6)[-1].split()


def test_a_line_over_a_band_leaves_no_hole_in_it():
    band = Band(((0.0, 20.0, 80.0), (100.0, 20.0, 80.0)), "▒", "people", "people-dim")
    chart = Chart(0.0, 100.0, (band, Curve(((0.0, 50.0), (100.0, 50.0)), "ink", "━"), SPOT))
    runs = [run for row in draw(chart, 60, 12) for run in row if run.text.strip()]
    assert {run.ground for run in runs if "━" in run.text} == {"people-dim"}
    assert {run.ground for run in runs if "▒" in run.text or run.token == "explain"} == {""}


def test_every_marked_day_is_named_where_there_is_room_for_a_second_line():
    days = (("to go live", 6.0), ("Field nurses", 12.0), ("Ward staff", 18.0))
    lines = tuple(DayLine(at, "┊", "explain", word) for word, at in days)
    chart = Chart(0.0, 100.0, (SPOT,), lines)
    rows = text(chart, 100, 16)
    for word, at in days:
        assert next(row for row in rows if word in row).index(word) == column_of(chart, at, 100)
    assert len(rows) == 16
    assert "Field nurses" not in "\n".join(text(chart, 100, 10))


def test_two_days_are_not_read_as_one_word_where_a_second_line_has_room():
    lines = (DayLine(6.0, "║", "ink", "to go live"), DayLine(18.0, "┊", "explain", "Ward staff"))
    over, under = words(Chart(0.0, 100.0, (SPOT,), lines), 100, 2)
    assert [run.text.strip() for run in (*over, *under) if run.text.strip()] == ["Ward staff", "to go live"]
    assert len(words(Chart(0.0, 100.0, (SPOT,), lines), 100, 1)) == 1


@pytest.mark.parametrize(
    "values", [(62.0, 71.0), (99.58, 99.99), (99.9, 100.0), (0.0, 0.0), (0.3, 0.55), (140.0, 175.0)]
)
def test_the_levels_of_a_chart_are_round_and_hold_its_values(values: tuple[float, float]):
    many, ends = round_levels(values)
    steps = {round(after - before, 9) for before, after in itertools.pairwise(many)}
    assert len(steps) == 1
    assert f"{steps.pop():e}"[0] in "125"
    assert ends[0] <= values[0] <= values[1] <= ends[1]


def test_words_of_wide_signs_keep_to_their_place():
    names = ("東京支店", "大阪支店", "Ward staff")
    lines = tuple(DayLine(10.0 + 5 * n, "┊", "explain", name) for n, name in enumerate(names))
    for row in words(Chart(0.0, 100.0, (), lines), 60, 3):
        assert sum(columns(run.text) for run in row) <= 60
    (row,) = words(Chart(0.0, 100.0, (), (lines[0], DayLine(60.0, "│", "explain", "today"))), 60, 1)
    before = row[: next(n for n, run in enumerate(row) if run.text == "today")]
    assert sum(columns(run.text) for run in before) == column_of(Chart(0.0, 100.0, ()), 60.0, 60)


def test_the_unit_goes_before_the_chart_is_moved():
    high = Chart(0.0, 10.0, (SPOT,), (), (), ((99.85, 99.95),), "%")
    usual = Chart(0.0, 10.0, (SPOT,), (), (), ((98.0, 100.0),), "%")
    assert "99.95 " in "\n".join(text(high, 60, 10))
    assert "100 %" in "\n".join(text(usual, 60, 10))
    assert [len(row) for row in text(high, 60, 10)[:9]] == [len(row) for row in text(usual, 60, 10)[:9]]
