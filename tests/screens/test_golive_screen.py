"""Go-live: a desk lead sees at once whether today is normal, what answers a call, and whether hypercare may end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from change_boards import SIZES
from control_screens import flat, region, show, write
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.pilot import Pilot

from builders import NOW, TODAY, a_desk, an_initiative, found, record
from changedesk.domain.early_life.load_forecast import Excess
from changedesk.screens.forms.form import FormScreen
from changedesk.screens.golive.parts import figure_of
from changedesk.screens.golive.screen import GoLiveScreen
from changedesk.screens.golive.ticket_rows import CHANGE, ticket_columns
from changedesk.screens.loading import NOT_READ
from changedesk.services.door import Door
from changedesk.services.golive.page import golive_by_id
from changedesk.services.imports import importing
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.widgets.frame import KeyLine
from changedesk.widgets.lists.columns import places
from changedesk.widgets.lists.table import VirtualTable
from running_desk import a_change, a_service, a_ticket, of_service, people, tickets

LIVE = TODAY - timedelta(days=20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        yield desk


def live(desk: Desk, **shape: Any) -> str:
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1.5, **shape)
    record(desk, "contact_reason", initiative_id=initiative, reason="Cannot sign in", expected=40, script="Script 1")
    return initiative


async def go_live(pilot: Pilot[None]) -> GoLiveScreen:
    await show(pilot, "golive")
    screen = pilot.app.screen
    assert isinstance(screen, GoLiveScreen)
    return screen


@pytest.mark.parametrize("size", [(120, 36), (160, 48), (200, 60)])
async def test_how_soon_tickets_are_solved_is_said_once(demo: Door, size: tuple[int, int]):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await go_live(pilot)
        assert flat(pilot).count("half solved in") == 1


@pytest.mark.requirement("R13")
@pytest.mark.requirement("R51")
@pytest.mark.requirement("R64")
@pytest.mark.requirement("R65")
@pytest.mark.parametrize("size", SIZES)
async def test_whether_today_is_normal_and_what_answers_a_call_is_seen_at_every_size(desk: Desk, size: tuple[int, int]):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await go_live(pilot)
        text = flat(pilot)
        for words in (
            "8 Go-live",
            "MFA",
            "went live Fri 6 Nov, 20 d ago, hypercare",
            "What hits us today, is it normal?",
            "expected by now",
            "tickets today",
            "by hour",
            "Why do people call, what answers it?",
            "Cannot sign in",
            "Script 1",
            "no script",
        ):
            assert words in text, words
        assert "█" in text
        if size[0] >= 100:
            for words in ("What is open?", "Can we leave hypercare?", "Is it used, who helps?", "not observed yet"):
                assert words in text, words


async def test_tickets_that_write_the_service_in_capitals_count_as_well(desk: Desk):
    live(desk)
    texts = []
    for spelt in ("Mail", "MAIL"):
        with desk.write("the test") as transaction:
            transaction.conn.execute("UPDATE ticket SET service = ? WHERE rowid % 2", (spelt,))
            transaction.record("test.made", desk.facts.id, {"table": "ticket"})
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await go_live(pilot)
            texts.append(flat(pilot))
    assert "expected by now" in texts[0]
    assert texts[0] == texts[1]


async def test_on_a_small_terminal_tab_goes_through_the_panels(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        for words in ("What is open?", "Can we leave hypercare?", "Is it used, who helps?", "Why do people call"):
            await press(pilot, "tab")
            assert words in seen(pilot.app)


async def test_the_menu_of_records_begins_at_what_the_panel_is_about(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        begun = []
        for _panel in range(4):
            await press(pilot, "r")
            begun.append(pilot.app.screen.query_one(VirtualTable).selected_key)
            await press(pilot, "escape", "tab")
        assert begun == ["contact_reasons", "contact_reasons", "handovers", "workarounds"]


async def test_the_line_of_keys_says_what_enter_does_in_the_panel_that_is_shown(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        for panel, word, blocked in (
            ("What is open?", "answer", True),
            ("Can we leave hypercare?", "confirm", False),
            ("Is it used, who helps?", "answer", True),
            ("Why do people call", "answer", False),
        ):
            await press(pilot, "tab")
            assert panel in seen(pilot.app)
            assert f"enter {word}" in seen(pilot.app).splitlines()[-1]
            assert (screen.blocked_reason("answer") is not None) is blocked
            hint = next(one for one in screen.query_one(KeyLine).fitting(80) if one.key == "enter")
            assert hint.dim is blocked


async def test_where_nobody_s_word_is_wanted_any_more_the_keys_begin_at_what_is_missing(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        await press(pilot, "c", *"ERP", "enter", "tab", "tab")
        assert "▌ ✗ Those live use it, to 80 % of the target" in seen(pilot.app)


@pytest.mark.requirement("R64")
async def test_a_criterion_is_confirmed_with_evidence_and_taken_back(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        screen = await go_live(pilot)
        await press(pilot, "tab", "home", "enter")
        assert screen.notice == "Nobody confirms this: it is read from its tickets."
        await press(pilot, "x")
        assert screen.notice == "Nobody takes this back: it is read from its tickets."
        await press(pilot, "down", "down", "down", "down", "enter")
        assert "Users can do their work" in flat(pilot)
        await press(pilot, "enter")
        assert "met by what shows it" in flat(pilot)
        await write(pilot, "All wards closed their day in it", "enter")
        await settled(pilot)
        assert "All wards closed" in flat(pilot)
        assert found(desk, "SELECT count(*) FROM exit_word")[0][0] == 1
        assert "Service and process owners agree to run it: not confirmed yet." in flat(pilot)
        await press(pilot, "x")
        assert screen.notice == "Nobody has confirmed it: Service and process owners agree to run it."
        await press(pilot, "up", "x")
        assert "Not met after all?" in seen(pilot.app)
        await press(pilot, "y")
        assert found(desk, "SELECT count(*) FROM exit_word")[0][0] == 0


async def test_a_workaround_is_noted_in_a_few_keys(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await go_live(pilot)
        await press(pilot, "w")
        await write(pilot, "Paper slips", "enter")
        await settled(pilot)
        assert "1: Paper slips" in flat(pilot)


async def test_a_reason_without_a_script_gets_one_from_its_row(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        screen = await go_live(pilot)
        rows = [one.reason for one in golive_by_id(door_of(desk).session, screen.subject).reasons]
        await press(pilot, *["down"] * rows.index("Mail is slow"), "enter")
        assert isinstance(pilot.app.screen, FormScreen)
        assert "Mail is slow" in seen(pilot.app)


async def test_the_screen_follows_what_others_write(desk: Desk, tmp_path: Path):
    initiative = live(desk)
    door = door_of(desk)
    async with dashboard_on(door).run_test(size=(120, 36)) as pilot:
        await go_live(pilot)
        before = golive_by_id(door.session, initiative).load.today
        rows = "".join(f"N{n},{NOW.isoformat()},alder,MFA,Lost badge\n" for n in range(9))
        path = tmp_path / "more.csv"
        path.write_text("id,opened_at,client,initiative,category\n" + rows)
        importing.import_file(open_session(desk), path, "tickets")
        pilot.app._look_for_changes()  # type: ignore[attr-defined]
        await settled(pilot)
        assert golive_by_id(door.session, initiative).load.today == before + 9
        assert "Lost badge" in flat(pilot)


async def test_the_wall_shows_the_few_things_that_are_read_from_afar(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        await press(pilot, "f")
        text = flat(pilot)
        assert "ChangeDesk" not in text
        for words in (
            "esc leaves",
            "tickets today",
            "open P1 and P2",
            "expected by now",
            "no script",
            "exit criteria met",
            "On duty",
        ):
            assert words in text, words
        await press(pilot, "escape")
        assert "ChangeDesk" in seen(pilot.app)


@pytest.mark.parametrize("answer", ["4", "An article with a title as long as they are in some houses"])
async def test_on_the_wall_no_name_of_a_column_is_cut_however_short_the_reasons_are(desk: Desk, answer: str):
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    record(desk, "contact_reason", initiative_id=initiative, reason="Mail", script=answer)
    a_ticket(desk, initiative, "T1", category="Mail")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        await press(pilot, "f")
        assert "24 h All Why people call Answer" in " ".join(flat(pilot).split())


async def test_the_bell_is_off_until_it_is_wanted_and_rings_for_an_urgent_ticket(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    initiative = live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        rung: list[int] = []
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        await go_live(pilot)
        a_ticket(desk, initiative, "U1", priority="1")
        pilot.app._look_for_changes()  # type: ignore[attr-defined]
        await settled(pilot)
        assert not rung
        await press(pilot, "b")
        assert "bell on" in seen(pilot.app)
        a_ticket(desk, initiative, "U2", priority="1")
        pilot.app._look_for_changes()  # type: ignore[attr-defined]
        await settled(pilot)
        assert rung == [1]


@pytest.mark.requirement("R66")
async def test_before_go_live_the_first_day_is_foretold_with_what_it_rests_on(desk: Desk):
    initiative = of_service(a_service(desk)).planned_for(TODAY + timedelta(days=6)).on(desk)
    tickets(desk, initiative, TODAY - timedelta(days=50), TODAY, 20)
    record(desk, "contact_reason", initiative_id=initiative, reason="Cannot sign in", expected=40)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await go_live(pilot)
        text = flat(pilot)
        for words in (
            "go-live Wed 2 Dec, in 6 d",
            "first workday:",
            "a wide guess",
            "Why people will call",
            "Week 1",
        ):
            assert words in text, words


async def test_a_cause_is_named_by_a_person_and_only_then_said(desk: Desk):
    initiative = live(desk)
    a_change(desk, "CHG-9", NOW - timedelta(hours=31), 2)
    a_ticket(desk, initiative, "U1", "2026-11-25T09:00:00Z", priority="1", service="Mail", title="All mail is gone")
    async with dashboard_on(door_of(desk)).run_test(size=(160, 48)) as pilot:
        await go_live(pilot)
        assert "in the window of CHG-9" in flat(pilot)
        await press(pilot, "t", "home")
        assert "All mail is gone" in seen(pilot.app)
        assert "near CHG-9" in seen(pilot.app)
        await press(pilot, "enter", "enter")
        await write(pilot, "It began with the switch", "enter")
        await settled(pilot)
        assert "U1 was caused by CHG-9: It began with the switch." in flat(pilot)
        await press(pilot, "escape")
        assert "1 linked to it" in flat(pilot)


def test_the_change_that_caused_a_ticket_is_named_whole_on_a_small_terminal():
    shown = places((*ticket_columns(None), CHANGE), 75, 80)
    assert shown[-1].width >= len("caused by CHG0030412")


async def test_brackets_go_through_the_go_lives_the_latest_first(desk: Desk):
    live(desk)
    an_initiative().named("PSA", "New PSA").planned_for(TODAY + timedelta(days=9)).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        first = screen.subject
        assert "of 2" in seen(pilot.app)
        await press(pilot, "right_square_bracket")
        assert screen.subject != first
        await press(pilot, "left_square_bracket")
        assert screen.subject == first


@pytest.mark.parametrize("size", SIZES)
async def test_a_desk_without_any_initiative_says_what_would_stand_here(desk: Desk, size: tuple[int, int]):
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await go_live(pilot)
        assert "No go-live yet." in flat(pilot)


async def test_without_tickets_the_screen_says_why_nothing_is_normal(desk: Desk):
    of_service(a_service(desk)).live(LIVE).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        text = flat(pilot)
        assert "nobody can say what is normal" in text
        assert "no ticket is known" in text


async def test_a_go_live_counts_its_days_as_every_screen_does_and_shows_the_clients_clock(desk: Desk):
    """In Sydney it is tomorrow already: the list and the go-live speak of the same day all the same."""
    an_initiative().planned_for(TODAY + timedelta(days=6)).on(desk)
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Australia/Sydney'")
        transaction.record("test.made", desk.facts.id, {"table": "client"})
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "in 6 d" in flat(pilot)
        await go_live(pilot)
        assert "go-live Wed 2 Dec, in 6 d" in flat(pilot)
        assert "Fri 01:02, Sydney time" in flat(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_what_nobody_has_counted_is_no_nought(desk: Desk, size: tuple[int, int]):
    an_initiative().planned_for(TODAY + timedelta(days=6)).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        screen = await go_live(pilot)
        view = screen._view
        assert view is not None
        assert figure_of(view) == "?"


async def test_before_any_go_live_every_panel_says_what_makes_one_and_there_is_no_empty_wall(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        for _ in range(4):
            assert "N on the portfolio makes one" in flat(pilot)
            await press(pilot, "tab")
        await press(pilot, "f")
        assert screen.notice == "There is no go-live to show."


async def test_a_go_live_without_reasons_counts_none_although_the_one_before_had_some(desk: Desk):
    live(desk)
    an_initiative().named("PSA", "New PSA").planned_for(TODAY + timedelta(days=9)).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        counted = "2 of 2"
        assert counted in seen(pilot.app).splitlines()[-2]
        await press(pilot, "right_square_bracket")
        assert "n adds the likeliest reason" in flat(pilot)
        assert counted not in seen(pilot.app).splitlines()[-2]


async def test_keys_that_are_pressed_while_a_go_live_is_read_go_on_from_it(desk: Desk):
    for days in range(4):
        an_initiative().named(f"GO{days}", f"Go-live {days}").live(LIVE - timedelta(days=days)).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        for _ in range(3):
            screen.perform("golive.next")
        screen.perform("golive.wall")
        assert screen.notice == NOT_READ
        await settled(pilot)
        assert "Go-live 3" in seen(pilot.app)
        assert "4 of 4" in seen(pilot.app)


async def test_the_signs_of_the_hours_are_explained_over_them(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        assert "by hour █ came ░ normal" in flat(pilot)
        await press(pilot, "f")
        assert "24 h All Why people call Answer" in flat(pilot)


async def test_on_a_narrow_title_line_the_day_of_a_go_live_is_shortened_and_never_cut(desk: Desk):
    an_initiative().named("FWALL", "Firewall standard").planned_for(TODAY + timedelta(days=20)).on(desk)
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Australia/Sydney'")
        transaction.record("test.made", desk.facts.id, {"table": "client"})
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        title = seen(pilot.app).splitlines()[1]
        assert "Firewall standard · " in title
        assert "in 20 d" in title
        assert "…" not in title


async def test_a_go_live_is_chosen_from_the_list_of_all_by_a_few_letters(desk: Desk):
    live(desk)
    other = an_initiative().named("ERP", "Ledger cutover").on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        await press(pilot, "c")
        assert "Which go-live?" in seen(pilot.app)
        await write(pilot, "ledger", "enter")
        await settled(pilot)
        assert screen.subject == other
        assert "Ledger cutover" in seen(pilot.app)


async def test_where_no_ticket_is_known_to_belong_nothing_is_counted_as_none(desk: Desk):
    an_initiative().named("ERP", "Ledger cutover").on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        assert "by hour" not in seen(pilot.app)
        await press(pilot, "t")
        text = seen(pilot.app)
        assert "none known" in text
        assert "0 open" not in text


async def test_where_not_every_ticket_is_listed_both_numbers_are_said(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await go_live(pilot)
        await press(pilot, "t")
        text = seen(pilot.app)
        assert ", 500 listed" in text
        assert " of 500" in text


async def test_a_long_sentence_makes_the_boxes_smaller_and_hides_nothing_of_them(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        before = seen(pilot.app)
        screen.say("word " * 28)
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        assert lines[-3].startswith(" ○ Word")
        assert lines[-4].startswith("╰")
        assert lines[-4].endswith(" ─╯"), "how far down the list one sees is still said"
        await press(pilot, "up")
        assert seen(pilot.app) == before


async def test_reasons_that_nobody_expected_stand_beside_how_ready_the_desk_was(desk: Desk):
    live(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await go_live(pilot)
        text = flat(pilot)
        assert "no answer for " in text
        assert "more came that" in text


async def test_a_change_with_a_long_name_leaves_room_for_the_next_one(desk: Desk):
    live(desk)
    for number, hours in (("word " * 60 + "end", 72), ("C2", 24)):
        a_change(desk, number, NOW - timedelta(days=3), hours)
    async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
        await go_live(pilot)
        text = region(pilot, "#people")
        assert "in the window of word word" in text
        assert "in the window of C2" in text


async def show_mfa(demo: Door, pilot: Pilot[None]) -> GoLiveScreen:
    await show(pilot, "golive")
    reader = demo.session.desk.reader()
    await show(pilot, "golive", str(reader.execute("SELECT id FROM initiative WHERE code = 'MFA'").fetchone()[0]))
    screen = pilot.app.screen
    assert isinstance(screen, GoLiveScreen)
    return screen


async def test_to_whom_a_call_goes_on_is_said_whole_of_the_selected_reason(demo: Door):
    async with dashboard_on(demo).run_test(size=(100, 36)) as pilot:
        screen = await show_mfa(demo, pilot)
        assert "extension 44" not in flat(pilot), "beside the other panels there is no room for the column"
        screen._panels.reasons.select("Who gives me a key?")
        await settled(pilot)
        assert "then to Key desk, extension 44" in flat(pilot)


async def test_beside_the_other_panels_all_of_what_answers_a_call_and_all_ages_of_tickets_have_room(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show_mfa(demo, pilot)
        text = flat(pilot)
        for words in ("Key desk, extension 44", "Security on call", "4-24 h", "half solved in 25 h, 9 of 10 in 106 h"):
            assert words in text, words


@pytest.mark.parametrize("size", SIZES)
async def test_whether_today_is_normal_is_said_once_with_its_sign(demo: Door, size: tuple[int, int]):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await show_mfa(demo, pilot)
        assert flat(pilot).count("within the band") == 1
        assert "is it normal? ● within the band" in flat(pilot)


async def test_too_many_for_days_is_said_whole_on_a_small_terminal(desk: Desk):
    initiative = of_service(a_service(desk)).live(LIVE).on(desk)
    tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1.5)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        screen = await go_live(pilot)
        assert screen._view is not None
        lasting = replace(screen._view.load, excess=Excess(True, LIVE, 1.0))
        screen._arrived((screen._all, replace(screen._view, load=lasting)))
        await settled(pilot)
        assert "within the band, too many for days" in flat(pilot)
