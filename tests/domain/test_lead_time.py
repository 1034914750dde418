"""How long decisions take, with those that are still open counted as longer than so far."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.lead_time import HALF, MOST, Waited, lead_time, quantile, said_hours

hours = st.integers(0, 400).map(float)
some = st.lists(st.builds(Waited, hours, st.booleans()), min_size=1, max_size=40)


@given(st.lists(hours, min_size=1, max_size=40), st.sampled_from((HALF, MOST, 0.25, 1.0)))
def test_when_all_are_decided_it_is_the_time_by_which_that_share_was(lengths, share):
    found = quantile([Waited(one, decided=True) for one in lengths], share)
    ordered = sorted(lengths)
    # The smallest length by which at least that share is decided.
    assert found == next(one for at, one in enumerate(ordered, 1) if Fraction(at, len(ordered)) >= Fraction(str(share)))


@pytest.mark.requirement("R102")
@given(some, hours)
def test_one_more_that_is_still_open_never_makes_it_look_faster(waited, so_far):
    before, after = quantile(waited, MOST), quantile([*waited, Waited(so_far, decided=False)], MOST)
    assert after is None or (before is not None and after >= before)


@given(some)
def test_half_are_decided_no_later_than_four_of_five(waited):
    found = lead_time(waited)
    assert found.p80 is None or (found.p50 is not None and found.p50 <= found.p80 <= found.longest)
    assert (found.n, found.undecided) == (len(waited), sum(not one.decided for one in waited))


@given(some)
def test_the_order_of_the_changes_does_not_matter(waited):
    assert lead_time(waited) == lead_time(list(reversed(waited)))


def test_by_hand():
    waited = [Waited(h, d) for h, d in ((2, True), (3, False), (4, True), (5, True), (8, False))]
    # 4/5 open after 2; then 4/5 * 2/3 = 8/15 after 4; then 8/15 * 1/2 = 4/15 after 5: half after 5, four of five never.
    found = lead_time(waited)
    assert (found.p50, found.p80, found.n, found.undecided, found.longest) == (5, None, 5, 2, 8)


@pytest.mark.parametrize("waited", [[], [Waited(5, decided=False)]])
def test_without_a_decision_nothing_is_known(waited):
    found = lead_time(waited)
    assert (found.p50, found.p80) == (None, None)


def test_hours_are_said_as_a_person_would():
    assert [said_hours(hours, 40) for hours in (0.25, 6.5, 8.0, 10.4, 31.4, None)] == [
        "0.2 h",
        "6.5 h",
        "8 h",
        "10 h",
        "31 h",
        "over 40 h",
    ]
    assert said_hours(None, 0.0) == "?"
