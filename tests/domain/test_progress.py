"""Earning, days behind and change lag (DOMAIN 2.5)."""

from dataclasses import replace
from datetime import date

import pytest
from domain_builders import an_activity, day
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.lag import change_lag, days_behind, lag_sentence
from changedesk.domain.progress import lane_standing
from changedesk.domain.records import Activity

WEIGHTS = st.sampled_from([0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 7.0])
LAST = 120


@st.composite
def plans(draw, least=1):
    """Baselined activities with distinct or equal ends and any weights, nothing done."""
    ends = draw(st.lists(st.integers(5, 90), min_size=least, max_size=8))
    return [
        an_activity(f"a{n}", planned_end=day(end), planned_start=day(max(0, end - 5)), weight=draw(WEIGHTS))
        for n, end in enumerate(ends)
    ]


@st.composite
def histories(draw):
    """A plan of which some is done, at any time, and some entered after the baseline."""
    work = []
    for activity in draw(plans()):
        done = draw(st.one_of(st.none(), st.integers(0, LAST)))
        late_entry = draw(st.integers(0, 5)) == 0
        work.append(
            replace(
                activity,
                actual_end=None if done is None else day(done),
                baseline_end=None if late_entry else activity.planned_end,
            )
        )
    return work


def behind(activities: list[Activity], today: date) -> int | None:
    return days_behind(lane_standing(activities), today)


def known_on(activities: list[Activity], today: date) -> list[Activity]:
    """What a desk knew on a day: later ends had not happened yet."""
    return [a if a.actual_end is None or a.actual_end <= today else replace(a, actual_end=None) for a in activities]


@given(plans())
def test_a_lane_that_does_everything_on_its_day_is_never_behind_or_ahead(plan):
    done = [replace(a, actual_end=a.baseline_end) for a in plan]
    assert {behind(known_on(done, day(n)), day(n)) for n in range(LAST)} == {0}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.integers(1, 40))
def test_when_everything_ends_k_days_late_the_lane_is_k_days_behind_from_its_first_end_on(gaps, k):
    ends, at = [], 10
    for gap in gaps:
        at += k + gap
        ends.append(at)
    done = [an_activity(f"a{n}", planned_end=day(end), actual_end=day(end + k)) for n, end in enumerate(ends)]
    for n in range(ends[0] + k, ends[-1] + k + 30):
        assert behind(known_on(done, day(n)), day(n)) == k


@given(plans(), st.integers(1, 200))
def test_a_finished_lane_stays_as_late_as_its_last_piece_was(plan, k):
    last = max(a.baseline_end for a in plan)
    done = [replace(a, actual_end=min(a.baseline_end + (day(k) - day(0)), last + (day(k) - day(0)))) for a in plan]
    standing = lane_standing(done)
    assert standing.finished
    assert [days_behind(standing, last + (day(n) - day(0))) for n in (k, k + 1, k + 500)] == [k, k, k]


@given(histories(), st.integers(0, LAST), st.integers(0, 60))
def test_time_passing_never_brings_a_lane_forward(work, n, later):
    standing = lane_standing(work)
    before, after = days_behind(standing, day(n)), days_behind(standing, day(n + later))
    assert (before is None) == (after is None)
    assert before is None or before <= after


@given(histories(), st.data())
def test_finishing_something_never_puts_a_lane_further_behind(work, data):
    today = day(data.draw(st.integers(0, LAST)))
    known = known_on(work, today)
    open_ones = [n for n, a in enumerate(known) if a.actual_end is None]
    if not open_ones:
        return
    which = data.draw(st.sampled_from(open_ones))
    more = [replace(a, actual_end=today) if n == which else a for n, a in enumerate(known)]
    before, after = behind(known, today), behind(more, today)
    assert before is None or after <= before


@given(plans(), st.integers(0, LAST), st.floats(1, 98), st.floats(0, 1))
def test_a_higher_percentage_never_puts_a_lane_further_behind(plan, n, percent, more):
    started = [replace(plan[0], percent_complete=percent), *plan[1:]]
    further = [replace(plan[0], percent_complete=percent + more), *plan[1:]]
    assert behind(further, day(n)) <= behind(started, day(n))


@given(histories(), st.integers(0, LAST), st.integers(-30, 60))
def test_moving_the_plan_without_its_baseline_changes_nothing(work, n, shift):
    moved = [replace(a, planned_end=a.planned_end + (day(shift) - day(0)), planned_start=None) for a in work]
    assert behind(moved, day(n)) == behind(work, day(n))


