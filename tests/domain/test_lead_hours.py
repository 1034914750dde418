"""Approval lead times, those that still wait counted in."""

from __future__ import annotations

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.lead_hours import Lead, decided_by, lead_time, said_hours

HOURS = st.integers(0, 400).map(lambda quarters: quarters / 4)
LEADS = st.lists(st.builds(Lead, HOURS, st.booleans()), min_size=1, max_size=40)
SHARES = st.sampled_from([0.1, 0.25, 0.5, 0.8, 0.9])


@given(st.lists(HOURS, min_size=1, max_size=40))
def test_with_everything_decided_the_half_is_the_plain_median(hours):
    assert decided_by([Lead(one) for one in hours], 0.5) == median_low(hours)


def test_eight_of_ten_are_eighty_percent():
    assert decided_by([Lead(float(hour)) for hour in range(1, 11)], 0.8) == 8


@pytest.mark.requirement("R102")
@given(LEADS, SHARES)
def test_one_that_still_waits_never_makes_it_faster(leads, share):
    """Leaving out what waits would; counting it in does not."""
    undecided = [Lead(lead.hours, False) if not place else lead for place, lead in enumerate(leads)]
    before, after = decided_by(leads, share), decided_by(undecided, share)
    assert after is None or (before is not None and after >= before)


@given(LEADS, SHARES)
def test_it_is_an_hour_at_which_something_was_decided_or_unknown(leads, share):
    found = decided_by(leads, share)
    assert found is None or any(lead.decided and lead.hours == found for lead in leads)


@given(LEADS)
def test_eighty_percent_take_at_least_as_long_as_half(leads):
    found = lead_time(leads)
    assert found.p80 is None or (found.p50 is not None and found.p50 <= found.p80)
    assert (found.n, found.waiting) == (len(leads), sum(not lead.decided for lead in leads))


def test_of_nothing_nothing_is_known():
    found = lead_time([])
    assert (found.p50, found.p80, found.n) == (None, None, 0)
    assert said_hours(found.p50, found.longest) == "?"


def test_hours_are_said_as_a_person_would():
    assert [said_hours(hours, 40) for hours in (0.25, 6.5, 8.0, 31.4, None)] == [
        "0.2 h",
        "6.5 h",
        "8 h",
        "31 h",
        "over 40 h",
    ]
