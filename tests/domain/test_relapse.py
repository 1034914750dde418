"""The relapse alarm: what it looks at, what cannot raise it, and how often it is right."""

import random
from math import exp, inf

import pytest
from chances import can_be
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.adoption import relapse_statistic as exported
from changedesk.domain.usage.held_level import Scatter, Staircase, off_the_line
from changedesk.domain.usage.relapse import (
    ALLOWANCE,
    DRIFT,
    PATIENCE,
    RELAPSE_THRESHOLD,
    best_level,
    middle,
    relapse_statistic,
    shortfalls,
)

PERCENTS = st.lists(st.floats(0, 100), max_size=60)
PEOPLE = st.integers(1, 5000)
STEADY = [80.0] * 40


def alarms(percents, people, weeks=None):
    return max(relapse_statistic(weeks or range(len(percents)), percents, people)) > RELAPSE_THRESHOLD


def a_series(seed, slides=False):
    """Weekly use of a group as it spreads by push and by example, with a holiday week; it may slide from week 30 on."""
    chance = random.Random(seed)
    people = round(40 * exp(3.5 * chance.random()))
    ceiling, push, example = chance.uniform(50, 90), chance.uniform(0.01, 0.1), chance.uniform(0.05, 0.4)
    loss, holiday, practice = chance.uniform(0.25, 0.5), chance.randrange(3, 50), chance.uniform(0.3, 1.5)
    level, weeks, percents = 0.0, [], []
    for week in range(50):
        level += (ceiling - level) * (push + example * level / ceiling)
        left = 1 - loss * (1 - exp(-0.25 * (week - 29))) if slides and week >= 30 else 1.0
        use = level * left * (chance.uniform(0.6, 0.9) if week == holiday else 1)
        use = chance.gauss(use, (use * (100 - use) / people + practice**2) ** 0.5)
        if week == 0 or chance.random() > 0.1:
            weeks.append(float(week))
            percents.append(min(100.0, max(0.0, use)))
    return weeks, percents, people


def test_the_names_that_benchmarks_call_are_exported():
    assert exported is relapse_statistic


@given(PERCENTS, PEOPLE, st.integers(0, 60))
def test_the_statistic_looks_at_nothing_later(percents, people, cut):
    weeks = [float(n) for n in range(len(percents))]
    whole = relapse_statistic(weeks, percents, people)
    assert len(whole) == len(percents)
    assert relapse_statistic(weeks[:cut], percents[:cut], people) == whole[:cut]
    assert all(0 <= value < inf for value in whole)


@given(PERCENTS, PEOPLE, st.lists(st.floats(0.1, 30), min_size=60, max_size=60), st.integers(0, 500))
def test_it_counts_weeks_from_any_week(percents, people, gaps, shift):
    weeks = [sum(gaps[:n]) for n in range(len(percents))]
    here = relapse_statistic(weeks, percents, people)
    assert relapse_statistic([week + shift for week in weeks], percents, people) == pytest.approx(here, abs=1e-6)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), PEOPLE)
def test_use_that_only_rises_never_alarms(percents, people):
    rising = sorted(percents)
    assert max(relapse_statistic(range(len(rising)), rising, people)) == 0


@given(st.integers(3, 38), st.integers(10, 3000), st.floats(0, 80), st.floats(0, 80))
def test_a_holiday_of_two_weeks_does_not_alarm_by_itself(when, people, first, second):
    assert not alarms([*STEADY[:when], first, second, *STEADY[when + 2 :]], people)


@given(st.integers(6, 40), st.integers(300, 3000))
def test_a_crash_is_seen_in_its_fourth_week(held, people):
    rise = [20.0, 40.0, 60.0, 70.0, 75.0]
    statistic = relapse_statistic(range(held + 9), [*rise, *[80.0] * held, 60.0, 58.0, 55.0, 55.0], people)
    assert statistic[-1] > RELAPSE_THRESHOLD
    assert max(statistic[:-4]) == 0


@given(st.integers(0, 60))
def test_the_more_people_the_more_the_same_shortfall_proves(people):
    percents = [*STEADY, *[72.0] * 12]
    few, many = (relapse_statistic(range(52), percents, n)[-1] for n in (20 + people, 21 + 3 * people))
    assert few <= many


