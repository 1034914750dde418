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


MISSING = [
    ({"initiative": an_initiative(project_owner=None)}, ["no_project_owner"],
     "Nobody owns the delivery. Name a project owner."),
    ({"initiative": an_initiative(change_owner=None)}, ["no_change_owner"],
     "Nobody owns the people side. Name a change owner."),
    ({"initiative": an_initiative(change_owner="pat")}, ["one_owner"],
     "pat owns both sides. Name a second person: both sides sign, never one for both."),
    ({"initiative": an_initiative(sponsor=None)}, ["no_sponsor"],
     "Nobody sponsors it. Name the leader who stands for it in person."),
    ({"initiative": an_initiative(go_live_planned=None)}, ["no_go_live"],
     "There is no go-live date. Plan one; it can move."),
    ({"initiative": an_initiative(go_live_planned=day(99))}, ["go_live_passed"],
     "It was to go live yesterday, and nobody has said that it did. Enter the day it went live, or plan another one."),
    ({"standing": a_standing(state="live")}, ["no_day_live"],
     "It is called live, and nobody has said since when. Enter that day as “Went live”, in a file as go_live_actual:"
     " until then it counts as not live."),
    ({"charter": None}, ["no_charter"],
     "There is no charter. Say where the approved one is."),
    ({"benefits": []}, ["no_benefit"],
     "Nobody has said what it is done for. Add a benefit with its baseline and target."),
    ({"benefits": [a_benefit(target=100)]}, ["benefit_without_way"],
     "The target is the baseline of Calls. Measure the baseline again, or set a target that differs."),
    ({"outcome_owner": None}, ["no_outcome_owner"],
     "Nobody answers for the outcome after closing. Name who does in operations."),
    ({"activities": OTHERS}, ["people_phases"],
     "Nothing is planned for reinforcement in the people lane. Add an activity for it, or decide to do without."),
    ({"activities": NOBODYS}, ["no_reinforcement_owner", "unowned_work"],
     "Reinforcement is planned, but nobody owns it. Name an owner who stays after the project."),
    ({"activities": [a for a in PLAN if a.lane == "people"]}, ["no_delivery_plan"],
     "There is no delivery plan. Add its activities, or start from a playbook."),
    ({"activities": [replace(a, audience=None) for a in PLAN]}, ["work_for_nobody"],
     "7 open people activities are for everybody, and for no group by name: "
     "people communication, people impact, people manager_enablement and 4 more. "
     "Say who each is for."),
    ({"audiences": []}, ["no_audience"],
     "Nobody has said who is affected. Add the audiences with their headcount."),
    ({"audiences": [an_audience(headcount=0)]}, ["no_headcount"],
     "How many people Warehouse has is unknown. Enter the headcount."),
    ({"targets": []}, ["no_target"],
     "No target of use is set for Warehouse. Set one: so many percent by a day."),
    ({"targets": [a_target(audience="Office")]}, ["no_target"],
     "No target of use is set for Warehouse. Set one: so many percent by a day."),
    ({"latest": [replace(FIGURE, date=day(78))]}, ["metric_stale"],
     "The newest data on utilization are from 22 d ago. Record what it is now."),
    ({"risks": counts_of([a_risk()])}, ["no_adoption_risk"],
     "No adoption risk was ever named. Ask what may go wrong."),
    ({"risks": counts_of([a_risk(), a_risk("s", "adoption", None, None)])}, ["unrated_adoption_risk"],
     "1 open adoption risk without a rating. Rate probability and impact, 1 to 5."),
    ({"snapshots": []}, ["no_snapshot"],
     "Nobody has reported money and scope. Add a snapshot: planned, earned, spent."),
    ({"snapshots": [a_snapshot(78, 1, 1, 1)]}, ["stale_snapshot"],
     "Money and scope were last reported 22 d ago. Add a snapshot of today."),
    ({"decisions": [a_decision(delivery_ack="pat")]}, ["unacknowledged"],
     "1 decision waits for an acknowledgement: Wave 2 first. Have each side that it touches acknowledge it."),
    ({"impacts": []}, ["no_impact"],
     "How hard Warehouse is hit is not rated. Rate what changes for them, aspect by aspect, from 0 to 5."),
    ({"readiness": [an_item(audience=None)]}, ["no_readiness"],
     "Nobody has said what Warehouse needs to be ready. Write down what has to be true before go-live, and how far it is."),
    ({"stakeholders": []}, ["no_stakeholders"],
     "Nobody has said who stands for it, and who against. Add the stakeholders."),
    ({"stakeholders": [a_stakeholder(coalition=False)]}, ["no_sponsor_reach"],
     "Warehouse hears it from no sponsor. Win somebody of the right level who speaks to them."),
    ({"behaviours": [a_behaviour(), a_behaviour("Two", None)]}, ["unseen_behaviour"],
     "Nothing shows whether people do it: Two. Name the metric that shows it."),
    ({"change_budget": 50.0}, ["low_change_budget"],
     "5 % of the budget is for the people side (50 EUR), less than 10 %. Fund the people work, or say why so little is enough."),
    ({"change_budget": None}, ["unknown_change_budget"],
     "How much of the budget is for the people side is unknown. "
     "Enter the budget and the people side's part; under 10 % is little."),
]  # fmt: skip


