"""The blind spots: what is missing, in the order of what hangs on it."""

from dataclasses import replace

import pytest
from domain_builders import a_lane, a_standing, an_activity, an_observation, day
from hypothesis import given
from hypothesis import strategies as st
from people_builders import a_behaviour, a_stakeholder, an_impact, an_item
from working_builders import (
    a_benefit,
    a_decision,
    a_risk,
    a_snapshot,
    a_target,
    an_audience,
    an_initiative,
    counts_of,
    live_material,
    material,
    seen,
)

from changedesk.domain.measures.blind_spots import blind_spots
from changedesk.domain.words import PHASES

PLAN = [
    an_activity(f"{lane} {phase}", lane=lane, phase=phase, owner="pat", audience="Warehouse", planned_end=day(120))
    for lane in ("delivery", "people")
    for phase in PHASES[lane]
]
COMPLETE = {
    "charter": "SP-12",
    "outcome_owner": "ops.lead",
    "change_budget": 150.0,
    "activities": PLAN,
    "audiences": [an_audience()],
    "targets": [a_target()],
    "latest": [replace(an_observation(0, 10, 40, audience="Warehouse"), date=day(90))],
    "snapshots": [a_snapshot(95, 500, 500, 500)],
    "benefits": [a_benefit()],
    "benefit_observations": [seen(90, 80)],
    "risks": counts_of([a_risk(), a_risk("s", "adoption")]),
    "decisions": [a_decision(delivery_ack="pat", people_ack="chris")],
    "impacts": [an_impact()],
    "readiness": [an_item()],
    "stakeholders": [a_stakeholder()],
}


def rules(m):
    return [spot.rule for spot in blind_spots(m)]


def people(name="p", **other):
    return an_activity(name, lane="people", phase="training", planned_end=day(120), **other)


@pytest.mark.requirement("R107")
@pytest.mark.parametrize("made", [material, live_material])
def test_an_initiative_that_everybody_looks_after_has_no_blind_spot(made):
    assert blind_spots(made(**COMPLETE)) == ()


def without(**other):
    return {key: value for key, value in COMPLETE.items() if key not in other} | other


OTHERS = [a for a in PLAN if a.phase != "reinforcement"]
NOBODYS = [replace(a, owner=None) if a.phase == "reinforcement" else a for a in PLAN]
FIGURE = COMPLETE["latest"][0]


@pytest.mark.requirement("R107")
@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ({"initiative": an_initiative(project_owner=None)}, ["no_project_owner"]),
        ({"initiative": an_initiative(change_owner=None)}, ["no_change_owner"]),
        ({"initiative": an_initiative(change_owner="pat")}, ["one_owner"]),
        ({"initiative": an_initiative(sponsor=None)}, ["no_sponsor"]),
        ({"initiative": an_initiative(go_live_planned=None)}, ["no_go_live"]),
        ({"initiative": an_initiative(go_live_planned=day(99))}, ["go_live_passed"]),
        ({"standing": a_standing(state="live")}, ["no_day_live"]),
        ({"charter": None}, ["no_charter"]),
        ({"benefits": []}, ["no_benefit"]),
        ({"benefits": [a_benefit(target=100)]}, ["benefit_without_way"]),
        ({"outcome_owner": None}, ["no_outcome_owner"]),
        ({"activities": OTHERS}, ["people_phases"]),
        ({"activities": NOBODYS}, ["no_reinforcement_owner", "unowned_work"]),
        ({"activities": [a for a in PLAN if a.lane == "people"]}, ["no_delivery_plan"]),
        ({"activities": [replace(a, audience=None) for a in PLAN]}, ["work_for_nobody"]),
        ({"audiences": []}, ["no_audience"]),
        ({"audiences": [an_audience(headcount=0)]}, ["no_headcount"]),
        ({"targets": []}, ["no_target"]),
        ({"targets": [a_target(audience="Office")]}, ["no_target"]),
        ({"latest": [replace(FIGURE, date=day(78))]}, ["metric_stale"]),
        ({"risks": counts_of([a_risk()])}, ["no_adoption_risk"]),
        ({"risks": counts_of([a_risk(), a_risk("s", "adoption", None, None)])}, ["unrated_adoption_risk"]),
        ({"snapshots": []}, ["no_snapshot"]),
        ({"snapshots": [a_snapshot(78, 1, 1, 1)]}, ["stale_snapshot"]),
        ({"decisions": [a_decision(delivery_ack="pat")]}, ["unacknowledged"]),
        ({"impacts": []}, ["no_impact"]),
        ({"readiness": [an_item(audience=None)]}, ["no_readiness"]),
        ({"stakeholders": []}, ["no_stakeholders"]),
        ({"stakeholders": [a_stakeholder(coalition=False)]}, ["no_sponsor_reach"]),
        ({"behaviours": [a_behaviour(), a_behaviour("Two", None)]}, ["unseen_behaviour"]),
        ({"change_budget": 50.0}, ["low_change_budget"]),
        ({"change_budget": None}, ["unknown_change_budget"]),
    ],
)
def test_each_thing_that_is_missing_is_one_blind_spot(missing, rule):
    assert rules(material(**without(**missing))) == rule


