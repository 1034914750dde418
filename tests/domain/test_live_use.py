"""The use of those who are live: what a later wave does to it, and whose target it is held to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from working_builders import TODAY, an_initiative

from changedesk.domain.records import Audience, Observation, Target
from changedesk.domain.usage.live_use import LiveUse, live_use


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


FIRST, NEWEST, SECOND = day(-30), day(-3), day(40)


def a_group(name: str, headcount: int = 100, go_live: date | None = None) -> Audience:
    return Audience(name, 1, name, None, None, headcount, go_live)


def a_count(group: str, using: float, on: date = NEWEST, method: str = "observed") -> Observation:
    return Observation(f"{group}{on}", 1, group, "utilization", on, using, 100, method)


def a_target(percent: float, group: str | None = None, metric: str = "utilization", by: date = SECOND) -> Target:
    return Target(f"{percent}{group}", group, metric, percent, by)


def used(groups: list[Audience], counts: list[Observation], *targets: Target, **more: Any) -> LiveUse:
    return live_use(an_initiative(go_live_actual=FIRST, **more), groups, counts, targets, TODAY)


@pytest.mark.requirement("R64")
@given(st.integers(0, 100), st.integers(1, 900), st.booleans())
def test_a_wave_that_is_still_to_come_changes_nothing_about_those_who_are_live(using: int, later: int, counted: bool):
    alone = used([a_group("a")], [a_count("a", using)], a_target(80))
    wave = a_group("b", later, SECOND)
    counts = [a_count("a", using)] + ([a_count("b", 0)] if counted else [])
    assert used([a_group("a"), wave], counts, a_target(80)) == replace(alone, later=later)
    assert (alone.percent, alone.people, alone.target) == (using, 100, 80)


def test_whoever_is_live_lately_counts_as_nobody_and_whoever_was_never_counted_is_named():
    lately = used([a_group("a"), a_group("b", 100, day(-1))], [a_count("a", 80)], a_target(80))
    assert (lately.percent, lately.people, lately.later) == (40, 200, 0)
    never = used([a_group("a"), a_group("b", 100, day(-25))], [a_count("a", 80)], a_target(80))
    assert (never.percent, never.people, never.uncounted) == (80, 100, ("b",))


def test_nothing_counted_is_unknown_and_what_people_say_of_themselves_is_no_count():
    nothing = used([a_group("a")], [a_count("a", 90, method="self_reported")], a_target(80))
    assert (nothing.percent, nothing.target, nothing.uncounted) == (None, 80, ("a",))
    assert used([], []).percent is None


def test_the_target_is_the_next_one_that_those_who_are_live_have_not_reached():
    staged = (a_target(40, by=day(-5)), a_target(80), a_target(99, metric="proficiency"))
    groups = [a_group("a"), a_group("b", 100, SECOND)]
    assert used(groups, [a_count("a", 60)], *staged).target == 80
    assert used(groups, [a_count("a", 30)], *staged).target == 40


def test_where_only_groups_have_targets_the_live_one_that_is_furthest_below_its_own_is_shown():
    groups = [a_group("a"), a_group("b"), a_group("c", 100, SECOND)]
    counts = [a_count("a", 90), a_count("b", 50)]
    found = used(groups, counts, a_target(80, "a"), a_target(60, "b"), a_target(80, "c"))
    assert (found.group, found.percent, found.people, found.target, found.later) == ("b", 50, 100, 60, 100)
    unseen = used(groups, counts[:1], a_target(80, "a"), a_target(60, "b"))
    assert (unseen.group, unseen.percent) == ("b", None)
    assert used(groups, counts, a_target(80, "c")).target is None, "nobody who is live has one"
    assert used(groups, counts, a_target(80, "a"), a_target(70)).group is None, "the target of all comes first"


def test_the_newest_count_speaks_for_all_who_are_live_by_then():
    groups = [a_group("a"), a_group("b", 100, day(-10))]
    counts = [a_count("a", 20, day(-17)), a_count("a", 60), a_count("b", 40)]
    found = used(groups, counts)
    assert (found.percent, found.people) == (50, 200)
    assert used(groups, []).people == 0


def test_a_group_that_goes_live_today_is_live_and_a_target_of_something_else_is_none_of_use():
    assert used([a_group("a", 100, TODAY), a_group("b", 100, day(1))], []).later == 100
    assert used([a_group("a")], [a_count("a", 60)], a_target(99, metric="proficiency")).target is None


def test_a_group_is_as_far_below_as_its_own_target_is_above_and_one_without_a_target_is_not_asked():
    groups = [a_group("a"), a_group("b"), a_group("c")]
    counts = [a_count("a", 60), a_count("b", 50)]
    assert used(groups, counts, a_target(80, "a"), a_target(40, "b")).group == "a"


@pytest.mark.parametrize(("using", "target"), [(60, 80), (30, 40)])
def test_a_group_too_is_held_to_the_next_target_that_it_has_not_reached(using, target):
    staged = (a_target(40, "a", by=day(-5)), a_target(80, "a"))
    assert used([a_group("a")], [a_count("a", using)], *staged).target == target


def test_a_groups_target_of_something_else_does_not_make_it_the_one_that_is_shown():
    found = used([a_group("a"), a_group("b")], [a_count("a", 60)], a_target(99, "a", metric="proficiency"))
    assert (found.group, found.target) == (None, None)


def test_a_group_without_a_day_goes_live_with_the_initiative_and_where_nobody_knows_that_day_it_counts_as_live():
    to_come = live_use(an_initiative(go_live_planned=day(20)), [a_group("a")], [], [], TODAY)
    assert to_come.later == 100
    unknown = live_use(an_initiative(go_live_planned=None), [a_group("a")], [a_count("a", 60)], [], TODAY)
    assert unknown.later == 0


def test_of_all_who_are_live_the_people_of_the_newest_count_are_told():
    counts = [a_count("a", 20, day(-17)), replace(a_count("a", 60), denominator=50, numerator=30)]
    assert used([a_group("a")], counts).people == 50
