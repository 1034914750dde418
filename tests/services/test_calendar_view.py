"""The calendar of a stretch of time: what lies on it, for whom, by whose clock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled

from builders import NOW, as_person, found, record
from changedesk.cli.control.planning import Asked
from changedesk.cli.control.planning import calendar as say_calendar
from changedesk.errors import BadInput, Denied
from changedesk.services.control.calendar.business import holiday_windows
from changedesk.services.control.calendar.page import calendar
from changedesk.services.control.calendar.people_load import many_groups, people_load
from changedesk.services.records import records
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.scope import Scope
from effort import with_effort

MONTH = (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, "alder", "birch") as desk:
        record(desk, "client", code="cedar", name="Cedar", timezone="Australia/Sydney")
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def test_it_holds_what_touches_the_time_and_nothing_else(desk, owner):
    number = scheduled(desk)
    ask_for(desk)  # a draft is nobody's plan yet
    scheduled(desk, start=START + timedelta(days=60))
    a_window(owner, title="Audit", start="2026-12-27T22:00:00", end="2026-12-29T00:00:00")
    a_window(owner, title="Later", start="2026-12-28T00:00:00", end="2026-12-29T00:00:00")
    a_window(
        owner,
        title="Sundays",
        kind="maintenance",
        start="2026-11-01T01:00:00",
        end="2026-11-01T03:00:00",
        rrule="FREQ=WEEKLY",
    )
    view = calendar(owner, *MONTH)
    assert [change.number for change in view.changes] == [number]
    assert [span.title for span in view.spans] == ["Sundays"] * 5 + ["Audit"]
    assert [window.title for window in view.windows.values()] == ["Sundays", "Audit"]
    assert [client.code for client in view.clients] == ["alder", "birch", "cedar"]


def test_holidays_of_either_kind_are_days_by_the_clock_of_their_client(owner):
    blank = records.blank(owner, "holidays")
    records.save(owner, "holidays", blank, {"client": "cedar", "date": "2026-12-25", "title": "Christmas Day"})
    a_window(
        owner,
        client="cedar",
        kind="holiday",
        title="Boxing Day",
        start="2026-12-26T00:00:00",
        end="2026-12-27T00:00:00",
    )
    spans = calendar(owner, *MONTH).spans
    assert [(span.title, span.start, span.end) for span in spans] == [
        ("Christmas Day", datetime(2026, 12, 24, 13, tzinfo=UTC), datetime(2026, 12, 25, 13, tzinfo=UTC)),
        ("Boxing Day", datetime(2026, 12, 25, 13, tzinfo=UTC), datetime(2026, 12, 26, 13, tzinfo=UTC)),
    ]


def test_the_next_holiday_by_a_window_is_named_first_and_one_that_is_over_or_of_a_service_is_not(owner):
    yearly = {"kind": "holiday", "rrule": "FREQ=YEARLY"}
    a_window(owner, title="Midsummer", start="2020-06-24T00:00:00", end="2020-06-25T00:00:00", **yearly)
    over = {"kind": "holiday", "rrule": "FREQ=YEARLY;UNTIL=20230101T000000Z"}
    a_window(owner, title="Jubilee", start="2021-05-01T00:00:00", end="2021-05-02T00:00:00", **over)
    a_window(owner, kind="holiday", title="Founders' day", start="2026-12-01T00:00:00", end="2026-12-02T00:00:00")
    of_one = {"kind": "holiday", "scope": "service:Scans"}
    a_window(owner, title="Scanner rests", start="2026-12-03T00:00:00", end="2026-12-04T00:00:00", **of_one)
    assert holiday_windows(owner) == ("Founders' day", "Midsummer")


@pytest.mark.parametrize("year", range(2024, 2031))
def test_a_window_keeps_its_hours_through_the_weeks_in_which_clocks_change(owner, year):
    night = {"start": "2023-01-01T01:00:00", "end": "2023-01-01T05:00:00", "rrule": "FREQ=WEEKLY;BYDAY=SU"}
    a_window(owner, client="cedar", kind="maintenance", title="Sunday", **night)
    view = calendar(owner, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    zone = view.clients[-1].zone
    assert {span.start.astimezone(zone).hour for span in view.spans} == {1}
    assert {span.end - span.start for span in view.spans} == {timedelta(hours=4)}
    assert len({span.start.astimezone(zone).utcoffset() for span in view.spans}) == 2


def test_somebody_sees_the_windows_of_every_client_and_no_other_clients_changes(desk, owner):
    mine, theirs = scheduled(desk), scheduled(desk, "birch")
    a_window(owner, client="", title="Everybody", kind="freeze_soft")
    a_window(owner, client="birch", title="Theirs", kind="freeze_soft")
    view = calendar(as_person(desk, "alder.does"), *MONTH)
    assert [change.number for change in view.changes] == [mine]
    assert [span.title for span in view.spans] == ["Everybody"]
    assert theirs not in str(view)
    with pytest.raises(Denied):
        calendar(as_person(desk, "alder.does"), *MONTH, "birch")
    with pytest.raises(BadInput, match="no client yew in view"):
        calendar(owner, *MONTH, "yew")


def test_somebody_in_two_places_is_seen_without_telling_of_the_other_client(desk):
    mine = scheduled(desk, implementer="shared")
    theirs = scheduled(desk, "birch", implementer="shared")
    (collision,) = calendar(as_person(desk, "alder.manager"), *MONTH).collisions
    assert collision.sentence == f"shared does {mine} and another client's change at the same time"
    assert theirs not in str(collision)
    (both,) = calendar(open_session(desk), *MONTH).collisions
    assert both.sentence == f"shared does alder/{mine} and birch/{theirs} at the same time"


def test_the_command_line_says_all_of_it_for_programs(desk, owner, capsys):
    one, other = scheduled(desk), scheduled(desk, start=START + timedelta(minutes=30))
    a_window(owner, title="Billing", kind="freeze_soft")
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="MFA", go_live_planned="2026-12-02")
    record(desk, "audience", initiative_id=initiative, name="nurses", headcount=10)
    assert say_calendar(owner, "alder", 5, Asked(("network",), 1.5, None), True) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {
        "as_of",
        "from",
        "until",
        "clients",
        "windows",
        "changes",
        "conflicts",
        "load",
        "earliest_feasible",
    }
    assert (said["from"], said["until"]) == ("2026-11-23T00:00:00Z", "2026-12-28T00:00:00Z")
    assert said["windows"][0] == {
        "client": "alder", "kind": "freeze_soft", "service": None, "title": "Billing",
        "start": "2026-12-01T00:00:00Z", "end": "2026-12-05T00:00:00Z",
    }  # fmt: skip
    assert [change["number"] for change in said["changes"]] == [one, other]
    assert [conflict["kind"] for conflict in said["conflicts"]] == ["freeze_soft", "service", "person", "freeze_soft"]
    assert said["load"][0]["sources"] == [{"initiative": "MFA", "load": 5.0, "why": "go-live"}]
    (answer,) = said["earliest_feasible"]
    assert answer["minutes"] == 90
    assert answer["lead_time"] == {"n": 2, "open": 0, "p50_business_hours": 0.0, "p80_business_hours": 0.0}
    assert answer["feasible"]["start"] == "2026-11-26T14:15:00Z"


def test_and_for_people_in_the_words_of_the_rules(desk, owner, capsys):
    number = scheduled(desk)
    a_window(owner, client="cedar", title="Peak", start="2026-12-01T00:00:00", end="2026-12-05T00:00:00")
    say_calendar(owner, None, 5, Asked((), 1, None), False)
    said = " ".join(capsys.readouterr().out.split())
    for words in (
        "Tue 1 Dec 00:00 Sat 5 Dec 00:00 cedar hard freeze Peak",
        f"Tue 1 Dec 22:00 Tue 1 Dec 23:00 alder {number} scheduled network Firewall rules",
        "What does not go together: none",
        "cedar, times of Australia/Sydney Next free",
        "No normal change of birch was submitted here in 365 days",
    ):
        assert words in said
    with pytest.raises(BadInput, match="a number of hours"):
        say_calendar(owner, None, 5, Asked((), float("nan"), None), False)


def test_a_quick_look_says_how_many_groups_it_has_left_out(desk, owner, monkeypatch):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="MFA", go_live_planned="2026-12-02")
    for name in ("nurses", "clerks"):
        record(desk, "audience", initiative_id=initiative, name=name, headcount=100)
    whole = calendar(owner, *MONTH)
    assert whole.weeks
    assert calendar(owner, *MONTH, quick=True) == whole
    monkeypatch.setattr("changedesk.services.control.calendar.people_load.MANY", 1)
    quick = calendar(owner, *MONTH, quick=True)
    assert (quick.weeks, quick.unread, quick.spans) == ((), 2, whole.spans)
    assert calendar(owner, *MONTH, "birch", quick=True).unread == 0
    assert calendar(owner, *MONTH) == whole


@pytest.mark.parametrize(
    ("first", "last", "mondays"),
    [
        (date(2026, 11, 30), date(2026, 12, 6), [date(2026, 11, 30)]),
        (date(2026, 11, 29), date(2026, 12, 7), [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 7)]),
        (date(2026, 12, 9), date(2026, 12, 1), [date(2026, 12, 7)]),
    ],
)
@pytest.mark.parametrize("starts", ["2026-11-01", None])
def test_people_are_looked_at_in_whole_weeks_the_last_to_its_sunday(desk, first, last, mondays, starts):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="MFA")
    record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    sunday = (mondays[-1] + timedelta(days=6)).isoformat()
    record(desk, "activity", initiative_id=initiative, lane="people", phase="training", title="Train",
           planned_start=starts or sunday, planned_end=sunday)  # fmt: skip
    weeks = people_load(desk.reader(), Scope(None), first, last)
    assert [week.week for week in weeks] == mondays
    assert [week.week for week in weeks if week.load] == (mondays if starts else mondays[-1:])


def test_of_two_thousand_groups_none_is_left_out(desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="MFA")
    with desk.write("the test") as transaction:
        transaction.conn.executemany(
            f"INSERT INTO audience (id, initiative_id, name, headcount) VALUES (?, '{initiative}', ?, 1)",
            [(f"A{n:025}", f"Group {n}") for n in range(2000)],
        )
        transaction.record("test.made", "x", {})
    assert many_groups(desk.reader(), Scope(None)) == 0
    record(desk, "audience", initiative_id=initiative, name="one more", headcount=1)
    assert many_groups(desk.reader(), Scope(None)) == 2001


def test_a_bigger_desk_is_read_in_time(desk, owner):
    rows = [
        (
            f"{n:026}",
            f"N{n}",
            f"2026-{month:02}-{day:02}T{hour:02}:00:00Z",
            f"2026-{month:02}-{day:02}T{hour + 1:02}:00:00Z",
        )
        for n, (month, day, hour) in enumerate(
            (m, d, h) for m in range(1, 13) for d in range(1, 29) for h in range(2, 18)
        )
    ]
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    with desk.write("the test") as transaction:
        transaction.conn.executemany(
            "INSERT INTO change_request (id, client_id, number, title, path, services, planned_start, planned_end, state, plan)"
            f" VALUES (?, '{client}', ?, 'x', 'normal', 'a;b', ?, ?, 'closed', '{'plan ' * 500}')",
            rows,
        )
        transaction.conn.executemany(
            "INSERT INTO time_window (id, client_id, kind, title, starts_at, ends_at, rrule)"
            f" VALUES (?, '{client}', 'maintenance', ?, '2020-01-05T01:00:00Z', '2020-01-05T03:00:00Z', 'FREQ=WEEKLY')",
            [(f"W{n:025}", f"W{n}") for n in range(500)],
        )
        transaction.record("test.made", "x", {})
    view, work = with_effort(lambda: calendar(owner, *MONTH))
    assert (len(view.spans), len(view.changes) > 400) == (2_500, True)
    assert work < 20
    assert MONTH[1] > NOW
