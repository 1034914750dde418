"""Rules of recurrence as people write them, and as they read them."""

from __future__ import annotations

from calendar import day_name
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.recurrence_entry import USUAL, in_short, rule_read, rule_said
from changedesk.domain.control.recurrence_rule import parse_rule, plain_rule, refuse_rule
from changedesk.domain.field_entry import entered, written
from changedesk.domain.kinds.kind import Recurrence

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("daily", "FREQ=DAILY"),
        ("every day", "FREQ=DAILY"),
        ("Weekly", "FREQ=WEEKLY"),
        ("every sun", "FREQ=WEEKLY;BYDAY=SU"),
        ("every Monday and thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("every 2 weeks on mo, wed", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ("first sun", "FREQ=MONTHLY;BYDAY=1SU"),
        ("the last friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every year until 31 dec 2030", "FREQ=YEARLY;UNTIL=20301231"),
        ("monthly 6 times", "FREQ=MONTHLY;COUNT=6"),
        ("yearly", "FREQ=YEARLY"),
        ("every month on the 25th", "FREQ=MONTHLY;BYMONTHDAY=25"),
        ("every 2 months on the 1st, 15 and last day", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15,-1"),
        ("every month on the 05th", "FREQ=MONTHLY;BYMONTHDAY=5"),
        ("every 1 week", "FREQ=WEEKLY"),
        ("freq=weekly; byday=su", "FREQ=WEEKLY;BYDAY=SU"),
    ],
)
def test_what_a_person_means_is_a_rule(text, rule):
    assert rule_read(text, TODAY) == rule
    assert refuse_rule(rule) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now and then",
        "every",
        "every blue moon",
        "first sun, mon",
        "every sun until soon",
        "every 0 days",
        "every month on the 32nd",
        "every month on sun",
        "every month on the",
        "every month on the 0th",
        "every year on sun",
        "every 2 weeks on blue",
        "every 2 weeks on m",
        "every m",
        "first",
        "first moon",
    ],
)
def test_what_is_no_rule_is_none(text):
    assert rule_read(text, TODAY) is None


@pytest.mark.parametrize("text", USUAL)
def test_what_is_offered_can_be_read(text):
    assert rule_said(rule_read(text, TODAY) or "") == text


@pytest.mark.parametrize(("place", "number"), [("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("last", -1)])
def test_a_month_has_four_places_and_a_last_one_for_each_weekday(place, number):
    for name in day_name:
        rule = f"FREQ=MONTHLY;BYDAY={number}{name[:2].upper()}"
        assert (rule_read(f"{place} {name}", TODAY), rule_said(rule)) == (rule, f"{place} {name}")


weekdays = st.lists(st.sampled_from(("MO", "TU", "WE", "TH", "FR", "SA", "SU")), min_size=1, max_size=4, unique=True)


@given(
    st.one_of(
        st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 9), weekdays.map(",".join)),
        st.builds(
            "FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from(("1", "2", "3", "4", "-1")), st.sampled_from(("MO", "SU"))
        ),
        st.builds(
            "FREQ={};INTERVAL={}".format, st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")), st.integers(1, 30)
        ),
        st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.integers(1, 31)),
        st.just("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ),
    st.sampled_from(("", ";UNTIL=20301231", ";COUNT=3", ";UNTIL=20301231T220000Z")),
)
def test_what_stands_in_a_field_means_the_same_when_it_is_read_again(rule, end):
    shown = written(Recurrence(), rule + end)
    again = entered(Recurrence(), shown, TODAY)
    assert again.problem == ""
    assert parse_rule(again.value) == parse_rule(plain_rule(rule + end))


def test_a_field_says_how_a_rule_is_written():
    entry = entered(Recurrence(), "sometimes", TODAY)
    assert (entry.value, entry.problem.startswith("This is no rule: write daily, every sun")) == ("sometimes", True)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TH", "every Monday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "every 2 weeks on Monday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "last Friday"),
        ("FREQ=DAILY;COUNT=3", "every day 3 times"),
        ("FREQ=YEARLY;UNTIL=20301231", "every year until 31 Dec 2030"),
    ],
)
def test_a_rule_is_said_in_words(rule, said):
    assert rule_said(rule) == said
    assert rule_read(said, TODAY) == rule


@pytest.mark.parametrize(
    "rule",
    [
        "sometimes",
        "FREQ=YEARLY;UNTIL=20301231T220000Z",
        "FREQ=YEARLY;BYMONTH=3",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,-2",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5SU",
        "FREQ=MONTHLY;BYDAY=1SU,3SU",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU",
        "FREQ=YEARLY;BYDAY=1SU",
    ],
)
def test_a_rule_without_words_as_exact_stays_as_it_is(rule):
    assert rule_said(rule) == rule


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "every month on the 25th"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,2,3,11,-1", "every month on the 1st, 2nd, 3rd, 11th and last day"),
        ("FREQ=MONTHLY;BYMONTHDAY=12,13,21,23", "every month on the 12th, 13th, 21st and 23rd"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=22;COUNT=4", "every 3 months on the 22nd 4 times"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "FREQ=MONTHLY;BYMONTHDAY=-2"),
    ],
)
def test_days_of_a_month_are_said_by_their_number_and_read_again(rule, said):
    assert rule_said(rule) == said
    assert rule_read(said, TODAY) == rule


@pytest.mark.parametrize(
    ("said", "short"),
    [
        ("every Tuesday and Thursday", "every Tue and Thu"),
        ("every Sunday", "every Sunday"),
        ("every month on the 27th", "monthly on the 27th"),
        ("first Saturday", "first Saturday"),
        ("FREQ=YEARLY;BYMONTH=2", "FREQ=YEARLY;BYMONTH=2"),
    ],
)
def test_a_narrow_column_has_a_rule_in_short(said: str, short: str):
    assert in_short(said) == short
