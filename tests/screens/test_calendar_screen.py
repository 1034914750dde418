"""The calendar on the screen: what is marked, moved, filtered, found and opened."""

from __future__ import annotations

import re
import sys
import weakref
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.pilot import Pilot

from builders import NOW, as_person, found, record
from changedesk.screens.calendar import cards
from changedesk.screens.calendar import look as calendar_look
from changedesk.screens.calendar.cards import CollisionRows
from changedesk.screens.calendar.rows import rows_of
from changedesk.screens.calendar.words import draw_words
from changedesk.screens.forms.form import FormScreen
from changedesk.services.control.calendar.page import calendar
from changedesk.services.door import Door
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

sys.path.append(str(Path(__file__).parent.parent / "services"))
from calendar_desks import START, a_control_desk, a_window, ask_for, scheduled, state_of

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, "alder", "birch") as desk:
        record(desk, "client", code="cedar", name="Cedar", timezone="Australia/Sydney")
        yield desk


async def at_calendar(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await press(pilot, "4")


def flat(pilot: Pilot[None]) -> str:
    return " ".join(seen(pilot.app).replace("│", " ").split())


def line_of(pilot: Pilot[None], word: str) -> str:
    return next(line for line in seen(pilot.app).splitlines() if word in line)


@pytest.mark.parametrize("size", SIZES)
async def test_it_says_what_runs_when_and_marks_what_does_not_go_together(desk: Desk, size):
    first, second = scheduled(desk), scheduled(desk, start=START + timedelta(minutes=30))
    a_window(
        open_session(desk),
        title="Stocktaking",
        scope="service:till",
        start="2026-12-08T00:00:00",
        end="2026-12-20T00:00:00",
    )
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await at_calendar(pilot)
        for words in (
            "4 Calendar",
            "What runs when? Mon 23 Nov to Sun 27 Dec",
            "23 Nov",
            "7 Dec",
            "Whom does it hit?",
            "╱",
        ):
            assert words in flat(pilot)
        assert "▲" in line_of(pilot, "  network")
        assert "╳╳╳" in line_of(pilot, "  till")
        # The row with a collision is the one that is selected, and it says what it is.
        assert f"{first} Firewall rules, scheduled: Tue 1 Dec 22:00 to 23:00" in flat(pilot)
        assert f"▲ {first} and {second} both change network" in flat(pilot)
        assert "1 of 2 on this row" in flat(pilot)
        await press(pilot, "right_square_bracket")
        assert f"{second} Firewall rules, scheduled: Tue 1 Dec 22:30 to 23:30" in flat(pilot)


async def test_a_service_that_is_written_in_two_ways_has_one_row(desk: Desk):
    scheduled(desk)
    scheduled(desk, start=START + timedelta(days=2), services="Network")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        assert (
            sum(line[1:].strip(" ▌▲").casefold().startswith("network ") for line in seen(pilot.app).splitlines()) == 1
        )
        assert "1 of 2 on this row" in flat(pilot)


async def test_a_change_that_names_a_service_twice_stands_once_on_its_row(desk: Desk):
    scheduled(desk, services="network;Network")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        assert "of 2 on this row" not in flat(pilot)


async def test_time_moves_by_weeks_and_is_shown_as_a_day_a_week_a_month_a_quarter(desk: Desk):
    scheduled(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "right")
        assert "Mon 30 Nov to Sun 3 Jan" in flat(pilot)
        await press(pilot, "left", "left")
        assert "Mon 16 Nov to Sun 20 Dec" in flat(pilot)
        await press(pilot, "equals_sign")
        assert "Mon 30 Nov to Sun 6 Dec" in flat(pilot)
        await press(pilot, "equals_sign")
        assert "Tue 1 Dec 2026" in flat(pilot)
        assert "21:00" in flat(pilot)
        await press(pilot, "0")
        assert "Thu 26 Nov 2026" in flat(pilot)
        await press(pilot, *["minus"] * 3)
        assert "to Sun 21 Feb" in flat(pilot)


async def test_one_clients_calendar_goes_by_its_own_clock_and_says_so(desk: Desk):
    scheduled(desk)
    owner = open_session(desk)
    a_window(
        owner,
        client="cedar",
        kind="maintenance",
        title="Before dawn",
        start="2026-12-06T01:00:00",
        end="2026-12-06T05:00:00",
    )
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        assert "Sydney time" not in flat(pilot)
        await press(pilot, "slash", *"cedar")
        assert "Mon 23 Nov to Sun 27 Dec, Sydney time" in flat(pilot)
        assert "network" not in flat(pilot)
        assert "Sun 6 Dec 01:00 to 05:00 in Sydney (Sat 5 Dec 14:00 to 18:00 on your clock)" in flat(pilot)
        await press(pilot, "escape")
        assert "network" in flat(pilot)


async def test_a_day_on_which_clocks_change_is_a_day_like_any_other(desk: Desk):
    a_window(open_session(desk), client="cedar", kind="maintenance", title="Before dawn",
             start="2026-09-27T01:00:00", end="2026-09-27T05:00:00", rrule="FREQ=WEEKLY")  # fmt: skip
    from builders import at

    desk.clock = at(NOW.replace(month=10, day=1))
    door = door_of(desk)
    app = dashboard_on(door)
    app.context = replace(app.context, clock=desk.clock)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "slash", *"cedar", "enter", "equals_sign")
        assert "Before dawn, maintenance window: Sun 4 Oct 01:00 to 06:00 in Sydney" in flat(pilot)


