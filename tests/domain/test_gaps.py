"""What is a gap on a day: before a group's go-live what is not ready, after it use that is behind, and going back."""

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from people_builders import a_gap, a_group, a_people_standing, an_open_item

from changedesk.domain.people.gap_rules import MOST_SNOOZED, MOST_WAIVED, refuse_done, refuse_snooze, refuse_waiver
from changedesk.domain.people.gaps import gaps_of, planned_use
from changedesk.domain.people.people_side import GapMark
from changedesk.domain.people.standing import NextWork

TODAY = day(100)
PLAN = ((day(120), 40.0), (day(150), 80.0))


def found(**other):
    return list(gaps_of(a_people_standing(**other), TODAY))


def live(**other):
    """A group that went live on day 90."""
    return {"went_live": True, "go_live": day(90), "groups": (a_group(**{"go_live": day(90)} | other),)}


@pytest.mark.parametrize(
    ("status", "shortfall", "unknown"), [("unknown", 1.0, True), ("not_ready", 1.0, False), ("partial", 0.5, False)]
)
def test_an_item_is_short_by_what_is_missing_of_it(status, shortfall, unknown):
    (gap,) = found(items=(an_open_item(status),))
    assert (gap.kind, gap.shortfall, gap.unknown) == ("readiness", shortfall, unknown)
    assert (gap.audience, gap.headcount, gap.degree, gap.by) == ("Warehouse", 40, 3, day(200))


def test_a_group_that_nobody_looked_at_is_a_gap_until_somebody_does():
    (gap,) = found(groups=(a_group(asked=False),))
    assert (gap.kind, gap.shortfall, gap.unknown) == ("unassessed", 1.0, True)
    assert "Ask the managers of Warehouse" in gap.action


def test_what_several_groups_lean_on_weighs_as_all_of_them_together():
    groups = (a_group("a", headcount=30, degree=4), a_group("b", headcount=10, degree=2), a_group("c", headcount=10))
    (gap,) = found(groups=groups, items=(an_open_item(audience=None),))
    assert (gap.audience, gap.name, gap.headcount) == (None, "service desk: Knows why", 50)
    assert gap.degree * gap.headcount == pytest.approx(sum(group.degree * group.headcount for group in groups))


def test_a_group_that_nobody_rated_counts_as_hit_hardest_among_those_that_were():
    groups = (a_group("a", headcount=10, degree=1), a_group("b", headcount=10, degree=None))
    (gap,) = found(groups=groups, items=(an_open_item(audience=None),))
    assert gap.degree == 3
    (gap,) = found(groups=(a_group(degree=None),), items=(an_open_item(audience=None),))
    assert gap.degree is None


def test_a_headcount_of_nothing_is_unknown():
    (gap,) = found(groups=(a_group(headcount=0),), items=(an_open_item(),))
    assert gap.headcount is None


@pytest.mark.requirement("R63")
def test_a_later_wave_is_judged_by_its_own_day():
    groups = (a_group("a", go_live=day(90)), a_group("b", go_live=day(130)))
    items = (an_open_item(audience="a", id="1"), an_open_item(audience="b", id="2"))
    gaps = found(went_live=True, go_live=day(90), groups=groups, items=items)
    assert [(gap.audience, gap.kind) for gap in gaps] == [("a", "adoption"), ("b", "readiness")]


def test_what_is_asked_for_after_go_live_is_a_gap_only_then_and_presses_by_its_own_day():
    item = an_open_item(checkpoint="sustain_30", due=day(120))
    assert found(items=(item,)) == []
    gap = next(gap for gap in found(items=(item,), **live(percent=50.0)) if gap.kind == "readiness")
    assert (gap.by, gap.live) == (day(120), True)


@pytest.mark.requirement("R10")
def test_an_initiative_in_which_no_role_is_trained_as_what_it_is_has_a_gap():
    (gap,) = found(roles_hit=2)
    assert (gap.kind, gap.headcount, gap.shortfall, gap.live) == ("training", 40, 1.0, False)
    assert gap.action == "Plan a training on their own work for each of 2 roles"
    assert found(roles_hit=2, roles_trained=1) == []


# after go-live


