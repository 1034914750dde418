"""Earned value and earned schedule: the formulas, and what they refuse to say."""

from datetime import timedelta

import pytest
from domain_builders import day
from hypothesis import given
from hypothesis import strategies as st
from working_builders import TODAY, a_snapshot

from changedesk.domain.measures.earned_value import change_budget_share, earned_value, low_change_budget

AMOUNTS = st.floats(1, 1e9)


def plan(*values, every=10, earned=None, actual=None, first=0):
    """Snapshots with these planned values; the last one has an earned value."""
    last = len(values) - 1
    return [
        a_snapshot(first + n * every, value, earned if n == last else None, actual if n == last else None)
        for n, value in enumerate(values)
    ]


@pytest.mark.requirement("R19")
def test_the_figures_of_a_known_example():
    found = earned_value([a_snapshot(90, 500, 400, 450, scope_done=3, scope_total=4)], 1000, TODAY)
    assert (found.sv, found.cv, found.spi, found.scope, found.money_left) == (-100, -50, 0.8, 75, 550)
    assert found.cpi == pytest.approx(400 / 450)
    assert found.eac == pytest.approx(1125)
    assert found.tcpi == pytest.approx(600 / 550)
    assert found.budget_deviation == pytest.approx(-10)
    assert (found.as_of, found.age, found.scope_as_of) == (day(90), 10, day(90))


@pytest.mark.requirement("R131")
@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_identities_hold(pv, ev, ac, budget):
    found = earned_value([a_snapshot(1, pv, ev, ac)], budget, TODAY)
    assert found.sv == ev - pv
    assert found.cv == ev - ac
    assert found.cpi * ac == pytest.approx(ev)
    assert found.spi * pv == pytest.approx(ev)
    assert found.eac * found.cpi == pytest.approx(budget)
    assert (found.tcpi is None) == (ac >= budget)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from([2.0, 8.0, 0.25]))
def test_another_currency_changes_no_index(pv, ev, ac, budget, rate):
    one = earned_value([a_snapshot(1, pv, ev, ac)], budget, TODAY)
    other = earned_value([a_snapshot(1, pv * rate, ev * rate, ac * rate)], budget * rate, TODAY)
    indices = [(f.spi, f.cpi, f.tcpi, f.budget_deviation, f.spi_t) for f in (one, other)]
    assert indices[0] == pytest.approx(indices[1])
    assert other.sv == pytest.approx(one.sv * rate)


@pytest.mark.requirement("R19")
@pytest.mark.parametrize(
    ("figures", "budget", "undefined"),
    [
        ((0, 5, 10), 100, {"spi", "budget_deviation"}),
        ((10, 10, 0), 100, {"cpi", "eac"}),
        ((10, 10, 100), 100, {"tcpi"}),
        ((10, 10, 120), 100, {"tcpi"}),
        ((10, 0, 10), 100, {"eac"}),
        ((10, 10, 10), None, {"eac", "tcpi", "money_left"}),
        ((None, 10, 10), 100, {"sv", "spi", "budget_deviation"}),
        ((10, None, 10), 100, {"sv", "spi", "cv", "cpi", "eac", "tcpi"}),
        ((10, 10, None), 100, {"cv", "cpi", "eac", "tcpi", "budget_deviation", "money_left"}),
    ],
)
def test_what_is_undefined_is_never_a_number(figures, budget, undefined):
    found = earned_value([a_snapshot(1, *figures)], budget, TODAY)
    names = ("sv", "spi", "cv", "cpi", "eac", "tcpi", "budget_deviation", "money_left")
    assert {name for name in names if getattr(found, name) is None} == undefined


def test_as_long_as_anything_is_left_of_the_budget_it_is_said_how_well_it_has_to_be_used():
    assert earned_value([a_snapshot(1, 10, 10, 99.5)], 100, TODAY).tcpi == 180


def test_without_snapshots_everything_is_unknown():
    found = earned_value([a_snapshot(101, 1, 1, 1)], 100, TODAY)
    assert (found.as_of, found.age, found.sv, found.spi_t, found.scope, found.money_left) == (None,) * 6


def test_scope_reported_alone_does_not_hide_the_money_reported_before():
    found = earned_value([a_snapshot(10, 5, 5, 5), a_snapshot(20, scope_done=1, scope_total=2)], 10, TODAY)
    assert (found.as_of, found.cpi, found.scope, found.scope_as_of) == (day(10), 1.0, 50, day(20))
    assert earned_value([a_snapshot(10, scope_done=0, scope_total=0)], 10, TODAY).scope is None


@pytest.mark.requirement("R130")
def test_earned_schedule_reads_the_plan_between_two_snapshots():
    found = earned_value(plan(0, 100, 200, earned=150), 1000, TODAY)
    assert (found.sv_t, found.spi_t) == (-5, 0.75)