async def test_enter_opens_the_change_or_the_window_that_is_marked(desk: Desk):
    number = scheduled(desk)
    a_window(
        open_session(desk), title="Stocktaking", kind="freeze_soft", scope="service:till", approved_by="alder.cab1"
    )
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "down", "enter")
        assert "What does it need?" in flat(pilot)
        assert f"{number} Firewall rules" in flat(pilot)
        await press(pilot, "escape")
        assert "What runs when?" in flat(pilot)
        await press(pilot, "down")
        assert "Stocktaking, soft freeze of till: Tue 1 Dec to Fri 4 Dec" in flat(pilot)
        assert "approved by alder.cab1" in flat(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.values["title"] == "Stocktaking"


async def test_a_window_that_was_made_is_marked_and_still_is_when_its_time_has_changed(desk: Desk):
    scheduled(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "down", "n")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.body.put(
            form.values
            | {"kind": "freeze_soft", "title": "Audit", "start": "2026-12-01T00:00:00", "end": "2026-12-05T00:00:00"}
        )
        await press(pilot, "ctrl+s")
        assert "Audit, soft freeze of network: Tue 1 Dec to Fri 4 Dec" in flat(pilot)
        await press(pilot, "enter")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        form.body.put(form.values | {"start": "2026-12-02T00:00:00", "end": "2026-12-03T00:00:00"})
        await press(pilot, "ctrl+s")
        assert "Audit, soft freeze of network: Wed 2 Dec" in flat(pilot)


async def test_a_new_window_begins_with_the_service_that_is_selected_and_says_what_it_does_to_changes(desk: Desk):
    number = scheduled(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "down", "n")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert (form.values["client"], form.values["scope"]) == ("alder", "service:network")
        form.body.put(
            form.values
            | {"kind": "freeze_hard", "title": "Audit", "start": "2026-12-01T00:00:00", "end": "2026-12-05T00:00:00"}
            | {"rrule": "FREQ=YEARLY"}
        )
        await press(pilot, "ctrl+s")
        assert "Saved: window" in flat(pilot)
        assert f"{number} waits again: the hard freeze Audit until Sat 5 Dec 00:00" in flat(pilot)
    assert state_of(desk, number) == "authorizing"


async def test_a_window_is_removed_after_a_question_and_what_it_held_back_goes_on(desk: Desk):
    number = scheduled(desk)
    a_window(open_session(desk))
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "x")
        assert "Remove this window?" in flat(pilot)
        assert "Changes that only it holds back are scheduled again." in flat(pilot)
        await press(pilot, "y")
        assert f"Removed: Audit week; {number} is scheduled again" in flat(pilot)
    assert found(desk, "SELECT count(*) FROM time_window") == [(0,)]


@pytest.mark.requirement("R102")
async def test_a_time_is_found_with_its_reasons_and_shown(desk: Desk):
    scheduled(desk)
    a_window(
        open_session(desk), kind="maintenance", title="Night", start="2027-01-04T22:00:00", end="2027-01-05T02:00:00"
    )
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "down", "f")
        await press(pilot, "backspace", *"2h", "space", *"by", "space", *"alder", "full_stop", *"does")
        assert "2 h, done by alder.does" in flat(pilot)
        await press(pilot, "enter")
        for words in (
            "When could network of alder run?",
            "● Mon 4 Jan 2027 22:00 to Tue 5 Jan 2027 00:00, in the maintenance window Night.",
            "The only normal change of alder in 365 days was decided within an hour",
            "Nobody at this client is nearly full in that week.",
            "Times of Europe/Dublin.",
        ):
            assert words in flat(pilot)
        await pilot.resize_terminal(64, 24)
        await settled(pilot)
        assert "Times of Europe/Dublin." in flat(pilot), "a narrower page is longer"
        await press(pilot, "enter")
        assert "Mon 4 Jan" in flat(pilot)


