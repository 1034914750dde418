"""So many out of so many, with Wilson's interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.proportion import Proportion, said_interval, said_share


@st.composite
def proportions(draw, least=1):
    whole = draw(st.integers(least, 5_000))
    return Proportion(draw(st.integers(0, whole)), whole)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_published_examples(part, whole, low, high):
    """R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I."""
    found = Proportion(part, whole).interval
    assert found is not None
    assert found == pytest.approx((low, high), abs=0.00006)


@given(proportions())
def test_the_share_lies_in_its_interval_and_the_interval_between_nothing_and_all(share):
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1
    assert low < high


@given(proportions())
def test_the_interval_of_the_rest_is_the_mirror_of_it(share):
    rest = Proportion(share.whole - share.part, share.whole).interval
    assert rest == pytest.approx((1 - share.interval[1], 1 - share.interval[0]))


@given(proportions(), st.integers(2, 20))
def test_more_of_the_same_is_surer(share, times):
    low, high = share.interval
    more_low, more_high = Proportion(share.part * times, share.whole * times).interval
    assert more_high - more_low < high - low


@given(proportions(least=2))
def test_one_more_that_went_well_never_lowers_anything(share):
    better = Proportion(share.part + 1, share.whole + 1)
    assert better.value >= share.value
    assert better.interval[0] >= share.interval[0]


def test_a_share_of_nothing_is_undefined():
    nothing = Proportion(0, 0)
    assert (nothing.value, nothing.percent, nothing.interval) == (None, None, None)
    assert (said_share(nothing), said_interval(nothing)) == ("?", "")


def test_a_share_is_said_with_its_interval():
    assert (said_share(Proportion(31, 34)), said_interval(Proportion(31, 34))) == ("91 %", "77-97 %")
