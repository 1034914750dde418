"""The computer's own clock goes by the season of each moment, not of today."""

# ruff: noqa: DTZ001  times by the clock on the wall

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from changedesk.services.own_clock import OWN_CLOCK

ZONES = {
    "Europe/Dublin": "Europe/Dublin",
    "Australia/Sydney": "Australia/Sydney",
    "America/St_Johns": "America/St_Johns",
    "Asia/Kolkata": "Asia/Kolkata",
    "CET-1CEST,M3.5.0,M10.5.0/3": "Europe/Berlin",
}


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch) -> Iterator[ZoneInfo]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield ZoneInfo(ZONES[request.param])
    monkeypatch.undo()
    time.tzset()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(minutes=st.integers(0, 10 * 366 * 24 * 60))
def test_it_shows_what_the_wall_shows_and_leads_back(zone, minutes):
    known = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    local = known.astimezone(OWN_CLOCK)
    there = known.astimezone(zone)
    assert local.replace(tzinfo=None) == there.replace(tzinfo=None)
    assert (local.utcoffset(), local.tzname(), local.fold) == (there.utcoffset(), there.tzname(), there.fold)
    assert local.astimezone(UTC) == known


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wall=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), fold=st.sampled_from((0, 1)))
@example(wall=datetime(2026, 3, 29, 1, 30), fold=0)
@example(wall=datetime(2026, 10, 4, 2, 15), fold=0)
@example(wall=datetime(2026, 10, 25, 1, 30), fold=1)
def test_a_time_on_the_wall_is_the_same_moment_also_where_the_clock_skips_it_or_shows_it_twice(zone, wall, fold):
    moments = [wall.replace(tzinfo=clock, fold=fold).astimezone(UTC) for clock in (OWN_CLOCK, zone)]
    assert moments[0] == moments[1]


@pytest.mark.parametrize("zone", ["Europe/Dublin"], indirect=True)
def test_an_hour_that_comes_twice_is_two_hours(zone):
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)
    shown = [moment.astimezone(OWN_CLOCK) for moment in (first, again)]
    assert [f"{moment:%H:%M %Z}" for moment in shown] == ["01:30 IST", "01:30 GMT"]
    assert [moment.fold for moment in shown] == [0, 1]
    assert copy.copy(shown[1]).astimezone(UTC) == again


def test_no_time_has_no_offset():
    assert (OWN_CLOCK.utcoffset(None), OWN_CLOCK.tzname(None), OWN_CLOCK.dst(None)) == (None, None, None)
