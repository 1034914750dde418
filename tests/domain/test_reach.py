"""What adoption risk reaches: four things side by side, each known or not by itself (R18)."""

from __future__ import annotations

from typing import Any

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from working_builders import a_benefit, a_target, live_material, material, seen

from changedesk.domain.material import Material
from changedesk.domain.records import Observation, Target
from changedesk.domain.running_side import RunningSide
from changedesk.domain.service.running import Service, ServicePeriod
from changedesk.domain.usage.reach import Reached, reach
from changedesk.domain.working import Benefit

MAIL = Service("s", 1, "alder", "Mail", "sam", "operation", "Letters arrive", "EUR", None, None, None)


def a_period(first: int, down: float) -> ServicePeriod:
    return ServicePeriod(day(first), day(first + 9), agreed_min=10_000, down_min=down)


def a_count(metric: str, numerator: float, audience: str = "all", method: str = "observed") -> Observation:
    return Observation(f"{metric}{audience}{method}", 1, audience, metric, day(90), numerator, 100, method)


def levels(**records: Any) -> dict[str, str]:
    return {one.name: one.level for one in reach(live_material(**records))}


@pytest.mark.requirement("R18")
def test_of_an_initiative_of_which_nothing_is_known_all_four_are_unknown_and_say_why():
    found = reach(material())
    assert [one.name for one in found] == ["service", "compliance", "satisfaction", "return"]
    assert {one.level for one in found} == {"unknown"}
    assert [one.said for one in found] == ["no service named", "not counted", "not counted", "no benefit named"]


@pytest.mark.requirement("R18")
@pytest.mark.parametrize(("after", "level"), [(10, "fine"), (14, "fine"), (16, "at_risk"), (40, "at_risk")])
def test_a_service_is_held_against_itself_before_the_go_live(after: float, level: str):
    running = RunningSide(MAIL, (a_period(30, 10), a_period(45, 10), a_period(65, after)))
    (service, *_) = reach(live_material(running=running))
    assert service.level == level
    assert service.said.endswith("99.90 % before")


def test_before_the_go_live_are_the_last_three_periods_that_had_ended_by_then():
    long_ago, unfinished = a_period(10, 5000), a_period(51, 5000)
    running = RunningSide(
        MAIL, (a_period(40, 10), unfinished, a_period(30, 10), long_ago, a_period(20, 10), a_period(65, 40))
    )
    assert reach(live_material(running=running))[0].said == "99.60 % up, 99.90 % before"


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (material(running=RunningSide(MAIL, (a_period(30, 10),))), "not live yet"),
        (live_material(running=RunningSide(MAIL, (a_period(30, 10),))), "not measured since go-live"),
        (live_material(running=RunningSide(MAIL, (ServicePeriod(day(65), day(74)),))), "not measured since go-live"),
        (live_material(running=RunningSide(MAIL, (a_period(65, 10),))), "99.90 % up"),
        (live_material(running=RunningSide(MAIL, (ServicePeriod(day(30), day(39)), a_period(65, 10)))), "99.90 % up"),
        (live_material(running=RunningSide(None, (a_period(65, 10),))), "no service named"),
    ],
)
def test_a_service_that_cannot_be_held_against_itself_is_unknown_and_says_what_is_known(known: Material, said: str):
    assert reach(known)[0] == Reached("service", said, "unknown")


@pytest.mark.requirement("R18")
@given(st.integers(0, 100), st.integers(0, 100), st.sampled_from([80, 100, 120]))
def test_a_metric_is_held_against_its_target_and_the_target_against_its_day(value: int, target: int, by: int):
    wanted = Target("t", None, "compliance", target, day(by))
    level = levels(latest=(a_count("compliance", value),), targets=(wanted,))["compliance"]
    assert level == ("fine" if value >= target else "late" if by < 100 else "at_risk")


def test_what_people_say_of_themselves_is_no_count_of_it_and_groups_weigh_by_their_counts():
    said = a_count("satisfaction", 99, method="self_reported")
    assert levels(latest=(said,))["satisfaction"] == "unknown"
    assert reach(live_material(latest=(said,)))[2].said == "99 % by their own word"
    small = Observation("x", 1, "few", "satisfaction", day(90), 0, 10, "observed")
    wanted = Target("t", None, "satisfaction", 80, day(120))
    found = reach(live_material(latest=(a_count("satisfaction", 100), small), targets=(wanted,)))
    assert (found[2].said, found[2].level) == ("91 %, target 80 %", "fine")


def test_a_metric_has_its_own_counts_and_the_next_target_that_is_set_for_everybody():
    counts = (a_count("compliance", 70), a_count("satisfaction", 10))
    others = (a_target(10, 120, "few", "compliance"), a_target(20, 120, metric="satisfaction"))
    assert reach(live_material(latest=counts, targets=others))[1] == Reached("compliance", "70 %, no target", "unknown")
    past, next_one, later = (a_target(n, by, metric="compliance") for n, by in ((60, 90), (75, 100), (90, 180)))
    found = reach(live_material(latest=counts, targets=(*others, later, past, next_one)))
    assert found[1] == Reached("compliance", "70 %, target 75 %", "at_risk")


@pytest.mark.requirement("R18")
@pytest.mark.parametrize(
    ("value", "level"),
    [(80, "fine"), (80.25, "at_risk"), (82, "at_risk"), (85, "at_risk"), (85.25, "late"), (95, "late")],
)
def test_the_benefit_furthest_behind_its_way_speaks_for_the_return(value: float, level: str):
    late = a_benefit(due=day(160))
    done = a_benefit("Mails", due=day(160))
    assert (
        levels(benefits=(done, late), benefit_observations=(seen(100, value), seen(100, 50, "Mails")))["return"]
        == level
    )


def test_a_benefit_stands_where_it_was_last_seen_by_today():
    known = (seen(100, 90), seen(70, 60), seen(101, 50), seen(100, 10, "Mails"))
    found = reach(live_material(benefits=(a_benefit(due=day(160)),), benefit_observations=known))
    assert found[3] == Reached("return", "20 % of its way, 40 % planned", "late")


@pytest.mark.parametrize(
    "benefit",
    [
        a_benefit(due=None),
        a_benefit(target=100, due=day(160)),
        a_benefit(kind="disbenefit", due=day(160)),
        a_benefit("Mails", due=day(160)),
    ],
    ids=["without a day", "without a way", "to be borne", "never seen"],
)
def test_a_benefit_without_a_way_of_its_own_to_go_is_no_return(benefit: Benefit):
    found = reach(live_material(benefits=(benefit,), benefit_observations=(seen(100, 80),)))
    assert found[3] == Reached("return", "not measured", "unknown")
