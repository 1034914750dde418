"""Recurring windows: the rules that are followed, by the clock on the wall, also in the weeks in which clocks change."""

# ruff: noqa: DTZ001  times by the clock on the wall, whichever

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.control.recurrence_rule import Rule, parse_rule, refuse_rule
from changedesk.interchange.recurrence import days, occurrences
from effort import with_effort

DUBLIN = ZoneInfo("Europe/Dublin")
SYDNEY = ZoneInfo("Australia/Sydney")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
UTC_ZONE = ZoneInfo("UTC")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

firsts = st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))


def between(start: datetime, hours: float, rule: str | None, zone: ZoneInfo, since: datetime, until: datetime):
    """The begins and ends by the clock on the wall of the zone, in which times without one are written."""
    start, since, until = (at if at.tzinfo else at.replace(tzinfo=zone) for at in (start, since, until))
    found = occurrences(start, start + timedelta(hours=hours), rule, zone, since, until)
    return [tuple(moment.astimezone(zone).replace(tzinfo=None) for moment in pair) for pair in found]


@st.composite
def rules(draw) -> str:
    """Rules of every frequency, with whatever may stand beside it."""
    frequency = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        which = st.sampled_from(("", "1", "2", "-1", "5") if frequency in ("MONTHLY", "YEARLY") else ("",))
        days = draw(st.lists(st.tuples(which, st.sampled_from(WEEKDAYS)), min_size=1, max_size=3))
        parts.append(f"BYDAY={','.join(number + day for number, day in days)}")
    if frequency != "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3))
        parts.append(f"BYMONTHDAY={','.join(map(str, days))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={','.join(map(str, draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))))}")
    if any(part.startswith(("BYDAY", "BYMONTHDAY")) for part in parts) and frequency != "DAILY" and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from((1, 2, -1)))}")
    if frequency == "WEEKLY":
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join(parts)