async def test_what_is_no_length_of_a_change_is_said_before_it_is_asked(desk: Desk):
    scheduled(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "home", "down", "f", "backspace", *"soon", "enter")
        assert "Write how long it takes" in flat(pilot)


async def test_the_list_of_collisions_leads_to_each_of_them(desk: Desk):
    scheduled(desk)
    mail = scheduled(desk, services="mail")
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "c")
        assert "What does not go together?" in flat(pilot)
        assert "alder.does does" in flat(pilot)
        await press(pilot, "enter")
        assert "same person" not in flat(pilot)
        assert "at the same time" in flat(pilot)
        assert mail in flat(pilot)


def test_of_many_collisions_only_those_that_are_seen_become_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    for _ in range(4):
        scheduled(desk)
    rows = CollisionRows(rows_of(calendar(open_session(desk), START - timedelta(days=1), START + timedelta(days=7))))
    every = rows.rows(0, rows.count())
    assert len(every) == rows.count() > 3
    said = []
    monkeypatch.setattr(cards, "time_said", lambda *asked: said.append(asked) or "Mon 7 Dec")
    assert [line.key for line in rows.rows(1, 2)] == [line.key for line in every[1:3]]
    assert len(said) == 2
    assert [rows.position(line.key) for line in every] == list(range(len(every)))


async def test_on_a_small_terminal_each_collision_names_its_client_and_why(desk: Desk):
    scheduled(desk)
    number = scheduled(desk, services="mail")
    owner = open_session(desk)
    a_window(
        owner,
        client="alder",
        kind="maintenance",
        title="Sunday",
        start="2026-12-06T02:00:00",
        end="2026-12-06T06:00:00",
    )
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "c")
        listed = flat(pilot)
        assert "Client's time Client Why" in listed
        assert "alder alder.does does" in listed
        assert f"alder {number} lies outside the maintenance windows" in listed
        assert not re.search("○ [A-Z]", listed), "what nobody knows has another sign than what is to be looked at"


async def test_people_are_below_with_what_happens_to_them_week_by_week(desk: Desk):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    for code in ("MFA", "ERP"):
        initiative = record(
            desk, "initiative", client_id=client, code=code, title=f"{code} for all", go_live_planned="2026-12-02"
        )
        record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    scheduled(desk, initiative="MFA")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        assert "100 %" in line_of(pilot, "nurses")
        assert "▲ nurses bear 100 %" in flat(pilot)
        await press(pilot, "tab")
        assert "nurses at Alder, week of Mon 30 Nov: they bear 100 %" in flat(pilot)
        await press(pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert "week of Mon 21 Dec: they bear 50 %" in flat(pilot)
        await press(pilot, "enter")
        assert "ERP for all 5 (go-live); MFA for all 5 (go-live)" in flat(pilot)
        await press(pilot, "escape", "tab")
        assert "Firewall rules" in flat(pilot)


async def test_where_nothing_but_groups_stands_in_a_time_their_list_names_its_weeks(desk: Desk):
    ((client,),) = found(desk, "SELECT id FROM client WHERE code = 'alder'")
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="For all", go_live_planned="2026-12-02")
    record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        assert "Nothing runs in this time" in flat(pilot)
        weeks, row = line_of(pilot, "Group"), line_of(pilot, "nurses  ")
        assert "23 Nov" in weeks
        assert weeks.index("30 Nov") == row.index("▄ 50 %"), "a figure stands under the Monday of its week"
        assert "Whom does it hit? % of what they can bear, week by week" in flat(pilot)


async def test_groups_of_one_name_at_two_clients_are_told_apart(desk: Desk):
    for (client,) in found(desk, "SELECT id FROM client WHERE code IN ('alder', 'birch')"):
        initiative = record(
            desk, "initiative", client_id=client, code=f"I{client}", title="For all", go_live_planned="2026-12-02"
        )
        record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        assert "nurses, alder" in flat(pilot)
        assert "nurses, birch" in flat(pilot)


async def test_a_group_has_its_site_beside_it_only_where_another_of_its_client_is_called_so(desk: Desk):
    for code, client, site in (("A", "alder", "North"), ("B", "alder", "South"), ("C", "birch", "Harbour")):
        ((client_id,),) = found(desk, f"SELECT id FROM client WHERE code = '{client}'")
        initiative = record(
            desk, "initiative", client_id=client_id, code=code, title="For all", go_live_planned="2026-12-02"
        )
        name = "nurses" if client == "alder" else "clerks"
        record(desk, "audience", initiative_id=initiative, name=name, site=site, headcount=100)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        for words in ("nurses, North", "nurses, South", "clerks "):
            assert line_of(pilot, words)
        assert "clerks, Harbour" not in line_of(pilot, "clerks ")


