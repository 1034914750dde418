"""Observed use: what counts, when a group has adopted, and when it slips back."""

import pytest
from domain_builders import an_observation, day
from hypothesis import given
from hypothesis import strategies as st
from usage_builders import audience, initiative

from changedesk.domain.adoption import (
    RELAPSE_THRESHOLD,
    _state,
    adoption_standing,
    audience_adoption,
    audience_adoptions,
    groups_of,
    relapse_days,
    relapse_statistic,
    weekly_use,
)
from changedesk.domain.lag import deployment_gap
from changedesk.domain.records import Target

RISE = [5, 15, 30, 48, 62, 72, 78, 80, 81, 80, 82, 81]
FALL = [*RISE, 74, 66, 58, 51, 45, 41]


def weekly(percents, of=100, **other):
    return [an_observation(week, round(p * of / 100), of, **other) for week, p in enumerate(percents)]


def state(percents, target=100.0, of=200):
    found = audience_adoption("everybody", weekly(percents, of), 0, target)
    assert found is not None
    return found.state


@given(st.integers(1, 100), st.integers(1, 8))
def test_four_of_five_of_a_target_are_enough_to_the_last_person(target, times):
    people = 125 * times
    enough = people * target * 4 // 500

    def with_(using):
        return audience_adoption(
            "all", [an_observation(week, using, people) for week in (0, 1)], 0, float(target)
        ).state

    assert with_(enough) == "adopted"
    assert with_(enough - 1) != "adopted"


def a_target(percent, by, audience=None, metric="utilization"):
    return Target(f"t{percent}{by}", audience, metric, percent, day(by))


@pytest.mark.requirement("R21")
@pytest.mark.parametrize(
    ("percents", "is_"),
    [
        ([0, 0, 0], "not_started"),
        ([0, 3, 9], "rising"),
        ([60, 81], "rising"),
        ([60, 81, 79, 83], "rising"),
        ([60, 80, 80], "adopted"),
        (RISE, "adopted"),
        (FALL, "relapsed"),
        ([*FALL, 52, 66, 78, 81, 82], "recovered"),
        ([*RISE, 55, 81, 82], "adopted"),
    ],
)
def test_a_group_has_adopted_at_80_percent_of_its_target_held_twice(percents, is_):
    assert state(percents) == is_


def test_the_group_own_target_sets_what_is_enough():
    assert state([30, 40, 40], target=50.0) == "adopted"
    assert state([30, 39, 40], target=50.0) == "rising"


def test_one_good_week_is_no_recovery():
    assert state([*FALL, 81]) == "relapsed"


@pytest.mark.requirement("R47")
def test_outputs_and_what_people_say_of_themselves_never_count():
    trained = weekly([100, 100, 100], metric="training")
    said = weekly([90, 95, 99], method="self_reported")
    assert audience_adoption("everybody", [*trained, *said], 10) is None
    found = adoption_standing({"everybody": [*trained, *said, an_observation(1, 20)]}, {"everybody": 10}, [])
    assert (found.percent, found.state) == (20, "rising")


def test_a_test_counts_and_an_observation_of_the_same_day_goes_before_it():
    tested = an_observation(1, 40, method="tested")
    assert [use.percent for use in weekly_use([tested], 0)] == [40]
    assert [use.percent for use in weekly_use([an_observation(1, 30), tested], 0)] == [30]


def test_daily_counts_become_one_a_week_the_last():
    daily = [an_observation(0, n, date=day(n)) for n in range(14)]
    assert day(0).isoweekday() == 2
    assert [use.using for use in weekly_use(daily, 0)] == [5, 12, 13]


@pytest.mark.requirement("R12")
def test_the_total_is_people_over_people_and_not_a_mean_of_percentages():
    found = adoption_standing(
        {"desk": [an_observation(0, 10, 10)], "branches": [an_observation(0, 0, 90)]}, {"desk": 10, "branches": 90}, []
    )
    assert (found.percent, found.worst, found.worst_percent) == (10, "branches", 0)


def test_an_audience_that_reports_percentages_counts_with_its_headcount():
    series = [an_observation(0, 48.5), an_observation(1, 50)]
    counts = [an_observation(1, 100, 100)]
    found = adoption_standing({"a": series, "b": counts}, {"a": 300, "b": 100}, [])
    assert found.percent == pytest.approx(100 * (150 + 100) / 400)
    assert adoption_standing({"a": series, "b": counts}, {}, []).percent == pytest.approx(75)


def test_an_audience_without_observations_is_unknown_and_does_not_enter():
    found = adoption_standing({"a": weekly(RISE), "b": []}, {"a": 100, "b": 900}, [])
    assert (found.state, found.percent, found.worst) == ("adopted", 81, "a")


def test_nothing_observed_is_unknown_and_not_zero():
    found = adoption_standing({}, {"a": 100}, [a_target(80, 90)])
    assert (found.state, found.percent, found.observed_on, found.trend) == ("not_started", None, None, ())
    assert (found.target, found.by) == (80, day(90))


def test_one_relapsed_group_is_the_state_of_all_and_is_named():
    found = adoption_standing({"dispatchers": weekly(FALL, 200), "techs": weekly([5, 9])}, {}, [])
    assert (found.state, found.worst, found.worst_percent, found.worst_was) == ("relapsed", "dispatchers", 41, 81)


@pytest.mark.parametrize(
    ("others", "is_"),
    [([80, 80], "adopted"), ([0, 0], "rising"), ([*FALL, 52, 66, 78, 81, 82], "recovered")],
)
def test_all_have_adopted_only_when_each_has(others, is_):
    assert adoption_standing({"a": weekly(RISE, 200), "b": weekly(others, 200)}, {}, []).state == is_


