"""Rates of small groups, drawn towards the rate of all."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.forecast.proficiency import shrunk

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))
GROUPS = st.lists(COUNTS, min_size=1, max_size=8)


def test_three_of_three_is_not_all():
    [few, many] = shrunk([(3, 3), (140, 200)])
    assert few.seen == 100
    assert 70 < few.rate < 95
    assert few.low < 75
    assert many.rate == pytest.approx(70, abs=2)


def test_the_more_were_looked_at_the_less_a_group_is_drawn():
    all_right = [shrunk([(n, n), (50, 100)])[0] for n in (1, 4, 16, 64)]
    assert [one.rate for one in all_right] == sorted(one.rate for one in all_right)
    assert all_right[-1].low > 90


def test_a_group_nobody_looked_at_gets_what_the_others_say_and_says_that_it_was_not_seen():
    unseen = shrunk([(0, 0), (80, 100), (78, 100), (83, 100)])[0]
    assert unseen.seen is None
    assert unseen.rate == pytest.approx(80, abs=2)
    assert unseen.high - unseen.low > 5


def test_nobody_looked_at_anywhere_is_wide_open():
    [unknown] = shrunk([(0, 0)])
    assert (unknown.rate, unknown.seen) == (pytest.approx(50), None)
    assert unknown.high - unknown.low > 40
    assert shrunk([]) == []


@pytest.mark.parametrize("group", [(-1, 5), (6, 5), (float("nan"), 5), (1, float("inf"))])
def test_counts_that_cannot_be_are_refused(group):
    with pytest.raises(ValueError, match="cannot be"):
        shrunk([group])


@given(GROUPS)
def test_a_rate_lies_in_its_interval_and_not_beyond_what_was_seen_anywhere(groups):
    found = shrunk(groups)
    seen = [50.0, *(one.seen for one in found if one.seen is not None)]
    for one in found:
        assert 0 <= one.low <= one.rate <= one.high <= 100
        assert min(seen) - 1e-9 <= one.rate <= max(seen) + 1e-9


@settings(max_examples=40)
@given(GROUPS, st.integers(0, 7))
def test_one_more_right_is_never_worse(groups, which):
    which %= len(groups)
    right, of = groups[which]
    better = [*groups]
    better[which] = (right + 1, of + 1)
    assert shrunk(better)[which].rate >= shrunk(groups)[which].rate - 1e-9


def test_shrunken_rates_are_nearer_to_the_truth_and_their_intervals_hold_it_four_times_in_five():
    chance = random.Random(7)
    plain = drawn = 0.0
    held = total = 0
    for _ in range(30):
        truths = [chance.betavariate(14, 6) for _ in range(8)]
        sizes = [chance.choice([3, 5, 8, 12, 30]) for _ in truths]
        groups = [(sum(chance.random() < p for _ in range(n)), n) for p, n in zip(truths, sizes, strict=True)]
        for truth, one in zip(truths, shrunk(groups), strict=True):
            assert one.seen is not None
            plain += (one.seen - 100 * truth) ** 2
            drawn += (one.rate - 100 * truth) ** 2
            held += one.low <= 100 * truth <= one.high
            total += 1
    assert drawn < 0.6 * plain
    assert 0.74 <= held / total <= 0.88
