"""Training that is made for the roles that are hit, and a desk that has answers."""

from dataclasses import replace

import pytest
from domain_builders import an_activity, day
from people_builders import a_reason, an_impact, an_item
from working_builders import an_audience

from changedesk.domain.people.support import support_readiness
from changedesk.domain.people.training import groups_hit, training_coverage


def training(audience=None, **other):
    return an_activity("t", lane="people", phase="training", kind="training", audience=audience, **other)


def nurses(name, role="nurse"):
    return replace(an_audience(name), role=role)


@pytest.mark.requirement("R10")
def test_a_training_for_everybody_is_made_for_nobody():
    audiences, impacts = [nurses("a"), nurses("b", "clerk")], [an_impact("a"), an_impact("b")]
    found = training_coverage(audiences, impacts, [training(), training("b")])
    assert (found.covered, found.share) == (1, 0.5)
    assert found.sentence == "1 of 2 roles have a training of their own; not nurse"


@pytest.mark.requirement("R10")
def test_a_role_is_covered_when_each_of_its_groups_is():
    audiences, impacts = [nurses("a"), nurses("b")], [an_impact("a"), an_impact("b")]
    assert training_coverage(audiences, impacts, [training("a")]).covered == 0
    both = [training("a", actual_end=day(90)), training("b")]
    (role,) = training_coverage(audiences, impacts, both).roles
    assert (role.planned, role.done) == (True, False)
    assert training_coverage(audiences, impacts, both).sentence == (
        "nurse, the only role that is hit, has a training of its own"
    )
    (role,) = training_coverage(audiences, impacts, [replace(one, actual_end=day(95)) for one in both]).roles
    assert role.done


def test_a_group_that_is_not_hit_needs_no_training_and_an_unrated_one_counts_as_hit():
    audiences = [an_audience("a"), an_audience("b")]
    assert [one.name for one in groups_hit(audiences, [an_impact("a", 0)])] == ["b"]
    assert training_coverage(audiences, [an_impact("a", 0), an_impact("b", 0)], []).share is None


@pytest.mark.parametrize(
    ("roles", "trained", "said"),
    [
        ((), (), "nobody is known to be hit"),
        (("nurse",), (), "nurse, the only role that is hit, has no training of its own"),
        (("nurse", "clerk"), ("clerk", "nurse"), "every one of 2 roles has a training of its own"),
        (("nurse", "clerk"), ("nurse",), "1 of 2 roles have a training of their own; not clerk"),
        (("porter", "nurse", "clerk"), (), "0 of 3 roles have a training of their own; not clerk, nurse and porter"),
    ],
)
def test_how_far_training_goes_is_said_with_the_roles_that_it_leaves_out_by_name(roles, trained, said):
    audiences = [nurses(f"group of {role}", role) for role in roles]
    found = training_coverage(audiences, [], [training(f"group of {role}") for role in trained])
    assert found.sentence == said
    assert [one.role for one in found.roles] == sorted(roles)


def test_only_training_trains_by_its_kind_or_else_by_its_phase():
    def covered(**work):
        return training_coverage([nurses("a")], [], [an_activity("t", lane="people", audience="a", **work)]).covered

    assert covered(phase="training") == covered(phase="execution", kind="training") == 1
    assert covered(phase="communication") == covered(phase="training", kind="communication") == 0


@pytest.mark.requirement("R51")
@pytest.mark.requirement("R162")
@pytest.mark.requirement("R163")
def test_the_desk_is_as_ready_as_its_answers_to_what_is_expected():
    reasons = [
        a_reason("Lost phone", 60, script="7", escalation="x"),
        a_reason("No signal", 30, article="216"),
        a_reason("Key", None),
    ]
    found = support_readiness(reasons, [an_item("ready", None, kind="training"), an_item("unknown", None), an_item()])
    assert (found.scripts.having, found.scripts.missing) == (1, ("No signal", "Key"))
    assert found.scripts.share == pytest.approx(60 / 91)
    assert found.articles.share == pytest.approx(30 / 91)
    assert (found.staff.percent, found.checklist.percent, found.expected) == (100, 50, 90)
    assert found.sentence == (
        "3 expected reasons: 1 with a script, 1 with an article, 1 with an escalation path; not ready: “Knows why”"
    )


def test_where_nobody_thought_of_the_desk_that_is_said():
    assert support_readiness([], [an_item()]).sentence == "nobody has said what the desk needs"
    assert support_readiness([], [an_item("ready", None)]).sentence == "all that the desk needs is ready"
