"""What the ranking of gaps is made of: of all the records of an initiative only those that concern each of its groups."""

from dataclasses import replace
from typing import Any

import pytest
from domain_builders import an_activity, day
from people_builders import an_impact, an_item
from working_builders import a_decision, a_target, an_audience, an_initiative, moment

from changedesk.domain.adoption import AudienceAdoption
from changedesk.domain.people.standing import GroupStanding, NextWork, PeopleStanding, people_standing_of
from changedesk.domain.usage.counts import Use
from changedesk.domain.working import Workaround


def a_standing_of(**records: Any) -> PeopleStanding:
    """How the people of the warehouse stand, by these records and no others."""
    of: dict[str, Any] = dict.fromkeys(
        ("activities", "targets", "adoptions", "impacts", "readiness", "decisions", "workarounds", "marks"), ()
    )
    usual = {"initiative": an_initiative(), "audiences": (an_audience(),), **of, **records}
    return people_standing_of(**usual)


def the_group(**records: Any) -> GroupStanding:
    (group,) = a_standing_of(**records).groups
    return group


def people_work(title: str, end: int = 110, audience: str | None = "Warehouse", **other: Any):
    return an_activity(title, lane="people", phase="training", planned_end=day(end), audience=audience, **other)


def an_old_way(title: str, since: int, audience: str = "Warehouse", closed: int | None = None) -> Workaround:
    return Workaround(title, 1, audience, title, 3, day(since), None, None, None if closed is None else day(closed))


def test_a_group_goes_live_on_its_own_day_and_else_with_its_initiative() -> None:
    assert the_group().go_live == day(200)
    assert the_group(audiences=(an_audience(go_live=150),)).go_live == day(150)


def test_a_group_is_measured_by_its_own_targets_of_use_and_else_by_those_for_all() -> None:
    for_all, later = a_target(80, 150), a_target(40, 120)
    others = (a_target(10, 120, "Office"), a_target(95, 120, metric="proficiency"))
    assert the_group(targets=(for_all, later, *others)).plan == ((day(120), 40), (day(150), 80))
    own = a_target(60, 130, "Warehouse")
    assert the_group(targets=(for_all, own, *others)).plan == ((day(130), 60),)
    assert the_group(targets=others).plan == ()


def test_the_next_work_of_a_group_is_what_is_open_for_people_of_it_and_ends_first() -> None:
    passed_over = (
        people_work("done", 101, actual_end=day(99)),
        people_work("of others", 102, "Office"),
        an_activity("of delivery", planned_end=day(103), audience="Warehouse"),
    )
    wanted, later = people_work("Guides", 110, owner="chris"), people_work("Drill", 120)
    assert the_group(activities=(*passed_over, later, wanted)).next_work == NextWork("Guides", "chris", day(110))
    assert the_group(activities=passed_over).next_work is None


def test_the_old_way_of_a_group_is_the_one_that_it_has_kept_longest() -> None:
    old_ways = (an_old_way("Paper", 50), an_old_way("Fax", 40), an_old_way("Post", 30, closed=90))
    assert the_group(workarounds=(*old_ways, an_old_way("Chalk", 20, "Office"))).old_way == "Fax"
    assert the_group(workarounds=old_ways[2:]).old_way is None


def test_only_what_is_asked_of_a_group_itself_says_how_ready_it_is() -> None:
    items = (an_item("ready"), an_item("partial"), an_item("not_ready", "Office"), an_item("unknown", None))
    found = the_group(readiness=items)
    assert (found.asked, found.ready, found.known) == (True, 75, 1)
    nobody = the_group(readiness=items[2:])
    assert (nobody.asked, nobody.ready, nobody.known) == (False, None, None)
    about_the_desk = replace(an_item("ready"), about="support")
    assert not the_group(readiness=(about_the_desk,)).asked


class Counted(tuple[Any, ...]):
    """Records that count how often somebody goes through them."""

    gone_through = 0

    def __iter__(self) -> Any:
        type(self).gone_through += 1
        return super().__iter__()


def test_records_are_gone_through_as_often_for_hundreds_of_groups_as_for_one() -> None:
    def gone_through(groups: int) -> int:
        Counted.gone_through = 0
        names = [f"Group {n}" for n in range(groups)]
        a_standing_of(
            audiences=tuple(an_audience(name) for name in names),
            activities=Counted(people_work(name, audience=name) for name in names),
            targets=Counted((a_target(),)),
            impacts=Counted(an_impact(name) for name in names),
            readiness=Counted(an_item(audience=name) for name in names),
            workarounds=Counted(an_old_way(name, 30, name) for name in names),
        )
        return Counted.gone_through

    assert gone_through(200) == gone_through(1)


def test_what_is_ready_is_no_open_item() -> None:
    items = tuple(an_item(status, id=status) for status in ("unknown", "not_ready", "partial", "ready"))
    assert [one.id for one in a_standing_of(readiness=items).items] == ["unknown", "not_ready", "partial"]


def test_a_group_is_seen_to_use_it_as_it_was_observed_and_else_not_at_all() -> None:
    seen = AudienceAdoption("Warehouse", "relapsed", (Use(0, day(80), 70, 100), Use(1, day(87), 40, 100)), 80, 66.0)
    found = the_group(adoptions=(seen, replace(seen, name="Office", state="rising")))
    assert (found.state, found.percent, found.best) == ("relapsed", 40, 66)
    unseen = the_group()
    assert (unseen.state, unseen.percent, unseen.best) == (None, None, None)


@pytest.mark.parametrize(
    ("decision", "locked"),
    [
        (a_decision(locked_at=moment(0)), True),
        (a_decision(), False),
        (a_decision(timing=False, locked_at=moment(0)), False),
    ],
)
def test_the_order_of_work_is_locked_by_a_decision_on_timing_that_is_locked(decision: Any, locked: bool) -> None:
    assert a_standing_of(decisions=(decision,)).locked is locked


def test_roles_are_counted_where_they_were_rated_as_hit_and_training_is_planned_at_all() -> None:
    audiences = tuple(an_audience(name) for name in ("hit", "not hit", "unrated"))
    impacts = (an_impact("hit", 3), an_impact("not hit", 0))

    def counted(*activities: Any) -> tuple[int, int]:
        found = a_standing_of(audiences=audiences, impacts=impacts, activities=activities)
        return found.roles_hit, found.roles_trained

    assert counted() == counted(an_activity("t", phase="training", audience="hit")) == (0, 0)
    assert counted(people_work("for everybody", audience=None)) == (1, 0)
    assert counted(people_work("Guides", audience="hit")) == (1, 1)
    assert counted(people_work("a drill", audience="hit", kind="communication")) == (0, 0)


def test_it_went_live_on_the_day_on_which_it_did() -> None:
    assert not a_standing_of().went_live
    live = a_standing_of(initiative=an_initiative(go_live_actual=day(90)))
    assert (live.went_live, live.go_live) == (True, day(90))
