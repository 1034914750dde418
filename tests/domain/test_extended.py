"""The six measures, each by the project's side and by what lasts."""

from dataclasses import replace

import pytest
from domain_builders import a_lane, a_standing, an_activity, an_adoption, an_observation, day
from working_builders import (
    a_benefit,
    a_full_gate,
    a_snapshot,
    an_initiative,
    live_material,
    material,
    seen,
)

from changedesk.domain.measures.extended import extended_measures

NAMES = ("Scope", "Time", "Cost", "Quality", "Stakeholders", "Value")


def measure(name, m):
    return next(one for one in extended_measures(m) if one.name == name)


def observed(metric, used, of, n, **other):
    return replace(an_observation(0, used, of, **other), metric=metric, date=day(n))


@pytest.mark.requirement("R146")
def test_there_are_six_measures_with_two_sides_each():
    found = extended_measures(material())
    assert tuple(one.name for one in found) == NAMES
    assert [one.lasting_name for one in found] == [
        "Fit for purpose",
        "Speed to value",
        "Total cost",
        "Operational reliability",
        "Adoption and satisfaction",
        "Benefits realised",
    ]


def test_whatever_is_unknown_says_what_would_make_it_known():
    empty = a_lane(total=0.0, earned=0.0, due_on=None, next_due_on=None)
    for one in extended_measures(material(standing=a_standing(delivery=empty))):
        for side in (one.project, one.lasting):
            assert (side.value, side.known, side.as_of) == ("unknown", False, None)
            assert side.note.startswith("known ")


@pytest.mark.requirement("R141")
def test_scope_is_what_was_delivered_and_whether_it_fits_its_purpose():
    m = material(
        snapshots=[a_snapshot(90, scope_done=3, scope_total=4)],
        latest=[
            observed("compliance", 30, 40, 80),
            observed("compliance", 10, 10, 85, audience="office"),
            observed("compliance", 0, 10, 99, method="self_reported"),
            observed("proficiency", 1, 10, 99),
        ],
    )
    found = measure("Scope", m)
    assert (found.project.value, found.project.as_of) == ("75 % delivered", day(90))
    assert (found.lasting.value, found.lasting.as_of) == ("80 %", day(80))
    assert "n 50" in found.lasting.note


def test_without_compliance_proficiency_says_whether_it_fits():
    found = measure("Scope", material(latest=[observed("proficiency", 1, 4, 80)])).lasting
    assert (found.value, found.note) == ("25 %", "can work with it, n 4")


@pytest.mark.requirement("R142")
def test_time_is_the_schedule_and_the_speed_to_value():
    late = a_lane(reached_on=day(30), due_on=day(20))
    standing = a_standing(delivery=late, went_live=True, state="live")
    found = measure(
        "Time", live_material(60, standing=standing, benefits=[a_benefit()], benefit_observations=[seen(84, 70)])
    )
    assert (found.project.value, found.project.note) == ("10 days behind", "against its baseline")
    assert (found.lasting.value, found.lasting.as_of) == ("24 days", day(84))
    assert found.lasting.note == "until Calls was 50 % of the way"


def test_a_benefit_that_has_not_come_is_censored():
    m = live_material(60, benefits=[a_benefit()], benefit_observations=[seen(90, 90)])
    assert measure("Time", m).lasting.value == "> 30 d"
    assert measure("Time", live_material(60)).lasting.note == "known once there is a benefit to observe"
    assert measure("Time", live_material(60, benefits=[a_benefit()])).lasting.note == "known once a benefit is observed"


def test_the_index_of_time_stands_beside_the_days_with_its_own_day():
    m = material(
        standing=a_standing(charter_on=day(0)),
        snapshots=[a_snapshot(80, 200, 100, 90)],
        activities=[an_activity(planned_end=day(150))],
    )
    found = measure("Time", m).project
    assert (found.value, found.note, found.as_of) == ("on plan", "SPI(t) 0.50", day(80))