@pytest.mark.parametrize(("n", "planned"), [(90, 0), (105, 20), (120, 40), (135, 60), (150, 80), (300, 80)])
def test_use_is_planned_on_straight_lines_from_go_live_through_the_targets(n, planned):
    assert planned_use(a_group(go_live=day(90), plan=PLAN), day(n)) == pytest.approx(planned)


@given(st.lists(st.tuples(st.integers(60, 300).map(day), st.floats(0, 100)), max_size=4), st.integers(90, 320))
def test_planned_use_stays_within_its_targets_and_never_falls(targets, n):
    group = a_group(go_live=day(90), plan=tuple(sorted(targets)))
    now, later = planned_use(group, day(n)), planned_use(group, day(n + 1))
    if not targets:
        assert now is None
        return
    assert 0 <= now <= max(target for _, target in targets) + 1e-9
    assert later >= now - 1e-9


def test_use_behind_its_plan_is_short_by_the_difference():
    (gap,) = found(**live(state="rising", percent=5.0, plan=((day(110), 40.0),)))
    assert (gap.kind, gap.name, gap.live, gap.unknown) == ("adoption", "use behind its plan", True, False)
    assert gap.shortfall == pytest.approx(0.15)
    assert found(**live(state="rising", percent=20.0, plan=((day(110), 40.0),))) == []
    assert found(**live(state="rising", percent=1.0)) == []


def test_use_that_nobody_counted_is_unknown_and_short_by_all_that_was_planned():
    (gap,) = found(**live(plan=((day(110), 40.0),)))
    assert (gap.shortfall, gap.unknown, gap.action) == (0.2, True, "Count how many of them use it")
    (gap,) = found(**live())
    assert (gap.shortfall, gap.unknown) == (1.0, True)


@pytest.mark.requirement("R1")
def test_going_back_is_a_gap_of_its_own_also_where_the_plan_is_kept_and_after_closing():
    group = {"state": "relapsed", "percent": 60.0, "best": 85.0, "plan": ((day(95), 50.0),), "old_way": "Paper"}
    (gap,) = found(**live(**group))
    assert (gap.kind, gap.name) == ("relapse", "back to the old way")
    assert gap.shortfall == pytest.approx(0.25)
    assert gap.action == "Take the old way away: Paper"
    (closed,) = found(state="closed", **live(**group))
    assert closed.kind == "relapse"


@pytest.mark.parametrize(
    ("best", "plan", "short"), [(None, ((day(95), 50.0),), 0.2), (None, (), 0.0), (25.0, (), 0.0), (50.0, (), 0.2)]
)
def test_going_back_is_short_of_the_best_that_is_known_or_of_the_plan(best, plan, short):
    (gap,) = found(**live(state="relapsed", percent=30.0, best=best, plan=plan))
    assert (gap.kind, gap.shortfall) == ("relapse", pytest.approx(short))


@pytest.mark.parametrize(
    ("go_live", "checkpoint", "wave"), [(200, None, False), (150, None, True), (90, "sustain_30", False)]
)
def test_what_is_to_be_ready_before_the_go_live_of_a_wave_says_that_it_is_one(go_live, checkpoint, wave):
    (gap,) = found(
        go_live=day(95 if checkpoint else 200), went_live=bool(checkpoint),
        groups=(a_group(go_live=day(go_live), state="adopted", percent=90.0),),
        items=(an_open_item(checkpoint=checkpoint, due=day(120)),),
    )  # fmt: skip
    assert (gap.kind, gap.wave) == ("readiness", wave)


def test_a_training_that_is_missing_is_for_people_that_are_hit_as_far_as_they_are_counted():
    groups = (a_group("a", headcount=30, degree=4), a_group("b", headcount=10, degree=None), a_group("c", headcount=5))
    training = [gap.headcount for gap in found(roles_hit=1, groups=groups) if gap.kind == "training"]
    assert training == [35]
    assert [gap.headcount for gap in found(roles_hit=1, groups=(a_group(headcount=0),)) if gap.kind == "training"] == [
        None
    ]


def test_of_what_is_closed_only_going_back_counts_and_of_what_was_cancelled_nothing():
    behind = live(state="rising", percent=1.0, plan=((day(95), 50.0),))
    assert found(**behind | {"state": "closed"}) == []
    assert found(state="closed", items=(an_open_item(),), groups=(a_group(asked=False),), roles_hit=1) == []
    assert found(state="cancelled", items=(an_open_item(),)) == []