@pytest.mark.requirement("R107")
@pytest.mark.parametrize(("missing", "rule", "says"), MISSING)
def test_each_thing_that_is_missing_is_one_blind_spot_that_says_what_to_do(missing, rule, says):
    found = blind_spots(material(**without(**missing)))
    assert [spot.rule for spot in found] == rule
    assert f"{found[0].sentence} {found[0].to_do}" == says


STOPPED = [
    ({"latest": []}, ["use_unobserved"],
     "Warehouse: live, but nobody has looked whether people use it. Record how many of how many use it."),
    ({"latest": [replace(FIGURE, method="self_reported")]}, ["use_unobserved"],
     "Warehouse: live, but nobody has looked whether people use it. Record how many of how many use it."),
    ({"benefit_observations": []}, ["benefit_unobserved"],
     "Nobody has measured Calls. Record what it is now, so that it can be held against its baseline."),
    ({"targets": [a_target(), a_target(metric="proficiency")]}, ["metric_without_data"],
     "There are no data on proficiency. Record an observation."),
    ({"outcome_owner": None}, ["no_outcome_owner"],
     "Nobody answers for the outcome after closing. Name who does in operations."),
]  # fmt: skip


@pytest.mark.parametrize(("missing", "rule", "says"), STOPPED)
def test_after_go_live_nobody_may_stop_looking(missing, rule, says):
    found = blind_spots(live_material(**without(**missing)))
    assert [spot.rule for spot in found] == rule
    assert f"{found[0].sentence} {found[0].to_do}" == says


@pytest.mark.requirement("R107")
def test_the_more_hangs_on_it_the_earlier_it_stands():
    """The rules by their weight, the heaviest first; an outcome without an owner weighs more after go-live."""
    by_weight = {}
    for made, cases in ((material, MISSING), (live_material, STOPPED)):
        for missing, *_ in cases:
            for spot in blind_spots(made(**without(**missing))):
                live = " live" if made is live_material else ""
                by_weight.setdefault(spot.weight, set()).add(f"{spot.rule}{live}")
    assert [by_weight[weight] for weight in sorted(by_weight, reverse=True)] == [
        {"no_change_owner", "no_project_owner"},
        {"no_delivery_plan", "one_owner"},
        {"go_live_passed", "no_day_live", "no_go_live", "no_sponsor", "use_unobserved live"},
        {"no_audience", "no_benefit", "no_outcome_owner live"},
        {"no_charter", "people_phases"},
        {"benefit_unobserved live", "no_headcount", "no_readiness", "no_target"},
        {"benefit_without_way", "metric_stale", "metric_without_data live", "no_impact"},
        {"no_adoption_risk", "no_reinforcement_owner"},
        {"no_outcome_owner", "no_sponsor_reach", "no_stakeholders", "unacknowledged"},
        {"low_change_budget", "unowned_work"},
        {"no_snapshot", "stale_snapshot"},
        {"unknown_change_budget", "unrated_adoption_risk", "unseen_behaviour"},
        {"work_for_nobody"},
    ]  # fmt: skip


