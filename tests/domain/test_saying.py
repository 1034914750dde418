"""Dates and figures as people say them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from changedesk.domain.saying import (
    as_sentence,
    closed,
    count,
    day_month,
    day_time,
    from_to,
    go_live_said,
    go_live_verb,
    in_days,
    in_hours,
    length,
    percent,
    share_said,
    signed_days,
    whole,
)

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 26), "today"),
        (date(2026, 11, 27), "tomorrow"),
        (date(2026, 11, 25), "yesterday"),
        (date(2026, 12, 2), "in 6 d"),
        (date(2026, 11, 14), "12 d ago"),
        (date(2023, 11, 26), "1,096 d ago"),
        (None, "?"),
    ],
)
def test_a_day_is_said_by_its_distance(day, said):
    assert in_days(day, TODAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 12, 2), "Wed 2 Dec"), (date(2027, 1, 31), "Sun 31 Jan 2027"), (None, "?")],
)
def test_a_day_is_named_with_its_year_only_when_it_is_another(day, said):
    assert day_month(day, TODAY) == said


def test_a_planned_go_live_that_has_passed_is_not_said_to_come():
    days = (date(2026, 11, 25), TODAY, date(2026, 11, 27))
    assert [go_live_verb(day, TODAY, went_live=False) for day in days] == ["was to go live", "goes live", "goes live"]
    assert go_live_verb(days[0], TODAY, went_live=True) == "went live"


@pytest.mark.fault("F13")
@pytest.mark.parametrize(
    ("zone", "first", "apart", "said"),
    [
        ("Europe/Dublin", "2026-10-25T00:30Z", 60, ["Sun 25 Oct 01:30 IST", "Sun 25 Oct 01:30 GMT"]),
        ("America/New_York", "2026-11-01T05:30Z", 60, ["Sun 1 Nov 01:30 EDT", "Sun 1 Nov 01:30 EST"]),
        ("Australia/Lord_Howe", "2026-04-04T14:45Z", 30, ["Sun 5 Apr 01:45 +11", "Sun 5 Apr 01:45 +1030"]),
        ("Europe/Dublin", "2026-10-25T02:00Z", 60, ["Sun 25 Oct 02:00", "Sun 25 Oct 03:00"]),
        ("Europe/Dublin", "2026-03-29T00:30Z", 60, ["Sun 29 Mar 00:30", "Sun 29 Mar 02:30"]),
    ],
)
def test_of_an_hour_that_comes_twice_it_is_said_which_one_it_is(zone, first, apart, said):
    moments = [datetime.fromisoformat(first) + timedelta(minutes=apart * n) for n in range(2)]
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert [day_time(moment, ZoneInfo(zone), now) for moment in moments] == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "1 min"), (59, "59 min"), (60, "1 h"), (48 * 60 - 1, "47 h"), (48 * 60, "2 d"), (-125, "2 h")],
)
def test_a_length_is_said_in_its_largest_fitting_unit_whichever_way_it_runs(minutes, said):
    assert length(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("hours", "said"), [(0.4, "0.4 h"), (6, "6 h"), (9.96, "10 h"), (26.7, "27 h"), (95.9, "96 h"), (1080.2, "1,080 h")]
)
def test_how_long_something_took_is_said_to_the_nearest_hour_and_never_cut(hours, said):
    assert in_hours(hours) == said


def test_days_carry_their_sign():
    assert [signed_days(n) for n in (23, 0, -2, 1200, None)] == ["+23 d", "0 d", "-2 d", "+1,200 d", "?"]
    assert [signed_days(n, "day", "days") for n in (-1, 0, 7)] == ["-1 day", "0 days", "+7 days"]


def test_percentages_are_whole_points_and_unknown_is_a_question_mark():
    assert [percent(x) for x in (41.2, 40.5, 0.0, 100.0, None)] == ["41 %", "41 %", "0 %", "100 %", "?"]


def test_all_of_it_is_only_said_of_all_of_it():
    assert [percent(x) for x in (99.4, 99.5, 99.99, 100 - 1e-12, 100.4, 140.0)] == [
        "99 %",
        "99 %",
        "99 %",
        "100 %",
        "100 %",
        "140 %",
    ]
    assert [share_said(x) for x in (0.997, 1.0, 0.405, None)] == ["99 %", "100 %", "41 %", "?"]


def test_thousands_have_a_comma():
    assert [count(n) for n in (0, 999, 1240, None)] == ["0", "999", "1,240", "?"]


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (datetime(2026, 12, 2, 22, 30, tzinfo=UTC), "Wed 2 Dec 22:00 to 23:30"),
        (datetime(2026, 12, 2, 23, 0, tzinfo=UTC), "Wed 2 Dec 22:00 to Thu 3 Dec 00:00"),
        (datetime(2027, 1, 1, 12, 0, tzinfo=UTC), "Wed 2 Dec 22:00 to Fri 1 Jan 2027 13:00"),
    ],
)
def test_a_time_is_said_by_the_clock_of_its_zone_with_the_day_of_its_end_where_that_is_another(end, said):
    start, now = datetime(2026, 12, 2, 21, 0, tzinfo=UTC), datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
    assert from_to(start, end, ZoneInfo("Europe/Berlin"), now) == said


def test_figures_are_whole_with_their_unit():
    assert [whole(x, "h") for x in (1240.4, 0.0, None)] == ["1,240 h", "0 h", "?"]
    assert whole(35.5) == "36"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("saved: risk Vendor late", "Saved: risk Vendor late."),
        ("closed: entry Not on my phone.", "Closed: entry Not on my phone."),
        ("it holds; McRae signs", "It holds; McRae signs."),
        ("is it there?", "Is it there?"),
        ("", ""),
    ],
)
def test_words_become_a_sentence_with_one_capital_and_one_full_stop(words: str, sentence: str):
    assert as_sentence(words) == sentence


def test_a_login_at_the_beginning_of_a_sentence_stays_as_it_is_written():
    assert as_sentence("sam may not edit this change", "sam") == "sam may not edit this change.", "a login stays"
    assert as_sentence("samples are missing", "sam") == "Samples are missing."
    assert closed("root takes care of it") == "root takes care of it."
    assert closed("root takes care of it ") == "root takes care of it."
    assert closed("root takes care of it.") == "root takes care of it."


def test_a_day_that_has_passed_on_which_nothing_went_live_was_planned():
    today = date(2026, 11, 26)
    assert (
        go_live_said(date(2026, 11, 3), today, went_live=False, cancelled=False)
        == "go-live planned Tue 3 Nov, 23 d ago"
    )
    assert go_live_said(today, today, went_live=False, cancelled=False) == "go-live Thu 26 Nov, today"
    assert go_live_said(date(2026, 11, 3), today, went_live=True, cancelled=False) == "went live Tue 3 Nov, 23 d ago"
