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
from changedesk.domain.running_side import RunningSide
from changedesk.domain.service.kpis import TotalCost
from changedesk.domain.service.running import Service, ServicePeriod

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


def notes(m):
    """The note of each side, the project's first."""
    return [side.note for one in extended_measures(m) for side in (one.project, one.lasting)]


def test_what_would_make_each_side_known_is_said():
    empty = a_lane(total=0.0, earned=0.0, due_on=None, next_due_on=None)
    assert notes(material(standing=a_standing(delivery=empty))) == [
        "known once a snapshot says how much of the scope is done",
        "known once compliance or proficiency is observed",
        "known once there is a delivery plan with dates",
        "known after go-live",
        "known once a snapshot says what was spent",
        "known once a snapshot says what was spent, and a service says what it costs to run",
        "known once the execution gate is followed here",
        "known once the initiative names its service",
        "known once gates are followed here",
        "known once use and satisfaction are observed",
        "known once there is a delivery plan",
        "known once there is a benefit with baseline and target",
    ]


MAIL = Service("s", 1, "alder", "Mail", None, "operation", None, "EUR", 36, 0.0, None)


def of_its_service(*periods, cost=None, **other):
    return {"running": RunningSide(MAIL, periods, cost)} | other


@pytest.mark.requirement("R144")
def test_reliability_is_how_the_service_ran_in_the_first_90_days_after_go_live():
    def lasting(m):
        found = measure("Quality", m).lasting
        return found.value, found.note, found.as_of

    def ran(first, down, failures=None):
        return ServicePeriod(day(first), day(first + 9), 10_000, down, failures=failures)

    assert lasting(material(**of_its_service(ran(0, 10))))[:2] == ("unknown", "known after go-live")
    missing = "known once a period of the service after go-live is recorded"
    assert lasting(live_material(5, **of_its_service(ran(0, 10))))[:2] == ("unknown", missing)
    assert lasting(live_material(5, **of_its_service(ServicePeriod(day(5), day(14)))))[:2] == ("unknown", missing)
    early, late = ran(5, 10), ran(94, 30)
    assert lasting(live_material(5, **of_its_service(early, late, ran(95, 999)))) == (
        "99.80 % available", "first 90 days", day(103),
    )  # fmt: skip
    assert "first 90 days; over 166 h between failures" in lasting(live_material(5, **of_its_service(ran(5, 60, 0))))[1]
    assert lasting(live_material(5, **of_its_service(ran(5, 60, 2))))[1].endswith("; 83 h between failures")


@pytest.mark.requirement("R143")
def test_the_total_cost_is_that_of_the_service_and_names_what_nobody_has_said():
    def lasting(*unknown):
        return measure("Cost", material(**of_its_service(cost=TotalCost(5000.0, "EUR", 36, (), unknown)))).lasting

    assert (lasting().value, lasting().note, lasting().as_of) == ("5,000 EUR", "over 36 months", day(100))
    assert lasting("support", "licences").value == "at least 5,000 EUR"
    assert lasting("support", "licences").note == "over 36 months; unknown: support, licences"


def test_a_single_day_is_said_on_either_side_and_of_what_was_cancelled_there_is_none():
    for reached, said in ((20, "1 day ahead"), (21, "on plan"), (22, "1 day behind")):
        lane = a_lane(reached_on=day(reached), due_on=day(21))
        assert measure("Time", material(standing=a_standing(delivery=lane))).project.value == said
    gone = measure("Time", material(standing=a_standing(state="cancelled"))).project
    assert (gone.value, gone.note) == ("n/a", "cancelled")


@pytest.mark.requirement("R145")
def test_who_has_not_signed_and_who_sponsors_nothing_is_said():
    gate = replace(a_full_gate([None], None), signatures=())
    found = measure("Stakeholders", material(initiative=an_initiative(sponsor=None), gates=[gate])).project
    assert (found.value, found.note, found.as_of, found.event) == (
        "0 of 1 gate signed by both sides", "no sponsor", None, True,
    )  # fmt: skip


def test_what_was_ticked_without_evidence_and_what_is_open_is_said():
    ticked = measure("Quality", material(gates=[a_full_gate([0], None, None, keys="tested")])).project
    assert (ticked.note, ticked.event) == ("ticked without evidence", True)
    still = measure("Quality", material(gates=[a_full_gate([None], None, keys="tested")])).project
    assert (still.note, still.as_of, still.event) == ("open under the execution gate", None, False)


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
