"""What day one will bring, by the formula that its module tells: the base, and an extra by people or by bases."""

from __future__ import annotations

from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.early_life.day_one import (
    ALIKE_LIKELY,
    DayOne,
    EarlierGoLive,
    asked_on_day_one,
    day_one_forecast,
    first_workday,
)

MONDAY = date(2026, 11, 23)
PEOPLE = 3_000
BASE = 100.0
OUTERMOST = 1.593
"""So many deviations from the middle are the ends of the band, where the counts' own scatter is small beside the guess."""


def forecast(people: int | None = PEOPLE, readiness: float | None = 0.5, *earlier: EarlierGoLive) -> DayOne:
    """Day one of so many people that chance alone hardly scatters their calls."""
    return day_one_forecast(BASE, 0.0, people, readiness, earlier)


def told(rate: float, people: int | None = 100, readiness: float | None = 0.5) -> EarlierGoLive:
    """An earlier go-live with so many more tickets a person."""
    return EarlierGoLive(20, 20 + rate * 100, people, readiness)


def extra(found: DayOne) -> float:
    """The middle of what comes besides the base, a person concerned."""
    return (found.band.middle - BASE) / PEOPLE


@pytest.mark.parametrize(("day", "first"), [(0, 0), (3, 3), (4, 4), (5, 7), (6, 7), (7, 7)])
def test_what_goes_live_at_a_weekend_meets_its_people_on_monday(day: int, first: int) -> None:
    assert first_workday(MONDAY + timedelta(days=day)) == MONDAY + timedelta(days=first)


@pytest.mark.parametrize(("with_script", "calls"), [(1.0, 30), (0.5, 45), (0.0, 60), (None, 45)])
def test_three_of_ten_calls_of_the_week_come_on_its_first_day_and_twice_without_a_script(
    with_script: float | None, calls: float
) -> None:
    assert asked_on_day_one(100, with_script) == pytest.approx(calls)
    assert asked_on_day_one(0, with_script) == 0
    assert asked_on_day_one(None, with_script) is None


@pytest.mark.requirement("R51")
@pytest.mark.parametrize(("readiness", "rate"), [(0.0, 0.2), (0.25, 0.1 * sqrt(2)), (0.5, 0.1), (1.0, 0.05)])
def test_nobody_ready_doubles_the_extra_and_everybody_ready_halves_it(readiness: float, rate: float) -> None:
    assert extra(forecast(PEOPLE, readiness)) == pytest.approx(rate, rel=0.01)


def test_the_guess_is_laid_out_in_nine_equal_parts_of_the_normal_distribution() -> None:
    middles = [NormalDist().inv_cdf((2 * n + 1) / 18) for n in range(9)]
    assert pytest.approx(middles, abs=5e-4) == ALIKE_LIKELY


@pytest.mark.requirement("R51")
def test_four_of_five_first_days_without_any_record_lie_within_the_guess() -> None:
    by_people = forecast()
    assert by_people.band.low == pytest.approx(BASE + PEOPLE * 0.1 * exp(-OUTERMOST), rel=0.1)
    assert by_people.band.high == pytest.approx(BASE + PEOPLE * 0.1 * exp(OUTERMOST), rel=0.1)
    in_bases = day_one_forecast(1000, 0.0, None, 0.5)
    assert in_bases.band.middle == pytest.approx(1000 + 1250, rel=0.01)
    assert in_bases.band.high == pytest.approx(1000 + 1250 * exp(0.8 * OUTERMOST), rel=0.02)


@pytest.mark.requirement("R51")
def test_unknown_readiness_may_be_anything_between_nobody_and_everybody() -> None:
    known, unknown = forecast(), forecast(PEOPLE, None)
    assert unknown.band.middle == pytest.approx(known.band.middle, rel=0.01)
    spread = sqrt(1 + log(4) ** 2 / 12)
    assert unknown.band.high == pytest.approx(BASE + PEOPLE * 0.1 * exp(OUTERMOST * spread), rel=0.05)
    assert (known.readiness_known, unknown.readiness_known) == (True, False)


@pytest.mark.requirement("R51")
@pytest.mark.parametrize(
    ("rates", "middle"),
    [((0.4,), 0.4), ((0.4, 0.4, 0.4), 0.4), ((0.2, 0.8), 0.4), ((0.1, 0.2, 0.8, 9.0), 0.4), ((9.0, 0.4, 0.1), 0.4)],
)
def test_the_median_of_earlier_go_lives_is_drawn_to_the_guess_as_by_one_more(
    rates: tuple[float, ...], middle: float
) -> None:
    centre = (log(0.1) + len(rates) * log(middle)) / (len(rates) + 1)
    found = forecast(PEOPLE, 0.5, *(told(rate) for rate in rates))
    assert extra(found) == pytest.approx(exp(centre), rel=0.01)
    assert (found.earlier, found.counted_by_people) == (len(rates), True)