def test_time_counts_from_the_charter_when_there_is_one():
    found = earned_value(plan(100, 200, earned=50, first=10), 1000, TODAY, charter_on=day(0))
    assert (found.sv_t, found.spi_t) == (-15, 0.25)


@pytest.mark.parametrize("charter_on", [day(0), day(5)])
def test_a_charter_after_the_first_snapshot_does_not_move_the_beginning(charter_on):
    found = earned_value(plan(10, 100, 200, earned=150), 1000, TODAY, charter_on=charter_on)
    assert found == earned_value(plan(10, 100, 200, earned=150), 1000, TODAY)
    assert (found.sv_t, found.spi_t) == (-5, 0.75)


def test_while_nothing_was_to_be_done_nothing_is_on_time():
    for earned in (0, 5):
        found = earned_value(plan(0, 0, earned=earned), 1000, TODAY)
        assert (found.sv_t, found.spi_t) == (None, None)
    assert earned_value(plan(0, 1, earned=1), 1000, TODAY).spi_t == 1.0


def test_work_done_late_stays_late_although_the_value_based_index_returns_to_one():
    done_late = plan(0, 50, 100, 100, 100, earned=100)
    for finish in (None, day(20)):
        found = earned_value(done_late, 100, TODAY, planned_finish=finish)
        assert (found.spi, found.sv_t, found.spi_t) == (1.0, -20, 0.5)


def test_the_end_of_the_plan_is_known_from_its_finish_where_the_budget_is_not_its_sum():
    found = earned_value(plan(0, 50, 90, 90, earned=90), 100, TODAY, planned_finish=day(20))
    assert (found.sv_t, found.spi_t) == (-10, pytest.approx(2 / 3))


def test_a_project_on_plan_is_on_time_also_while_the_plan_stands_still():
    found = earned_value(plan(0, 50, 50, earned=50), 100, TODAY)
    assert (found.sv_t, found.spi_t) == (0, 1.0)


def test_ahead_of_the_known_plan_is_told_only_when_its_end_is_known():
    ahead = plan(0, 50, earned=75)
    assert earned_value(ahead, 100, TODAY).spi_t is None
    found = earned_value(ahead, 100, TODAY, planned_finish=day(20))
    assert (found.sv_t, found.spi_t) == (5, 1.5)


def test_on_the_first_day_there_is_no_index_of_time_yet():
    found = earned_value(plan(10, earned=10), 100, TODAY)
    assert (found.sv_t, found.spi_t) == (0, None)
    assert earned_value([a_snapshot(1, None, 5, 5)], 100, TODAY).spi_t is None


def test_a_plan_that_was_made_smaller_is_read_as_it_is_now():
    assert earned_value(plan(0, 50, 80, 60, earned=60), 100, TODAY).sv_t == 0


def test_more_than_the_whole_budget_is_earned_when_the_plan_has_all_of_it():
    for earned in (100, 120):
        found = earned_value(plan(0, 50, 100, 100, earned=earned), 100, TODAY)
        assert (found.sv_t, found.spi_t) == (-10, pytest.approx(2 / 3))


def test_a_budget_below_what_is_planned_already_does_not_make_the_plan_fall():
    found = earned_value(plan(0, 50, 120, earned=110), 100, TODAY, planned_finish=day(40))
    assert found.sv_t == pytest.approx(10 + 10 * 50 / 70 - 20), "where the plan passes the budget"


@given(st.lists(st.integers(1, 50), min_size=2, max_size=8), st.data())
def test_earning_more_never_looks_later_and_earning_the_plan_is_on_time(steps, data):
    values = [sum(steps[:n]) for n in range(len(steps) + 1)]
    total = values[-1]
    less, more = sorted(data.draw(st.tuples(st.integers(0, total), st.integers(0, total))))
    late = [earned_value(plan(*values, earned=ev), total, TODAY + timedelta(999)).sv_t for ev in (less, more, total)]
    assert late[0] <= late[1] <= late[2] == 0


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("part", "whole", "share", "warns"),
    [(50, 1000, 5, True), (100, 1000, 10, False), (0, 1000, 0, True), (None, 1000, None, False), (5, 0, None, False)],
)
def test_less_than_ten_percent_for_the_people_side_is_a_warning(part, whole, share, warns):
    assert change_budget_share(part, whole) == share
    assert (low_change_budget(part, whole) is not None) is warns


def test_the_warning_names_both_shares():
    assert low_change_budget(50, 1000, "EUR") == (
        "5 % of the budget is for the people side (50 EUR), less than 10 %"
    )  # fmt: skip
    assert low_change_budget(1, 1000).startswith("under 1 %")
