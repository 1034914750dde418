"""Dates and figures as people say them."""

from datetime import date

import pytest

from changedesk.domain.saying import count, day_month, in_days, percent, signed_days

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


def test_days_carry_their_sign():
    assert [signed_days(n) for n in (23, 0, -2, 1200, None)] == ["+23 d", "0 d", "-2 d", "+1,200 d", "?"]


def test_percentages_are_whole_points_and_unknown_is_a_question_mark():
    assert [percent(x) for x in (41.2, 40.5, 0.0, 100.0, None)] == ["41 %", "41 %", "0 %", "100 %", "?"]


def test_thousands_have_a_comma():
    assert [count(n) for n in (0, 999, 1240, None)] == ["0", "999", "1,240", "?"]
