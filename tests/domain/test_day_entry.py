"""Days as people write them."""

from __future__ import annotations

from calendar import day_name, month_name
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.day_entry import LOOK_BACK, day_said, day_written, parse_day

SUNDAY = date(2026, 11, 22)
TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", date(2026, 11, 22)),
        ("Tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("sun", date(2026, 11, 29)),
        ("next fri", date(2026, 11, 27)),
        ("last fri", date(2026, 11, 20)),
        ("last sun", date(2026, 11, 15)),
        ("+2w", date(2026, 12, 6)),
        ("2w", date(2026, 12, 6)),
        ("-3d", date(2026, 11, 19)),
        ("+1m", date(2026, 12, 22)),
        ("+1y", date(2027, 11, 22)),
        ("+ 10 d", date(2026, 12, 2)),
        ("2 dec", date(2026, 12, 2)),
        ("2 DEC", date(2026, 12, 2)),
        ("2. dec.", date(2026, 12, 2)),
        ("2dec", date(2026, 12, 2)),
        ("dec 2", date(2026, 12, 2)),
        ("2 december", date(2026, 12, 2)),
        ("Dec 2, 2027", date(2027, 12, 2)),
        ("2 dec 2027", date(2027, 12, 2)),
        ("Wed 2 Dec 2026", date(2026, 12, 2)),
        ("  wed 2 dec ", date(2026, 12, 2)),
        ("2026-12-02", date(2026, 12, 2)),
        ("eom", date(2026, 11, 30)),
        ("29 feb", date(2028, 2, 29)),
    ],
)
def test_a_day_is_what_a_person_means(text, meant):
    assert parse_day(text, SUNDAY) == meant


@pytest.mark.parametrize("letters", [3, 4, 9])
def test_weekdays_and_months_are_known_by_their_names_and_by_how_these_begin(letters):
    assert [parse_day(name[:letters], SUNDAY) for name in day_name] == [SUNDAY + timedelta(days=n) for n in range(1, 8)]
    assert [parse_day(f"1 {name[:letters]} 2027", SUNDAY) for name in month_name[1:]] == [
        date(2027, month, 1) for month in range(1, 13)
    ]


@pytest.mark.parametrize("name", [*day_name, *(f"1 {name}" for name in month_name[1:])])
def test_a_name_with_a_letter_too_many_is_no_day(name):
    assert parse_day(f"{name}x", SUNDAY) is None


def test_where_the_calendar_ends_there_is_no_such_day():
    assert parse_day("29 feb", date(9998, 6, 1)) is None
    assert parse_day("1 feb", date(9999, 12, 1)) is None
    assert parse_day("30 dec", date(9999, 12, 1)) == date(9999, 12, 30)


def test_a_step_counts_from_the_day_that_is_moved_and_a_named_day_from_today():
    begun = date(2027, 3, 1)
    assert parse_day("+2w", SUNDAY, steps_from=begun) == date(2027, 3, 15)
    assert parse_day("-3d", SUNDAY, steps_from=begun) == date(2027, 2, 26)
    assert parse_day("fri", SUNDAY, steps_from=begun) == parse_day("fri", SUNDAY)
    assert parse_day("tomorrow", SUNDAY, steps_from=begun) == parse_day("tomorrow", SUNDAY)


def test_next_friday_is_the_one_of_the_next_week():
    assert (parse_day("fri", TUESDAY), parse_day("next fri", TUESDAY)) == (date(2026, 11, 27), date(2026, 12, 4))


def test_a_weekday_is_never_today():
    assert parse_day("tue", TUESDAY) == TUESDAY + timedelta(days=7)
    assert parse_day("last tue", TUESDAY) == TUESDAY - timedelta(days=7)


def test_a_month_later_stays_inside_the_month():
    assert parse_day("+1m", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("+1y", date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_day_without_a_year_may_lie_close_behind_but_not_far():
    assert parse_day("1 nov", SUNDAY) == date(2026, 11, 1)
    assert parse_day("1 jun", SUNDAY) == date(2027, 6, 1)
    assert parse_day("22 aug", SUNDAY) == SUNDAY - LOOK_BACK
    assert parse_day("21 aug", SUNDAY) == date(2027, 8, 21)
    assert parse_day("29 feb", date(1896, 7, 1)) == date(1904, 2, 29), "1900 had none"


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "soon", "fr", "31 feb", "2026-02-30", "32 dec", "blue fri", "2 de", "+", "w", "+99999y", "9999999d"],
)
def test_what_is_no_day_is_unknown(text):
    assert parse_day(text, SUNDAY) is None


@given(st.text(), st.dates())
def test_any_text_on_any_day_gives_a_day_or_nothing(text, today):
    assert isinstance(parse_day(text, today), date | None)


@given(st.dates(), st.dates())
def test_a_day_written_is_read_as_the_same_day_on_any_other(day, today):
    assert parse_day(day_written(day), today) == day
    assert parse_day(day.isoformat(), today) == day


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.integers(1, 28), st.integers(1, 12))
def test_a_day_without_a_year_is_never_further_back_than_three_months(today, day, month):
    meant = parse_day(f"{day} {date(2000, month, 1):%b}", today)
    assert meant is not None
    assert -LOOK_BACK <= meant - today <= timedelta(days=366)


@given(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), st.dates(date(1900, 1, 1), date(2199, 1, 1)))
def test_a_weekday_comes_within_a_week(name, today):
    meant = parse_day(name, today)
    assert meant is not None
    assert 1 <= (meant - today).days <= 7
    assert f"{meant:%a}".casefold() == name


def test_a_day_is_said_exactly_and_with_its_distance():
    assert day_said(date(2026, 11, 27), SUNDAY) == "Fri 27 Nov 2026, in 5 d"
    assert day_said(date(2027, 1, 4), SUNDAY) == "Mon 4 Jan 2027, in 43 d"
