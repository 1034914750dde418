"""What holds an initiative: people's time, what people can do, and promised days."""

from dataclasses import replace

import pytest
from domain_builders import a_standing, an_activity, day
from hypothesis import given
from hypothesis import strategies as st
from working_builders import TODAY, a_benefit, a_target, an_audience, an_initiative, live_material, material

from changedesk.domain.planning.constraints import constraints, most_at_once
from changedesk.domain.records import Person


def said(kind, m):
    return [(one.sentence, one.tight) for one in constraints(m) if one.kind == kind]


def work(title, begins, ends, owner="pat", **other):
    return an_activity(title, owner=owner, planned_start=day(begins), planned_end=day(ends), **other)


def training(title="Course", **other):
    return an_activity(title, lane="people", phase="training", owner="jo", planned_end=day(120), **other)


def a_person(login, *roles, client=None):
    return Person(login, 1, login, login.title(), client, roles)


def test_where_nothing_is_planned_or_promised_there_is_no_constraint():
    assert constraints(material(initiative=an_initiative(go_live_planned=None))) == ()


def test_nothing_holds_what_was_cancelled():
    plan = [work(f"P{n}", 100 + n, 120) for n in range(4)]
    assert constraints(material(standing=a_standing(state="cancelled"), activities=plan)) == ()


@pytest.mark.requirement("R133")
def test_resources_are_the_people_who_have_the_most_at_once_and_the_work_that_nobody_has():
    plan = [work(f"P{n}", 100 + n, 120) for n in range(4)]
    plan += [work("C1", 100, 110, "chris"), work("C2", 110, 120, "chris"), work("C3", 121, 130, "chris")]
    plan += [work("Alone", 100, 101, "sam"), work("Done", 90, 99, "sam", actual_end=day(99)), work("Loose", 1, 2, None)]
    assert said("resources", material(activities=plan)) == [
        ("Nobody's time is given to Loose.", True),
        ("pat has 4 open activities, all at the same time.", True),
        ("chris has 3 open activities, 2 of them at the same time.", False),
    ]
    assert said("resources", material(activities=[plan[0]])) == [
        ("Nobody has two open activities at the same time.", False)
    ]


@pytest.mark.requirement("R133")
@pytest.mark.parametrize(
    ("people", "found"),
    [
        ((), [("No trainer is known for alder; 2 open activities take one.", True)]),
        ((a_person("jo", "trainer", client="birch"),), [("No trainer is known for alder; 2 open activities take one.", True)]),
        ((a_person("jo", "trainer", client="alder"),), [("jo is the only trainer; 2 open activities take one.", False)]),
        ((a_person("jo", "trainer"), a_person("kim", "trainer")), []),
    ],
)  # fmt: skip
def test_competencies_are_the_roles_that_the_open_work_takes_and_hardly_anybody_has(people, found):
    plan = [training(), training("Talk", kind="communication"), an_activity("Drill", lane="people", kind="training")]
    assert said("competencies", material(activities=plan, people=people)) == found
    done = [replace(activity, actual_end=day(99)) for activity in plan]
    assert said("competencies", material(activities=done, people=people)) == []


@pytest.mark.requirement("R133")
def test_deadlines_are_the_next_days_that_were_promised():
    promised = {
        "audiences": [an_audience("Office"), an_audience("Wards", go_live=120)],
        "targets": [a_target(80, by=150, audience="Wards"), a_target(50, by=90)],
        "benefits": [a_benefit(due=day(300))],
    }
    go_live, wave, target = said("deadlines", material(**promised, initiative=an_initiative(go_live_planned=day(97))))
    assert go_live == ("Go-live: Mon 7 Dec, 3 d ago.", True)
    assert wave == ("Wards go live: Wed 30 Dec, in 20 d.", False)
    assert target == ("80 % utilization in Wards: Fri 29 Jan 2027, in 50 d.", False)
    live = [sentence.partition(":")[0] for sentence, _ in said("deadlines", live_material(**promised))]
    assert live == ["Wards go live", "80 % utilization in Wards", "Benefit Calls"]


@pytest.mark.parametrize(
    ("benefit", "named"), [(a_benefit(due=day(99)), []), (a_benefit(due=TODAY), ["Benefit Calls: Thu 10 Dec, today."]),
                           (a_benefit(due=None), [])],
)  # fmt: skip
def test_a_benefit_is_a_deadline_until_its_day_is_over(benefit, named):
    assert [sentence for sentence, _ in said("deadlines", live_material(benefits=[benefit]))] == named


def test_the_nearest_deadlines_are_named_whatever_they_are_of():
    promised = {"audiences": [an_audience("Wards", go_live=190)], "targets": [a_target(80, by=130), a_target(50, by=160)],
                "benefits": [a_benefit(due=day(110))]}  # fmt: skip
    named = [sentence.partition(":")[0] for sentence, _ in said("deadlines", live_material(**promised))]
    assert named == ["Benefit Calls", "80 % utilization", "50 % utilization"]


@pytest.mark.parametrize(
    ("kind", "role"),
    [("training", "trainer"), ("manager_enablement", "people manager"), ("support_readiness", "service desk lead")],
)
def test_the_work_says_whom_it_takes(kind, role):
    taking = an_activity("Do it", lane="people", phase="prepare", kind=kind, planned_end=day(120))
    ((sentence, tight),) = said("competencies", material(activities=[taking], initiative=an_initiative()))
    assert (f"No {role} is known for" in sentence, tight) == (True, True)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), min_size=1, max_size=8)


@given(spans)
def test_the_most_at_once_is_what_counting_day_by_day_finds(spans):
    plan = [work(f"A{n}", 100 + begins, 100 + ends) for n, (begins, ends) in enumerate(spans)]
    by_day = [sum(begins <= n <= ends for begins, ends in spans) for n in range(41)]
    assert most_at_once(plan, TODAY) == max(by_day)


def test_what_should_have_ended_goes_on_until_today():
    assert most_at_once([work("A", 80, 90), work("B", 99, 110)], TODAY) == 2
    assert most_at_once([an_activity("A", planned_end=day(120)), work("B", 100, 119)], TODAY) == 1
