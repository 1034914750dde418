"""What an initiative brings to the desk, at the edges of its days: go-live, today, the last four weeks, the first workday."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from builders import NOW, TODAY, a_desk, an_initiative
from changedesk.domain.early_life.desk_load import hourly
from changedesk.domain.early_life.load_forecast import LONGEST, load
from changedesk.services.golive import page as golive
from changedesk.services.golive.load import (
    DeskSide,
    last_days,
    load_view,
    rate_before,
    rate_now,
    tickets_asked,
    why_unknown,
)
from changedesk.services.lookup import known_initiative
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.store.service.tickets import Asked
from running_desk import a_service, of_service, people, tickets

UTC = ZoneInfo("UTC")
LIVE = TODAY - timedelta(days=60)
SINCE = LIVE - timedelta(days=56)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at_hour(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def a_side(
    counts: Mapping[date, int],
    *,
    live: date | None = LIVE,
    went_live: bool = True,
    since: date | None = SINCE,
    services: tuple[str, ...] = ("Mail",),
) -> DeskSide:
    """The desk of 200 people; all tickets of a day come at nine."""
    by_clock = hourly({at_hour(day, 9): count for day, count in counts.items()}, UTC)
    day_zero = live if live and went_live else max(live or TODAY, TODAY + timedelta(days=1))
    forecast = None if since is None else load(by_clock.by_day, since, day_zero, TODAY)
    return DeskSide(NOW, UTC, live, went_live, 200, Asked("x", services, ()), by_clock, since, forecast, services)


def steady(first: date, last: date, count: int) -> dict[date, int]:
    return {first + timedelta(days=n): count for n in range((last - first).days + 1)}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("live", [ago(60), ago(27), ago(10), TODAY])
def test_the_load_of_now_is_that_of_four_weeks_at_most_and_of_no_day_before_go_live(live):
    begin = max(live, ago(27))
    counts = steady(SINCE, begin - timedelta(days=1), 90) | steady(begin, TODAY, 2)
    assert rate_now(a_side(counts, live=live)) == pytest.approx(100 * 7 * 2 / 200)


def test_before_a_go_live_or_without_a_known_ticket_there_is_no_load_of_now():
    counts = steady(SINCE, TODAY, 2)
    assert rate_now(a_side(counts, went_live=False)) is None
    assert rate_now(a_side(counts, live=None, went_live=False)) is None
    assert rate_now(a_side(counts, since=None)) is None


def test_the_load_before_go_live_is_known_with_the_base_and_people_alone():
    side = a_side(steady(SINCE, TODAY, 4))
    assert rate_before(side) == pytest.approx(100 * 7 * 4 / 200, rel=0.1)
    assert rate_before(replace(side, people=0)) is None
    assert rate_before(replace(side, forecast=None)) is None


@pytest.mark.parametrize(
    ("live", "went_live", "since", "count"),
    [
        (ago(1), True, SINCE, 7),
        (TODAY, True, SINCE, None),
        (ago(1), False, SINCE, None),
        (ago(1), True, None, None),
        (None, False, SINCE, None),
        (ago(3), True, SINCE, 0),
    ],
)
def test_the_first_workday_is_counted_once_it_is_over(live, went_live, since, count):
    side = a_side({ago(1): 7, TODAY: 3}, live=live, went_live=went_live, since=since)
    assert side.first_day == count


NO_BASE = "no tickets from before go-live: nobody can say what is normal"
TOO_FEW = "fewer than 14 days from before go-live are known: nobody can say what is normal"


@pytest.mark.parametrize(
    ("live", "since", "services", "said"),
    [
        (LIVE, None, ("Mail",), "no ticket is known that belongs to it: import tickets of Mail"),
        (LIVE, None, (), "no ticket is known that belongs to it: import tickets, and name its service"),
        (ago(10), ago(10), ("Mail",), NO_BASE),
        (ago(10), ago(11), ("Mail",), TOO_FEW),
        (TODAY, TODAY, ("Mail",), NO_BASE),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=1), ("Mail",), TOO_FEW),
        (None, ago(5), ("Mail",), TOO_FEW),
    ],
)
def test_why_nobody_can_say_what_is_normal_is_said(live, since, services, said):
    assert why_unknown(a_side({}, live=live, since=since, services=services)) == said


def test_the_last_days_are_those_since_go_live_that_are_over_beside_the_base():
    counts = steady(SINCE, ago(4), 3) | {ago(3): 5, ago(1): 6, TODAY: 9}
    side = a_side(counts, live=ago(3))
    assert side.forecast is not None
    base = side.forecast.base
    assert last_days(side, 14) == ((5, base), (0, base), (6, base))
    assert last_days(side, 2) == ((0, base), (6, base))
    assert last_days(replace(side, forecast=None), 14) == ()
    assert last_days(a_side(counts, live=ago(3), went_live=False), 14) == ()


def test_six_weeks_are_shown_and_none_of_them_from_before_all_tickets_are_known():
    counts = steady(SINCE, TODAY, 3)
    shown = load_view(a_side(counts), ())
    assert [day for day, _ in shown.counted_days] == [ago(n) for n in range(41, -1, -1)]
    assert [point.day for point in shown.days] == [ago(n) for n in range(41, -1, -1)]
    assert load_view(a_side(counts, since=ago(9)), ()).counted_days[0] == (ago(9), 3)


def test_a_day_without_tickets_has_24_hours_of_none():
    shown = load_view(a_side(steady(SINCE, ago(1), 3)), ())
    assert (shown.today, shown.counted_hours) == (0, (0,) * 24)


def test_when_the_tickets_of_today_come_says_nothing_of_when_they_were_expected():
    earlier = {at_hour(day, 9): count for day, count in steady(SINCE, ago(1), 20).items()}
    side = a_side(steady(SINCE, ago(1), 20))
    night, work = (
        load_view(replace(side, by_clock=hourly(earlier | {at_hour(TODAY, hour): 400}, UTC)), ()) for hour in (3, 9)
    )
    assert night.so_far is not None
    assert night.so_far == work.so_far
    assert side.forecast is not None
    assert night.so_far.expected > 0.9 * side.forecast.today.expected, "by two all that come at nine were to come"


def test_tickets_of_the_client_that_do_not_belong_to_it_are_no_load_of_nothing(desk):
    named = of_service(a_service(desk)).live(LIVE).on(desk)
    an_initiative().with_audience("all", 10).live(LIVE).named("BARE").on(desk)
    tickets(desk, named, SINCE, TODAY, 5, service="Printing")
    mail, bare = (golive.golive(open_session(desk), code).load for code in ("MFA", "BARE"))
    assert (mail.today, mail.base) == (0, pytest.approx(0, abs=0.1)), (
        "Mail has none, and its client's tickets are known"
    )
    assert (bare.today, bare.base) == (None, None)
    assert bare.unknown == "no ticket is known that belongs to it: import tickets, and name its service"


def test_a_planned_go_live_that_has_passed_is_still_to_come_for_the_load(desk):
    planned = of_service(a_service(desk)).planned_for(ago(20)).on(desk)
    tickets(desk, planned, ago(70), TODAY, 20)
    shown = golive.golive(open_session(desk), "MFA").load
    assert shown.base == pytest.approx(20 * 5.4 / 7, rel=0.15)
    assert (shown.excess, shown.per_hundred_now) == (None, None)


def test_an_initiative_without_a_day_of_go_live_has_its_load_and_no_first_workday(desk):
    undated = of_service(a_service(desk)).planned_for(None).on(desk)
    tickets(desk, undated, ago(50), TODAY, 20)
    seen = golive.golive(open_session(desk), "MFA")
    assert seen.load.base == pytest.approx(20 * 5.4 / 7, rel=0.15)
    assert (seen.day_one, seen.first_day) == (None, None)


def test_what_was_foretold_of_a_first_workday_does_not_know_the_surge_that_came(desk):
    live = ago(28)
    named = of_service(a_service(desk)).live(live).on(desk)
    tickets(desk, named, live - timedelta(days=56), TODAY, 20, live=live, surge=4)
    seen = golive.golive(open_session(desk), "MFA")
    assert seen.day_one is not None
    assert seen.day_one.base == pytest.approx(20, rel=0.2)


@pytest.mark.parametrize(
    ("live", "spans"),
    [
        (None, [(ago(56), None)]),
        (TODAY + timedelta(days=9), [(ago(56), None)]),
        (ago(9), [(ago(65), None)]),
        (ago(LONGEST), [(ago(LONGEST + 56), None)]),
        (ago(LONGEST + 1), [(ago(LONGEST + 57), ago(LONGEST + 1)), (ago(LONGEST - 1), None)]),
    ],
)
def test_asked_for_are_the_eight_weeks_before_a_go_live_and_at_most_the_last_half_year_after_it(desk, live, spans):
    made = of_service(a_service(desk))
    (made.live(live) if live and live < TODAY else made.planned_for(live)).on(desk)
    session = open_session(desk)
    asked = tickets_asked(desk.reader(), known_initiative(session, "MFA"), NOW, UTC)
    soon = NOW + timedelta(seconds=1)
    assert asked.spans == tuple((at_hour(first, 0), at_hour(last, 0) if last else soon) for first, last in spans)