async def test_the_holidays_say_which_windows_are_holidays_and_where_they_are(desk: Desk):
    a_window(open_session(desk), kind="holiday", title="Founders' day")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "H")
        said = "No holiday here yet. n makes the first one. w on Calendar lists windows that are one: Founders' day."
        assert said in flat(pilot)
        await press(pilot, "n")
        await press(pilot, *"alder", "tab", *"25 dec", "tab", *"Christmas", "ctrl+s")
        assert "Holidays 1 more by a window: w on Calendar" in flat(pilot)


async def test_people_of_very_many_groups_come_after_the_rest(desk: Desk, monkeypatch):
    client = found(desk, "SELECT id FROM client WHERE code = 'alder'")[0][0]
    initiative = record(desk, "initiative", client_id=client, code="MFA", title="MFA", go_live_planned="2026-12-02")
    record(desk, "audience", initiative_id=initiative, name="nurses", headcount=100)
    number = scheduled(desk)
    monkeypatch.setattr("changedesk.services.control.calendar.people_load.MANY", 0)
    looks: list[bool] = []

    def counted(session, since, until, *, quick=False):
        looks.append(quick)
        return calendar(session, since, until, quick=quick)

    monkeypatch.setattr(calendar_look, "calendar", counted)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "4")
        assert looks == [True, False]
        assert "nurses" in flat(pilot)
        assert number in flat(pilot)


async def test_words_are_looked_for_in_what_was_read_where_every_clock_says_the_same(desk: Desk, monkeypatch):
    scheduled(desk)
    theirs = scheduled(desk, "birch", services="their-service")
    looks = []
    monkeypatch.setattr(
        calendar_look, "calendar", lambda *times, **how: (looks.append(how), calendar(*times, **how))[1]
    )
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        looks.clear()
        await press(pilot, "slash", *"their", "enter")
        assert "“their”: " in flat(pilot)
        assert theirs in flat(pilot)
        await press(pilot, "escape")
        assert looks == []


async def test_an_empty_calendar_says_what_would_stand_there(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        assert "Nothing runs in this time: ← → move it, n makes a window." in flat(pilot)
        assert "No initiative asks anything of a group in this time." in flat(pilot)
        for key, words in (
            ("x", "Only a window is removed"),
            ("c", "Nothing runs in this time"),
        ):
            await press(pilot, key)
            assert words in flat(pilot)


async def test_somebody_sees_only_their_clients_calendar(desk: Desk):
    ask_for(desk)
    mine, theirs = scheduled(desk), scheduled(desk, "birch", services="their-service")
    door = Door(as_person(desk, "alder.does"))
    async with dashboard_on(door).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        assert mine in flat(pilot)
        assert theirs not in flat(pilot)
        assert "their-service" not in flat(pilot)


async def test_text_that_acts_does_nothing_on_the_calendar(desk: Desk):
    hostile = "[/] \x1b]0;x\x07 \u202e{evil}"
    scheduled(desk, title=hostile, services="[red]svc")
    a_window(open_session(desk), title=hostile, kind="freeze_soft")
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await at_calendar(pilot)
        await press(pilot, "end", "enter")
        shown = seen(pilot.app)
        assert "[/]" in shown
        assert "[red]svc" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_a_desk_that_changes_is_shown_as_it_is_now(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await at_calendar(pilot)
        scheduled(desk)
        pilot.app.screen.read_again()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "network" in flat(pilot)


def test_a_sentence_without_room_is_counted_and_none_is_begun_and_cut():
    said = [
        ("CHG-1 Mail moved, assessing", "ink"),
        ("▲ CHG-1 lies in a freeze", "late"),
        ("◆ CHG-1 is outside", "risk"),
    ]

    def shown(width: int, height: int) -> list[str]:
        return ["".join(span.text for span in line) for line in draw_words(said)(width, height)]

    assert shown(40, 3) == [text for text, _ in said]
    assert shown(40, 2) == ["CHG-1 Mail moved, assessing", "▲ CHG-1 lies in a freeze  1 more"]
    assert shown(27, 2) == ["CHG-1 Mail moved, assessing", "▲ CHG-1 lies in a freeze"]
    assert shown(16, 1) == ["CHG-1 Mail…"]
    assert shown(16, 0) == []


def test_a_calendar_goes_with_its_last_reader_and_does_not_wait_for_python_to_look_for_rubbish(desk: Desk):
    scheduled(desk)
    rows = rows_of(calendar(open_session(desk), START - timedelta(days=1), START + timedelta(days=7)), "alder")
    gone = weakref.ref(rows.every)
    assert rows.services
    del rows
    assert gone() is None