def test_what_is_called_live_without_a_day_says_where_the_day_is_entered():
    (spot,) = blind_spots(material(**without(standing=a_standing(state="live"))))
    assert spot.sentence == "It is called live, and nobody has said since when."
    assert "as “Went live”, in a file as go_live_actual" in spot.to_do


@pytest.mark.parametrize(
    ("missing", "rule"),
    [
        ({"latest": []}, ["use_unobserved"]),
        ({"latest": [replace(FIGURE, method="self_reported")]}, ["use_unobserved"]),
        ({"benefit_observations": []}, ["benefit_unobserved"]),
        ({"targets": [a_target(), a_target(metric="proficiency")]}, ["metric_without_data"]),
        ({"outcome_owner": None}, ["no_outcome_owner"]),
    ],
)
def test_after_go_live_nobody_may_stop_looking(missing, rule):
    assert rules(live_material(**without(**missing))) == rule


def test_an_audience_whose_wave_is_still_to_come_is_not_unobserved():
    assert rules(live_material(**without(latest=[], audiences=[an_audience(go_live=120)]))) == []


@pytest.mark.parametrize("age", [20, 21])
def test_data_are_current_for_three_weeks(age):
    m = without(latest=[replace(FIGURE, date=day(100 - age))], snapshots=[a_snapshot(100 - age, 1, 1, 1)])
    assert rules(material(**m)) == []


def test_a_finished_delivery_and_one_that_has_not_begun_owe_no_snapshot():
    for standing in (a_standing(delivery=a_lane(finished=True)), a_standing(charter_on=day(101))):
        assert rules(material(**without(standing=standing, snapshots=[]))) == []


@pytest.mark.requirement("R107")
def test_every_blind_spot_says_what_to_do_and_the_heaviest_comes_first():
    found = blind_spots(material())
    weights = [spot.weight for spot in found]
    assert weights == sorted(weights, reverse=True)
    assert all(spot.sentence.endswith(".") and spot.to_do.endswith(".") for spot in found)
    assert found[0].rule in ("no_delivery_plan", "no_people_plan")


def test_what_was_cancelled_has_none_and_what_is_closed_only_what_must_last():
    assert blind_spots(material(standing=a_standing(state="cancelled"))) == ()
    closed = live_material(standing=a_standing(state="closed", went_live=True), audiences=[an_audience()])
    assert rules(closed) == ["use_unobserved", "no_outcome_owner"]


@given(st.data())
def test_the_order_does_not_depend_on_the_order_of_the_records(data):
    work = [people("a"), people("b", owner="x"), an_activity("c"), an_activity("d", planned_end=day(50))]
    groups = [an_audience("a", 0), an_audience("b", 5), an_audience("c", 0)]
    one = live_material(activities=work, audiences=groups, decisions=[a_decision()])
    other = replace(
        one,
        activities=data.draw(st.permutations(work)),
        audiences=sorted(groups, key=lambda a: a.name),
    )
    assert blind_spots(one) == blind_spots(other)
