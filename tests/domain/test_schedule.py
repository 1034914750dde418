"""What hangs on what: the rules of a move, and that they hold for any plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from working_builders import a_link

from changedesk.domain.planning.schedule import Deadlines, MoveReport, move, refuse_move, refuse_tie
from changedesk.domain.records import Activity
from changedesk.domain.working import Dependency

DAY = date(2026, 12, 1)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def work(name: str, start: int | None, end: int, **more: Any) -> Activity:
    """An activity from one day to another, its baseline where its plan is."""
    values: dict[str, Any] = {
        "id": name, "rev": 1, "lane": "delivery", "phase": "execution", "title": name, "kind": None, "audience": None,
        "owner": None, "planned_start": None if start is None else day(start), "planned_end": day(end),
        "actual_start": None, "actual_end": None, "weight": None, "percent_complete": None, "milestone": None,
        "baseline_start": None, "baseline_end": day(end), "baseline_weight": None, "source_key": None,
    }  # fmt: skip
    return Activity(**values | more)


def ends(report: MoveReport) -> dict[str, int]:
    """Title to the day of its new end."""
    return {one.title: (one.new_end - DAY).days for one in report.moved}


@pytest.mark.requirement("R43")
def test_what_follows_a_moved_activity_moves_with_it() -> None:
    plan = [work("build", 0, 4), work("test", 5, 6), work("live", 7, 7, milestone=True), work("other", 5, 9)]
    report = move(plan, [a_link("build", "test"), a_link("test", "live")], "build", day(7))
    assert ends(report) == {"build": 7, "test": 9, "live": 9}
    assert {one.title: one.new_start for one in report.moved} == {"build": day(3), "test": day(8), "live": day(9)}


def test_slack_is_used_up_before_anything_moves() -> None:
    plan = [work("build", 0, 4), work("test", 10, 12)]
    assert ends(move(plan, [a_link("build", "test")], "build", day(9))) == {"build": 9}
    assert ends(move(plan, [a_link("build", "test")], "build", day(10))) == {"build": 10, "test": 13}


def test_a_plan_that_overlaps_more_than_its_link_says_keeps_its_overlap() -> None:
    plan = [work("build", 0, 4), work("test", 2, 6)]
    assert ends(move(plan, [a_link("build", "test")], "build", day(5))) == {"build": 5, "test": 7}


def test_a_milestone_may_be_on_the_day_that_what_leads_to_it_ends() -> None:
    plan = [work("build", 0, 4), work("live", 9, 9, milestone=True), work("support", 9, 12)]
    report = move(plan, [a_link("build", "live"), a_link("live", "support")], "build", day(10))
    assert ends(report) == {"build": 10, "live": 10, "support": 13}


@pytest.mark.parametrize(
    ("kind", "lag", "start", "end"),
    [
        ("FS", 0, 3, 5), ("FS", 2, 5, 7), ("FS", -1, 2, 4), ("FS", 0.5, 4, 4), ("SS", 0, 0, 5), ("SS", 3, 3, 5),
        ("FF", 0, 0, 2), ("FF", 2, 3, 4), ("SF", 0, -2, 0), ("SF", 1, 0, 1),
    ],
)  # fmt: skip
def test_each_kind_of_link_holds_the_two_dates_that_it_names(kind: str, lag: float, start: int, end: int) -> None:
    """The second activity lies as close as the link lets it."""
    for slack in (0, 3):
        plan = [work("one", 0, 2), work("two", start + slack, end + slack)]
        report = move(plan, [a_link("one", "two", kind, lag)], "one", day(10))
        assert ends(report)["two"] == end + 8


def test_what_is_done_does_not_move_and_holds_nothing_up() -> None:
    plan = [work("one", 0, 2), work("two", 3, 4, actual_end=day(3)), work("three", 5, 6)]
    assert ends(move(plan, [a_link("one", "two"), a_link("two", "three")], "one", day(9))) == {"one": 9}


def test_what_has_begun_keeps_its_start_and_is_held_up_only_at_its_end() -> None:
    plan = [work("one", 0, 2), work("two", 3, 6, actual_start=day(2))]
    assert ends(move(plan, [a_link("one", "two")], "one", day(9))) == {"one": 9}
    report = move(plan, [a_link("one", "two", "FF")], "one", day(9))
    assert (report.moved[1].new_start, report.moved[1].new_end) == (day(3), day(9))


def test_an_activity_may_be_moved_earlier_and_nothing_follows_it_there() -> None:
    plan = [work("build", 2, 4), work("test", 5, 6)]
    assert ends(move(plan, [a_link("build", "test")], "build", day(3))) == {"build": 3}


def test_a_start_that_is_not_known_stays_unknown() -> None:
    plan = [work("build", None, 4), work("test", None, 5)]
    report = move(plan, [a_link("build", "test")], "build", day(7))
    assert [(one.new_start, one.new_end) for one in report.moved] == [(None, day(7)), (None, day(8))]


def test_links_in_a_circle_are_left_out_with_their_names() -> None:
    plan = [work("a", 0, 1), work("b", 2, 3), work("c", 2, 3), work("d", 4, 5)]
    links = [a_link("a", "b"), a_link("b", "c"), a_link("c", "b"), a_link("c", "d"), a_link("d", "d")]
    report = move(plan, links, "a", day(3))
    assert ends(report) == {"a": 3, "b": 5}
    assert set(report.warnings) == {
        "b and c depend on each other in a circle; the links between them are left out",
        "d depends on itself; that link is left out",
    }


def test_of_a_long_circle_five_are_named_and_the_rest_counted() -> None:
    def said(names: str) -> tuple[str, ...]:
        plan = [work("first", 0, 1), *(work(name, 2, 3) for name in names)]
        round_ = [a_link(before, after) for before, after in zip(names, names[1:] + names[0], strict=True)]
        return move(plan, [a_link("first", names[0]), *round_], "first", day(1)).warnings

    left_out = "depend on each other in a circle; the links between them are left out"
    assert said("edcba") == (f"a, b, c, d and e {left_out}",)
    assert said("gfedcba") == (f"a, b, c, d, e and 2 more {left_out}",)


@pytest.mark.requirement("R62")
def test_a_move_says_what_it_breaks() -> None:
    plan = [
        work("live", 7, 7, milestone=True),
        work("train", 8, 9, lane="people", audience="nurses"),
        work("told", 2, 2, lane="people", actual_end=day(2)),
    ]
    links = [a_link("live", "train"), a_link("live", "told")]
    report = move(plan, links, "live", day(10), Deadlines(day(8), {"nurses": day(10)}))
    assert report.breaks == (
        "live now ends on Fri 11 Dec 2026: 2 days after the go-live of Wed 9 Dec 2026, 3 days after its baseline",
        "train now ends on Sat 12 Dec 2026: 1 day after the go-live of Fri 11 Dec 2026, 2 days after its baseline,"
        " 2 days later than people were told",
        "told is done since Thu 3 Dec 2026, and live now comes 3 days later",
    )


def test_a_move_within_the_slack_of_everything_breaks_nothing() -> None:
    plan = [work("build", 0, 4, baseline_end=day(9)), work("test", 9, 9)]
    assert move(plan, [a_link("build", "test")], "build", day(7), Deadlines(day(20))).breaks == ()


def test_what_is_done_is_not_moved() -> None:
    assert refuse_move(work("build", 0, 4, actual_end=day(3)), day(9)) == (
        "build is done since Fri 4 Dec 2026; what is done does not move"
    )
    assert refuse_move(work("build", 0, 4, actual_start=day(3)), day(2)) is not None
    assert refuse_move(work("build", 0, 4), day(0)) is None


def test_what_has_begun_ends_on_its_first_day_at_the_earliest_and_keeps_its_start_when_it_is_moved() -> None:
    begun = work("build", 0, 4, actual_start=day(1))
    assert refuse_move(begun, day(1)) is None
    (moved,) = move([begun], [], "build", day(6)).moved
    assert (moved.new_start, moved.new_end) == (day(0), day(6))


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    ("was", "now", "broken"),
    [(7, 8, False), (8, 9, True), (9, 10, False)],
    ids=["on the day", "past it", "it was late"],
)
def test_a_go_live_is_broken_by_what_ended_in_time_for_it_and_no_longer_does(was: int, now: int, broken: bool) -> None:
    report = move([work("build", 0, was, baseline_end=None)], [], "build", day(now), Deadlines(day(8)))
    assert report.breaks == (
        ("build now ends on Thu 10 Dec 2026: 1 day after the go-live of Wed 9 Dec 2026",) if broken else ()
    )


@pytest.mark.requirement("R62")
def test_what_was_late_on_its_baseline_already_breaks_it_again_only_when_it_gets_later() -> None:
    late = work("build", 0, 9, baseline_end=day(4))
    assert move([late], [], "build", day(8)).breaks == ()
    assert move([late], [], "build", day(10)).breaks == (
        "build now ends on Fri 11 Dec 2026: 6 days after its baseline",
    )


@pytest.mark.requirement("R62")
def test_people_work_that_is_moved_by_hand_was_not_told_otherwise_and_an_earlier_day_breaks_nothing() -> None:
    plan = [work("train", 8, 9, lane="people"), work("told", 2, 2, lane="people", actual_end=day(2))]
    assert move(plan, [a_link("train", "told")], "train", day(8)).breaks == ()
    alone = move(plan[:1], [], "train", day(9)).breaks
    assert alone == (), "it stays where it is"
    later = work("train", 8, 9, lane="people", baseline_end=None)
    assert move([later], [], "train", day(10)).breaks == ()


@pytest.mark.requirement("R62")
def test_people_work_is_tied_to_a_milestone_that_does_not_hang_on_it() -> None:
    briefed, live = work("briefed", 0, 4, lane="people"), work("live", 7, 7, milestone=True)
    assert refuse_tie(briefed, live, []) is None
    assert refuse_tie(briefed, None, []) is None
    assert "only people work is tied here" in (refuse_tie(replace(briefed, lane="delivery"), live, []) or "")
    assert refuse_tie(briefed, replace(live, milestone=False), []) == "live is no milestone"
    assert refuse_tie(briefed, live, [a_link("live", "briefed"), a_link("built", "live")]) is None
    through = [a_link("briefed", "built"), a_link("built", "live")]
    assert refuse_tie(briefed, live, through) == "live depends on briefed already"
    kick_off = work("kick-off", 0, 0, lane="people", milestone=True)
    assert refuse_tie(kick_off, live, []) == "kick-off is a milestone itself"


@pytest.mark.requirement("R62")
def test_a_day_later_is_told_of_people_work_alone_and_the_day_of_the_baseline_is_in_time() -> None:
    plan = [
        work("build", 0, 4, baseline_end=day(5)),
        work("test", 5, 6, baseline_end=None),
        work("train", 5, 6, lane="people", baseline_end=None),
        work("told", 2, 2, lane="people", actual_end=day(2)),
        work("bought", 2, 2, actual_end=day(2)),
    ]
    links = [a_link("build", after) for after in ("test", "train", "told", "bought")]
    assert move(plan, links, "build", day(4)).breaks == ()
    assert move(plan, links, "build", day(5)).breaks == (
        "train now ends on Tue 8 Dec 2026: 1 day later than people were told",
        "told is done since Thu 3 Dec 2026, and build now comes 1 day later",
    )


def test_links_to_what_is_not_in_the_plan_are_ignored() -> None:
    plan = [work("build", 0, 4), work("test", 5, 6)]
    links = [a_link("elsewhere", "test"), a_link("build", "test"), a_link("build", "gone")]
    assert ends(move(plan, links, "build", day(5))) == {"build": 5, "test": 7}


# The rules for any plan.

Plan = tuple[list[Activity], list[Dependency]]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan whose links all lead onwards, so that there is no circle."""
    count = draw(st.integers(2, 9))
    activities = []
    for number in range(count):
        start = draw(st.integers(0, 30))
        activities.append(
            work(
                f"a{number}",
                draw(st.sampled_from([start, start, None])),
                start + draw(st.integers(0, 6)),
                milestone=draw(st.booleans()),
                lane=draw(st.sampled_from(["delivery", "people"])),
                actual_start=draw(st.sampled_from([None, None, None, day(start)])),
                actual_end=draw(st.sampled_from([None, None, None, None, day(start + 1)])) if number else None,
            )
        )
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=14))
    links = [
        a_link(
            f"a{min(pair)}", f"a{max(pair)}", draw(st.sampled_from(["FS", "SS", "FF", "SF"])), draw(st.integers(-3, 3))
        )
        for pair in pairs
        if pair[0] != pair[1]
    ]
    return activities, links


