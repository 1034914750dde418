"""Which tasks of a plan are activities, in which phase, under what title, of what weight."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from changedesk.domain.planning.baseline import Baseline
from changedesk.domain.planning.plan import Plan, PlanBaseline, PlanTask
from changedesk.domain.planning.plan_activities import activities_of, named_phase

DAY = date(2026, 12, 1)


def task(key: int, name: str, level: int = 1, **more: Any) -> PlanTask:
    values: dict[str, Any] = {
        "key": str(key), "row": key, "wbs": f"1.{key}", "name": name, "level": level, "summary": False,
        "milestone": False, "active": True, "start": DAY, "finish": DAY, "actual_start": None, "actual_finish": None,
        "percent_complete": None, "work_hours": None, "duration_hours": None, "owner": None, "baselines": (),
    }  # fmt: skip
    return PlanTask(**values | more)


def heading(key: int, name: str, level: int = 1) -> PlanTask:
    return task(key, name, level, summary=True)


def plan(*tasks: PlanTask) -> Plan:
    return Plan(tasks, (), 8.0)


def test_summaries_the_project_and_what_is_out_of_the_schedule_are_no_activities() -> None:
    taken = activities_of(
        plan(
            task(0, "Project", 0),
            heading(1, "Build"),
            task(2, "Enrol", 2),
            task(3, "Idea", active=False),
            task(4, "Some day", finish=None),
        ),
        None,
    )
    assert [one.title for one in taken] == ["Enrol"]


def test_a_repeated_title_gets_its_wbs() -> None:
    taken = activities_of(
        plan(task(1, "Test"), task(2, "Test"), task(3, "Live"), task(4, "Go", wbs=""), task(5, "Go", wbs="")), None
    )
    assert [one.title for one in taken] == ["Test (1.1)", "Test (1.2)", "Live", "Go (task 4)", "Go (task 5)"]


def test_titles_stay_apart_when_a_name_looks_like_a_title_with_a_wbs() -> None:
    taken = activities_of(plan(task(1, "Test"), task(2, "Test"), task(3, "Test (1.1)"), task(4, "")), None)
    assert len({one.title for one in taken}) == 4
    assert taken[3].title == "unnamed task 4"


@pytest.mark.parametrize(
    ("name", "phase"),
    [
        ("Initiation", "initiation"), ("Project kick-off", "initiation"), ("2. Planning", "planning"),
        ("Design & requirements", "planning"), ("Build", "execution"), ("User acceptance testing", "execution"),
        ("Go-live", "execution"), ("Monitoring and control", "monitoring_and_control"), ("Hypercare", "hypercare"),
        ("Post go-live support", "hypercare"), ("Close-out", "closure"), ("Handover to service", "closure"),
        ("Building 7", None), ("Wave 2", None), ("", None),
    ],
)  # fmt: skip
@pytest.mark.requirement("R42")
def test_a_summary_names_the_phase_of_what_lies_below_it(name: str, phase: str | None) -> None:
    assert named_phase(name) == phase


@pytest.mark.requirement("R42")
@pytest.mark.parametrize(
    ("phase", "names"),
    [
        ("initiation", "initiate, initiating, kickoff, charter, start-up"),
        ("planning", "plan, analysis, scope, scoping, assessment, discovery"),
        (
            "execution",
            "execution, execute, executing, development, implementation, implement, configuration, migration",
        ),
        ("execution", "deployment, deploy, test, pilot, rollout, roll-out, cutover, cut-over"),
        ("monitoring_and_control", "monitor, control, project management, governance"),
        ("hypercare", "early-life support, stabilisation, stabilization, aftercare"),
        ("closure", "closure, closing, closeout, close, lessons learned"),
    ],
)
def test_a_phase_is_known_by_each_name_that_plans_give_it(phase: str, names: str) -> None:
    assert {name: named_phase(f"3. {name.capitalize()}") for name in names.split(", ")} == dict.fromkeys(
        names.split(", "), phase
    )


def test_a_task_that_is_no_summary_names_no_phase_for_what_stands_below_it() -> None:
    taken = activities_of(plan(task(1, "Planning"), task(2, "Enrol", 2)), None)
    assert [one.phase for one in taken] == ["execution", "execution"]


def test_the_nearest_summary_that_names_a_phase_counts() -> None:
    taken = activities_of(
        plan(
            task(0, "Migration", 0),
            heading(1, "Planning"), task(2, "Charter", 2), heading(3, "Wave 1", 2), task(4, "Survey", 3),
            heading(5, "Build", 2), task(6, "Enrol", 3), task(7, "Plan B", 2), task(8, "Order"),
        ),
        None,
    )  # fmt: skip
    assert [one.phase for one in taken] == ["planning", "planning", "execution", "planning", "execution"]
    assert [one.named_phase for one in taken] == [True, True, True, True, False]


def test_what_starts_after_the_go_live_is_hypercare_where_the_plan_names_no_phase() -> None:
    later = DAY + timedelta(days=3)
    taken = activities_of(plan(task(1, "Cut over"), task(2, "Watch", start=later, finish=later)), DAY)
    assert [one.phase for one in taken] == ["execution", "hypercare"]
    across, open_start = activities_of(
        plan(task(1, "Enrol", finish=later), task(2, "Watch", start=None, finish=later)), DAY
    )
    assert across.phase == "execution", "it starts by the go-live and ends after it"
    assert open_start.phase == "hypercare", "of what has no start its end is all that is known"


def test_weights_are_hours_of_work_and_of_duration_where_there_is_no_work() -> None:
    taken = activities_of(
        plan(
            task(1, "A", work_hours=20.0, duration_hours=40.0),
            task(2, "B", work_hours=0.0, duration_hours=16.0),
            task(3, "C"),
        ),
        None,
    )
    assert [one.weight for one in taken] == [20, 16, 1]
    (third,) = activities_of(plan(task(1, "A", work_hours=1 / 3)), None)
    assert third.weight == 0.333333, "a weight has six places"


def test_weights_are_days_in_a_plan_without_work() -> None:
    taken = activities_of(
        plan(task(1, "A", duration_hours=40.0), task(2, "Live", duration_hours=0.0, milestone=True)), None
    )
    assert [one.weight for one in taken] == [5, 1]


def test_the_main_baseline_of_the_plan_is_the_one_that_counts() -> None:
    baselines = (
        PlanBaseline(1, DAY, DAY, None, None),
        PlanBaseline(0, DAY, DAY + timedelta(days=4), None, 16.0),
    )
    first, second = activities_of(
        plan(task(1, "A", baselines=baselines), task(2, "B", baselines=(PlanBaseline(0, None, None, 3.0, None),))), None
    )
    assert first.baseline == Baseline(DAY, DAY + timedelta(days=4), 2)
    assert second.baseline is None
