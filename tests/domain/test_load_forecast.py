"""What a desk's load should be: bands that hold, mornings that are no quiet days, and no figure where nothing is known."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from changedesk.domain.early_life import load_forecast as forecast
from changedesk.domain.early_life.day_one import asked_on_day_one, day_one_forecast
from changedesk.domain.golive import TICKET_THRESHOLD, expected_tickets, ticket_statistic

TODAY = date(2026, 11, 26)
GO_LIVE = TODAY - timedelta(days=30)
PROFILE = (1.1, 1.05, 1, 1, 0.85, 0.2, 0.1)


def counts(
    first: date, last: date, base: float = 20, surge: float = 2, more: float = 1, seed: int = 1
) -> dict[date, int]:
    """Days as they come: a weekday profile, a surge that fades, and from ten days before the last ``more`` of it."""
    random = Random(seed)
    found = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        since = (day - GO_LIVE).days
        mean = base * PROFILE[day.weekday()] * (1 + (surge * 2.718 ** (-since / 6) if since >= 0 else 0))
        mean *= more if (last - day).days < 10 else 1
        found[day] = max(0, round(random.gauss(mean, mean**0.5)))
    return found


def test_a_band_holds_most_of_the_days_that_are_as_expected() -> None:
    days = counts(GO_LIVE - timedelta(days=60), TODAY)
    found = forecast.load(days, min(days), GO_LIVE, TODAY)
    assert found is not None
    inside = [point.low <= (point.count or 0) <= point.high for point in found.days if point.count is not None]
    assert sum(inside) / len(inside) >= 0.75
    assert found.base == pytest.approx(20 * sum(PROFILE) / 7, rel=0.1)
    assert not found.excess.now
    assert found.days[-1].count is None


def test_a_lasting_excess_is_seen_and_dated() -> None:
    days = counts(GO_LIVE - timedelta(days=60), TODAY, more=2)
    found = forecast.load(days, min(days), GO_LIVE, TODAY)
    assert found is not None
    assert found.excess.now
    assert found.excess.since is not None
    assert 5 <= (TODAY - found.excess.since).days <= 14
    assert found.excess.share > 1


def test_a_morning_is_no_quiet_day() -> None:
    days = counts(GO_LIVE - timedelta(days=60), TODAY)
    morning, evening = dict(days), dict(days)
    morning[TODAY] = 0
    evening[TODAY] = 500
    at_dawn = forecast.load(morning, min(days), GO_LIVE, TODAY)
    at_dusk = forecast.load(evening, min(days), GO_LIVE, TODAY)
    assert at_dawn is not None
    assert at_dawn == at_dusk


@pytest.mark.parametrize(("before", "known"), [(13, False), (14, True), (200, True)])
def test_without_days_from_before_nobody_knows_what_is_normal(before: int, known: bool) -> None:
    days = counts(GO_LIVE - timedelta(days=before), TODAY)
    assert (forecast.load(days, min(days), GO_LIVE, TODAY) is not None) == known


def test_the_base_is_the_mean_of_up_to_eight_weeks_before_go_live() -> None:
    before, after = GO_LIVE - timedelta(days=1), GO_LIVE
    found = forecast.load({before: 28, after: 900}, GO_LIVE - timedelta(days=400), GO_LIVE, TODAY)
    assert found is not None
    assert found.base == 28 / 56
    assert [found.days[0].day, found.days[-1].day] == [GO_LIVE - timedelta(days=56), TODAY]
    assert [point.count for point in found.days if point.day in (before, after, TODAY)] == [28, 900, None]
    assert found.days[0].count == 0, "a day without tickets is one of none, and not unknown"
    assert found.today == found.days[-1]


def test_each_day_has_the_band_of_what_is_expected_of_it() -> None:
    days = counts(GO_LIVE - timedelta(days=60), TODAY)
    found = forecast.load(days, min(days), GO_LIVE, TODAY)
    assert found is not None
    for point in found.days:
        assert (point.low, point.high) == forecast.band(point.expected, found.dispersion)


def test_nothing_is_in_excess_while_its_own_days_are_what_is_learned_from() -> None:
    went_live = TODAY - timedelta(days=14)
    flood = {went_live + timedelta(days=n): 900 for n in range(14)}
    quiet = {went_live - timedelta(days=n): 20 for n in range(1, 57)}
    found = forecast.load(quiet | flood, min(quiet), went_live, TODAY)
    assert found is not None
    assert found.excess == forecast.Excess(now=False, since=None, share=0.0)


def test_today_is_in_no_base_of_a_go_live_to_come() -> None:
    known = {TODAY - timedelta(days=n): 10 for n in range(1, 57)} | {TODAY: 999}
    found = forecast.load(known, min(known), TODAY + timedelta(days=6), TODAY)
    assert found is not None
    assert found.base == 10


def test_a_go_live_to_come_has_days_of_its_base_only() -> None:
    days = counts(TODAY - timedelta(days=40), TODAY, surge=0)
    found = forecast.load(days, min(days), TODAY + timedelta(days=6), TODAY)
    assert found is not None
    assert len(found.days) == 41
    assert found.today.expected == pytest.approx(20 * PROFILE[TODAY.weekday()], rel=0.25)
    assert found.excess == forecast.Excess(now=False, since=None, share=0.0)


def test_no_tickets_at_all_are_expected_where_there_never_were_any() -> None:
    found = forecast.load({}, GO_LIVE - timedelta(days=30), GO_LIVE, TODAY)
    assert found is not None
    assert (found.base, found.today.high) == (0, 0)
    assert found.today.expected < 0.1


def test_long_after_a_go_live_half_a_year_is_looked_at() -> None:
    went_live = TODAY - timedelta(days=400)
    found = forecast.load({}, went_live - timedelta(days=30), went_live, TODAY)
    assert found is not None
    assert len(found.days) == 30 + forecast.LONGEST


@given(st.dictionaries(st.integers(0, 40), st.lists(st.integers(0, 9), min_size=24, max_size=24)), st.integers(0, 6))
def test_the_hours_of_a_day_share_all_of_it(rows: dict[int, list[int]], weekday: int) -> None:
    shares = forecast.hour_shares({TODAY - timedelta(days=n): hours for n, hours in rows.items()}, weekday)
    assert sum(shares) == pytest.approx(1)
    assert all(share > 0 for share in shares)


def test_a_sunday_is_not_told_from_workdays() -> None:
    monday, sunday = date(2026, 11, 23), date(2026, 11, 22)
    shares = forecast.hour_shares(
        {monday: [0] * 9 + [50] + [0] * 14, sunday: [0] * 20 + [3] + [0] * 3}, sunday.weekday()
    )
    assert max(range(24), key=lambda hour: shares[hour]) == 20


def test_workdays_are_of_one_sort_and_saturday_and_sunday_each_of_its_own() -> None:
    week = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]
    by_hour = {day: [400 if hour == n else 0 for hour in range(24)] for n, day in enumerate(week)}
    busiest = [
        sorted(sorted(range(24), key=lambda hour: -shares[hour])[: 5 if day.weekday() < 5 else 1])
        for day in week
        for shares in [forecast.hour_shares(by_hour, day.weekday())]
    ]
    assert busiest == [[0, 1, 2, 3, 4]] * 5 + [[5], [6]]


def test_until_now_is_expected_what_its_hours_hold_and_of_this_one_its_minutes() -> None:
    today = forecast.DayPoint(TODAY, None, 48, *forecast.band(48, 0.05))
    shares = (0.5, 0.25, *[0.25 / 22] * 22)
    assert forecast.so_far(today, 0.05, shares, 9, 0, 0).expected == 0
    assert forecast.so_far(today, 0.05, shares, 9, 0, 30).expected == 12
    found = forecast.so_far(today, 0.05, shares, 9, 1, 15)
    assert (found.expected, found.count) == (24 + 3, 9)
    assert (found.low, found.high) == forecast.band(27, 0.05)
    first, second, *rest = forecast.hours_of_today(today, 0.05, shares, [7, 5, 3, *[0] * 21], 1)
    assert (first.hour, first.count, first.expected, (first.low, first.high)) == (0, 7, 24, forecast.band(24, 0.05))
    assert (second.hour, second.count, rest[0].hour, rest[0].count) == (1, 5, 2, None)


@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 60))
def test_what_is_expected_by_now_grows_through_the_day(hour: int, minute: int, count: int) -> None:
    today = forecast.DayPoint(TODAY, None, 30, *forecast.band(30, 0.05))
    shares = tuple([1 / 24] * 24)
    now = forecast.so_far(today, 0.05, shares, count, hour, minute)
    later = forecast.so_far(today, 0.05, shares, count, 23, 59)
    assert now.expected <= later.expected <= 30
    assert now.state == ("above" if count > now.high else "below" if count < now.low else "within")
    points = forecast.hours_of_today(today, 0.05, shares, [1] * 24, hour)
    assert [point.count is None for point in points] == [n > hour for n in range(24)]
    assert sum(point.expected for point in points) == pytest.approx(30)


@pytest.mark.requirement("R51")
@pytest.mark.requirement("R66")
def test_what_people_are_expected_to_ask_moves_the_forecast_as_one_go_live_more() -> None:
    guess = day_one_forecast(20, 0.05, 500)
    asked = day_one_forecast(20, 0.05, 500, asked=10)
    assert asked.band.middle < guess.band.middle
    assert (asked.earlier, asked.asked) == (0, 10)
    assert asked.rests_on[:2] == ("20 a day without it", "10 contacts if all ask as expected, weighed as one go-live")


@pytest.mark.requirement("R51")
@given(st.integers(0, 500), st.floats(0, 1), st.floats(0, 1))
def test_a_better_prepared_desk_never_expects_more(asked: int, one: float, other: float) -> None:
    low, high = sorted((one, other))
    worse, better = asked_on_day_one(asked, low), asked_on_day_one(asked, high)
    assert worse is not None
    assert better is not None
    assert better <= worse
    more = asked_on_day_one(asked + 1, high)
    assert more is not None
    assert better <= more


@settings(max_examples=20)
@given(st.lists(st.integers(0, 60), min_size=20, max_size=60))
def test_the_statistic_is_never_negative_and_calm_days_raise_no_alarm(seen: list[int]) -> None:
    days = list(range(-14, len(seen) - 14))
    expected, dispersion = expected_tickets(days, [float(n) for n in seen], [day % 7 for day in days])
    statistic = ticket_statistic(seen, expected, dispersion)
    assert len(statistic) == len(seen)
    assert min(statistic) >= 0
    assert max(ticket_statistic([round(mean) for mean in expected], expected, dispersion)) < TICKET_THRESHOLD