@given(histories(), st.integers(0, LAST), st.randoms())
def test_the_order_of_the_activities_does_not_matter(work, n, random):
    shuffled = list(work)
    random.shuffle(shuffled)
    assert lane_standing(shuffled) == lane_standing(work)
    assert behind(shuffled, day(n)) == behind(work, day(n))


@given(histories(), st.integers(0, LAST), st.sampled_from([0.01, 0.1, 3.0, 10.0, 1000.0]))
def test_weights_in_another_unit_change_nothing(work, n, factor):
    scaled = [replace(a, weight=a.counted_weight * factor) for a in work]
    assert behind(scaled, day(n)) == behind(work, day(n))


@given(plans(), st.integers(0, 20), st.integers(0, LAST))
def test_lanes_that_are_late_alike_have_no_lag(plan, k, n):
    done = [replace(a, actual_end=a.baseline_end + (day(k) - day(0))) for a in plan]
    standing = lane_standing(known_on(done, day(n)))
    assert change_lag(standing, standing, day(n)) == 0


@pytest.mark.requirement("R12")
def test_the_lag_is_the_people_side_minus_the_delivery_side():
    delivery = lane_standing([an_activity(actual_end=day(12))])
    people = lane_standing([an_activity("p", lane="people")])
    assert change_lag(people, delivery, day(35)) == 25 - 2


def test_a_tenth_and_two_tenths_reach_the_step_of_three_tenths():
    plan = [an_activity("a", planned_end=day(5), weight=0.1), an_activity("b", planned_end=day(10), weight=0.2)]
    plan += [an_activity("c", planned_end=day(50), weight=0.7)]
    done = [replace(a, actual_end=a.baseline_end) for a in plan[:2]] + plan[2:]
    assert lane_standing(done).due_on == day(10)
    assert behind(done, day(40)) == 0


def test_before_anything_is_earned_a_lane_is_on_plan_and_then_late():
    plan = [an_activity()]
    assert [behind(plan, day(n)) for n in (0, 10, 11, 30)] == [0, 0, 1, 20]


def test_early_work_puts_a_lane_ahead_until_the_next_thing_is_due():
    work = [an_activity("a", actual_end=day(4)), an_activity("b", planned_end=day(40))]
    assert [behind(work, day(n)) for n in (4, 34, 37, 40, 45)] == [-6, -6, -3, 0, 5]


def test_a_lane_is_the_worse_of_its_last_piece_and_its_next_one():
    work = [an_activity("a"), an_activity("b", planned_end=day(40), actual_end=day(5))]
    assert behind(work, day(20)) == max(5 - 10, 20 - 40)


def test_a_lane_without_a_plan_is_unknown():
    assert behind([], day(0)) is None
    assert lane_standing([]).progress is None
    assert change_lag(lane_standing([]), lane_standing([an_activity()]), day(0)) is None


def test_a_lane_without_a_baseline_earns_but_is_not_measured():
    standing = lane_standing([an_activity(actual_end=day(3), baseline_end=None), an_activity("b", baseline_end=None)])
    assert standing.progress == 0.5
    assert days_behind(standing, day(300)) is None


def test_work_entered_after_the_baseline_weighs_in_the_progress():
    work = [an_activity(actual_end=day(10)), an_activity("new", planned_end=day(60), baseline_end=None)]
    standing = lane_standing(work)
    assert standing.progress == 0.5
    assert not standing.finished
    assert standing.ends == day(60)


def test_a_percentage_is_read_on_the_plan_between_its_steps():
    half = [an_activity(planned_end=day(100), baseline_start=day(0), percent_complete=50)]
    assert lane_standing(half).progress == 0.5
    assert [behind(half, day(n)) for n in (40, 50, 60)] == [-10, 0, 10]


def test_a_percentage_between_two_ends_is_read_between_them():
    work = [
        an_activity("a", planned_end=day(10), actual_end=day(10)),
        an_activity("b", planned_end=day(50), percent_complete=25.0),
    ]
    assert behind(work, day(30)) == 10


def test_an_actual_end_outranks_a_percentage():
    assert lane_standing([an_activity(actual_end=day(1), percent_complete=40)]).progress == 1.0


def test_what_was_finished_on_an_unknown_day_is_on_plan_until_something_else_is_due():
    work = [an_activity("a", percent_complete=100), an_activity("b", planned_end=day(40))]
    assert [behind(work, day(n)) for n in (4, 10, 20, 45)] == [-6, 0, 0, 5]


