"""The one frame: title line, line of keys, notices, and the work behind a screen."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from shells import FakePortfolio, Wall, a_dashboard, seen, when

from changedesk import app as dashboard
from changedesk.commands import MAIN_SCREENS
from changedesk.errors import DeskUnusable, RuleRefused
from changedesk.widgets.frame import KeyHint, KeyLine


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_frame_names_product_screens_time_and_keys(size):
    async with a_dashboard().run_test(size=size) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        assert lines[0].startswith(" ChangeDesk  1 Portfolio  2 ")
        assert lines[0].endswith("26 Nov 14:02")
        assert lines[-1].startswith(" enter open  / filter  s sort  g group")
        assert "? help  ctrl+p commands" in lines[-1]
        assert "▌ mfa" in "\n".join(lines)


async def test_on_a_narrow_terminal_only_whole_words_stay():
    async with a_dashboard().run_test(size=(46, 10)) as pilot:
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        others = [screen.key for screen in MAIN_SCREENS[1:]]
        assert lines[0].split() == ["ChangeDesk", "1", "Portfolio", *others, "14:02"]
        assert lines[-1].startswith(" enter open")
        assert lines[-1].endswith("? help  ctrl+p commands")


async def test_counts_stand_behind_the_titles():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        pilot.app.screen.count_tabs({"portfolio": 3})
        await pilot.pause()
        assert "1 Portfolio (3)" in seen(pilot.app).splitlines()[0]


async def test_a_desk_that_is_read_only_says_so():
    async with a_dashboard(read_only=True, offline=True).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "read-only  offline  26 Nov 14:02" in seen(pilot.app).splitlines()[0]


def test_the_keys_leave_the_last_column_free_as_they_do_the_first():
    line = KeyLine()
    line.set_keys([KeyHint("i", "initiative"), KeyHint("m", "metric")])
    shown = " i initiative  m metric "
    assert [hint.key for hint in line.fitting(len(shown))] == ["i", "m"]
    assert [hint.key for hint in line.fitting(len(shown) - 1)] == ["i"]


def test_where_only_refused_keys_would_have_room_those_that_work_come_first():
    line = KeyLine()
    line.set_keys(
        [KeyHint("a", "approve", True), KeyHint("r", "reject", True), KeyHint("n", "new"), KeyHint("l", "all")]
    )
    assert [hint.key for hint in line.fitting(22)] == ["n", "l"]
    assert [hint.key for hint in line.fitting(27)] == ["a", "n", "l"]
    line.set_keys([KeyHint("a", "approve"), KeyHint("r", "reject", True), KeyHint("n", "new")])
    assert [hint.key for hint in line.fitting(21)] == ["a", "r"], "no key changes its place with the row"


async def test_a_refused_key_says_why_and_the_next_key_takes_it_away():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.reasons["group"] = "there is only one client"
        await pilot.press("g")
        await pilot.pause()
        assert seen(pilot.app).splitlines()[-1] == " ◆ There is only one client."
        assert screen.done == []
        await pilot.press("down")
        assert screen.notice == ""


async def test_a_longer_sentence_is_wrapped_above_the_keys():
    async with a_dashboard().run_test(size=(60, 20)) as pilot:
        pilot.app.screen.say("word " * 20)
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        assert lines[-3].startswith(" ○ Word")
        assert lines[-1].startswith(" enter open")


async def test_text_from_data_in_a_notice_is_neither_markup_nor_a_command_to_the_terminal():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        pilot.app.notify("[/] \x1b]52;c;aGk=\x07[b]name")
        await pilot.pause()
        assert pilot.app.screen.notice == "[/] ]52;c;aGk=[b]name."


async def test_what_is_loaded_behind_the_screen_is_shown_on_it():
    async with a_dashboard().run_test() as pilot:
        got: list[int] = []
        pilot.app.screen.load("figures", lambda: 42, got.append)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert got == [42]


async def test_a_result_that_a_newer_load_made_stale_is_dropped():
    async with a_dashboard().run_test() as pilot:
        screen, got, go_on = pilot.app.screen, [], threading.Event()

        def slow() -> str:
            go_on.wait(30)
            return "old"

        screen.load("figures", slow, got.append)
        screen.load("figures", lambda: "new", got.append)
        while not got:
            await pilot.pause()
        go_on.set()
        await pilot.pause(0.05)
        assert got == ["new"]


async def test_a_refusal_behind_the_screen_is_said_and_the_screen_stays():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:

        def refuse() -> None:
            raise RuleRefused("the gate is not signed", "sign it first")

        pilot.app.screen.load("figures", refuse, lambda _: None)
        while not pilot.app.screen.notice:
            await pilot.pause()
        assert pilot.app.screen.notice == "A rule forbids this: the gate is not signed (sign it first)."
        assert "mfa" in seen(pilot.app)
        await pilot.press("down")
        assert pilot.app.screen.notice != ""
        await pilot.press("escape")
        assert pilot.app.screen.notice == ""


async def test_what_went_wrong_is_forgotten_as_soon_as_it_works():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        screen = pilot.app.screen

        def refuse() -> None:
            raise RuleRefused("the desk is locked")

        screen.load("figures", refuse, lambda _: None)
        while not screen.notice:
            await pilot.pause()
        screen.load("figures", lambda: 1, lambda _: None)
        while screen.notice:
            await pilot.pause()


async def test_a_desk_that_has_gone_is_said_and_the_screen_stays():
    def gone() -> int:
        raise DeskUnusable("the desk is not there any more")

    async with a_dashboard(changed=gone).run_test(size=(80, 24)) as pilot:
        pilot.app._look_for_changes()
        await pilot.pause()
        assert "not there any more" in pilot.app.screen.notice
        assert "mfa" in seen(pilot.app)


async def test_leaving_makes_running_queries_end():
    ended: list[bool] = []
    async with a_dashboard(interrupt=lambda: ended.append(True)).run_test() as pilot:
        await pilot.press("q")
    assert ended == [True]


async def test_an_error_of_ours_behind_the_screen_goes_to_the_log_without_values(tmp_path):
    log = tmp_path / "errors.log"
    async with a_dashboard(log_file=log).run_test(size=(80, 24)) as pilot:
        secret = "Alder Clinic"

        def broken() -> None:
            raise KeyError(secret)

        pilot.app.screen.load("figures", broken, lambda _: None)
        while not pilot.app.screen.notice:
            await pilot.pause()
        assert secret not in pilot.app.screen.notice
        assert "KeyError" in log.read_text()
        assert secret not in log.read_text()
        assert log.stat().st_mode & 0o077 == 0


async def test_what_another_process_wrote_is_loaded_again():
    revisions = [1]
    async with a_dashboard(changed=when(revisions)).run_test() as pilot:
        await pilot.pause()
        screen = pilot.app.screen
        assert screen.reloads == 1
        pilot.app._look_for_changes()
        await pilot.pause()
        assert screen.reloads == 1
        revisions.append(2)
        pilot.app._look_for_changes()
        await pilot.pause()
        assert screen.reloads == 2


async def test_it_looks_by_itself_for_what_another_process_wrote(monkeypatch):
    monkeypatch.setattr(dashboard, "POLL", 0.05)
    revisions = [1]
    async with a_dashboard(changed=when(revisions)).run_test() as pilot:
        await pilot.pause()
        revisions.append(2)
        while pilot.app.screen.reloads < 2:
            await pilot.pause()


async def test_what_was_written_while_the_program_ends_is_looked_for_on_no_screen():
    revisions = [1]
    app = a_dashboard(changed=when(revisions))
    async with app.run_test() as pilot:
        await pilot.pause()
    revisions.append(2)
    assert app.screen_stack == [], "the screens go before the clock that looks for changes"
    app._look_for_changes()


async def test_what_was_written_while_another_screen_was_shown_is_loaded_on_return():
    revisions = [1]
    async with a_dashboard(changed=when(revisions)).run_test() as pilot:
        await pilot.press("2")
        revisions.append(2)
        await pilot.press("1")
        assert isinstance(pilot.app.screen, FakePortfolio)
        assert pilot.app.screen.reloads == 2


async def test_a_new_day_is_loaded_again_and_the_clock_goes_on():
    wall = Wall()
    async with a_dashboard(clock=wall).run_test(size=(80, 24)) as pilot:
        wall.now += timedelta(minutes=1)
        pilot.app.screen._next_minute()
        await pilot.pause()
        assert "26 Nov 14:03" in seen(pilot.app)
        assert pilot.app.screen.reloads == 1
        wall.now += timedelta(days=1)
        pilot.app.screen._next_minute()
        await pilot.pause()
        assert pilot.app.screen.reloads == 2


async def test_a_change_that_nobody_sees_is_not_loaded():
    revisions = [1]
    async with a_dashboard(changed=when(revisions)).run_test() as pilot:
        portfolio = pilot.app.screen
        await pilot.press("2")
        revisions.append(2)
        pilot.app._look_for_changes()
        await pilot.pause()
        assert portfolio.reloads == 1