def test_nobody_has_begun():
    assert adoption_standing({"a": weekly([0, 0]), "b": weekly([0])}, {}, []).state == "not_started"


def test_the_trend_keeps_24_weeks_and_carries_on_who_was_not_counted():
    assert adoption_standing({"a": weekly(range(30))}, {}, []).trend == tuple(range(6, 30))
    found = adoption_standing({"a": weekly([10, 20, 30]), "b": [an_observation(1, 40)]}, {}, [])
    assert found.trend == (10, 30, 35)
    assert found.observed_on == day(14)


def test_the_next_target_is_the_first_not_reached_else_the_last():
    targets = [a_target(80, 60), a_target(30, 30), a_target(99, 10, metric="proficiency")]
    seen = {"a": weekly([10, 40])}
    assert adoption_standing(seen, {}, targets).target == 80
    assert adoption_standing(seen, {}, targets[1:]).target == 30
    assert adoption_standing(seen, {}, [*targets, a_target(50, 20, "a")]).target == 80
    assert adoption_standing(seen, {}, [a_target(30, 10, "a"), a_target(50, 20, "a")]).target == 50
    assert adoption_standing(seen, {}, []).by is None


def test_a_target_of_a_single_group_says_whose_it_is_and_is_held_against_its_own_use():
    seen = {"a": weekly([10, 40]), "b": weekly([90, 90])}
    own = adoption_standing(seen, {}, [a_target(50, 20, "a"), a_target(50, 30, "b")])
    assert (own.percent, own.target, own.of_whom, own.aimed_use) == (65, 50, " of a", 40)
    of_all = adoption_standing(seen, {}, [a_target(50, 20, "a"), a_target(80, 30)])
    assert (of_all.target, of_all.of_whom, of_all.aimed_use) == (80, "", 65)
    unseen = adoption_standing(seen, {}, [a_target(50, 20, "c")])
    assert (unseen.of_whom, unseen.aimed_use) == (" of c", None)


def test_a_group_without_a_target_of_its_own_has_that_of_all():
    seen = {"a": weekly([40, 40])}
    assert adoption_standing(seen, {}, [a_target(50, 90)]).state == "adopted"
    assert adoption_standing(seen, {}, [a_target(50, 90), a_target(90, 90, "a")]).state == "rising"


@pytest.mark.requirement("R12")
def test_the_gap_between_delivered_and_used_is_in_points():
    assert deployment_gap(0.5, 38.0) == 12
    assert deployment_gap(None, 38.0) is None
    assert deployment_gap(1.0, None) is None


def test_a_small_drop_is_no_relapse_even_where_the_series_proves_it():
    weeks = [float(n) for n in range(60)]
    rise = [min(98.0, 5.0 * n) for n in range(30)]
    assert max(relapse_statistic(weeks, [*rise, *[94.0] * 30], 100_000)) > RELAPSE_THRESHOLD
    assert _state(weeks, [*rise, *[94.0] * 30], 100_000, 80.0) == "adopted"
    assert _state(weeks, [*rise, *[80.0] * 30], 100_000, 80.0) == "relapsed"


def test_a_group_that_stays_down_is_not_recovered_by_the_years():
    weeks = [float(n) for n in range(190)]
    percents = [min(80.0, 5.0 * n) for n in range(40)] + [60.0] * 150
    for people in (30, 300, 3000):
        assert _state(weeks, percents, people, 64.0) == "relapsed"


@pytest.mark.parametrize(
    ("percents", "of", "is_"),
    [
        ([*[90] * 4, *[60] * 4, 86, 86], 5000, "recovered"),
        ([*[90] * 4, *[60] * 4, 86], 5000, "relapsed"),
        ([*[80] * 4, *[50] * 4, 75, 75], 20, "recovered"),
        ([*[80] * 4, *[50] * 4, 75], 20, "relapsed"),
        ([*[60] * 6, *[54] * 4, 58], 200, "recovered"),
        ([*[60] * 6, *[54] * 4, 54], 200, "relapsed"),
    ],
    ids=["near the best", "once near it", "within chance", "once within it", "no alarm any more", "still an alarm"],
)
def test_a_relapse_is_over_by_two_weeks_near_the_best_or_within_chance_or_when_nothing_speaks_for_it(percents, of, is_):
    assert state(percents, of=of) == is_


def test_each_relapse_is_dated_by_the_day_on_which_it_was_seen_first():
    series = weekly_use(weekly([*[80] * 8, *[50] * 8, *[80] * 12, *[50] * 8], 1000), 0)
    found = relapse_days(series)
    assert len(found) == 2
    assert found == tuple(sorted({day for n in range(len(series)) for day in relapse_days(series[: n + 1])}))
    first = next(n for n in range(1, 40) if relapse_days(series[:n]))
    assert found[0] == series[first - 1].day
    assert relapse_days(()) == ()


def test_every_audience_is_a_group_with_its_own_day_else_that_of_its_initiative():
    adoptions = audience_adoptions({"Nurses": weekly([10, 20])}, {}, [])
    nurses, office = groups_of(
        initiative(day(0)), [audience("Nurses", 40, go_live=day(7)), audience("Office", 9)], adoptions
    )
    assert (nurses.headcount, nurses.go_live, nurses.measured) == (40, day(7), adoptions[0].series)
    assert (office.headcount, office.go_live, office.measured) == (9, day(0), ())