def test_a_lane_finished_on_an_unknown_day_is_of_unknown_lateness():
    standing = lane_standing([an_activity(percent_complete=100)])
    assert standing.finished
    assert days_behind(standing, day(50)) is None


def test_milestones_without_weight_neither_earn_nor_hold_up():
    work = [an_activity(actual_end=day(10)), an_activity("m", weight=0.0, planned_end=day(20))]
    assert lane_standing(work).finished
    assert behind(work, day(99)) == 0
    assert lane_standing([an_activity(weight=0.0)]).progress is None


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(
    ("lag", "said"),
    [
        (1, "people 1 day behind delivery"),
        (-2, "people 2 days ahead of delivery"),
        (0, "people and delivery in step"),
    ],
)
def test_the_lag_says_who_trails_whom(lag, said):
    standing = lane_standing([an_activity()])
    assert lag_sentence(lag, standing, standing) == said


@pytest.mark.requirement("R12")
def test_an_unknown_lag_says_which_plan_is_missing():
    none, planned = lane_standing([]), lane_standing([an_activity(baseline_end=None)])
    assert lag_sentence(None, none, none) == "lag unknown: no delivery and no people plan"
    assert lag_sentence(None, none, planned) == "lag unknown: no people plan"
    assert lag_sentence(None, planned, none) == "lag unknown: no delivery plan"
    assert lag_sentence(None, planned, planned) == "lag unknown", "both have a plan that was never agreed"


@pytest.mark.requirement("R12")
def test_the_lag_is_unknown_from_whichever_side_it_is():
    known, unknown = lane_standing([an_activity()]), lane_standing([])
    assert change_lag(known, unknown, day(0)) is None
    assert change_lag(unknown, known, day(0)) is None


def test_a_lane_whose_work_was_all_given_no_weight_is_not_measured():
    given_up = an_activity(weight=0.0, baseline_weight=3.0)
    standing = lane_standing([given_up])
    assert (standing.due_on, standing.next_due_on, standing.finished) == (None, None, False)


def test_only_what_is_under_way_and_weighs_something_has_a_lane_read_by_parts():
    plan = [an_activity("a", actual_end=day(10)), an_activity("b", planned_end=day(50))]
    of_ended = [replace(plan[0], percent_complete=40.0), plan[1]]
    with_milestone = [*plan, an_activity("m", weight=0.0, percent_complete=40.0)]
    assert lane_standing(of_ended) == lane_standing(with_milestone) == lane_standing(plan)


def test_a_milestone_without_weight_does_not_make_a_plan_begin_earlier():
    half = an_activity(planned_end=day(100), baseline_start=day(0), percent_complete=50)
    assert behind([half, an_activity("m", weight=0.0, planned_end=day(-60))], day(50)) == 0


def test_what_is_earned_is_reached_on_no_day_while_some_of_it_has_none():
    ended, on_no_day = an_activity(actual_end=day(4)), an_activity("b", percent_complete=100)
    assert lane_standing([ended]).reached_on == day(4)
    assert lane_standing([ended, on_no_day]).reached_on is None


def test_a_percentage_above_all_of_it_earns_all_of_it():
    standing = lane_standing([an_activity(percent_complete=180.0), an_activity("b", percent_complete=-5.0)])
    assert (standing.earned, standing.total) == (1.0, 2.0)


def test_the_first_percent_is_on_the_plan_where_a_hundredth_of_it_is_due():
    begun = an_activity(planned_end=day(100), baseline_start=day(0), percent_complete=1)
    assert lane_standing([begun]).due_on == day(1)
    assert lane_standing([replace(begun, percent_complete=99.4)]).due_on == day(99)


@pytest.mark.parametrize(("percent", "due"), [(14, 1), (15, 2), (16, 2)])
def test_a_percentage_is_due_on_the_nearest_day(percent, due):
    begun = an_activity(planned_end=day(10), baseline_start=day(0), percent_complete=percent)
    assert lane_standing([begun]).due_on == day(due)


def test_a_lane_begins_with_its_first_work_and_ends_with_its_last():
    work = [
        an_activity(planned_start=day(3)),
        an_activity("b", planned_end=day(2)),
        an_activity("c", planned_end=day(40)),
    ]
    standing = lane_standing(work)
    assert (standing.begins, standing.ends) == (day(2), day(40))
    assert lane_standing([*work, an_activity("d", planned_start=day(1), planned_end=day(9))]).begins == day(1)