# whose it is, and what to do


def test_a_gap_belongs_to_the_owner_of_its_item_or_to_whom_it_was_given():
    mark = GapMark("unassessed/Warehouse", "chris", None, None, None, None, None, None)
    (gap,) = found(groups=(a_group(asked=False),), marks=(mark,))
    assert (gap.owner, gap.mark) == ("chris", mark)
    (gap,) = found(items=(an_open_item(owner="pat"),))
    assert gap.owner == "pat"
    training = GapMark("training", "tara", None, None, None, None, None, None)
    assert [gap.owner for gap in found(roles_hit=1, marks=(training,)) if gap.kind == "training"] == ["tara"]


def test_an_item_is_due_on_its_own_day_or_by_its_go_live_and_a_group_without_a_day_goes_live_with_the_others():
    assert [gap.due for gap in found(items=(an_open_item(due=day(150)),))] == [day(150)]
    assert [gap.due for gap in found(items=(an_open_item(),))] == [day(200)]
    (gap,) = found(**live(go_live=None))
    assert (gap.kind, gap.unknown, gap.shortfall) == ("adoption", True, 1.0)


@pytest.mark.parametrize(
    ("item", "action"),
    [
        ({"action": "Measure five hand-overs"}, "Measure five hand-overs"),
        ({"status": "unknown"}, "Ask the manager of Warehouse, and record what shows it"),
        ({"status": "unknown", "owner": "pat"}, "pat finds out, and records what shows it"),
        ({"status": "unknown", "audience": None}, "Ask the service desk, and record what shows it"),
        ({}, "Finish what is planned for them: Shift training"),
        ({"audience": None, "kind": "script"}, "Write the script with the desk and try it in ten calls"),
        ({"audience": None}, "Go through it with the desk and name who finishes it"),
    ],
)
def test_what_to_do_first_comes_from_the_playbook_then_from_the_plan_then_from_what_helped(item, action):
    group = a_group(next_work=NextWork("Shift training", "pat", day(110)))
    (gap,) = found(groups=(group,), items=(an_open_item(**item),))
    assert gap.action == action


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("adoption", "when use is counted again and has come up; record an observation, or waive it"),
        ("relapse", "when use is counted again and has come up; record an observation, or waive it"),
        ("unassessed", "when somebody records what the group needs to be ready; add its readiness items"),
        ("training", "when a training is planned for a role that is hit; add the activity"),
    ],
)
def test_only_an_item_can_be_called_done_and_only_with_something_that_shows_it(kind, why):
    assert refuse_done(a_gap(kind=kind)) == f"this closes {why}"
    assert refuse_done(a_gap()) is None
    assert refuse_done(a_gap(), "  ") == "say what shows that it is ready"


def test_a_waiver_has_a_reason_and_an_end():
    assert refuse_waiver("on call", TODAY + MOST_WAIVED, TODAY) is None
    assert refuse_waiver(" ", day(110), TODAY) == "a waiver says why"
    assert "ends in the future" in refuse_waiver("x", TODAY, TODAY)
    assert refuse_waiver("x", TODAY + MOST_WAIVED * 2, TODAY) == (
        "a waiver ends after 180 days at the latest: by Tue 8 Jun 2027, then somebody decides again"
    )


def test_nothing_is_put_off_for_long_or_beyond_its_go_live():
    assert refuse_snooze(a_gap(), TODAY + MOST_SNOOZED, TODAY) is None
    assert "does not lie in the future" in refuse_snooze(a_gap(), TODAY, TODAY)
    assert refuse_snooze(a_gap(), TODAY + MOST_SNOOZED * 2, TODAY) == (
        "nothing is put off for more than 30 days; waive it with a reason instead"
    )
    beyond = "its go-live is on Tue 15 Dec; waive it with a reason instead"
    assert refuse_snooze(a_gap(by=day(105)), day(110), TODAY) == beyond
    for may_wait in (
        a_gap(by=day(110)),
        a_gap(by=TODAY),
        a_gap(by=day(95)),
        a_gap(by=None),
        a_gap(by=day(105), live=True),
    ):
        assert refuse_snooze(may_wait, day(110), TODAY) is None
