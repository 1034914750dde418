"""How long it takes, when some are not there yet."""

from math import exp, log
from statistics import NormalDist, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.usage.survival import Duration, median_time, remaining

LENGTHS = st.integers(0, 60).map(float)
DURATIONS = st.lists(st.builds(Duration, LENGTHS, st.booleans()), max_size=40)


def ended(*lengths):
    return [Duration(length) for length in lengths]


def waiting(*lengths):
    return [Duration(length, ended=False) for length in lengths]


FREIREICH = [*ended(6, 6, 6, 7, 10, 13, 16, 22, 23), *waiting(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]


def test_the_example_of_the_books():
    """Freireich et al. 1963, weeks in remission under 6-MP, as in every text on survival: S(10) = 0.753, median 23."""
    shares = {step.at: step.remaining for step in remaining(FREIREICH)}
    assert shares[6] == pytest.approx(0.857, abs=5e-4)
    assert shares[10] == pytest.approx(0.753, abs=5e-4)
    assert shares[23] == pytest.approx(0.448, abs=5e-4)
    assert median_time(FREIREICH).value == 23


@pytest.mark.parametrize(("at", "error"), [(6, 0.0764), (10, 0.0963), (23, 0.1346)])
def test_the_interval_is_made_of_the_standard_error_that_the_books_give_for_it(at, error):
    """Greenwood's errors of the same example (D. Kleinbaum & M. Klein, Survival Analysis), on the log-log scale."""
    (step,) = (one for one in remaining(FREIREICH) if one.at == at)
    off = NormalDist().inv_cdf(0.9) * error / abs(step.remaining * log(step.remaining))
    expected = (step.remaining ** exp(off), step.remaining ** exp(-off))
    assert (step.low, step.high) == pytest.approx(expected, abs=5e-4)


def test_the_interval_of_the_median_holds_the_times_at_which_half_may_still_be_missing():
    found = median_time(FREIREICH)
    assert (found.low, found.value, found.high, found.beyond) == (16, 23, None, 35)
    assert (found.n, found.ended) == (21, 9)


def test_a_share_without_scatter_is_its_own_interval():
    (step,) = remaining(ended(3, 3))
    assert (step.remaining, step.low, step.high) == (0, 0, 0)


def test_who_is_not_there_yet_makes_it_longer_and_is_never_left_out():
    assert median_time(ended(3, 4, 5)).value == 4
    assert median_time([*ended(3, 4, 5), *waiting(6, 6)]).value == 5
    assert median_time([*ended(3), *waiting(9, 9)]).value is None


def test_not_reached_is_said_as_longer_than_they_were_watched():
    found = median_time([*ended(3), *waiting(9, 12)])
    assert (found.value, found.beyond, found.n, found.ended) == (None, 12, 3, 1)


def test_nobody_watched_is_unknown():
    assert remaining([]) == ()
    found = median_time([])
    assert (found.value, found.low, found.high, found.beyond, found.n) == (None, None, None, 0, 0)


@pytest.mark.parametrize("length", [-1.0, float("nan"), float("inf")])
def test_a_length_that_cannot_be_is_refused(length):
    with pytest.raises(ValueError, match="0 or more"):
        remaining([Duration(length)])


@given(DURATIONS)
def test_the_share_that_remains_only_falls_and_lies_in_its_interval(durations):
    before = 1.0
    for step in remaining(durations):
        assert 0 <= step.remaining <= before
        assert 0 <= step.low <= step.remaining <= step.high <= 1
        before = step.remaining


@given(DURATIONS)
def test_there_is_a_step_at_each_time_at_which_somebody_got_there_and_at_no_other(durations):
    assert [step.at for step in remaining(durations)] == sorted({one.length for one in durations if one.ended})


@given(DURATIONS)
def test_the_median_lies_in_its_interval(durations):
    found = median_time(durations)
    if found.value is not None:
        assert found.low is not None
        assert found.low <= found.value <= found.beyond
        assert found.high is None or found.value <= found.high


@given(st.lists(LENGTHS, min_size=1, max_size=31).filter(lambda xs: len(xs) % 2 == 1))
def test_when_all_are_there_it_is_the_plain_median(lengths):
    assert median_time(ended(*lengths)).value == median(lengths)


@given(DURATIONS, st.integers(0, 39))
def test_somebody_still_waiting_is_never_faster_than_had_he_just_got_there(durations, which):
    if not durations:
        return
    which %= len(durations)
    there = [*durations]
    there[which] = Duration(durations[which].length)
    not_yet = [*durations]
    not_yet[which] = Duration(durations[which].length, ended=False)
    now, later = median_time(there).value, median_time(not_yet).value
    assert later is None or (now is not None and now <= later)


@given(DURATIONS, st.floats(0.5, 3))
def test_the_unit_of_time_does_not_matter(durations, factor):
    plain = median_time(durations).value
    scaled = median_time([Duration(one.length * factor, one.ended) for one in durations]).value
    assert scaled == (None if plain is None else pytest.approx(plain * factor))


@given(st.permutations(ended(1, 2, 2, 5) + waiting(2, 3, 7)))
def test_the_order_does_not_matter(durations):
    assert remaining(durations) == remaining(sorted(durations, key=lambda one: one.length))