def is_named(rule: Rule, first: date, day: date) -> bool:
    """Whether a rule names a day, read from the text of RFC 5545 for that day alone, with no regard to the interval."""
    length = monthrange(day.year, day.month)[1]
    by_day = bool(rule.weekdays or rule.month_days)
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.weekdays:
        in_year = rule.frequency == "YEARLY" and not rule.months
        place = day.timetuple().tm_yday if in_year else day.day
        left = (date(day.year, 12, 31) - day).days if in_year else length - day.day
        names = {(0, day.weekday()), ((place + 6) // 7, day.weekday()), (-(left // 7 + 1), day.weekday())}
        return bool(names & set(rule.weekdays))
    if rule.frequency == "YEARLY" and not by_day and not rule.months and day.month != first.month:
        return False
    if rule.frequency == "WEEKLY" and not by_day:
        return day.weekday() == first.weekday()
    return rule.frequency == "DAILY" or by_day or day.day == first.day


def period_of(rule: Rule, first: date, day: date) -> int:
    """The number of the day's period, counted from that of the first window."""
    match rule.frequency:
        case "DAILY":
            return (day - first).days
        case "WEEKLY":
            week = first - timedelta(days=(first.weekday() - rule.week_start) % 7)
            return (day - week).days // 7
        case "MONTHLY":
            return (day.year - first.year) * 12 + day.month - first.month
        case _:
            return day.year - first.year


def days_by_the_standard(rule: Rule, first: date, since: date, until: date) -> list[date]:
    """The days from one to another, both included, judged one by one; places are counted in whole periods."""
    periods: dict[int, list[date]] = {}
    for offset in range((since - first).days - 366, (until - first).days + 367):
        day = first + timedelta(days=offset)
        if (period := period_of(rule, first, day)) >= 0 and period % rule.interval == 0 and is_named(rule, first, day):
            periods.setdefault(period, []).append(day)
    if rule.positions:
        periods = {
            period: [day for at, day in enumerate(some) if at + 1 in rule.positions or at - len(some) in rule.positions]
            for period, some in periods.items()
        }
    return [day for some in periods.values() for day in some if max(first, since) <= day <= until]


@given(rules(), firsts, st.integers(0, 900), st.integers(1, 200))
def test_the_days_are_those_that_the_standard_names_one_by_one(rule, first, later, length):
    since, until = first.date() + timedelta(days=later), first.date() + timedelta(days=later + length)
    followed = parse_rule(rule)
    found = list(days(followed, first.date(), since, until))
    assert found == days_by_the_standard(followed, first.date(), since, until)


@given(rules(), firsts, st.integers(0, 3000))
def test_a_year_is_the_same_whether_it_is_looked_at_alone_or_with_those_before_it(rule, first, later):
    followed, day = parse_rule(rule), first.date() + timedelta(days=later)
    whole = [found for found in days(followed, first.date(), first.date(), day) if found.year == day.year]
    assert whole == list(days(followed, first.date(), date(day.year, 1, 1), day))


def test_every_monday_beside_the_first_sunday_means_either():
    rule, first = "FREQ=MONTHLY;BYDAY=MO,1SU", datetime(2026, 11, 1)
    found = [start.day for start, _ in between(first, 1, rule, UTC_ZONE, first, first + timedelta(days=30))]
    assert found == [1, 2, 9, 16, 23, 30]


def test_a_place_in_the_week_is_counted_from_its_first_day_also_in_the_week_of_the_first_window():
    """From Saturday 1 February on, the first of Monday and Tuesday in weeks that begin on Tuesday: Tuesdays."""
    rule, first = "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1;WKST=TU", datetime(2020, 2, 1)
    found = [start.date() for start, _ in between(first, 1, rule, UTC_ZONE, first, first + timedelta(days=12))]
    assert found == [date(2020, 2, 1), date(2020, 2, 4), date(2020, 2, 11)]


@pytest.mark.parametrize("zone", [DUBLIN, SYDNEY, NEW_YORK], ids=lambda zone: zone.key)
@given(data=st.data())
def test_a_window_begins_at_the_same_hour_on_the_wall_all_year_and_lasts_as_long(zone, data):
    hour, hours = data.draw(st.integers(4, 23)), data.draw(st.integers(1, 12))
    start = datetime(2026, 1, 4, hour, tzinfo=zone)
    year = occurrences(start, start + timedelta(hours=hours), "FREQ=DAILY", zone, start, start + timedelta(days=366))
    for begin, end in year:
        assert begin.astimezone(zone).hour == hour
        assert end - begin == timedelta(hours=hours)


@pytest.mark.fault("F13")
@pytest.mark.parametrize("zone", [DUBLIN, NEW_YORK, LORD_HOWE], ids=lambda zone: zone.key)
@given(quarter=st.integers(0, 15), hours=st.sampled_from((0.5, 1, 3, 12)))
def test_a_window_by_night_comes_once_a_day_as_long_also_when_its_hour_is_skipped_or_comes_twice(zone, quarter, hours):
    start, length = datetime(2026, 1, 4, quarter // 4, quarter % 4 * 15, tzinfo=zone), timedelta(hours=hours)
    year = list(occurrences(start, start + length, "FREQ=DAILY", zone, start, start + timedelta(days=365)))
    assert [begin.astimezone(zone).date() for begin, _ in year] == [date(2026, 1, 4) + timedelta(n) for n in range(365)]
    assert {end - begin for begin, end in year} == {length}
    moved = [begin.astimezone(zone) for begin, _ in year if begin.astimezone(zone).time() != start.time()]
    for local in moved:
        wanted = datetime.combine(local.date(), start.time(), zone)
        assert wanted.astimezone(UTC).astimezone(zone) == local, "it comes as if the clock had not gone on yet"
    assert len(moved) <= 1


def test_whole_days_stay_whole_when_clocks_change():
    start = datetime(2026, 3, 1, tzinfo=DUBLIN)
    spans = [
        tuple(moment.astimezone(DUBLIN) for moment in pair)
        for pair in occurrences(
            start, start + timedelta(days=1), "FREQ=WEEKLY;BYDAY=SU", DUBLIN, start, start + timedelta(days=40)
        )
    ]
    assert all(begin.hour == end.hour == 0 and end.date() - begin.date() == timedelta(days=1) for begin, end in spans)
    assert {(end - begin.astimezone(UTC)) for begin, end in spans} == {timedelta(hours=24), timedelta(hours=23)}


def test_a_time_that_a_clock_skips_is_taken_as_if_it_had_not_changed_yet():
    start = datetime(2026, 3, 22, 1, 30, tzinfo=DUBLIN)
    at = [
        b
        for b, _ in occurrences(
            start, start + timedelta(hours=1), "FREQ=WEEKLY", DUBLIN, start, start + timedelta(days=15)
        )
    ]
    assert [f"{moment:%m-%d %H:%M}" for moment in at] == ["03-22 01:30", "03-29 01:30", "04-05 00:30"]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20260405T120000Z", 5),  # noon in UTC is ten at night in Sydney, where the window of the 5th begins
        ("20260405T115959Z", 4),
        ("20260405", 5),
        ("20260405T215959", 4),
        ("20260405T220000", 5),
    ],
)
def test_the_end_of_a_rule_is_read_by_its_own_clock(until, last):
    start = datetime(2026, 4, 1, 22, tzinfo=SYDNEY)
    found = between(start, 1, f"FREQ=DAILY;UNTIL={until}", SYDNEY, start, start + timedelta(days=30))
    assert found[-1][0] == datetime(2026, 4, last, 22)


def test_the_window_itself_is_the_first_of_a_count():
    start = datetime(2026, 11, 25, 22, tzinfo=DUBLIN)  # a Wednesday
    found = between(start, 1, "FREQ=WEEKLY;BYDAY=SU;COUNT=3", DUBLIN, start, start + timedelta(days=100))
    assert [begin.date() for begin, _ in found] == [date(2026, 11, 25), date(2026, 11, 29), date(2026, 12, 6)]
    later = start + timedelta(days=5)
    assert between(start, 1, "FREQ=WEEKLY;BYDAY=SU;COUNT=3", DUBLIN, later, later + timedelta(days=90)) == found[2:]


def test_a_long_window_is_found_by_any_moment_of_it():
    start = datetime(2020, 12, 18, 18, tzinfo=DUBLIN)
    since = datetime(2027, 1, 3, tzinfo=UTC)
    found = between(start, 18 * 24, "FREQ=YEARLY", DUBLIN, since, since + timedelta(hours=1))
    assert found == [(datetime(2026, 12, 18, 18), datetime(2027, 1, 5, 18))]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=HOURLY", "FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY"),
        ("BYDAY=SU", "FREQ is one of"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL is a whole number from 1 to 1000"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL is a whole number"),
        ("FREQ=DAILY;COUNT=99999999999", "COUNT is a whole number from 1 to 1000"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "both COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=20261340", "UNTIL is a day or a time"),
        ("FREQ=WEEKLY;BYDAY=1MO", "not of FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY are weekdays"),
        ("FREQ=MONTHLY;BYDAY=6SU", "which no month or year has"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY are whole numbers from 1 to 31, or -1 to -31 from the end"),
        ("FREQ=YEARLY;BYMONTH=-1", "BYMONTH are whole numbers from 1 to 12"),
        ("FREQ=MONTHLY;BYSETPOS=1", "neither is there"),
        ("FREQ=WEEKLY;WKST=XX", "WKST is one of"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ twice"),
        ("FREQ=DAILY;;", "an empty part"),
        ("FREQ=DAILY;X-Y=1", "it has X-Y; its parts are"),
        ("RRULE:FREQ=DAILY", "it has RRULE:FREQ"),
        ("FREQ=DAILY\nRRULE:FREQ=DAILY", "FREQ is one of"),
        ("FREQ=DAILY;BYDAY=" + "SU," * 300, "at most 500"),
    ],
)
def test_what_cannot_be_followed_is_refused_in_words(rule, said):
    assert said in (refuse_rule(rule) or "")


def test_a_rule_may_end_as_a_line_of_parts_does_and_be_as_long_as_it_is_said():
    assert parse_rule("FREQ=DAILY;") == parse_rule("FREQ=DAILY")
    assert parse_rule("FREQ=DAILY".ljust(500)) == parse_rule("FREQ=DAILY")
    assert refuse_rule("FREQ=DAILY".ljust(501)) == "it has 501 characters; at most 500 are taken"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    ],
)
def test_a_rule_that_never_falls_on_a_day_costs_no_time(rule):
    start = datetime(1900, 1, 2, tzinfo=UTC)
    spring = (datetime(2190, 1, 1, tzinfo=UTC), datetime(2190, 3, 1, tzinfo=UTC))
    times, work = with_effort(lambda: between(start, 1, rule, UTC_ZONE, *spring))
    assert times == []
    assert work < 20


PIECES = (
    "FREQ=DAILY", "FREQ=", "INTERVAL=0", "INTERVAL=2", "INTERVAL=99999999999", "BYDAY=MO", "BYDAY=-5FR", "BYDAY=XX",
    "BYMONTHDAY=31", "BYMONTHDAY=-31", "BYMONTH=2", "BYMONTH=13", "BYSETPOS=-1", "COUNT=0", "COUNT=3", "UNTIL=20261224",
    "UNTIL=20269999T000000Z", "WKST=SU", "BYHOUR=3", "X=1", "",
)  # fmt: skip
written = st.builds(
    lambda frequency, more: ";".join((f"FREQ={frequency}", *more)),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.lists(st.sampled_from(PIECES), max_size=3),
)


@given(st.text(max_size=60) | written)
def test_any_text_of_a_file_is_refused_in_words_or_followed(text):
    said = refuse_rule(text)
    if said is not None:
        assert said.strip()
        return
    start, end = datetime(2026, 12, 1, 22), datetime(2027, 3, 1)
    found = between(start, 1, text, DUBLIN, start, end)
    assert found == sorted(found)
    assert all(start <= begins < closes <= end + timedelta(hours=1) for begins, closes in found)
