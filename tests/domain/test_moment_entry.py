"""Moments as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.moment_entry import moment_said, moment_written, parse_moment

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fri 14:00", "2026-11-27T14:00"),
        ("Fri, 14:59", "2026-11-27T14:59"),
        ("2 dec 6:05", "2026-12-02T06:05"),
        ("2026-12-02T06:00", "2026-12-02T06:00"),
        ("2026-12-02 06:00:00", "2026-12-02T06:00"),
        ("0:00", "2026-11-22T00:00"),
        ("23:30", "2026-11-22T23:30"),
        ("24:00", "2026-11-23T00:00"),
        ("31 dec 24:00", "2027-01-01T00:00"),
    ],
)
def test_a_moment_is_what_a_person_means(text: str, meant: str) -> None:
    assert parse_moment(text, SUNDAY) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "text",
    ["", "14", "fri", "14:60", "25:00", "24:01", "36:00", "soon 14:00", "fri14:00", "fri 14:00:30", "fri 14:00 x"],
)
def test_what_is_no_moment_is_unknown(text: str) -> None:
    assert parse_moment(text, SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22:01", "2026-12-01T22:01"),
        ("22:00", "2026-12-02T22:00"),
        ("1 dec 22:00", "2026-12-01T22:00"),
    ],
)
def test_only_a_time_without_a_day_is_moved_behind_what_begins_before_it(text: str, meant: str) -> None:
    assert parse_moment(text, SUNDAY, datetime.fromisoformat("2026-12-01T22:00")) == datetime.fromisoformat(meant)


@given(st.datetimes(), st.dates())
def test_a_moment_written_is_read_as_the_same_minute_on_any_day(moment: datetime, today: date) -> None:
    minute = moment.replace(second=0, microsecond=0)
    assert parse_moment(moment_written(moment), today) == minute
    assert parse_moment(minute.isoformat(), today) == minute


def test_a_moment_is_said_exactly_and_with_its_distance() -> None:
    moment = datetime.fromisoformat("2026-11-27T06:05")
    assert moment_said(moment, SUNDAY) == "Fri 27 Nov 2026, in 5 d, 06:05"
    assert moment_written(moment) == "27 Nov 2026 06:05"
