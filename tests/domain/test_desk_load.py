"""Tickets as a service desk sees them: urgency, age, hours of the day, reasons, and what lies in whose window."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.early_life import desk_load as load
from changedesk.domain.early_life.desk_load import ChangeWindow, Ticket

NOW = datetime(2026, 11, 26, 14, tzinfo=UTC)


def a_ticket(hours_ago: float = 1, resolved_after: float | None = None, **more: str) -> Ticket:
    opened = NOW - timedelta(hours=hours_ago)
    resolved = None if resolved_after is None else opened + timedelta(hours=resolved_after)
    known = {"priority": None, "category": None, "service": None, "state": None, "title": None} | more
    return Ticket("T", opened, resolved, audience=None, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("1", 1), ("P2", 2), ("p 3", 3), ("3 - Moderate", 3), ("Critical", 1), ("Highest", 1), ("High", 2), ("Medium", 3),
        ("Low", 4), ("Lowest", 5), ("Major", 2), ("", None), (None, None), ("whatever", None), ("12", None), ("6", None),
        ("urgent", 1), ("Blocker", 1), ("EMERGENCY", 1), (" moderate ", 3), ("Normal", 3), ("minor", 4), ("trivial", 5),
        ("Planning", 5), ("Very low", 5), (" p1", 1), ("5", 5), ("0", None), ("P2x", None),
    ],
)  # fmt: skip
def test_a_priority_is_read_in_the_words_of_many_tools(text: str | None, rank: int | None) -> None:
    assert load.priority_rank(text) == rank


def test_a_ticket_is_open_until_it_is_resolved_or_its_state_says_so() -> None:
    assert a_ticket().is_open(NOW)
    assert not a_ticket(2, 1).is_open(NOW)
    assert a_ticket(2, 3).is_open(NOW)
    assert not a_ticket(state="Closed").is_open(NOW)
    assert a_ticket(state="Awaiting User Info").is_open(NOW)
    assert a_ticket(3, 2).hours == 2
    assert a_ticket(3, -1).hours is None


@pytest.mark.parametrize(
    "state",
    [
        "closed", " Resolved ", "done", "Completed", "complete", "solved", "Cancelled", "canceled", "rejected", "Duplicate",
        "Won't do", "closed complete", "Closed Incomplete",
    ],
)  # fmt: skip
def test_what_its_tool_calls_over_is_not_open_whatever_that_tool_calls_it(state: str) -> None:
    assert not a_ticket(state=state).is_open(NOW)
    assert a_ticket(2, 3, state=state).is_open(NOW), "its time of resolution says more than its state"


def test_a_ticket_is_over_from_the_moment_of_its_resolution() -> None:
    assert not a_ticket(2, 2).is_open(NOW)
    assert a_ticket(3, 0).hours == 0


@pytest.mark.parametrize(
    ("hours", "band"),
    [(0, "under 4 h"), (3.99, "under 4 h"), (4, "4 to 24 h"), (23.99, "4 to 24 h"), (24, "1 to 3 d"), (71.99, "1 to 3 d"),
     (72, "over 3 d"), (9999, "over 3 d")],
)  # fmt: skip
def test_an_age_falls_into_one_band(hours: float, band: str) -> None:
    assert load.age_band(timedelta(hours=hours)) == band


def test_open_tickets_of_a_rank_are_told_by_age_in_every_band_and_with_the_oldest() -> None:
    tickets = [a_ticket(5, priority="2"), a_ticket(90, priority="High"), a_ticket(1), a_ticket(9, 1, priority="1")]
    urgent, unknown = load.open_by_rank(tickets, NOW)
    assert (urgent.rank, urgent.count, urgent.oldest) == (2, 2, NOW - timedelta(hours=90))
    assert urgent.by_age == (("under 4 h", 0), ("4 to 24 h", 1), ("1 to 3 d", 0), ("over 3 d", 1))
    assert (unknown.rank, unknown.count) == (None, 1), "what says nothing that is known comes last"


@given(st.lists(st.tuples(st.sampled_from(["1", "2", None, "x"]), st.floats(0, 500)), max_size=40))
def test_open_tickets_are_counted_once_each_the_most_urgent_first(rows: list[tuple[str | None, float]]) -> None:
    tickets = [a_ticket(age, **({"priority": rank} if rank else {})) for rank, age in rows]
    found = load.open_by_rank(tickets, NOW)
    assert sum(group.count for group in found) == len(rows)
    assert [group.rank for group in found] == sorted({load.priority_rank(r) for r, _ in rows}, key=lambda r: r or 9)
    for group in found:
        assert sum(count for _, count in group.by_age) == group.count


@given(st.lists(st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=60))
def test_every_ticket_falls_into_one_hour_of_one_day_of_its_zone(moments: list[datetime]) -> None:
    found = load.hourly(Counter(moments), ZoneInfo("Australia/Sydney"))
    assert sum(found.by_day.values()) == len(moments) == sum(map(sum, found.by_hour.values()))
    assert all(len(hours) == 24 and sum(hours) == found.by_day[day] for day, hours in found.by_hour.items())


def test_a_day_is_the_day_of_whoever_called() -> None:
    found = load.hourly({datetime(2026, 11, 25, 20, tzinfo=UTC): 1}, ZoneInfo("Australia/Sydney"))
    assert found.by_day == {date(2026, 11, 26): 1}
    assert found.by_hour[date(2026, 11, 26)][7] == 1


@pytest.mark.requirement("R13")
def test_load_is_told_per_hundred_people_and_week() -> None:
    assert load.per_hundred_a_week(14, 7, 200) == pytest.approx(7)
    assert load.per_hundred_a_week(14, 0, 200) is load.per_hundred_a_week(14, 7, 0) is None


def test_times_are_medians_and_a_slow_tenth() -> None:
    found = load.resolution_times([a_ticket(50, hours) for hours in (1, 2, 3, 40)])
    assert found is not None
    assert (found.n, found.median) == (4, 2.5)
    assert found.p90 == pytest.approx(28.9)
    assert load.resolution_times([a_ticket()]) is None


def test_reasons_are_categories_or_titles() -> None:
    found = load.reasons(
        [a_ticket(category="sign-in"), a_ticket(category="sign-in"), a_ticket(title="Slow"), a_ticket()]
    )
    assert found == [("sign-in", 2), ("Slow", 1), ("without a reason", 1)]
    assert load.reasons([a_ticket(category="b", title="z"), a_ticket(category="a")]) == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    ("minutes", "inside"), [(-1, False), (0, True), (60, True), (60 + 24 * 60, True), (61 + 24 * 60, False)]
)
def test_a_window_reaches_from_its_begin_to_a_day_after_its_end(minutes: int, inside: bool) -> None:
    window = ChangeWindow("C", "Mail", NOW, NOW + timedelta(hours=1), frozenset())
    ticket = replace(a_ticket(), opened_at=NOW + timedelta(minutes=minutes))
    assert bool(load.in_window_of(ticket, [window])) is inside
    assert load.counts_in_windows([ticket], [window]) == [int(inside)]


def test_a_ticket_tells_the_figures_of_its_service_what_they_ask() -> None:
    ticket = a_ticket(3, 2, service="mail", category="access", title="Slow")
    asked = ticket.as_incident
    assert (asked.service, asked.category, asked.title) == ("mail", "access", "Slow")
    assert (asked.opened_at, asked.resolved_at) == (ticket.opened_at, ticket.resolved_at)


def test_a_ticket_in_the_window_of_a_change_is_said_to_be_there_and_no_more() -> None:
    windows = [
        ChangeWindow("C1", "Mail", NOW - timedelta(hours=3), NOW - timedelta(hours=2), frozenset({"mail"})),
        ChangeWindow("C2", "All", NOW - timedelta(days=9), NOW - timedelta(days=8), frozenset()),
    ]
    assert [w.number for w in load.in_window_of(a_ticket(1, service="mail"), windows)] == ["C1"]
    assert [w.number for w in load.in_window_of(a_ticket(1, service="Mail"), windows)] == ["C1"], (
        "tools write it both ways"
    )
    assert [w.number for w in load.in_window_of(a_ticket(1), windows)] == ["C1"]
    assert load.in_window_of(a_ticket(1, service="files"), windows) == ()
    assert load.in_window_of(a_ticket(4, service="mail"), windows) == ()
    assert load.in_window_of(a_ticket(7 * 24 + 1, service="files"), windows)[0].number == "C2"


@given(
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from([None, "", "mail", "Mail", "files"])), max_size=30),
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(-5, 60), st.sets(st.sampled_from(["MAIL", "files", "x"]))),
        max_size=6,
    ),
)
def test_what_came_in_each_window_is_counted_as_it_is_said_of_each_ticket(
    came: list[tuple[int, str | None]], changes: list[tuple[int, int, set[str]]]
) -> None:
    tickets = [replace(a_ticket(hours), service=service) for hours, service in came]
    windows = [
        ChangeWindow(f"C{n}", "", NOW - timedelta(hours=ago), NOW - timedelta(hours=ago - takes), frozenset(services))
        for n, (ago, takes, services) in enumerate(changes)
    ]
    one_by_one = [sum(bool(load.in_window_of(ticket, [window])) for ticket in tickets) for window in windows]
    assert load.counts_in_windows(tickets, windows) == one_by_one
