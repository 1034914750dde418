"""The level that a group has held and the scatter of its points: as their formulas have them, at their edges."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.usage.held_level import Scatter, Staircase, off_the_line


def stairs(*levels: float, sigma: float = 5.0) -> Staircase:
    built = Staircase()
    for level in levels:
        built.climb(level, sigma)
    return built


@pytest.mark.parametrize(
    ("levels", "level", "support"),
    [
        ((80,), 80, 1),
        ((80, 80, 80), 80, 3),
        ((78, 82, 80), (81 * 2 + 78 / 1.36) / (2 + 1 / 1.36), 2 + 1 / 1.36),
        ((70, 80), (80 + 70 / 5) / 1.2, 1.2),
        ((55, 80), (80 + 55 / 26) / (1 + 1 / 26), 1 + 1 / 26),
        ((54, 80), 80, 1),
        ((80, 70), 75, 2),
        ((80, 20), 75, 2),
    ],
    ids=["one", "steady", "falls", "two sigmas under", "five", "farther", "a step back", "a holiday week"],
)
def test_a_step_under_the_top_counts_the_less_the_farther_it_lies(levels, level, support):
    assert stairs(*levels).held(5.0) == (pytest.approx(level), pytest.approx(support))


def test_before_the_first_point_there_is_no_level():
    assert Staircase().top == 0


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_the_top_never_falls_below_the_mean_of_what_came_and_never_rises_above_the_best(levels):
    built = stairs(*levels, sigma=100.0)
    assert sum(levels) / len(levels) - 1e-6 <= built.top <= max(levels) + 1e-6
    level, support = built.held(100.0)
    assert min(levels) - 1e-6 <= level <= built.top + 1e-6
    assert 1 - 1e-9 <= support <= len(levels) + 1e-9


@pytest.mark.parametrize(
    ("people", "level", "variance"), [(100, 50, 25), (100, 2, 1.96), (100, 0, 1.96), (100, 100, 1.96), (0, 50, 2500)]
)
def test_before_anything_was_seen_a_point_scatters_as_a_count_does_and_practice_beside_it(people, level, variance):
    assert Scatter(people).sigma(level) == pytest.approx(sqrt(variance + 1))


def test_what_was_expected_counts_as_five_residuals_and_a_holiday_week_is_cut():
    scatter = Scatter(100)
    scatter.see(100, sigma=4)
    assert scatter.sigma(50) == pytest.approx(sqrt((5 * 26 + (2.5 * 4) ** 2) / 6))
    scatter.see(-8, sigma=4)
    assert scatter.sigma(50) == pytest.approx(sqrt((5 * 26 + 100 + 64) / 7))


@pytest.mark.parametrize(("people", "least"), [(100, 5), (10**9, 1)])
def test_points_that_do_not_scatter_at_all_are_not_taken_for_surer_than_chance_or_practice_allows(people, least):
    scatter = Scatter(people)
    for _ in range(100):
        scatter.see(0, sigma=5)
    assert scatter.sigma(50) == pytest.approx(least)


@given(st.tuples(*[st.floats(0.1, 20)] * 2), st.floats(-50, 50), st.floats(-5, 5))
def test_a_point_on_the_line_is_not_off_it_and_the_scatter_of_three_is_that_of_one(steps, begin, slope):
    t = [0.0, steps[0], steps[0] + steps[1]]
    assert off_the_line(t, [begin + slope * at for at in t], 2) == pytest.approx(0, abs=1e-6)
    alone = [off_the_line(t, [float(k == place) for k in range(3)], 2) for place in range(3)]
    assert sum(part * part for part in alone) == pytest.approx(1)
    assert alone[1] > 0
