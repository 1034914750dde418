"""Days left out of a series: the parts that are left fall on every other day, and on no more."""

# ruff: noqa: DTZ001  times by the clock on the wall, whichever

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.recurrence_rule import refuse_rule
from changedesk.interchange.recurrence import occurrences
from changedesk.interchange.series import Series, same_clock, without

FIRST = datetime(2026, 11, 4, 22)
RULES = (
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU",
    "FREQ=MONTHLY;BYDAY=1WE,-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31,4",
    "FREQ=YEARLY",
)
ENDS = ("", ";COUNT=9", ";UNTIL=20270115", ";UNTIL=20270104T220000Z", ";UNTIL=20270104T120000")


def falls_on(series: Series) -> list[date]:
    start, since = series.first.replace(tzinfo=UTC), FIRST.replace(tzinfo=UTC)
    found = occurrences(start, start + timedelta(hours=1), series.rule, UTC, since, since + timedelta(days=400))
    return [begin.date() for begin, _ in found]


offsets_of_days = st.sets(st.integers(0, 90), max_size=6)
places_in_series = st.sets(st.integers(0, 12), max_size=4)


@given(st.sampled_from(RULES), st.sampled_from(ENDS), offsets_of_days, places_in_series)
def test_the_parts_fall_on_every_day_that_is_not_left_out(rule, end, offsets, places):
    whole = falls_on(Series(FIRST, rule + end))
    left_out = {FIRST.date() + timedelta(days=days) for days in offsets} | {
        whole[at] for at in places if at < len(whole)
    }
    parts = without(FIRST, rule + end, left_out, UTC)
    assert all(part.rule is None or refuse_rule(part.rule) is None for part in parts)
    found = [day for part in parts for day in falls_on(part)]
    assert found == [day for day in whole if day not in left_out]


def test_by_hand():
    parts = without(FIRST, "FREQ=WEEKLY;COUNT=5", {date(2026, 11, 11)}, UTC)
    assert parts == (
        Series(FIRST, None),
        Series(datetime(2026, 11, 18, 22), "FREQ=WEEKLY;UNTIL=20261202T220000"),
    )
    assert without(FIRST, "FREQ=WEEKLY;COUNT=2", {date(2026, 11, 4), date(2026, 11, 11)}, UTC) == ()


def test_clocks_that_show_the_same_time_are_the_same():
    now = datetime(2026, 11, 26, tzinfo=UTC)
    assert same_clock(ZoneInfo("Europe/Dublin"), ZoneInfo("Europe/London"), now)
    assert not same_clock(ZoneInfo("Europe/Dublin"), ZoneInfo("UTC"), now)
    assert not same_clock(ZoneInfo("Australia/Brisbane"), ZoneInfo("Australia/Sydney"), now)
