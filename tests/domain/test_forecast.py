"""What the forecast promises, whatever the points are."""

import math
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.adoption import forecast

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
AHEAD = (1.0, 4.0, 13.0, 26.0)

LEVELS = st.floats(0, 100)
POINTS = st.dictionaries(st.integers(0, 80), LEVELS, max_size=14).map(lambda found: tuple(found.items()))


def of(points, horizon=AHEAD, **other):
    return forecast([t for t, _ in points], [y for _, y in points], horizon, **other)


def weeks(levels):
    return tuple(enumerate(levels))


def logistic(n, ceiling=75.0, midpoint=10.0, width=14.0, noise=1.0, seed=1):
    """The first ``n`` weeks of a roll-out."""
    chance = random.Random(seed)
    curve = [ceiling / (1 + math.exp(4.394 * (midpoint - week) / width)) for week in range(n)]
    return weeks([min(100, max(0, level + chance.gauss(0, noise))) for level in curve])


def is_sane(found, horizon, cap=100.0):
    rows = [found["quantiles"][p] for p in QUANTILES]
    for values in zip(*rows, strict=True):
        assert all(0 <= value <= cap for value in values)
        assert list(values) == sorted(values)
    assert all(len(row) == len(horizon) for row in rows)
    low, middle, high = (found["ceiling"][p] for p in (0.1, 0.5, 0.9))
    assert 0 <= low <= middle <= high <= cap
    assert list(found["halfway"].values()) == sorted(found["halfway"].values())
    if found["crossing"] is not None:
        times = [found["crossing"][p] for p in (0.1, 0.5, 0.9)]
        assert times == sorted(times)
        assert not any(math.isnan(time) for time in times)
        assert all(0 <= chance <= 1 for chance in found["chance"])


@settings(max_examples=12)
@given(POINTS, st.floats(1, 100))
def test_quantiles_rise_and_stay_between_nobody_and_everybody(points, target):
    now = max((t for t, _ in points), default=0)
    horizon = [now + ahead for ahead in AHEAD]
    is_sane(of(points, horizon, target=target), horizon)


AWKWARD = {
    "no point": (),
    "one": ((3, 20.0),),
    "two": ((0, 5.0), (1, 9.0)),
    "three": ((0, 5.0), (1, 9.0), (2, 15.0)),
    "all alike": weeks([40.0] * 12),
    "nobody ever": weeks([0.0] * 30),
    "everybody at once": weeks([100.0] * 9),
    "falling": weeks([90.0 - 5 * n for n in range(15)]),
    "a gap of years": ((0, 1.0), (1, 3.0), (2, 8.0), (400, 70.0), (401, 72.0)),
    "up and down": weeks([0.0, 100.0] * 8),
    "seconds": tuple((n * 1e-6, 10.0 * n) for n in range(8)),
    "centuries": tuple((n * 1e6, 10.0 * n) for n in range(8)),
    "before the start": ((-5, 0.0), (-2, 0.0), (0, 3.0), (1, 9.0), (2, 14.0)),
}


@pytest.mark.parametrize("points", AWKWARD.values(), ids=AWKWARD)
def test_it_answers_sanely_to_anything(points):
    now = max((t for t, _ in points), default=0)
    horizon = [now - 1, now, now + 1, now + 1000]
    is_sane(of(points, horizon, target=80.0), horizon)


@pytest.mark.parametrize("wrong", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_refused_and_named(wrong):
    with pytest.raises(ValueError, match=r"y\[1\] is (nan|inf|-inf)"):
        forecast([0, 1, 2], [1, wrong, 3], [4])
    with pytest.raises(ValueError, match=r"t\[0\]"):
        forecast([wrong, 1, 2], [1, 2, 3], [4])
    with pytest.raises(ValueError, match=r"horizon\[0\]"):
        forecast([0, 1, 2], [1, 2, 3], [wrong])
    with pytest.raises(ValueError, match="target"):
        forecast([0, 1, 2], [1, 2, 3], [4], target=wrong)
    with pytest.raises(ValueError, match="cap"):
        forecast([0, 1, 2], [1, 2, 3], [4], cap=wrong)


def test_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="as many"):
        forecast([0, 1, 2], [1, 2], [4])


@settings(max_examples=6)
@given(POINTS.filter(lambda points: len(points) > 1), st.randoms(use_true_random=False))
def test_the_order_of_the_points_does_not_matter(points, chance):
    mixed = [*points]
    chance.shuffle(mixed)
    assert of(mixed, target=50.0) == of(points, target=50.0)


def test_two_points_of_one_time_are_their_mean():
    points = logistic(10)
    doubled = [*points, (9, points[9][1] + 2), (9, points[9][1] - 2)]
    assert of(doubled)["quantiles"][0.5] == pytest.approx(of(points)["quantiles"][0.5], abs=1e-6)