@pytest.mark.requirement("R51")
def test_the_more_alike_earlier_go_lives_were_the_narrower_the_band() -> None:
    centre = (log(0.1) + 3 * log(0.4)) / 4
    for rates, scatter in (((0.4, 0.4, 0.4), 1.0), ((0.1, 0.4, 1.6), 1.0 + 2 * log(4) ** 2)):
        spread = sqrt(scatter / 4 * (1 + 1 / 4))
        found = forecast(PEOPLE, 0.5, *(told(rate) for rate in rates))
        assert found.band.high == pytest.approx(BASE + PEOPLE * exp(centre + OUTERMOST * spread), rel=0.05)


@pytest.mark.requirement("R51")
def test_what_an_earlier_go_live_brought_is_read_as_if_half_had_been_ready() -> None:
    half = forecast(PEOPLE, 0.5, told(0.4, readiness=0.5))
    assert forecast(PEOPLE, 0.5, told(0.2, readiness=1.0)).band == half.band
    assert forecast(PEOPLE, 0.5, told(0.8, readiness=0.0)).band == half.band
    assert forecast(PEOPLE, 0.5, told(0.4, readiness=None)).band == half.band


@pytest.mark.requirement("R51")
@pytest.mark.parametrize("after", [0.0, 20.0, 21.0])
def test_a_go_live_that_brought_no_more_counts_as_a_twentieth_of_its_base(after: float) -> None:
    none_more = day_one_forecast(1000, 0.0, None, 0.5, [EarlierGoLive(20, after)])
    assert none_more.band.middle == pytest.approx(1000 * (1 + sqrt(1.25 * 0.05)), rel=0.02)
    hardly_a_desk = forecast(PEOPLE, 0.5, EarlierGoLive(0.2, 0.2, 10))
    assert extra(hardly_a_desk) == pytest.approx(sqrt(0.1 * 0.005), rel=0.05)


@pytest.mark.requirement("R51")
def test_only_a_go_live_that_tells_a_rate_counts() -> None:
    nobody, no_base = EarlierGoLive(10, 60, 0), EarlierGoLive(0, 40, None)
    assert forecast(PEOPLE, 0.5, no_base).earlier == 0
    told_in_bases = forecast(PEOPLE, 0.5, nobody, no_base)
    assert (told_in_bases.earlier, told_in_bases.counted_by_people) == (1, False)
    assert told_in_bases.band.middle == pytest.approx(BASE * (1 + sqrt(1.25 * 5)), rel=0.03)
    both = forecast(PEOPLE, 0.5, nobody, told(0.4))
    assert (both.earlier, both.counted_by_people) == (1, True), "with people told, bases are not asked"


@pytest.mark.requirement("R66")
def test_what_is_expected_to_be_asked_weighs_as_one_go_live_more_and_is_no_record() -> None:
    asked = day_one_forecast(BASE, 0.0, PEOPLE, 0.5, [told(0.4)], asked=0.4 * PEOPLE)
    assert extra(asked) == pytest.approx(extra(forecast(PEOPLE, 0.5, told(0.4), told(0.4))), rel=0.02)
    assert asked.earlier == 1
    assert forecast().rests_on == ("100 a day without it", forecast().grounds[0].lower() + forecast().grounds[1:])


@pytest.mark.requirement("R51")
@pytest.mark.parametrize(
    ("people", "readiness", "earlier", "grounds"),
    [
        (100, 0.5, 0, "Rests on a wide guess from the people concerned, as no earlier go-live is on record"),
        (None, 0.5, 0, "Rests on a wide guess from the usual load, as no earlier go-live is on record"),
        (0, 0.5, 0, "Rests on a wide guess from the usual load, as no earlier go-live is on record"),
        (100, None, 1, "Rests on 1 earlier go-live and the people concerned; how ready people are is not known"),
        (None, 0.5, 2, "Rests on 2 earlier go-lives and the usual load"),
    ],
)
def test_a_forecast_says_what_it_rests_on(
    people: int | None, readiness: float | None, earlier: int, grounds: str
) -> None:
    assert forecast(people, readiness, *[told(0.4)] * earlier).grounds == grounds


@pytest.mark.requirement("R51")
@settings(max_examples=20)
@given(st.integers(1, 400), st.floats(0, 1), st.lists(st.floats(0.01, 3), max_size=6))
def test_more_people_and_less_readiness_never_bring_fewer(people: int, ready: float, rates: list[float]) -> None:
    earlier = [told(rate) for rate in rates]
    here = day_one_forecast(20, 0.05, people, ready, earlier).band
    more = day_one_forecast(20, 0.05, people + 50, ready, earlier).band
    worse = day_one_forecast(20, 0.05, people, ready / 2, earlier).band
    for other in (more, worse):
        assert here.low <= other.low
        assert here.middle <= other.middle
        assert here.high <= other.high