def applied(activities: Sequence[Activity], report: MoveReport) -> list[Activity]:
    new = {one.id: one for one in report.moved}
    return [
        replace(one, planned_start=new[one.id].new_start, planned_end=new[one.id].new_end) if one.id in new else one
        for one in activities
    ]


@given(plans(), st.integers(-5, 40), st.integers(0, 20))
def test_moving_further_never_brings_anything_earlier(plan: Plan, end: int, more: int) -> None:
    activities, links = plan
    near = {one.id: one.new_end for one in move(activities, links, "a0", day(end)).moved}
    far = {one.id: one.new_end for one in move(activities, links, "a0", day(end + more)).moved}
    for activity in activities:
        assert far.get(activity.id, activity.planned_end) >= near.get(activity.id, activity.planned_end)


@given(plans(), st.integers(-5, 60))
def test_the_same_move_again_moves_nothing(plan: Plan, end: int) -> None:
    activities, links = plan
    report = move(activities, links, "a0", day(end))
    assert move(applied(activities, report), links, "a0", day(end)).moved == ()


@given(plans(), st.integers(-5, 60))
def test_only_what_hangs_on_it_moves_and_never_earlier_and_nothing_done(plan: Plan, end: int) -> None:
    activities, links = plan
    by_id = {one.id: one for one in activities}
    reached = {"a0"}
    for _ in activities:
        reached |= {one.successor_id for one in links if one.predecessor_id in reached}
    for moved in move(activities, links, "a0", day(end)).moved:
        assert moved.id in reached
        assert by_id[moved.id].actual_end is None
        assert moved.id == "a0" or moved.new_end > moved.old_end


@given(plans(), st.integers(0, 60), st.randoms(use_true_random=False))
def test_the_order_of_activities_and_links_does_not_matter(plan: Plan, end: int, chance: Any) -> None:
    activities, links = plan
    report = move(activities, links, "a0", day(end))
    chance.shuffle(activities)
    chance.shuffle(links)
    assert move(activities, links, "a0", day(end)) == report


@given(plans(), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=5), st.integers(0, 60))
def test_circles_end_in_a_warning_and_never_in_a_loop(plan: Plan, back: list[tuple[int, int]], end: int) -> None:
    activities, links = plan
    links = links + [a_link(f"a{one}", f"a{other}") for one, other in back]
    report = move(activities, links, "a0", day(end))
    assert move(list(reversed(activities)), list(reversed(links)), "a0", day(end)) == report


def test_a_chain_of_thousands_is_followed_to_its_end() -> None:
    plan = [work(f"a{number}", number, number) for number in range(5_000)]
    links = [a_link(f"a{number}", f"a{number + 1}") for number in range(4_999)]
    assert len(move(plan, links, "a0", day(3)).moved) == 5_000
