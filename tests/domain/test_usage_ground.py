"""How records become views: what is said of use alone, what a forecast is asked, and who is named when there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from usage_builders import LIVE, TODAY, audience, ground, initiative, on, rising, seen, target

from changedesk.domain.usage.ground import History, metric_views
from changedesk.domain.usage.views import CANCELLED, SeriesView

S_CURVE = [5, 20, 45, 70, 82, 85, 85, 85, 85, 85, 85, 85]
FELL = [20, 50, 80, 85, 85, 85, 60, 40, 30, 30, 30, 30]


def use_of(*args: object, **kwargs: object) -> dict[str | None, SeriesView]:
    """Use of everybody (None) and of each group."""
    return {one.audience: one for one in metric_views(ground(*args, **kwargs))[0].all}  # type: ignore[arg-type]


def of_metric(name: str, *args: object, **kwargs: object) -> dict[str | None, SeriesView]:
    views = metric_views(ground(*args, **kwargs))  # type: ignore[arg-type]
    return {one.audience: one for view in views if view.metric.name == name for one in view.all}


def test_waves_are_the_people_of_each_day_and_leave_out_who_has_no_day_or_no_people():
    groups = [audience("a", 10), audience("b", 20), audience("later", 40, on(30)), audience("none", 0, on(60))]
    assert ground(groups, []).waves == ((LIVE, 30.0), (on(30), 40.0))
    assert ground([audience("a", 10), audience("b", 20, on(30))], [], of=initiative(None)).waves == ((on(30), 20.0),)


def test_a_forecast_of_everybody_knows_the_waves_as_long_as_one_is_to_come():
    groups = [audience("a", 100), audience("b", 300, TODAY + timedelta(days=40))]
    counts = rising("a", S_CURVE, 100)
    found = use_of(groups, counts, [target(80, on(300))])
    assert found[None].question is not None
    assert [people for _, people in found[None].question.waves] == [100, 300]
    assert found["a"].question is not None
    assert found["a"].question.waves == (), "a group is one wave"
    everybody_live = use_of([audience("a", 100), audience("b", 300, on(30))], counts + rising("b", S_CURVE, 300))
    assert everybody_live[None].question is not None
    assert everybody_live[None].question.waves == ()
    last = everybody_live[None].measured[-1].day
    on_that_day = use_of([audience("a", 100), audience("b", 300, last)], counts)
    assert on_that_day[None].question is not None
    assert on_that_day[None].question.waves == (), "who goes live on the day of the newest count is no one to come"
    trained = [seen("a", 5 + 7 * week, 40, 100, "proficiency", "tested") for week in range(5)]
    skill = of_metric("proficiency", groups, counts + trained)
    assert skill[None].question is not None
    assert skill[None].question.waves == (), "waves are of use"


def test_a_forecast_begins_at_go_live_or_at_the_first_count_when_that_was_before_it():
    counts = rising("a", [10, 20, 30, 40, 50])

    def since(**fields: object):
        question = use_of([audience("a", **fields)], counts, of=fields.pop("of", None))["a"].question  # type: ignore[arg-type]
        return question.since if question else None

    assert since() == LIVE
    assert since(go_live=on(60)) == on(4), "it was counted before"
    assert since(go_live=on(4)) == on(4)
    unplanned = use_of([audience("a")], counts, of=initiative(None))["a"].question
    assert unplanned is not None
    assert unplanned.since == on(4), "nobody knows its day"
    assert use_of([audience("a")], [], of=initiative(None))["a"].question is None


def test_a_forecast_of_use_knows_other_roll_outs_but_never_its_own_and_one_of_another_metric_none():
    own, other, whole = ((0, 1.0),), ((0, 2.0),), ((0, 3.0),)
    history = History(groups=(("a", own), ("b", other)), totals=(whole,))
    counts = rising("a", S_CURVE) + rising("b", S_CURVE)
    found = use_of([audience("a"), audience("b")], counts, history=history)
    assert [found[who].question.history for who in (None, "a", "b")] == [(whole,), (other,), (own,)]  # type: ignore[union-attr]
    cases = [seen("a", 5 + 7 * week, 3, 9, "compliance") for week in range(5)]
    assert of_metric("compliance", [audience("a")], cases, history=history)["a"].question.history == ()  # type: ignore[union-attr]


def test_speed_and_lasting_and_levels_are_said_of_use_alone():
    counts = rising("a", S_CURVE)
    cases = [seen("a", 4 + 7 * n, round(p), 100, "compliance") for n, p in enumerate(S_CURVE)]
    use = use_of([audience("a")], counts + cases, [target(80, on(90))])
    assert use["a"].speed is not None
    assert use["a"].sustained is not None
    assert use["a"].levelled == pytest.approx(85, abs=1)
    checked = of_metric("compliance", [audience("a")], counts + cases)["a"]
    assert (checked.speed, checked.sustained, checked.levelled, checked.state) == (None, None, None, None)
    assert checked.best is not None


def test_days_of_relapse_belong_to_groups():
    cases = [seen("a", 4 + 7 * n, p, 100, "compliance") for n, p in enumerate(FELL)]
    found = use_of([audience("a")], rising("a", FELL) + cases)
    assert len(found["a"].relapses) == 1
    assert found[None].relapses == ()
    assert of_metric("compliance", [audience("a")], cases)["a"].relapses == ()


def test_the_group_that_fell_the_furthest_is_named_and_one_that_holds_is_not():
    deep, shallow = FELL, [20, 50, 80, 85, 85, 85, 70, 60, 50, 50, 50, 50]
    groups = [audience("good"), audience("shallow"), audience("deep")]
    counts = rising("good", S_CURVE) + rising("shallow", shallow) + rising("deep", deep)
    found = use_of(groups, counts, [target(80, on(200))])
    assert "deep went back to the old way (30 %, were at 85 %)" in found[None].reason
    assert found["shallow"].reason.startswith("Suspended: shallow went back to the old way (50 %, were at 85 %)")
    assert found["good"].reason == ""


def test_everybody_began_with_the_first_wave_whoever_has_no_day():
    groups = [audience("later", go_live=on(30)), audience("first", go_live=on(10)), audience("none")]
    assert use_of(groups, [], of=initiative(None))[None].go_live == on(10)
    assert use_of([audience("none")], [])[None].go_live == LIVE


def test_the_state_of_everybody_is_that_of_the_groups_that_were_counted():
    groups = [audience("a"), audience("b")]
    half = use_of(groups, rising("a", S_CURVE), [target(80, on(200))])
    assert (half[None].state, half[None].left_out) == ("adopted", ("b",))
    trained = of_metric("training", groups, [seen("a", 5, 3, 9, "training")])[None]
    assert (trained.state, trained.left_out, trained.to_come) == (None, (), ())


def test_how_it_was_counted_is_said_without_what_people_say_of_themselves():
    counts = [
        seen("a", 5, 3, 9, method="observed"),
        seen("a", 6, 9, 9, method="self_reported"),
        seen("b", 5, 3, 9, method="tested"),
    ]
    found = use_of([audience("a"), audience("b")], counts)
    assert [found[who].methods for who in (None, "a", "b")] == [("observed", "tested"), ("observed",), ("tested",)]
    assert [use.percent for use in found["a"].said] == [100.0]


def test_why_nothing_is_forecast_is_said_with_what_would_bring_it():
    def reason(metric: str, *counts: object, of: object = None, today: object = TODAY, **fields: object) -> str:
        found = of_metric(
            metric, [audience("a", **fields)], counts, [target(80, on(200), metric=metric)], of=of, today=today
        )
        return found["a"].reason

    assert reason("compliance") == "No forecast yet: it has none of the 4 counts that one needs."
    some = [seen("a", day, 3, 9, "compliance") for day in (5, 12, 19)]
    assert reason("compliance", *some) == "No forecast yet: it has 3 of the 4 counts that one needs."
    assert reason("utilization", of=initiative(None)) == "No forecast yet: nobody knows when it goes live."
    assert reason("utilization", today=LIVE).startswith("Nobody has counted it since it went live today")
    planned = initiative(live=False)
    assert reason("utilization", of=planned, today=LIVE) == ""
    later = reason("utilization", of=planned, today=LIVE + timedelta(days=1))
    assert later.startswith("Nobody has counted it since it was to go live yesterday")
    assert reason("utilization", today=LIVE - timedelta(days=1)) == "", "before go-live the prior alone speaks"
    assert reason("utilization", seen("a", 5, 3, 9)) == ""


def test_of_what_was_cancelled_nothing_is_forecast_however_often_it_was_counted():
    gone = replace(initiative(), state="cancelled")
    for counts in ([], rising("a", [10, 20, 30, 40, 50])):
        found = use_of([audience("a")], counts, of=gone)["a"]
        assert (found.question, found.reason, found.why) == (None, CANCELLED, "cancelled")


def test_what_was_cancelled_has_no_way_to_go_any_more():
    aim = target(80, on(90))
    assert use_of([audience("a")], [], [aim])["a"].plan != ()
    assert use_of([audience("a")], [], [aim], of=replace(initiative(), state="cancelled"))["a"].plan == ()


def test_the_newest_count_is_where_it_stands_and_without_one_that_is_unknown():
    uncounted = use_of([audience("a")], [])["a"]
    assert (uncounted.now, uncounted.percent) == (None, None)
    counted = use_of([audience("a")], rising("a", [10, 20]))["a"]
    assert (counted.now, counted.percent) == (counted.measured[-1], 20)


def test_a_group_that_was_counted_stands_where_its_counts_say_also_before_its_go_live():
    early = use_of([audience("a", go_live=TODAY + timedelta(days=9))], rising("a", S_CURVE))["a"]
    assert early.state is not None
    assert early.standing(TODAY) == early.state


def test_of_everybody_samples_are_added():
    counts = [seen("a", 5, 3, 10, "proficiency", "tested"), seen("b", 5, 9, 10, "proficiency", "tested")]
    later = audience("later", go_live=TODAY + timedelta(days=1))
    tested = of_metric("proficiency", [audience("a"), audience("b"), later], counts)[None]
    assert [(one.using, one.of) for one in tested.measured] == [(12, 20)], "whoever is still to come was not asked"
    used = use_of([audience("a"), later], rising("a", [50]))[None]
    assert [(one.using, one.of) for one in used.measured] == [(100, 400)], "whoever is still to come does not use it"