@pytest.mark.requirement("R107")
def test_of_several_the_words_are_those_of_several():
    two = [an_audience("Office"), an_audience("Warehouse")]
    both = [replace(FIGURE, audience=name) for name in ("Office", "Warehouse")]
    m = without(
        audiences=two, impacts=[], readiness=[], targets=[], latest=both,
        activities=[a for a in PLAN if a.phase not in ("reinforcement", "training")],
        decisions=[a_decision(), a_decision(title="Wave 3 later")],
        risks=counts_of([a_risk("p", "delivery", None, None), a_risk("q", "delivery", None, None), a_risk("s", "adoption")]),
    )  # fmt: skip
    found = blind_spots(material(**m))
    assert found[0].to_do == "Add an activity for each, or decide to do without."
    assert [spot.sentence for spot in found] == [
        "Nothing is planned for training and reinforcement in the people lane.",
        "Nobody has said what Office and Warehouse need to be ready.",
        "No target of use is set for Office and Warehouse.",
        "How hard Office and Warehouse are hit is not rated.",
        "Office hears it from no sponsor.",
        "2 decisions wait for an acknowledgement: Wave 2 first and Wave 3 later.",
        "2 open delivery risks without a rating.",
    ]


@pytest.mark.requirement("R107")
def test_sponsors_are_asked_for_each_group_that_is_hit():
    m = without(
        audiences=[an_audience("Office"), an_audience("Warehouse")],
        impacts=[an_impact("Office"), an_impact("Warehouse")],
        readiness=[an_item(audience="Office"), an_item()],
        stakeholders=[a_stakeholder(audiences=())],
    )
    (spot,) = blind_spots(material(**m))
    assert spot.sentence == "Office and Warehouse hear it from no sponsor."


@pytest.mark.requirement("R107")
def test_work_without_an_owner_or_an_audience_is_told_by_its_days():
    late, soon = people("late", owner="kim"), replace(people("soon"), planned_end=day(110))
    both = [replace(late, owner=None), soon, replace(people("done"), actual_end=day(90))]
    found = {spot.rule: spot.sentence for spot in blind_spots(material(**without(activities=[*PLAN, *both])))}
    assert found == {
        "unowned_work": "2 open activities have no owner: soon and late.",
        "work_for_nobody": "2 open people activities are for everybody, and for no group by name: soon and late.",
    }
    (one,) = blind_spots(material(**without(activities=[*PLAN, people("one", owner="kim")])))
    assert one.sentence == "1 open people activity is for everybody, and for no group by name: one."


def test_an_audience_whose_wave_is_still_to_come_is_not_unobserved():
    assert rules(live_material(**without(latest=[], audiences=[an_audience(go_live=120)]))) == []


@pytest.mark.parametrize("age", [20, 21])
def test_data_are_current_for_three_weeks(age):
    m = without(latest=[replace(FIGURE, date=day(100 - age))], snapshots=[a_snapshot(100 - age, 1, 1, 1)])
    assert rules(material(**m)) == []


def test_before_go_live_a_benefit_need_not_have_been_measured():
    assert rules(material(**without(benefit_observations=[]))) == []


def test_the_newest_snapshot_that_is_known_by_now_tells_how_old_the_figures_are():
    old, new, to_come = (a_snapshot(n, 1, 1, 1) for n in (30, 90, 101))
    assert rules(material(**without(snapshots=[old, new]))) == []
    assert rules(material(**without(snapshots=[old, to_come]))) == ["stale_snapshot"]


@pytest.mark.parametrize(
    ("left_out", "says"),
    [("people", "There is no people plan."), ("delivery", "There is no delivery plan.")],
)
def test_a_lane_without_a_plan_weighs_as_much_on_either_side(left_out, says):
    found = blind_spots(material(**without(activities=[a for a in PLAN if a.lane != left_out])))
    assert (found[0].sentence, found[0].weight) == (says, 95)


@pytest.mark.parametrize(("lane", "weight"), [("people", 80), ("delivery", 50)])
def test_a_phase_without_work_weighs_more_on_the_people_side(lane, weight):
    work = [a for a in PLAN if (a.lane, a.phase) != (lane, PHASES[lane][0])]
    (spot,) = blind_spots(material(**without(activities=work)))
    assert (spot.rule, spot.weight) == (f"{lane}_phases", weight)


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