def test_missing_weeks_do_not_look_like_scatter():
    weeks = [0, 1, 2, 6, 7, 8, 14, 15, 16, 17]
    steady_rise = [5.0 * week for week in weeks]
    assert alarms([*steady_rise, 75, 70, 65, 60, 60], 1000, [*weeks, 18, 19, 20, 21, 22])


def test_steady_groups_are_rarely_accused():
    accused = sum(alarms(percents, people, weeks) for weeks, percents, people in map(a_series, range(300)))
    assert can_be(0.05, accused, 300)


def test_groups_that_slip_are_found_once_they_do():
    found = 0
    for weeks, percents, people in (a_series(seed, slides=True) for seed in range(1000, 1150)):
        before = sum(week < 30 for week in weeks)
        statistic = relapse_statistic(weeks, percents, people)
        found += max(statistic[:before]) <= RELAPSE_THRESHOLD < max(statistic[before:])
    assert can_be(0.15, 150 - found, 150)
    assert found >= 130


def test_the_statistic_is_the_formula_that_stands_over_it():
    weeks, percents = range(16), [80.0] * 10 + [74.0] * 6
    stairs, scatter, sigma, shortfall = Staircase(), Scatter(100), 0.0, 0.0
    for i, percent in enumerate(percents):
        if i >= 2:
            scatter.see(off_the_line(weeks, percents, i), sigma)
        sigma = scatter.sigma(stairs.top or percent)
        if i == 10:
            level, points = stairs.held(sigma)
        if i >= 10:
            shortfall += (level - ALLOWANCE - percent) / sigma
        stairs.climb(percent, sigma)
    since, m = 5, 6
    wander = m * m * DRIFT**2 * (since + points) / (3 * sigma**2)
    proven = shortfall / (m + m * m / points + wander) ** 0.5 - PATIENCE / m
    assert relapse_statistic(weeks, percents, 100)[-1] == pytest.approx(proven)


@pytest.mark.parametrize("begun", [[0.0, 60.0], [60.0, 0.0]])
def test_the_first_two_points_scatter_as_the_higher_of_them(begun):
    """A group that begins with nobody is not judged by how little the use of nobody scatters."""
    percents, scatter = [*begun, 100.0, 100.0], Scatter(30)
    scatter.see(off_the_line(range(4), percents, 2), scatter.sigma(60.0))
    stairs = Staircase()
    for percent in begun:
        stairs.climb(percent, Scatter(30).sigma(60.0))
    scatter.see(off_the_line(range(4), percents, 3), scatter.sigma(stairs.top))
    best = middle(*percents[:3])
    assert shortfalls(range(4), percents, 30)[3] == pytest.approx((best - 100.0) / scatter.sigma(100.0))


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_the_staircase_rises_and_its_top_is_held_from_below(percents):
    stairs = Staircase()
    for percent in percents:
        stairs.climb(percent, 2.0)
        level, support = stairs.held(2.0)
        assert level <= stairs.top + 1e-9
        assert 1 <= support <= len(percents)
    assert min(percents) - 1e-9 <= stairs.top <= max(percents) + 1e-9


def test_shortfalls_are_measured_from_the_best_level_so_far():
    found = shortfalls(range(6), [40, 60, 60, 60, 50, 70], 400)
    assert found[:4] == [0, 0, 0, 0]
    assert found[4] > 2
    assert found[5] < -2


@given(st.lists(st.integers(0, 100), max_size=30), PEOPLE)
def test_a_point_falls_short_where_it_lies_below_the_best_level_of_those_before_it(percents, people):
    for n, short in enumerate(shortfalls(range(len(percents)), percents, people)):
        best = best_level(percents[:n]) if n >= 3 else percents[n]
        assert ((short > 0), (short < 0)) == (percents[n] < best, percents[n] > best)


def test_the_best_level_is_no_single_lucky_week():
    assert best_level([10, 90, 20]) == 20
    assert best_level([10, 90, 20, 30]) == 30
    assert best_level([10, 90]) == 90
    assert best_level([]) is None


@given(st.tuples(*[st.floats(-100, 100)] * 3))
def test_the_middle_of_three_is_their_median(three):
    assert middle(*three) == sorted(three)[1]
