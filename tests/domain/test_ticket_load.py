"""How the load of a desk is learned day by day: its week, its surge, its scatter, and what teaches it nothing."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log, pi, sqrt
from statistics import NormalDist

import pytest

from changedesk.domain.early_life.ticket_curve import LEAST_LOAD, USUAL_WEEK, Curve, Day, surging
from changedesk.domain.early_life.ticket_load import FIRST_DAYS, TAUS, Outlook, TicketLoad, without_odd_weeks

WEEK = (30, 24, 22, 22, 18, 4, 2)
BEFORE = range(-28, 0)


def days(numbers: Iterable[int], times: float = 1.0) -> list[Day]:
    """Days of one week after the other, with so many times its tickets."""
    return [Day(number, number % 7, WEEK[number % 7] * times) for number in numbers]


def learned(seen: Iterable[Day], *, settled: bool = False) -> TicketLoad:
    load = TicketLoad()
    for one in seen:
        load.learn(one, settled=settled)
    return load


def test_a_surge_arrives_within_two_days_of_go_live_and_dies_away() -> None:
    assert surging(-1, 9) == 0
    assert surging(0, 9) == pytest.approx(1 - exp(-1))
    assert surging(9, 9) == pytest.approx(exp(-1), rel=1e-4)
    assert surging(3, 4) < surging(3, 20)


def test_what_is_to_come_is_the_mean_of_the_curves_by_their_weights_and_never_nothing() -> None:
    flat, steep = (10.0,) * 7, (20.0,) * 6 + (0.0,)
    outlook = Outlook(((0.75, flat, 0.0, 9.0), (0.25, steep, 2.0, 4.0)))
    assert outlook.expected(-3, 0) == pytest.approx(0.75 * 10 + 0.25 * 20)
    assert outlook.expected(4, 1) == pytest.approx(0.75 * 10 + 0.25 * 20 * (1 + 2 * surging(4, 4)))
    assert Outlook(((1.0, steep, 2.0, 4.0),)).expected(1, 6) == LEAST_LOAD


def test_the_load_of_each_weekday_is_learned_from_its_own_days() -> None:
    outlook = learned(days(range(-112, 0))).outlook()
    assert [outlook.expected(-1, weekday) for weekday in range(7)] == pytest.approx(WEEK, rel=0.15)
    assert sum(weight for weight, *_ in outlook.curves) == pytest.approx(1)
    assert [tau for *_, tau in outlook.curves] == [*TAUS]


def test_a_first_day_tells_the_base_and_the_usual_week_the_rest() -> None:
    load = learned([Day(-28, 0, 50)])
    found = [load.outlook().expected(-1, weekday) for weekday in range(7)]
    assert found[0] == pytest.approx(50, rel=0.12)
    assert [each / found[0] for each in found] == pytest.approx(
        [usual / USUAL_WEEK[0] for usual in USUAL_WEEK], rel=0.01
    )
    assert load.seen_days == 1


def test_before_go_live_nothing_is_learned_of_a_surge_and_from_it_on_it_is() -> None:
    load = learned(days(BEFORE))
    assert {round(surge, 9) for _, _, surge, _ in load.outlook().curves} == {2.0}
    surges = []
    for times in (1, 4):
        one = learned([*days(BEFORE), *days(range(10), times)])
        surges.append([surge for _, _, surge, _ in one.outlook().curves])
    assert all(calm < 2 < busy for calm, busy in zip(*surges, strict=True))


def test_a_go_live_before_any_day_is_known_waits_for_the_first_and_a_second_changes_nothing() -> None:
    early, late = TicketLoad(), TicketLoad()
    early.go_live()
    for load in (early, late):
        for one in days(BEFORE):
            load.learn(one, settled=False)
    assert early.outlook() == late.outlook()
    late.go_live()
    late.go_live()
    for load in (early, late):
        for one in days(range(5), 2):
            load.learn(one, settled=False)
    assert early.outlook() == late.outlook()


def test_once_settled_only_the_surge_learns() -> None:
    load = learned([*days(BEFORE), *days(range(10), 2)])
    before, dispersion = load.outlook(), load.dispersion
    for one in days(range(10, 20), 5):
        load.learn(one, settled=True)
    after = load.outlook()
    assert [week for _, week, _, _ in after.curves] == [week for _, week, _, _ in before.curves]
    assert [surge for _, _, surge, _ in after.curves] != [surge for _, _, surge, _ in before.curves]
    assert (load.dispersion, load.seen_days) == (dispersion, 48)


@pytest.mark.parametrize("count", [2_000, 1_000_000])
def test_a_day_that_is_far_off_teaches_no_more_than_one_that_is_three_deviations_off(count: int) -> None:
    known = days(BEFORE)
    odd, odder = (learned([*known, Day(0, 0, each)]) for each in (1_000, count))
    assert odd.outlook() == odder.outlook()
    assert odd.dispersion == odder.dispersion


def test_no_scatter_is_told_in_the_first_week_and_a_restless_desk_is_known_later() -> None:
    untold = TicketLoad().dispersion
    assert untold == pytest.approx(0.07, rel=0.15)
    wild = [Day(one.day, one.weekday, one.count * (2 if one.day % 2 else 0.4)) for one in days(BEFORE)]
    assert learned(wild[:FIRST_DAYS]).dispersion == untold
    assert learned(wild[: FIRST_DAYS + 1]).dispersion != untold
    assert learned(days(range(-56, 0))).dispersion < untold < learned(wild).dispersion


def test_what_was_foretold_of_a_day_is_said_before_it_is_learned() -> None:
    curve = Curve(9.0)
    first, *rest = days(range(-56, 0))
    curve.begin(first)
    foretold = [curve.learn(one, 0.05, settled=False) for one in (first, *rest)]
    assert foretold[-7].mean == pytest.approx(30, rel=0.1)
    assert foretold[-7].variance < foretold[0].variance / 4, "the longer it is watched the surer it is"
    assert all(one.mean >= LEAST_LOAD and one.variance > 0 for one in foretold)


@pytest.mark.parametrize(
    ("times", "stays"), [(1.0, True), (1.7, True), (1.9, False), (0.6, True), (0.4, False), (3.0, False)]
)
def test_a_week_of_far_more_or_less_load_than_the_middle_one_is_no_base(times: float, stays: bool) -> None:
    odd = days(range(-14, -7), times)
    seen = [*days(range(-28, -14)), *odd, *days(range(-7, 0))]
    assert without_odd_weeks(seen) == (seen if stays else [one for one in seen if one not in odd])


def test_three_weeks_are_enough_to_tell_which_one_is_odd() -> None:
    assert without_odd_weeks([*days(range(-21, -14), 9), *days(range(-14, 0))]) == days(range(-14, 0))


@pytest.mark.parametrize("count", [15, 20, 30, 45])
def test_a_curve_is_weighed_by_how_likely_it_made_each_day(count: float) -> None:
    """The logarithm of the normal density of the count, around what was foretold, but for a constant."""
    curve = Curve(9.0)
    for one in days(BEFORE):
        if one.day == BEFORE[0]:
            curve.begin(one)
        curve.learn(one, 0.05, settled=False)
    before = curve.log_weight
    foretold = curve.learn(Day(0, 0, count), 0.05, settled=False)
    own = foretold.mean + 0.05 * foretold.mean**2
    likely = NormalDist(foretold.mean, sqrt(own + foretold.variance)).pdf(count)
    assert curve.log_weight - before == pytest.approx(log(likely * sqrt(2 * pi)))


def test_of_two_weeks_none_is_odd_and_a_week_of_three_days_is_not_judged() -> None:
    assert without_odd_weeks([]) == []
    two = [*days(range(-14, -7), 9), *days(range(-7, 0))]
    assert without_odd_weeks(two) == two
    short = [*days(range(-24, -21), 9), *days(range(-21, 0))]
    assert without_odd_weeks(short) == short
    assert without_odd_weeks([*days(range(-25, -21), 9), *days(range(-21, 0))]) == days(range(-21, 0))


def test_weeks_are_held_against_their_own_weekdays() -> None:
    """Four days with a weekend in them are a quiet stretch, and no quiet week."""
    seen = [*days(range(-28, -7)), *days(range(-4, 0))]
    assert {one.weekday for one in seen[-4:]} == {3, 4, 5, 6}
    assert without_odd_weeks(seen) == seen