@settings(max_examples=6)
@given(POINTS)
def test_the_same_points_give_the_same_answer(points):
    assert of(points, target=60.0) == of(points, target=60.0)


def test_another_process_gives_the_same_answer():
    said = (
        "from changedesk.domain.adoption import forecast; print(forecast(range(9), range(0, 54, 6), [12], target=80))"
    )
    runs = {
        subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert runs == {f"{forecast(range(9), range(0, 54, 6), [12], target=80)}\n"}


@settings(max_examples=6)
@given(POINTS, st.lists(st.floats(0, 300), max_size=4), LEVELS)
def test_what_is_asked_does_not_change_what_is_believed(points, others, target):
    alone = of(points, [90.0])
    among = of(points, [90.0, *others], target=target)
    assert [alone["quantiles"][p][0] for p in QUANTILES] == [among["quantiles"][p][0] for p in QUANTILES]
    assert alone["ceiling"] == among["ceiling"]


@settings(max_examples=6)
@given(POINTS, LEVELS, LEVELS)
def test_a_higher_target_is_later_and_less_likely(points, one, other):
    low, high = (of(points, target=target) for target in sorted((one, other)))
    assert all(a >= b for a, b in zip(low["chance"], high["chance"], strict=True))
    assert all(low["crossing"][p] <= high["crossing"][p] for p in (0.1, 0.5, 0.9))


@settings(max_examples=6)
@given(POINTS, LEVELS)
def test_more_time_is_never_less_likely(points, target):
    found = of(points, sorted(AHEAD), target=target)
    assert found["chance"] == sorted(found["chance"])


@settings(max_examples=6)
@given(POINTS.filter(lambda points: len(points) > 3), st.integers(-500, 500))
def test_only_the_time_since_the_start_counts_and_not_the_calendar(points, shift):
    now = max(t for t, _ in points)
    plain = of(points, [now + ahead for ahead in AHEAD], target=70.0)
    later = of([(t + shift, y) for t, y in points], [now + shift + ahead for ahead in AHEAD], target=70.0)
    for p in QUANTILES:
        assert later["quantiles"][p] == pytest.approx(plain["quantiles"][p], abs=1e-6)
    for p in (0.1, 0.5, 0.9):
        assert later["crossing"][p] == pytest.approx(plain["crossing"][p] + shift, abs=1e-6)


def test_the_unit_of_time_does_not_matter_once_there_are_points():
    points = logistic(12)
    in_weeks = of(points, [15.0, 25.0], target=70.0)
    in_days = of([(7 * t, y) for t, y in points], [105.0, 175.0], target=70.0)
    for p in QUANTILES:
        assert in_days["quantiles"][p] == pytest.approx(in_weeks["quantiles"][p], abs=1e-6)
    assert in_days["crossing"][0.5] == pytest.approx(7 * in_weeks["crossing"][0.5])


def test_another_cap_is_only_another_scale():
    points = logistic(12)
    plain = of(points, target=70.0)
    capped = of([(t, 0.6 * y) for t, y in points], cap=60.0, target=42.0)
    for p in QUANTILES:
        assert capped["quantiles"][p] == pytest.approx([0.6 * value for value in plain["quantiles"][p]])
    assert capped["crossing"] == pytest.approx(plain["crossing"])
    is_sane(capped, AHEAD, cap=60.0)


@pytest.mark.parametrize("n", range(7))
def test_with_fewer_than_four_points_it_says_that_it_is_what_roll_outs_usually_do(n):
    found = of(logistic(30)[:n])
    assert found["basis"] == ("data" if n >= 4 else "prior")


def test_few_points_already_count():
    high, low = of(((0, 10.0), (1, 35.0), (2, 60.0))), of(((0, 0.0), (1, 1.0), (2, 1.0)))
    assert high["quantiles"][0.5][1] > low["quantiles"][0.5][1] + 20


@pytest.mark.requirement("R52")
def test_the_interval_narrows_as_weeks_go_by():
    widths = []
    for n in (6, 12, 20, 40):
        found = of(logistic(n), [n + 4.0])
        widths.append(found["quantiles"][0.9][0] - found["quantiles"][0.1][0])
    assert widths == sorted(widths, reverse=True)


@pytest.mark.requirement("R52")
def test_what_was_reached_twice_in_a_row_is_reached_then():
    points = weeks([10, 30, 82, 79, 81, 83, 84])
    assert of(points, [3.0, 9.0], target=80.0)["crossing"] == {0.1: 4, 0.5: 4, 0.9: 4}
    assert of(points, [3.0, 9.0], target=80.0)["chance"] == [0.0, 1.0]


def test_a_target_of_nothing_is_reached_from_the_first_point_on():
    assert of(weeks([0, 0, 1, 2, 3]), target=0.0)["crossing"][0.9] == 0


def test_never_is_infinite():
    found = of(weeks([0.0] * 40), target=95.0)
    assert found["crossing"][0.9] == math.inf
    assert found["chance"][0] < 0.2


def test_without_a_target_no_crossing_is_claimed():
    found = of(logistic(9))
    assert (found["crossing"], found["chance"]) == (None, None)


def test_siblings_that_levelled_off_low_lower_the_ceiling():
    siblings = [tuple(zip(*logistic(60, ceiling=55.0, seed=seed), strict=True)) for seed in range(6)]
    alone, among = of(logistic(8)), of(logistic(8), history=siblings)
    assert among["ceiling"][0.5] < alone["ceiling"][0.5] - 15


def test_fewer_than_three_siblings_and_siblings_without_use_are_no_guide():
    two = [tuple(zip(*logistic(60, ceiling=55.0, seed=seed), strict=True)) for seed in range(2)]
    assert of(logistic(8), history=[*two, ([0, 1, 2], [5, 6, 7]), (range(9), [0.0] * 9)]) == of(logistic(8))


def test_siblings_say_how_fast_before_the_first_point():
    fast = [tuple(zip(*logistic(60, midpoint=4.0, width=5.0, seed=seed), strict=True)) for seed in range(5)]
    slow = [tuple(zip(*logistic(60, midpoint=30.0, width=30.0, seed=seed), strict=True)) for seed in range(5)]
    assert of((), [10.0], history=fast)["quantiles"][0.5][0] > of((), [10.0], history=slow)["quantiles"][0.5][0] + 30


def test_a_coming_wave_lifts_what_looks_like_a_plateau():
    first_half = [(t, y / 2) for t, y in logistic(20, ceiling=80.0, midpoint=4.0, width=5.0)]
    without = of(first_half, [40.0])
    planned = of(first_half, [40.0], waves=[(0, 50), (20, 50)])
    assert planned["quantiles"][0.5][0] > without["quantiles"][0.5][0] + 5
    assert planned["quantiles"][0.1][0] > without["quantiles"][0.1][0]


@settings(max_examples=15)
@given(
    st.lists(st.floats(40, 100), min_size=4, max_size=9),
    st.lists(st.integers(1, 100), min_size=2, max_size=3),
    st.sampled_from([5, 20, 1000]),
)
def test_more_use_than_the_plan_says_are_live_never_makes_more_than_everybody(levels, sizes, people):
    """Counts of those who are live beside a plan of waves: what is to come must not be added to what is all there already."""
    points = weeks(sorted(levels))
    waves = [(0.0 if not n else len(levels) + 3.0 * n, size) for n, size in enumerate(sizes)]
    ahead = [len(levels) + 1.0, len(levels) + 9.0, len(levels) + 40.0]
    found = of(points, ahead, target=80, waves=waves, counts=[(y * people / 100, people) for _, y in points])
    is_sane(found, ahead)


def test_nobody_is_expected_before_the_first_wave():
    found = of((), [4.0, 30.0], waves=[(5, 10), (9, 30)])
    assert found["quantiles"][0.9][0] < 15
    assert found["quantiles"][0.5][1] > 40


@pytest.mark.parametrize("waves", [[(0, 0)], [(math.nan, 5)], [(0, -1), (1, 9)]])
def test_a_plan_that_cannot_be_is_refused(waves):
    with pytest.raises(ValueError, match="waves"):
        of(logistic(9), waves=waves)


def test_counts_of_few_people_make_it_less_certain_than_those_of_many():
    points = logistic(12)
    widths = []
    for people in (8, 80, 8000):
        found = of(points, [14.0], counts=[(y * people / 100, people) for _, y in points])
        widths.append(found["quantiles"][0.9][0] - found["quantiles"][0.1][0])
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[2] + 5


def test_of_infinitely_many_people_counts_are_percentages():
    points = logistic(12)
    many = of(points, counts=[(y * 1e12, 1e14) for _, y in points])
    assert many["quantiles"][0.5] == pytest.approx(of(points)["quantiles"][0.5], abs=1e-3)


@pytest.mark.parametrize("count", [(1, 0), (-1, 5), (math.nan, 5), (math.inf, 5), (1, math.inf)])
def test_counts_that_cannot_be_are_refused(count):
    with pytest.raises(ValueError, match="count"):
        forecast([0], [10], [4], counts=[count])
    with pytest.raises(ValueError, match="as many"):
        forecast([0, 1], [10, 20], [4], counts=[(1, 2)])


def test_asking_how_a_group_stands_does_not_load_the_engine():
    said = "import sys, changedesk.domain.adoption; print([m for m in sys.modules if 'domain.forecast' in m])"
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
