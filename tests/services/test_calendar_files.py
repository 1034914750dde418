"""Calendars of other tools, in and out (RFC 5545)."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from calendar_desks import a_control_desk, a_window, scheduled, state_of

from builders import as_person, found, record
from changedesk.errors import BadInput, Denied, RefusedFile
from changedesk.intake.mapping import parse_map
from changedesk.services.imports.calendar_files import import_calendar
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import ImportReport, Wanted
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

sys.path.append(str(Path(__file__).parent.parent / "interchange"))
from ics_files import AT_TEN, calendar, event

SYDNEY = ZoneInfo("Australia/Sydney")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path) as desk:
        record(desk, "client", code="cedar", name="Cedar", timezone="Australia/Sydney")
        yield desk


@pytest.fixture
def owner(desk: Desk) -> Session:
    return open_session(desk)


def take(session: Session, *events: str, client: str | None = "alder", **more) -> ImportReport:
    file = session.desk.path.with_name("in.ics")
    file.write_bytes(calendar(*events))
    mapping = parse_map(more.pop("map").encode(), "map") if "map" in more else None
    return import_calendar(session, file, client=client, mapping=mapping, wanted=Wanted(**more))


def given(session: Session, kind: str = "windows", form: str = "ics", client: str | None = None) -> bytes:
    out = io.BytesIO()
    export(session, kind, form, out, client)
    return out.getvalue()


def rows(session: Session) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given(session, form="csv").decode())))


def short(session: Session) -> list[tuple[str, ...]]:
    return [(row["kind"], row["title"], row["start"], row["end"], row["rrule"]) for row in rows(session)]


def problems(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.problem) for one in report.problems]


# --- in


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("Maintenance", "maintenance"),
        ("freeze_soft", "freeze_soft"),
        ("Change Freeze", "freeze_hard"),
        ("Meeting,Public holiday", "holiday"),
    ],
)
def test_the_category_of_an_event_says_what_it_is(owner, category, kind):
    assert take(owner, event(*AT_TEN, category=category)).added == 1
    assert short(owner) == [(kind, "Night work", "2026-12-01T22:00:00Z", "2026-12-01T23:00:00Z", "")]
    again = take(owner, event(*AT_TEN, category=category))
    assert (again.kind, again.read, again.added, again.unchanged) == ("calendar", 1, 0, 1)


def test_calendars_of_others_call_it_by_many_names(owner):
    names = {
        "hard freeze": "freeze_hard", "Freeze": "freeze_hard", "Blackout": "freeze_hard", "Soft Freeze": "freeze_soft",
        "Maintenance window": "maintenance", "Holidays": "holiday", "Bank holiday": "holiday", "freeze_hard": "freeze_hard",
    }  # fmt: skip
    take(owner, *(event(*AT_TEN, uid=name, title=name, category=name) for name in names))
    assert {row["title"]: row["kind"] for row in rows(owner)} == names


def test_days_and_times_without_a_zone_are_by_the_clock_of_the_client(owner):
    take(
        owner,
        event("DTSTART;VALUE=DATE:20261225", uid="1", title="Christmas Day", category="Holiday"),
        event("DTSTART:20261004T013000", "DURATION:PT3H", uid="2"),
        event("DTSTART;TZID=Europe/Berlin:20261201T220000", "DURATION:PT90M", uid="3"),
        client="cedar",
    )
    assert short(owner) == [
        ("holiday", "Christmas Day", "2026-12-24T13:00:00Z", "2026-12-25T13:00:00Z", ""),
        # At two o'clock clocks go on to three in Sydney: three hours later it is half past five.
        ("maintenance", "Night work", "2026-10-03T15:30:00Z", "2026-10-03T18:30:00Z", ""),
        ("maintenance", "Night work", "2026-12-01T21:00:00Z", "2026-12-01T22:30:00Z", ""),
    ]


def test_a_series_with_days_left_out_and_moved_becomes_windows_that_say_the_same(owner):
    series = (
        "DTSTART;TZID=Europe/Dublin:20261104T220000", "DTEND;TZID=Europe/Dublin:20261104T230000",
        "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20270101T000000Z",
    )  # fmt: skip
    take(
        owner,
        event(*series, "EXDATE;TZID=Europe/Dublin:20261118T220000", "RDATE:20261224T220000Z"),
        event(
            "RECURRENCE-ID;TZID=Europe/Dublin:20261202T220000",
            "DTSTART;TZID=Europe/Dublin:20261203T060000",
            "DTEND;TZID=Europe/Dublin:20261203T070000",
            title="Early work",
        ),
    )
    assert short(owner) == [
        ("maintenance", "Early work", "2026-12-03T06:00:00Z", "2026-12-03T07:00:00Z", ""),
        ("maintenance", "Night work", "2026-11-04T22:00:00Z", "2026-11-04T23:00:00Z", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20261111T220000"),
        ("maintenance", "Night work", "2026-11-25T22:00:00Z", "2026-11-25T23:00:00Z", ""),
        ("maintenance", "Night work", "2026-12-09T22:00:00Z", "2026-12-09T23:00:00Z", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270101T000000"),
        ("maintenance", "Night work", "2026-12-24T22:00:00Z", "2026-12-24T23:00:00Z", ""),
    ]  # fmt: skip


def test_a_moved_time_that_is_cancelled_leaves_its_day_out(owner):
    series = ("DTSTART:20261201T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")
    gone = event("RECURRENCE-ID:20261202T220000", "DTSTART:20261202T220000", "STATUS:CANCELLED")
    report = take(owner, event(*series), gone)
    assert report.problems == ()
    assert [row["start"] for row in rows(owner)] == ["2026-12-01T22:00:00Z", "2026-12-03T22:00:00Z"]
    assert "is left out: it is cancelled" in report.warnings[0].problem


def test_what_is_left_out_without_a_title_is_told_by_its_line(owner):
    (warning,) = take(owner, event(*AT_TEN, "STATUS:Cancelled", title="")).warnings
    assert warning.row == 4
    assert warning.problem.startswith('"an event without a title" is left out: it is cancelled')


def test_a_series_of_which_no_day_is_left_is_left_out(owner):
    series = ("DTSTART:20261201T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20261201T220000")
    report = take(owner, event(*series), event(*AT_TEN, uid="2", title="Good"))
    assert [row["title"] for row in rows(owner)] == ["Good"]
    assert report.warnings[0].problem == '"Night work" is left out: no day of it is left'


def test_of_one_event_that_is_there_twice_the_newest_counts(owner):
    take(
        owner,
        event("DTSTART:20261201T230000Z", "DURATION:PT1H", "SEQUENCE:3"),
        event("DTSTART:20261201T220000Z", "DURATION:PT1H", "SEQUENCE:2"),
    )
    assert [row["start"] for row in rows(owner)] == ["2026-12-01T23:00:00Z"]


@pytest.mark.parametrize(
    ("lines", "column", "said"),
    [
        (("DTSTART;TZID=Foo/Bar:20261201T220000", "DURATION:PT1H"), "dtstart", 'the time zone "Foo/Bar" is not known'),
        (("DTSTART;TZID=Australia:20261201T220000", "DURATION:PT1H"), "start", "a time zone that is not known"),
        (("DTSTART:20261399T220000",), "dtstart", "DTSTART cannot be read"),
        (("DTEND:20261201T220000Z",), "start", "no DTSTART"),
        (("DTSTART:20261201T220000Z",), "end", "no DTEND and no DURATION"),
        (("DTSTART:20261201T220000Z", "DTEND:20261201T220000Z"), "end", "does not lie after start"),
        (("DTSTART:20261201T220000Z", "DTEND;VALUE=DATE:20261202"), "end", "not both days, or both times"),
        (("DTSTART:20261201T220000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY"), "rrule", "FREQ is one of"),
        (("DTSTART:20261201T220000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "rrule", "several rules"),
        (("DTSTART:20261201T220000Z", "DURATION:PT1H", "EXRULE:FREQ=DAILY"), "rrule", "EXRULE is not followed"),
        (
            ("DTSTART;TZID=America/New_York:20261201T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
            "rrule",
            "it recurs by the clock of America/New_York, and that of alder is Europe/Dublin",
        ),
        (("DTSTART:20261201T220000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"), "rrule", "it recurs by the clock of UTC"),
        (
            ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261202T220000Z", "DTSTART:20261202T220000Z", "DURATION:PT1H"),
            "rrule",
            "this and all later times",
        ),
        (("DTSTART:28991201T220000Z", "DURATION:PT1H"), "start", "is not between the years 1900 and 2199"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_a_window_is_refused_in_words_and_nothing_is_taken(owner, lines, column, said):
    report = take(owner, event(*AT_TEN, uid="0", title="Good"), event(*lines))
    problem = problems(report)[0]
    # The second event begins on the line after the seven of the first and the three of the calendar.
    assert problem[:2] == (11, column)
    assert said in problem[2]
    assert rows(owner) == []


def test_clocks_that_show_the_same_time_are_as_good_as_the_clients_own(owner):
    take(owner, event("DTSTART;TZID=Europe/London:20261201T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    take(owner, event("DTSTART;TZID=GMT Standard Time:20261203T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    assert len(rows(owner)) == 2


def test_an_event_without_a_known_category_says_what_would_help(owner):
    assert problems(take(owner, event(*AT_TEN, category="Party, late"))) == [
        (4, "kind", '"Party, late" does not say what it is; a map can (docs/profiles.md)')
    ]
    assert problems(take(owner, event(*AT_TEN, category=None)))[0][2].startswith("it has no CATEGORIES")


def test_a_map_says_what_their_categories_and_places_mean(owner):
    said = """
        kind = "windows"
        [columns]
        kind = "categories"
        scope = "location"
        [values.kind]
        "Change Advisory" = "freeze_soft"
        [values.scope]
        "Server room" = "service:servers"
        "Everywhere" = ""
        """
    report = take(
        owner,
        event(*AT_TEN, "LOCATION:Server room", category="Red,change advisory"),
        event(*AT_TEN, "LOCATION:Everywhere", uid="2"),
        map=said,
    )
    assert report.problems == ()
    assert [(row["kind"], row["scope"]) for row in rows(owner)] == [
        ("freeze_soft", "service:servers"),
        ("maintenance", ""),
    ]
    every = 'kind = "windows"\n[columns]\n[constants]\nkind = "holiday"\nclient = "cedar"\n'
    assert take(owner, event("DTSTART;VALUE=DATE:20270126", category=None), client=None, map=every).added == 1
    assert rows(owner)[-1]["client"] == "cedar"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ('kind = "people"\n[columns]\nlogin = "uid"\n', "is a map for people"),
        ('kind = "windows"\n[columns]\nstart = "dtstart"\n', "names start, which a calendar says itself"),
    ],
)
def test_a_map_that_says_what_a_calendar_says_itself_is_refused(owner, said, refused):
    with pytest.raises(BadInput, match=refused):
        take(owner, event(*AT_TEN), map=said)


def test_nobody_is_frozen_by_a_calendar_that_does_not_say_whose_it_is(owner):
    ((row, column, said),) = problems(take(owner, event(*AT_TEN), client=None))
    assert (row, column) == (4, "client")
    assert "--client" in said
    assert take(owner, event(*AT_TEN), client="").added == 1
    assert rows(owner)[0]["client"] == ""


def test_changes_stand_in_a_calendar_but_do_not_come_from_one(desk, owner):
    number = scheduled(desk)
    file = owner.desk.path.with_name("changes.ics")
    file.write_bytes(given(owner, "changes"))
    report = import_calendar(owner, file)
    assert (report.read, report.added) == (0, 0)
    assert [one.problem for one in report.warnings] == [
        f'"{number} Firewall rules" is left out: it is a change; changes come as CSV, with path and state (--kind changes)'
    ]


def test_a_freeze_from_a_calendar_takes_changes_back(desk, owner):
    number = scheduled(desk)
    report = take(
        owner, event("DTSTART;VALUE=DATE:20261130", "DTEND;VALUE=DATE:20261205", category="Freeze", title="Audit")
    )
    assert state_of(desk, number) == "authorizing"
    assert f"{number} waits again: the hard freeze Audit until Sat 5 Dec 00:00" in [
        one.problem for one in report.warnings
    ]


def test_a_dry_run_changes_nothing(desk, owner):
    before = found(desk, "SELECT max(seq) FROM audit")
    assert take(owner, event(*AT_TEN), dry_run=True).added == 1
    assert found(desk, "SELECT max(seq) FROM audit") == before


def test_only_whoever_may_import_imports(desk):
    with pytest.raises(Denied):
        take(as_person(desk, "alder.does"), event(*AT_TEN))
    report = take(as_person(desk, "alder.manager"), event(*AT_TEN), client="cedar")
    assert problems(report) == [(4, "client", "you have no access to client cedar")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it does not begin with BEGIN:VCALENDAR"),
        (b"\xef\xbb\xbf\r\n", "it does not begin with BEGIN:VCALENDAR"),
        (b"<html>", "it does not begin with BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "VEVENT does not end"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "ends what did not begin"),
        (b"BEGIN:VCALENDAR\r\nX:\xff\r\nEND:VCALENDAR\r\n", "not UTF-8"),
        (b"BEGIN:VCALENDAR\r\nX:\0\r\nEND:VCALENDAR\r\n", "NUL"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 9, "more than 8 deep"),
        (b"BEGIN:VCALENDAR\r\nX:" + b"x" * 20_001 + b"\r\nEND:VCALENDAR\r\n", "more than 20,000 characters"),
        (calendar(*[event(*AT_TEN)] * 5_001), "more than 5,000 events"),
        (calendar(event(*["X-Y:1"] * 2_001)), "more than 2,000 lines"),
    ],
    ids=lambda one: one if isinstance(one, str) else "file",
)
def test_a_file_that_is_no_calendar_or_too_much_of_one_is_refused(owner, data, said):
    file = owner.desk.path.with_name("in.ics")
    file.write_bytes(data)
    with pytest.raises(RefusedFile, match=said):
        import_calendar(owner, file, client="alder")


def test_the_rules_of_a_zone_that_the_file_describes_are_not_followed(owner):
    # Laid out, this rule would be looked for through eight thousand years.
    zone = (
        "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )
    file = owner.desk.path.with_name("in.ics")
    file.write_bytes(calendar(zone, event("DTSTART;TZID=Mine:20261201T220000", "DURATION:PT1H")))
    report = import_calendar(owner, file, client="alder")
    assert problems(report) == [(13, "dtstart", 'the time zone "Mine" is not known; write it as Europe/Helsinki')]


def test_text_that_acts_on_a_terminal_comes_in_harmless(owner):
    take(owner, event(*AT_TEN, title="\x1b]0;owned\x07=1+1\\n\u202eevil"))
    assert rows(owner)[0]["title"] == "]0;owned=1+1 evil"


# --- out


def read_back(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))  # type: ignore[arg-type]


def test_what_goes_out_is_a_calendar_that_others_read(desk, owner):
    a_window(owner, client="cedar", title="Weekly; with, all \\ of it", kind="maintenance", scope="service:till",
             start="2026-10-01T22:00:00", end="2026-10-02T02:00:00", rrule="FREQ=WEEKLY;BYDAY=TH;UNTIL=20261231")  # fmt: skip
    a_window(owner, client="", title="Everybody", start="2026-12-20T12:00:00", end="2026-12-21T12:00:00")
    data = given(owner)
    assert data == given(owner)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar_ = icalendar.Calendar.from_ical(data)
    assert [str(zone["TZID"]) for zone in calendar_.walk("VTIMEZONE")] == ["Australia/Sydney"]
    everybody, weekly = read_back(data)
    assert everybody.get("DTSTART").dt == datetime(2026, 12, 20, 12, tzinfo=UTC)
    assert str(weekly["SUMMARY"]) == "Weekly; with, all \\ of it"
    assert weekly["DTSTART"].dt == datetime(2026, 10, 1, 22, tzinfo=SYDNEY)
    assert weekly["RRULE"]["UNTIL"] == [datetime(2026, 12, 31, 12, 59, 59, tzinfo=UTC)]
    assert weekly["CATEGORIES"].cats == ["MAINTENANCE"]
    assert {str(one["UID"]) for one in (everybody, weekly)} == {
        f"{id_.lower()}@changedesk" for (id_,) in found(desk, "SELECT id FROM time_window")
    }


def test_a_calendar_that_went_out_comes_in_again_as_the_same_windows(desk, owner, tmp_path):
    night = {"client": "cedar", "start": "2026-10-01T22:00:00", "end": "2026-10-02T02:00:00"}
    day = {"client": "cedar", "start": "2026-10-04T00:00:00", "end": "2026-10-05T00:00:00"}
    a_window(owner, **day, kind="holiday", title="Holiday", rrule="FREQ=YEARLY")
    a_window(owner, **night, kind="maintenance", title="Nights", rrule="FREQ=MONTHLY;BYDAY=1TH;COUNT=4")
    a_window(owner, **night, title="Twice", scope="service:x", rrule="FREQ=DAILY;UNTIL=20261201T110000Z")
    a_window(owner, client="", title="All", start="2026-12-24T00:00:00", end="2026-12-27T00:00:00")
    a_window(owner, title="Alder", start="2026-12-24T00:00:00", end="2026-12-27T00:00:00")
    wanted, data = rows(owner), given(owner)
    file = tmp_path / "out.ics"
    file.write_bytes(data)
    (tmp_path / "other").mkdir()
    with a_control_desk(tmp_path / "other") as other:
        record(other, "client", code="cedar", name="Cedar", timezone="Australia/Sydney")
        report = import_calendar(open_session(other), file)
        assert report.problems == report.warnings == ()
        assert rows(open_session(other)) == wanted
    assert import_calendar(owner, file).unchanged == len(wanted)


@pytest.mark.fault("F13")
@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("Europe/Dublin", "2026-10-25T01:30:00+00:00", "2026-10-25T02:30:00+00:00"),
        ("Europe/Dublin", "2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"),
        ("Europe/Dublin", "2026-10-25T00:30:00+01:00", "2026-10-25T01:15:00+00:00"),
        ("Australia/Lord_Howe", "2026-04-05T01:45:00+10:30", "2026-04-05T03:00:00+10:30"),
        ("Atlantic/Azores", "2026-10-25T00:00:00+00:00", "2026-10-25T00:00:00-01:00"),
        ("Atlantic/Azores", "2026-10-25T00:00:00-01:00", "2026-10-26T00:00:00-01:00"),
    ],
)
@pytest.mark.parametrize("rule", ["", "FREQ=WEEKLY"])
def test_a_window_in_an_hour_that_comes_twice_goes_out_and_comes_in_as_the_same(desk, owner, zone, start, end, rule):
    record(desk, "client", code="far", name="Far", timezone=zone)
    a_window(owner, client="far", kind="maintenance", title="Night work", start=start, end=end, rrule=rule)
    file = owner.desk.path.with_name("out.ics")
    file.write_bytes(given(owner))
    again = import_calendar(owner, file)
    assert (again.problems, again.added, again.updated, again.unchanged) == ((), 0, 0, 1)


def test_the_same_window_changed_has_the_same_name_and_a_higher_sequence(owner):
    from changedesk.services.records import records

    saved = a_window(owner)
    (before,) = read_back(given(owner))
    records.save(owner, "windows", saved, saved.values | {"end": "2026-12-06T00:00:00"})
    (after,) = read_back(given(owner))
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTART"].dt == date(2026, 12, 1)


def test_changes_stand_in_their_planned_windows_with_what_is_decided_of_them(desk, owner):
    number = scheduled(desk)
    (event_,) = read_back(given(owner, "changes"))
    assert str(event_["SUMMARY"]) == f"{number} Firewall rules"
    assert event_["DTEND"].dt - event_["DTSTART"].dt == timedelta(hours=1)
    assert str(event_["STATUS"]) == "CONFIRMED"
    assert "Services: network" in str(event_["DESCRIPTION"])


def test_one_clients_calendar_holds_no_others_windows(desk, owner):
    a_window(owner)
    a_window(owner, client="cedar", title="Theirs")
    a_window(owner, client="", title="Everybody")
    assert [str(one["SUMMARY"]) for one in read_back(given(owner, client="cedar"))] == ["Theirs"]
    scoped = as_person(desk, "alder.manager")
    assert [str(one["SUMMARY"]) for one in read_back(given(scoped, client="alder"))] == ["Audit week"]


def test_other_kinds_are_no_calendar(owner):
    with pytest.raises(BadInput, match="people cannot be exported as ics; the formats are csv, json"):
        given(owner, "people")
