"""The change plan: who hears what when, what hangs on which milestone, and what the plan leaves out."""

from dataclasses import replace

import pytest
from domain_builders import a_standing, an_activity, an_observation, day
from people_builders import a_behaviour
from working_builders import a_link, an_audience

from changedesk.domain.flags import PEOPLE_NEEDS
from changedesk.domain.people.change_plan import change_plan

TODAY = day(100)
GO_LIVE = an_activity("Go-live", planned_end=day(120), milestone=True)


def people(name, kind, end=110, **other):
    return an_activity(name, lane="people", phase="training", kind=kind, planned_end=day(end), **other)


WHOLE = [people(kind, kind) for kind in (*PEOPLE_NEEDS, "communication", "training")]


def plan(activities, audiences=(), links=(), behaviours=(), latest=(), **standing):
    return change_plan(a_standing(**standing), [GO_LIVE, *activities], audiences, links, behaviours, latest, TODAY)


def rules(found):
    return [flag.rule for flag in found.flags]


def test_every_step_says_when_it_is_and_with_which_milestone_it_moves():
    steps = plan([people("b", "training", 113), people("a", "communication", 90)], links=[a_link("Go-live", "b")]).steps
    assert [(s.activity.title, s.state, s.milestone, s.offset) for s in steps] == [
        ("a", "late", None, None),
        ("b", "to_come", "Go-live", -7),
    ]


def test_steps_stand_by_the_day_that_is_shown_of_each():
    late = people("begun first, planned last", "training", 118, planned_start=day(50))
    early = people("planned last, ended first", "communication", 119, actual_end=day(70))
    steps = plan([late, people("b", "training", 90, planned_start=day(60)), early]).steps
    assert [step.activity.last_day for step in steps] == [day(70), day(90), day(118)]


def test_a_group_has_its_own_work_and_everybodys_by_kind():
    work = [
        people("a", "training", audience="Warehouse", actual_end=day(90)),
        people("b", "training"),
        people("c", "communication"),
    ]
    found = plan(work, [an_audience(), an_audience("Office", 60)])
    office, warehouse = found.rows
    cell = warehouse.cells[found.kinds.index("training")]
    assert (cell.own, cell.shared, cell.done) == (1, 1, 1)
    told = people("d", "communication", audience="Warehouse")
    both = plan([*work, told], [an_audience()]).rows[0]
    assert [both.cells[found.kinds.index(kind)].own for kind in ("training", "communication")] == [1, 1]
    assert (office.audience, office.cells[found.kinds.index("training")].own) == ("Office", 0)


@pytest.mark.requirement("R65")
def test_each_kind_that_a_people_plan_needs_is_missed_by_name_with_the_reason():
    assert rules(plan([*WHOLE], links=[a_link("Go-live", a.id) for a in WHOLE])) == []
    for kind in PEOPLE_NEEDS:
        rest = [activity for activity in WHOLE if activity.kind != kind]
        (flag,) = plan(rest, links=[a_link("Go-live", a.id) for a in rest]).flags
        assert (flag.rule, bool(flag.why), bool(flag.to_do)) == (f"no_{kind}", True, True)


@pytest.mark.requirement("R62")
def test_open_work_that_hangs_on_no_milestone_is_named():
    (flag,) = plan(WHOLE, links=[a_link("Go-live", a.id) for a in WHOLE[1:]]).flags
    assert flag.sentence == "no milestone for 1 open activity: design_review"
    done = [replace(WHOLE[0], actual_end=day(90)), *WHOLE[1:]]
    assert plan(done, links=[a_link("Go-live", a.id) for a in WHOLE[1:]]).flags == ()


def test_a_step_moves_with_a_milestone_and_not_with_other_work_that_it_follows():
    work = [people("b", "training", 113), people("a", "communication", 90)]
    both = plan(work, links=[a_link("a", "b"), a_link("Go-live", "b")]).steps
    assert [step.milestone for step in both] == [None, "Go-live"]


@pytest.mark.requirement("R48")
def test_the_flags_of_the_lane_are_explained_where_they_stand():
    standing = {"late_start": True, "charter_on": day(0), "people_begin": day(19), "ends_at_go_live": True}
    found = plan([people("a", "training")], only_comms_and_training=True, **standing)
    assert rules(found) == ["late_start", "ends_at_go_live", "only_comms_and_training", "unanchored"]
    assert found.flags[0].sentence == "people began 19 d after charter, Sun 20 Sep"
    assert "design review, manager enablement, support readiness and reinforcement" in found.flags[2].to_do
    assert rules(plan([])) == ["no_plan"]


def test_a_group_that_nobody_tells_anything_is_named():
    work = [people(kind, kind, audience="Office") for kind in (*PEOPLE_NEEDS, "training")]
    found = plan(work, [an_audience(), an_audience("Office")], [a_link("Go-live", a.id) for a in work])
    assert rules(found) == ["hears_nothing"]
    assert "nothing in the plan tells, teaches or leads Warehouse" in found.flags[0].sentence
    asked = people("Tried by some", "design_review", audience="Warehouse")
    found = plan(
        [*work, asked], [an_audience(), an_audience("Office")], [a_link("Go-live", a.id) for a in (*work, asked)]
    )
    assert rules(found) == ["hears_nothing"], "whoever is asked has not been told"


@pytest.mark.requirement("R50")
def test_a_behaviour_stands_beside_its_newest_observation_and_never_beside_what_people_say_of_themselves():
    latest = [
        an_observation(0, 30, 40, metric="compliance"),
        an_observation(1, 39, 40, metric="compliance", method="self_reported"),
    ]
    seen, unnamed, unseen = plan(
        WHOLE, behaviours=[a_behaviour(), a_behaviour("Two", None), a_behaviour("Three", "proficiency")], latest=latest
    ).behaviours
    assert (seen.percent, seen.sentence) == (75, "compliance 75 %, Tue 1 Sep")
    assert unnamed.sentence == "nothing shows it yet: name a metric"
    assert (unseen.percent, unseen.sentence) == (None, "proficiency was not observed yet")


def test_work_that_says_no_kind_counts_as_what_its_phase_is():
    said = an_activity("Leader says why", lane="people", phase="communication", planned_end=day(110))
    found = plan([said], [an_audience()])
    (row,) = found.rows
    assert "no_communication" not in rules(found)
    by_phase = [replace(one, phase=one.kind, kind=None) for one in WHOLE]
    assert rules(plan(by_phase, links=[a_link("Go-live", a.id) for a in WHOLE])) == []
    own = plan([replace(said, audience="Warehouse")], [an_audience()]).rows[0]
    assert own.cells[found.kinds.index("communication")].own == 1
    assert row.cells[found.kinds.index("communication")].shared == 1
    assert "hears_nothing" not in rules(found)


def test_of_what_is_cancelled_no_piece_is_late_and_nothing_is_missing():
    late = people("Told", "communication", end=90)
    assert [step.state for step in plan([late]).steps] == ["late"]
    gone = plan([late], state="cancelled")
    assert [(step.state, step.is_open) for step in gone.steps] == [("cancelled", False)]
    assert gone.flags == ()
