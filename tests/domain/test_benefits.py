"""Benefits realised, and how soon the first was felt."""

import pytest
from domain_builders import day
from hypothesis import assume, given
from hypothesis import strategies as st
from working_builders import TODAY, a_benefit, seen

from changedesk.domain.gate_rules import refuse_gate
from changedesk.domain.measures.benefits import clamped, newest, realised, sought, speed_to_value

NUMBERS = st.integers(-10_000, 10_000)


@pytest.mark.requirement("R146")
@pytest.mark.parametrize(
    ("baseline", "target", "value", "percent"),
    [(100, 50, 75, 50), (0, 10, 10, 100), (0, 10, 12, 120), (0, 10, -1, -10), (5, 5, 5, None)],
)
def test_a_benefit_is_realised_by_the_share_of_the_way_from_its_baseline(baseline, target, value, percent):
    assert realised(a_benefit(baseline=baseline, target=target), value) == percent


@given(NUMBERS, NUMBERS)
def test_the_baseline_is_nothing_and_the_target_is_all_whichever_is_higher(baseline, target):
    assume(baseline != target)
    benefit = a_benefit(baseline=baseline, target=target)
    assert (realised(benefit, baseline), realised(benefit, target)) == (0, 100)


@given(st.none() | st.floats(-1e6, 1e6))
def test_only_what_is_drawn_is_clamped(share):
    drawn = clamped(share)
    assert drawn == (None if share is None else sorted((0, share, 100))[1])


def test_the_newest_observation_until_today_counts():
    found = newest([a_benefit(), a_benefit("Hours")], [seen(90, 60), seen(80, 90), seen(101, 50)], TODAY)
    assert [(one.value, one.percent, one.as_of) for one in found] == [(60, 80, day(90)), (None, None, None)]


@pytest.mark.requirement("R142")
def test_speed_to_value_is_the_days_until_a_benefit_was_first_felt():
    found = speed_to_value([a_benefit()], [seen(70, 90), seen(84, 75), seen(90, 50)], day(60), TODAY)
    assert (found.days, found.censored, found.benefit, found.as_of, found.said) == (
        24,
        False,
        "Calls",
        day(84),
        "24 days",
    )
    stricter = speed_to_value([a_benefit()], [seen(84, 75), seen(90, 50)], day(60), TODAY, share=100)
    assert stricter.days == 30


@pytest.mark.requirement("R142")
def test_what_has_not_come_yet_takes_longer_than_it_was_looked_for():
    found = speed_to_value([a_benefit()], [seen(70, 90), seen(90, 80)], day(60), TODAY)
    assert (found.said, found.censored, found.as_of) == ("> 30 d", True, day(90))


@pytest.mark.parametrize(
    ("benefits", "observations", "live"),
    [
        ([a_benefit()], [seen(90, 50)], None),
        ([a_benefit()], [], day(60)),
        ([a_benefit()], [seen(59, 50), seen(101, 50), seen(90, 50, "other")], day(60)),
        ([a_benefit(target=100)], [seen(90, 100)], day(60)),
    ],
)
def test_without_data_since_go_live_the_speed_is_unknown(benefits, observations, live):
    assert speed_to_value(benefits, observations, live, TODAY) is None


@given(st.lists(st.tuples(st.integers(60, 100), st.integers(0, 150))), st.integers(1, 100), st.integers(1, 100))
def test_a_higher_bar_is_never_reached_sooner(many, one, other):
    low, high = sorted((one, other))
    found = [speed_to_value([a_benefit()], [seen(*s) for s in many], day(60), TODAY, share) for share in (low, high)]
    if found[0] is None or found[1] is None:
        assert found[0] is found[1]
    elif not found[1].censored:
        assert not found[0].censored
        assert found[0].days <= found[1].days


@pytest.mark.requirement("R142")
def test_what_is_borne_is_neither_value_nor_purpose():
    longer = a_benefit("Sign-in time", 6.0, 12.0, kind="disbenefit")
    fewer = a_benefit("Lost passwords", 100.0, 50.0)
    measured = [seen(20, 12.0, "Sign-in time"), seen(20, 90.0, "Lost passwords")]
    assert sought([longer, fewer]) == (fewer,)
    found = speed_to_value([longer, fewer], measured, day(0), day(30))
    assert found is not None
    assert found.censored, "that people wait longer is no value that came early"
    assert refuse_gate("initiation", "MFA", "charter", [longer], None) is not None


def test_a_disbenefit_is_what_somebody_calls_one_and_else_what_its_name_says():
    assert a_benefit("Disbenefit: queues").borne
    assert not a_benefit("Disbenefit: queues", kind="benefit").borne
    assert a_benefit("Queues", kind="disbenefit").borne
    assert not a_benefit("Queues").borne
