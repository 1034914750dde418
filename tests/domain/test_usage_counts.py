"""Counts over time: a percentage is made of counts, what nobody counted is not zero, and self-reports stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from usage_builders import LIVE, TODAY, audience, ground, group, initiative, on, rising, seen, target, weekly

from changedesk.domain.usage.counts import (
    counted_last,
    everybody,
    left_out,
    total_counts,
    week_of,
    weekly_counts,
)
from changedesk.domain.usage.ground import metric_views
from changedesk.domain.usage.metrics import METRICS, SAID_METHODS, in_order, metric_in_words, metric_of
from changedesk.domain.usage.views import SeriesView
from changedesk.domain.weeks import monday_of

counts = st.lists(
    st.tuples(
        st.sampled_from(["nurses", "doctors"]),
        st.sampled_from(["utilization", "proficiency", "training", "mood"]),
        st.integers(0, 80),
        st.integers(0, 20),
        st.sampled_from(["observed", "tested", "self_reported"]),
    ),
    max_size=25,
)


def views(recorded: list[tuple[str, str, int, int, str]]) -> dict[tuple[str, str | None], SeriesView]:
    observations = [seen(who, days, using, 20, metric, method) for who, metric, days, using, method in recorded]
    found = metric_views(ground([audience("nurses", 20), audience("doctors", 20)], observations))
    return {(one.metric.name, series.audience): series for one in found for series in one.all}


@pytest.mark.requirement("R20")
@given(counts)
def test_a_percentage_is_always_that_of_its_counts(recorded):
    for series in views(recorded).values():
        for use in (*series.measured, *series.said):
            assert use.percent == 100 * use.using / use.of
            assert 0 <= use.percent <= 100


@pytest.mark.requirement("R47")
@pytest.mark.requirement("R105")
@given(counts)
def test_what_people_say_of_themselves_changes_nothing_that_was_measured(recorded):
    measured = [one for one in recorded if one[4] != "self_reported"]
    all_of_it, without = views(recorded), views(measured)
    for key, series in without.items():
        mixed = all_of_it[key]
        assert (mixed.measured, mixed.state, mixed.question) == (series.measured, series.state, series.question)
        assert (mixed.speed, mixed.sustained, mixed.levelled) == (series.speed, series.sustained, series.levelled)


@pytest.mark.requirement("R47")
@pytest.mark.requirement("R105")
@given(counts)
def test_an_output_never_colours_use_and_is_never_forecast(recorded):
    without = views([one for one in recorded if one[1] != "training"])
    with_outputs = views(recorded)
    for whose in (None, "nurses", "doctors"):
        assert with_outputs["utilization", whose] == without["utilization", whose]
    assert all(one.question is None for (metric, _), one in with_outputs.items() if metric == "training")


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.lists(st.integers(0, 100), min_size=1, max_size=12))
def test_everybody_is_the_sum_of_the_groups(first, second):
    groups = (group("a", first), group("b", second, 50))
    last = everybody(groups)[-1]
    using = sum(one.measured[-1].using for one in groups)
    of = sum(one.measured[-1].of for one in groups)
    assert (last.using, last.of) == (using, of)


def test_a_group_that_is_live_and_was_never_counted_is_left_out_and_named():
    groups = (group("counted", [10, 20]), group("nobody looked"))
    assert [use.of for use in everybody(groups)] == [200, 200]
    assert left_out(groups, TODAY) == ("nobody looked",)


def test_a_group_without_a_go_live_day_is_unknown_until_it_is_counted_and_never_to_come():
    groups = (group("counted", [10, 20]), group("dayless", go_live=None))
    assert [use.of for use in everybody(groups)] == [200, 200]
    assert left_out(groups, TODAY) == ("dayless",)
    unplanned = ground([audience("a"), audience("b")], rising("a", [10, 20]), of=initiative(None))
    of_all = metric_views(unplanned)[0].everybody
    assert (of_all.left_out, of_all.to_come) == (("b",), ())


def test_a_wave_to_come_counts_as_nobody_and_not_as_unknown():
    groups = (group("first", [50, 60]), group("later", headcount=100, go_live=TODAY + timedelta(days=20)))
    assert [(use.using, use.of) for use in everybody(groups)] == [(100, 300), (120, 300)]
    assert left_out(groups, TODAY) == ()


def test_before_its_own_go_live_a_wave_counts_as_nobody():
    later = group("later", [40], 100, go_live=on(7))
    later = later.__class__(later.name, 100, on(7), group("x", [0, 0, 40], 100).measured[2:], ())
    assert [(u.using, u.of) for u in everybody((group("first", [50, 50, 50]), later))] == [
        (100, 300),
        (100, 300),
        (140, 300),
    ]


def test_a_group_that_was_counted_late_is_unknown_until_then():
    late = group("late", [0] * 6 + [50], 100)
    late = late.__class__(late.name, 100, LIVE, late.measured[6:], ())
    found = everybody((group("first", [50] * 7), late))
    assert [use.of for use in found] == [300, 300, 200, 200, 200, 200, 300]


def test_sampled_counts_of_all_groups_are_added_as_last_seen():
    assert [(u.using, u.of) for u in total_counts((group("a", [50], 20), group("b", [10, 20], 10)))] == [
        (11, 30),
        (12, 30),
    ]


def test_weeks_begin_on_monday():
    assert week_of(LIVE) == week_of(LIVE + timedelta(days=6)) == week_of(LIVE + timedelta(days=7)) - 1
    assert monday_of(LIVE + timedelta(days=6)) == LIVE


def test_metrics_come_in_their_order_and_a_made_up_one_speaks_for_itself():
    assert in_order({"mood", "training", "utilization"}) == ("utilization", "training", "mood")
    assert in_order({"mood", "energy", "zeal", "calm"}) == ("calm", "energy", "mood", "zeal")
    assert [name for name, metric in METRICS.items() if not metric.colours] == ["training"]
    made_up = metric_of("team mood")
    assert (made_up.title, made_up.says, made_up.sampled, made_up.colours) == ("Team mood", "team mood", True, False)
    assert metric_of("satisfaction").sampled, "its n is always said"
    assert [metric_in_words(name) for name in ("utilization", "team_mood")] == ["use", "team mood"]


@pytest.mark.requirement("R31")
def test_a_relapsed_group_is_not_made_good_by_the_others():
    held = rising("good", [20, 50, 80, 85, 85, 85, 85, 85, 85, 85, 85, 85])
    fallen = rising("bad", [20, 50, 80, 85, 85, 85, 60, 40, 30, 30, 30, 30])
    use = metric_views(ground([audience("good"), audience("bad")], held + fallen, [target(80, on(200))]))[0]
    assert (use.of("good").state, use.of("bad").state, use.everybody.state) == ("adopted", "relapsed", "relapsed")
    assert use.everybody.question is None
    assert "bad went back to the old way (30 %, were at 85 %)" in use.everybody.reason
    assert use.of("good").question is not None
    assert len(use.of("bad").relapses) == 1


@pytest.mark.parametrize(
    ("metric", "method", "said"),
    [
        ("training", "observed", "An output"),
        ("satisfaction", "self_reported", "Only what people say of themselves"),
        ("compliance", "observed", "1 of the 4 counts"),
    ],
)
def test_a_series_without_a_forecast_says_why(metric, method, said):
    found = metric_views(ground([audience("a")], [seen("a", 5, 3, 9, metric, method)]))
    series = next(one for one in found if one.metric.name == metric).of("a")
    assert series.question is None
    assert said in series.reason


def test_a_live_group_that_nobody_counted_says_so():
    assert "Nobody has counted it since it went live" in metric_views(ground([audience("a")], []))[0].of("a").reason


def test_what_nobody_counted_is_unknown_from_the_day_of_go_live_on_and_before_it_not_live():
    def stands(go_live):
        return metric_views(ground([audience("a", go_live=go_live)], []))[0].of("a").standing(TODAY)

    assert [stands(TODAY + timedelta(days=days)) for days in (-1, 0, 1)] == ["no_count", "no_count", "not_live"]
    nowhere = metric_views(ground([audience("a")], [], of=initiative(None)))[0].of("a")
    assert (nowhere.standing(TODAY), nowhere.why) == ("not_live", "no go-live day")


@pytest.mark.parametrize(("day", "counted"), [(87, True), (88, False)], ids=["today", "tomorrow"])
def test_a_count_of_a_day_to_come_is_not_known_yet(day, counted):
    assert on(87) == TODAY
    assert bool(metric_views(ground([audience("a")], [seen("a", day, 3, 9)]))[0].of("a").measured) == counted


@pytest.mark.requirement("R31")
def test_a_group_is_held_to_its_own_target_else_to_that_of_everybody_of_several_the_last():
    targets = [target(50, on(50)), target(80, on(200)), target(60, on(90), "a"), target(99, on(300), metric="training")]
    use = metric_views(ground([audience("a"), audience("b")], [], targets))[0]
    assert [(one.target, one.by) for one in use.all] == [(80, on(200)), (60, on(90)), (80, on(200))]


def test_the_planned_way_is_straight_from_go_live_to_the_target_where_there_is_one_to_go():
    def plan(*targets, **fields):
        return metric_views(ground([audience("a", **fields)], [], targets))[0].of("a").plan

    assert plan(target(80, on(1))) == ((LIVE, 0.0), (on(1), 80))
    assert plan(target(80, on(0))) == plan() == ()
    sampled = metric_views(ground([audience("a")], [], [target(80, on(90), metric="proficiency")]))
    assert next(one for one in sampled if one.metric.name == "proficiency").of("a").plan == ()


@pytest.mark.parametrize(
    ("metric", "method", "n", "why"),
    [
        ("training", "observed", 1, "an output"),
        ("satisfaction", "self_reported", 1, "own word only"),
        ("compliance", "observed", 3, "3 of 4 counts"),
        ("compliance", "observed", 4, ""),
        ("utilization", "observed", 1, ""),
    ],
)
def test_why_there_is_no_forecast_fits_a_column(metric, method, n, why):
    counts = [seen("a", 5 + 7 * week, 3, 9, metric, method) for week in range(n)]
    found = metric_views(ground([audience("a")], counts))
    assert next(one for one in found if one.metric.name == metric).of("a").why == why


def test_a_group_that_relapsed_has_no_forecast_until_it_has_come_back():
    fallen = rising("a", [20, 50, 80, 85, 85, 85, 60, 40, 30, 30, 30, 30])
    assert metric_views(ground([audience("a")], fallen))[0].of("a").why == "suspended"
    assert metric_views(ground([audience("a")], []))[0].of("a").why == "no count yet"


def test_whom_everybody_means_is_named_those_left_out_and_those_to_come():
    later = audience("later", go_live=TODAY + timedelta(days=1))
    groups = [audience("a"), audience("unseen"), audience("today", go_live=TODAY), later]
    use = metric_views(ground(groups, [seen("a", 5, 3, 9)]))[0].everybody
    assert (use.left_out, use.to_come) == (("unseen", "today"), ("later",))
    assert (use.name, use.headcount, use.go_live) == ("Everybody", 800, LIVE)
    nothing = metric_views(ground(groups, []))[0].everybody
    assert (nothing.left_out, nothing.to_come, nothing.state) == ((), (), "not_started")


@pytest.mark.parametrize(("days", "unknown"), [(14, False), (15, True)])
def test_for_two_weeks_a_group_that_is_live_counts_as_nobody_and_later_it_is_unknown(days, unknown):
    first = replace(group("first"), measured=weekly([50], first=20))
    late = replace(group("late", go_live=on(20 - days)), measured=weekly([50], first=60))
    assert [use.of for use in everybody((first, late))] == [200 if unknown else 400, 400]


OBSERVED = frozenset({"observed"})


def test_a_source_of_percentages_weighs_by_headcount_and_one_of_counts_by_its_counts():
    percentages = [seen("a", 4, 12.5, 100), seen("a", 11, 25, 100)]
    found = weekly_counts(percentages, 40, "utilization", OBSERVED)
    assert [(use.using, use.of) for use in found] == [(5, 40), (10, 40)], "one decimal tells that all are percentages"
    (only,) = weekly_counts(percentages[1:], 40, "utilization", OBSERVED)
    assert (only.using, only.of) == (25, 100), "25 of 100 may be people"
    (unknown,) = weekly_counts(percentages[:1], 0, "utilization", OBSERVED)
    assert (unknown.using, unknown.of) == (12.5, 100)
    mixed = weekly_counts([percentages[0], seen("a", 11, 9, 36)], 40, "utilization", OBSERVED)
    assert [(use.using, use.of) for use in mixed] == [(5, 40), (9, 36)], "out of 36 it is no percentage"
    one = weekly_counts([seen("a", 4, 12.5, 100)], 1, "utilization", OBSERVED)
    assert [(use.using, use.of) for use in one] == [(0.125, 1)]


@given(
    st.permutations([(2, "tested", 1), (2, "observed", 2), (4, "tested", 3), (9, "observed", 4), (8, "observed", 5)])
)
def test_each_week_has_its_last_count_and_of_one_day_the_observation_in_whatever_order_they_come(recorded):
    counted = [seen("a", day, using, 9, method=method) for day, method, using in recorded]
    both = weekly_counts(counted, 40, "utilization", frozenset({"observed", "tested"}))
    assert [(use.day, use.using) for use in both] == [(on(4), 3), (on(9), 4)]
    first_days = [one for one in counted if one.date == on(2)]
    (one,) = weekly_counts(first_days, 40, "utilization", frozenset({"observed", "tested"}))
    assert one.using == 2


def test_only_the_metric_that_is_asked_for_is_counted():
    assert weekly_counts([seen("a", 4, 3, 9, "compliance")], 40, "utilization", OBSERVED) == ()


def test_what_people_say_of_themselves_is_one_figure_of_all_who_answered():
    answers = [
        seen("a", 4, 3, 4, "satisfaction", "self_reported"),
        seen("b", 4, 1, 6, "satisfaction", "self_reported"),
        seen("a", 4, 9, 9, "satisfaction", "observed"),
        seen("a", 4, 9, 9, "utilization", "self_reported"),
    ]
    assert counted_last(answers, "satisfaction", (), SAID_METHODS) == (40, 10, on(4))
    assert counted_last(answers, "compliance", (), SAID_METHODS) is None


def test_of_an_audience_that_was_observed_and_tested_the_newer_count_is_the_one_that_counts():
    old = [seen("a", 4, 80, 100, "compliance"), seen("b", 4, 10, 20, "compliance")]
    tested = seen("a", 11, 40, 100, "compliance", "tested")
    assert counted_last([*old, tested], "compliance", ()) == (100 * 50 / 120, 120, on(4))
    same_day = seen("a", 4, 40, 100, "compliance", "tested")
    assert counted_last([same_day, *old], "compliance", ()) == counted_last(old, "compliance", ()) == (75, 120, on(4))


def test_a_percentage_of_an_audience_weighs_as_much_as_its_people():
    latest = [seen("a", 4, 50.5, 100, "compliance"), seen("b", 4, 0, 100, "compliance")]
    percent, people, _ = counted_last(latest, "compliance", [audience("a", 300), audience("b", 100)])
    assert (round(percent, 3), people) == (37.875, 400)


def test_a_wave_after_the_newest_count_of_anybody_counts_as_nobody_and_of_a_sample_not_at_all():
    counted = [group("a", [50, 60], 100), group("b", [40], 100)]
    assert [use.of for use in everybody([*counted, group("later", headcount=300, go_live=on(12))])] == [500, 500]
    on_that_day = everybody([*counted, group("same day", headcount=300, go_live=on(11))])
    assert [use.of for use in on_that_day] == [200, 200], "it was live by then, and nobody knows"
    assert [use.of for use in everybody([*counted, group("no day", headcount=300, go_live=None)])] == [200, 200]
    assert [use.of for use in everybody([*counted, group("nobody", headcount=0, go_live=on(12))])] == [200, 200]
    assert [use.of for use in total_counts([*counted, group("later", headcount=300, go_live=on(12))])] == [200, 200]
    assert everybody([group("later", headcount=300, go_live=on(12))]) == ()


def test_the_day_of_a_week_is_that_of_its_last_count():
    early, late = group("a", [50]), replace(group("b", [40]), measured=weekly([40], first=6))
    assert [use.day for use in everybody((early, late))] == [on(6)]
