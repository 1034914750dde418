"""The rooms of the forecast engine, each for itself."""

import math
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.forecast.curve import Waves, rise, risen, risen_at
from changedesk.domain.forecast.draws import normal_quantile, normals, pick, quantile, spread
from changedesk.domain.forecast.gaussian import Gaussian, Mixture, moments
from changedesk.domain.forecast.history import reading
from changedesk.domain.forecast.likelihood import (
    CORRELATION,
    LEVELS,
    SIGMA_RATE,
    SIGMA_SHAPE,
    Likelihood,
    relative_variance,
)
from changedesk.domain.forecast.now import stepping, stood, today
from changedesk.domain.forecast.paths import Deviation, Path
from changedesk.domain.forecast.prior import trust
from changedesk.domain.forecast.series import MOST_POINTS, chance, cleaned, steadied, thinned

COVARIANCE = ((1.2, 0.3, -0.2), (0.3, 0.5, 0.1), (-0.2, 0.1, 0.4))
ONE_WAVE = Waves(((0.0, 1.0),))


@given(st.floats(1e-9, 1 - 1e-9))
def test_the_normal_quantile_is_pythons_own(p):
    assert normal_quantile(p) == pytest.approx(NormalDist().inv_cdf(p), rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("dimension", range(6))
def test_draws_are_spread_evenly(dimension):
    points = [spread(dimension, n) for n in range(400)]
    assert sum(points) / 400 == pytest.approx(0.5, abs=0.02)
    assert all(abs(sum(x < p for x in points) / 400 - p) < 0.03 for p in (0.1, 0.3, 0.5, 0.8))
    drawn = normals(dimension, 400)
    assert sum(z * z for z in drawn) / 400 == pytest.approx(1, abs=0.1)


def test_a_draw_is_picked_as_often_as_its_weight_asks():
    picked = pick([0.1, 0.0, 0.6, 0.3], 100)
    assert [picked.count(n) for n in range(4)] == [10, 0, 60, 30]
    assert pick([1.0], 3) == [0, 0, 0]


@given(st.lists(st.floats(-5, 5), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_among_its_values(values, p):
    ordered = sorted(values)
    assert ordered[0] <= quantile(ordered, p) <= ordered[-1]
    assert quantile(ordered, 1) == ordered[-1]


def test_a_normal_has_the_mean_and_the_covariance_it_was_made_of():
    made = Gaussian.of(1.0, (1.0, -2.0, 0.5), COVARIANCE)
    drawn = Mixture.of([made]).draws(list(zip(*(normals(d, 3000) for d in range(3)), strict=True)))
    mean, seen = moments(drawn, [1 / 3000] * 3000)
    assert mean == pytest.approx((1.0, -2.0, 0.5), abs=0.02)
    for row, wanted in zip(seen, COVARIANCE, strict=True):
        assert row == pytest.approx(wanted, abs=0.03)


def test_a_density_is_that_of_its_parts_and_sums_to_one():
    mixture = Mixture.of(
        [Gaussian.diagonal(3.0, (0, 0, 0), (1, 1, 1)), Gaussian.diagonal(1.0, (1, 0, -1), (0.5, 2, 1))]
    )
    places = [-6 + n * 0.5 for n in range(25)]
    total = sum(mixture.density((x, y, z)) for x in places for y in places for z in places) * 0.5**3
    assert total == pytest.approx(1, abs=0.01)
    at = (0.3, -0.2, 0.8)
    normal = math.prod(NormalDist().pdf(x) for x in at)
    other = NormalDist(1, 0.5).pdf(0.3) * NormalDist(0, 2).pdf(-0.2) * NormalDist(-1, 1).pdf(0.8)
    assert mixture.density(at) == pytest.approx(0.75 * normal + 0.25 * other)


def test_the_width_of_a_rise_is_from_10_to_90_percent():
    assert rise(5, 10, 10) == pytest.approx(0.1)
    assert rise(10, 10, 10) == pytest.approx(0.5)
    assert rise(15, 10, 10) == pytest.approx(0.9)


@given(
    st.lists(st.integers(-5, 60), min_size=1, max_size=20, unique=True).map(sorted),
    st.lists(st.tuples(st.integers(-5, 40), st.integers(1, 9)), min_size=1, max_size=4),
    st.floats(0.01, 1e3),
    st.floats(0.01, 1e3),
)
def test_many_times_at_once_are_each_time_alone(times, plan, midpoint, width):
    waves = Waves.planned(plan)
    at_once = risen_at(times, waves, midpoint, width)
    assert at_once == pytest.approx([risen(t, waves, midpoint, width) for t in times], abs=1e-9)
    assert all(0 <= share <= waves.live(t) + 1e-9 for t, share in zip(times, at_once, strict=True))
    assert at_once == sorted(at_once)


def dense_squares(series, off, rho):
    """The sum of squares as the autoregression is told: each scaled residual given the one before it."""
    scaled = [o / math.sqrt(relative_variance(y)) for o, y in zip(off, series.y, strict=True)]
    squares, log_root = scaled[0] ** 2, 0.0
    for n in range(1, len(scaled)):
        r = rho ** ((series.t[n] - series.t[n - 1]) / series.step)
        squares += (scaled[n] - r * scaled[n - 1]) ** 2 / (1 - r * r)
        log_root -= 0.5 * math.log(1 - r * r)
    return squares, log_root


@given(
    st.dictionaries(st.integers(0, 50), st.floats(0, 100), min_size=1, max_size=12),
    st.integers(0, LEVELS - 1),
    st.floats(1, 100),
)
def test_the_precision_matrix_says_what_the_autoregression_says(points, level, ceiling):
    series = cleaned(points.keys(), points.values())
    likelihood = Likelihood.of(series, Waves(((series.t[0], 1.0),)))
    curve = risen_at(series.t, likelihood.waves, 10, 12)
    off = [y - ceiling * f for y, f in zip(series.y, curve, strict=True)]
    squares, log_root = dense_squares(series, off, likelihood.correlations[level].rho)
    assert likelihood.fit(ceiling, 10, 12).squares[level] == pytest.approx(squares, rel=1e-6, abs=1e-6)
    assert likelihood.correlations[level].log_root == pytest.approx(log_root, abs=1e-9)


def test_the_scatter_is_integrated_out_over_its_prior():
    likelihood = Likelihood.of(cleaned(range(8), [2, 5, 11, 19, 30, 38, 44, 47]), ONE_WAVE)
    variances = [math.exp(n / 20) for n in range(-200, 300)]

    def by_hand(fit):
        power = likelihood.power
        return math.log(
            sum(
                math.exp(power * at.log_root - (SIGMA_RATE + power * squares / 2) / v) / v ** (SIGMA_SHAPE + 4 * power)
                for at, squares in zip(likelihood.correlations, fit.squares, strict=True)
                for v in variances
            )
        )

    near, far = likelihood.fit(50, 4, 5), likelihood.fit(90, 6, 9)
    assert near.log_likelihood - far.log_likelihood == pytest.approx(by_hand(near) - by_hand(far), abs=1e-6)
    assert near.log_likelihood > far.log_likelihood


def test_correlations_are_spread_around_the_usual_one():
    rhos = [one.rho for one in Likelihood.of(cleaned([0, 1], [1, 2]), ONE_WAVE).correlations]
    assert rhos == sorted(rhos)
    assert rhos[0] < 1 / (1 + math.exp(-CORRELATION[0])) < rhos[-1]


def test_before_the_first_wave_nobody_uses_it():
    assert risen_at([0, 1], Waves(((5.0, 1.0),)), 10, 12) == [0, 0]


def test_from_three_siblings_on_they_are_trusted_and_the_more_the_more_but_never_wholly():
    sibling = reading(cleaned([0, 5, 10, 20], [0, 30, 50, 60]))
    assert [trust([sibling] * n) for n in (0, 2)] == [0, 0]
    assert 0 < trust([sibling] * 3) < trust([sibling] * 4) < trust([sibling] * 400) < 1


def test_points_of_one_time_are_one_point_their_mean_or_of_counts_the_people_of_all():
    assert cleaned([2, 0, 2], [10, 50, 30]).y == (50, 20)
    both = cleaned([2, 0, 2], [0] * 3, counts=[(10, 100), (1, 2), (90, 300)])
    assert (both.t, both.y, both.people) == ((0, 2), (50, 25), (2, 400))
    assert cleaned([0], [0], counts=[(0, 1)]).y == (0,)


@pytest.mark.parametrize("cap", [0, -1, math.inf, math.nan])
def test_a_cap_is_a_number_above_nothing(cap):
    with pytest.raises(ValueError, match="cap must be a number above 0"):
        cleaned([0], [1], cap=cap)


def test_chance_is_that_of_a_count_and_nobody_is_certain_of_few():
    assert chance(50, 100) == pytest.approx(25, rel=0.02)
    assert chance(0, 5) > 100
    assert chance(50, math.inf) == 0


def test_counts_make_a_point_of_few_weigh_less():
    few = Likelihood.of(cleaned([0, 1], [0, 0], counts=[(3, 6), (300, 600)]), ONE_WAVE)
    assert few.deviations[0] > 5 * few.deviations[1]


def test_a_long_series_is_thinned_and_keeps_its_end():
    series = cleaned(range(301), [n / 4 for n in range(301)])
    found = thinned(series)
    assert len(found.t) <= MOST_POINTS + 1
    assert (found.t[-1], found.y[-1]) == (300, 75)
    assert list(found.t) == sorted(found.t)
    assert all(y == pytest.approx(t / 4) for t, y in zip(found.t, found.y, strict=True))
    assert thinned(cleaned(range(40), [1] * 40)).t == tuple(range(40))


@given(st.integers(1, 700))
def test_thinning_leaves_no_point_out(n):
    found = thinned(cleaned(range(n), [50] * n, counts=[(1, 2)] * n))
    assert sum(found.people) == 2 * n
    assert len(found.t) <= MOST_POINTS + 1


def test_a_sibling_is_read_off_its_points():
    times = range(60)
    found = reading(cleaned(times, [80 * rise(t, 20, 16) for t in times]))
    assert 1 / (1 + math.exp(-found.ceiling)) == pytest.approx(0.8, abs=0.01)
    assert found.midpoint == pytest.approx(20, abs=0.3)
    assert found.width == pytest.approx(16, abs=0.5)


def test_a_sibling_that_starts_high_is_read_from_its_upper_half():
    found = reading(cleaned([0, 1, 2, 3, 4, 5, 6], [30, 45, 63, 81, 88, 90, 90]))
    assert found.midpoint == pytest.approx(0.0, abs=1.1)
    assert found.width == pytest.approx(2 * (3 - found.midpoint), abs=0.2)


@pytest.mark.parametrize(
    ("levels", "share"),
    [
        ([10, 20, 30, 40, 50], 0.25),
        ([0, 50, 50, 50, 50], 0.75),
        ([50] * 5, 1.0),
        ([0] * 5, 1.0),
        ([0, 25, 50, 49, 51], 0.5),
        ([50, 50, 50, 50, 20], 0.0),
        ([40, 40, 40], 0.0),
    ],
)
def test_how_long_use_has_stood_where_it_is(levels, share):
    assert stood(cleaned(range(len(levels)), levels)) == pytest.approx(share)


def test_one_low_week_at_the_end_is_not_yet_a_fall():
    steady = cleaned(range(5), [10, 40, 60, 62, 30])
    assert steadied(steady).y == (10, 40, 60, 62, 60)
    assert steadied(cleaned(range(6), [10, 40, 60, 62, 30, 31])).y[-1] == 31
    assert steadied(cleaned(range(2), [10, 4])).y == (10, 4)


def test_where_use_is_now_is_the_last_point_unless_chance_is_in_it():
    assert today(cleaned(range(4), [50, 50, 50, 90])) == 90
    few = today(cleaned(range(4), [0] * 4, counts=[(3, 6), (3, 6), (3, 6), (6, 6)]))
    many = today(cleaned(range(4), [0] * 4, counts=[(3000, 6000)] * 3 + [(6000, 6000)]))
    assert 50 < few < 75
    assert many > 99


def test_how_far_use_moves_is_said_relative_to_the_deviation_at_its_level():
    assert stepping(cleaned(range(3), [50, 52, 50])) == pytest.approx(2, rel=0.05)
    assert stepping(cleaned(range(3), [96, 98, 96])) > 4
    assert stepping(cleaned(range(3), [50] * 3)) == 0
    assert stepping(cleaned([0], [50])) == math.inf


def test_a_path_towards_a_ceiling_gives_each_wave_its_share_of_it_from_its_own_start():
    settled = Deviation(0.5, 0.0, 0.0, 0.0, math.inf)
    path = Path(10, ONE_WAVE, 80, 4, 4, settled, start=20, live=0.5, later=((30, 0.5),))
    assert path.level(10) == 20
    assert path.level(14) == pytest.approx(30), (
        "half of what those who are live still lack follows in the time of a half"
    )
    assert path.level(29.9) == pytest.approx(40, abs=1), "those who are live come to the ceiling of their own share"
    assert path.level(34) == pytest.approx(60, abs=1), "the next wave follows as fast, from its own day"
    assert path.level(300) == pytest.approx(80)
    assert path.reaches(60, 200) == pytest.approx(34.2, abs=0.3)
    assert path.reaches(81, 200) == math.inf
