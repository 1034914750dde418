"""Planned beside actual, said as a person would."""

from datetime import timedelta

import pytest

from builders import NOW
from changedesk.domain.control.looking_back import Compared, UseThen, said_downtime, said_late, said_minutes, said_use
from changedesk.domain.proportion import Proportion


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (None, "?"), (0, "0 min"), (59.4, "59 min"), (60, "1 h"), (181, "3 h 1 min"), (2879, "47 h 59 min"),
        (2880, "2 d"), (30 * 1440, "30 d"),
    ],
)  # fmt: skip
def test_minutes_are_said_in_the_unit_that_fits_them(minutes, said):
    assert said_minutes(minutes) == said


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (None, ""), (timedelta(seconds=-20), "on time"), (timedelta(seconds=20), "on time"),
        (timedelta(minutes=1), "1 min late"), (timedelta(minutes=-125), "2 h 5 min early"),
    ],
)  # fmt: skip
def test_a_difference_says_its_direction_and_less_than_a_minute_is_none(late, said):
    assert said_late(late) == said


def test_a_moment_that_nobody_planned_or_that_has_not_come_is_neither_late_nor_early():
    assert Compared("Started", NOW, NOW + timedelta(hours=1)).late == timedelta(hours=1)
    assert Compared("Started", None, NOW).late is None
    assert Compared("Started", NOW, None).late is None


def test_downtime_is_said_where_either_side_is_known():
    assert said_downtime(None, None) == "nobody has said"
    assert said_downtime(10, None) == "10 min planned, ? it was"
    assert said_downtime(None, 25) == "? planned, 25 min it was"


def test_use_that_nobody_has_looked_at_is_unknown_and_what_is_to_come_is_said_so():
    use = (
        UseThen(0, Proportion(2, 5), to_come=False),
        UseThen(30, None, to_come=False),
        UseThen(90, None, to_come=True),
    )
    assert said_use(use).endswith("at the change, ? after 30 d, to come after 90 d")