@pytest.mark.requirement("R143")
@pytest.mark.parametrize(
    ("pv", "note"),
    [(400, "25 % over plan"), (1000, "50 % under plan"), (500, "as planned by now"), (None, "what was planned by now is unknown")],
)  # fmt: skip
def test_cost_is_held_against_the_plan_and_the_total_is_only_what_is_known(pv, note):
    found = measure("Cost", material(snapshots=[a_snapshot(90, pv, 450, 500)]))
    assert (found.project.value, found.project.note, found.project.as_of) == ("500 EUR spent", note, day(90))
    assert found.lasting.value == "at least 500 EUR"
    assert "known once its service says so" in found.lasting.note


def test_a_cost_without_a_currency_says_so():
    m = material(initiative=an_initiative(currency=None), snapshots=[a_snapshot(90, 5, 5, 5)])
    assert measure("Cost", m).lasting.note.endswith("the currency is unknown")


@pytest.mark.requirement("R144")
def test_quality_is_what_was_tested_and_reliability_waits_for_services():
    tested = measure("Quality", material(gates=[a_full_gate([0], None, "report 7", keys="tested")]))
    assert (tested.project.value, tested.project.note) == ("tests passed", "report 7")
    assert not tested.lasting.known
    untested = measure("Quality", material(gates=[a_full_gate([None], None, keys="tested")]))
    assert untested.project.value == "not tested yet"
    elsewhere = replace(a_full_gate([0], None, keys="tested"), in_use=False)
    assert not measure("Quality", material(gates=[elsewhere])).project.known


@pytest.mark.requirement("R145")
def test_stakeholders_sign_and_then_use_it_and_are_satisfied():
    adoption = an_adoption(percent=62.0, observed_on=day(95), target=80.0)
    gate = a_full_gate([0], 5)
    signed = replace(gate, signatures=(*gate.signatures, replace(gate.signatures[0], lane="people", signer="chris")))
    m = live_material(
        standing=a_standing(adoption=adoption, went_live=True),
        latest=[observed("satisfaction", 7, 10, 70)],
        gates=[signed, a_full_gate([None], None, name="go_live")],
    )
    found = measure("Stakeholders", m)
    assert (found.project.value, found.project.note, found.project.as_of) == (
        "1 of 2 gates signed by both sides",
        "sponsor sam",
        day(100),
    )
    assert (found.lasting.value, found.lasting.as_of) == ("62 % use it, 70 % satisfied", day(70))
    assert found.lasting.note == "target 80 %"


def test_half_of_the_adoption_measure_says_which_half_is_missing():
    adoption = an_adoption(percent=62.0, observed_on=day(95))
    only_use = measure("Stakeholders", material(standing=a_standing(adoption=adoption))).lasting
    assert only_use.note == "no target of use; satisfaction is unknown until people are asked"
    only_answers = measure("Stakeholders", material(latest=[observed("satisfaction", 7, 10, 70)])).lasting
    assert only_answers.note == "no target of use; use is unknown until it is observed"


@pytest.mark.requirement("R145")
def test_what_people_say_of_their_satisfaction_stands_beside_use_and_is_called_so():
    asked = observed("satisfaction", 36, 65, 70, method="self_reported")
    assert measure("Stakeholders", material(latest=[asked])).lasting.note == (
        "use is not observed; 55 % satisfied by their own word, n 65"
    )


@pytest.mark.requirement("R146")
@pytest.mark.parametrize(
    ("observations", "value", "note"),
    [
        ([seen(90, 60)], "80 %", "1 of 2 benefits observed"),
        ([seen(90, 20)], "160 %", "1 of 2 benefits observed"),
        ([seen(90, 60), seen(95, -3, "Hours")], "-30 % to 80 %", "2 of 2 benefits observed; lowest: Hours"),
    ],
)
def test_the_lowest_benefit_is_never_averaged_away_and_what_got_worse_is_said(observations, value, note):
    m = material(benefits=[a_benefit(), a_benefit("Hours", 0, 10)], benefit_observations=observations)
    found = measure("Value", m)
    assert (found.lasting.value, found.lasting.note, found.lasting.as_of) == (value, note, day(90))
    assert found.project.value == "50 % of the work done"


def test_the_work_is_done_when_the_lane_is_finished():
    m = material(standing=a_standing(delivery=a_lane(earned=2.0, finished=True)), benefits=[a_benefit()])
    assert measure("Value", m).project.value == "all work done"
    assert measure("Value", m).lasting.note == "known once a benefit is observed"
