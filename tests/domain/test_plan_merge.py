"""What a plan that comes in changes of the activities that are there, and what it leaves as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from domain_builders import an_activity, day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.planning.baseline import Baseline
from changedesk.domain.planning.plan_activities import PlannedActivity
from changedesk.domain.planning.plan_merge import NEW, merge
from changedesk.domain.records import Activity


def a_task(key: str = "7", title: str = "Enrol", **more: Any) -> PlannedActivity:
    values: dict[str, Any] = {
        "key": key, "row": 1, "title": title, "phase": "execution", "named_phase": False, "owner": None,
        "planned_start": day(100), "planned_end": day(120), "actual_start": None, "actual_end": None, "weight": 2.0,
        "percent_complete": None, "milestone": False, "baseline": None,
    }  # fmt: skip
    return PlannedActivity(**values | more)


def kept(**more: Any) -> Activity:
    values: dict[str, Any] = {"id": "a7", "source_key": "7", "planned_start": day(90), "planned_end": day(110)}
    return replace(an_activity("Enrol"), **values | more)


@pytest.mark.parametrize(
    ("column", "before", "now"),
    [
        ("owner", "pat", "kim"),
        ("actual_start", day(95), day(96)),
        ("actual_end", day(111), day(112)),
        ("percent_complete", 40.0, 60.0),
        ("percent_complete", 40.0, 0.0),
    ],
)
def test_what_the_plan_knows_is_taken_and_what_it_does_not_know_erases_nothing(column, before, now):
    there = kept(**{column: before})
    for known, after in ((now, now), (None, before)):
        merged = merge([there], [a_task(**{column: known})], planning_signed=False)
        assert getattr(merged.activities["7"], column) == after
        assert merged.changed == {"7"}


def test_a_baseline_that_is_there_stays_and_another_one_in_the_plan_is_counted():
    agreed = {"baseline_start": day(80), "baseline_end": day(105), "baseline_weight": 1.0}
    lane = [kept(**agreed), kept(id="a8", title="Train", source_key="8", **agreed)]
    tasks = [
        a_task(key, title, baseline=Baseline(None, day(106), 1.0)) for key, title in (("7", "Enrol"), ("8", "Train"))
    ]
    merged = merge(lane, tasks, planning_signed=False)
    assert {one.baseline_end for one in merged.activities.values()} == {day(105)}
    assert merged.other_baselines == 2
    same = merge(lane, [a_task(baseline=Baseline(None, day(105), 1.0))], planning_signed=False)
    assert same.other_baselines == 0


TITLES = st.sampled_from(("Enrol", "Train", "Test"))
LANES = st.lists(
    st.builds(lambda n, title, key: kept(id=f"a{n}", title=title, source_key=key), st.integers(0, 99), TITLES,
              st.sampled_from((None, "1", "2", "3"))),
    max_size=5, unique_by=(lambda one: one.id, lambda one: one.source_key or one.id, lambda one: one.title),
)  # fmt: skip
TASKS = st.lists(
    st.builds(a_task, st.sampled_from(("1", "2", "3", "4")), TITLES),
    max_size=4,
    unique_by=(lambda one: one.key, lambda one: one.title),
)


@given(LANES, TASKS, st.booleans())
def test_every_task_has_one_activity_of_its_own_and_no_title_is_there_twice(lane, tasks, signed):
    merged = merge(iter(lane), tasks, planning_signed=signed)
    assert list(merged.activities) == [task.key for task in tasks]
    taken = [one.id for one in merged.activities.values() if one.id != NEW]
    assert len(taken) == len({*taken})
    assert merged.added == {key for key, one in merged.activities.items() if one.id == NEW}
    left = [one for one in lane if one.id not in taken]
    titles = [one.title for one in (*left, *merged.activities.values())]
    assert len(titles) == len({*titles})
    assert set(merged.vanished) == {one for one in left if one.source_key is not None}
    again = merge([*left, *(replace(one, id=one.id or one.source_key) for one in merged.activities.values())], tasks,
                  planning_signed=signed)  # fmt: skip
    assert (again.added, again.changed) == (frozenset(), frozenset())
