"""Commands: their keys, their refusals, help and the palette."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from shells import FakeInitiative, FakePortfolio, a_dashboard, seen

from changedesk import commands
from changedesk.commands import BY_ID, COMMANDS, MAIN_SCREENS, OTHER_SCOPES, commands_on
from changedesk.commands.keys_page import keys_page
from changedesk.config import Config
from changedesk.errors import BadInput
from changedesk.keymap import keymap
from changedesk.screens.help import Help, help_lines
from changedesk.screens.palette import Palette

ROOT = Path(__file__).parents[2]


def test_the_page_of_keys_is_what_make_keys_would_write():
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == keys_page()


def test_every_command_has_a_title_and_a_sentence_and_can_be_reached():
    scopes = {screen.name for screen in MAIN_SCREENS} | {"app", *OTHER_SCOPES}
    for command in COMMANDS:
        assert command.keys or not command.footer, f"{command.id} is in the line of keys and has none"
        assert command.title, command.id
        assert command.help.endswith("."), command.id
        assert command.scope in scopes, command.id
        assert bool(command.word) == bool(command.footer), command.id
    assert len(BY_ID) == len(COMMANDS)


def test_no_two_commands_of_a_screen_share_a_key_and_none_is_eaten():
    changes = {command.id: command.keys[0] for command in COMMANDS if command.keys}
    assert keymap(changes).of("app.quit") == ("q", "ctrl+q")


def test_the_key_that_opens_is_never_one_that_confirms_something_dangerous():
    assert all("enter" not in command.keys for command in COMMANDS if command.dangerous)


@pytest.mark.parametrize(
    ("command_id", "key", "said"),
    [
        ("portfolio.sort", "g", "already belongs to portfolio.group"),
        ("portfolio.sort", "?", "already belongs to app.help"),
        ("portfolio.sort", "ctrl+q", "already belongs to app.quit"),
        ("portfolio.sort", "ctrl+b", "tmux takes it"),
        ("portfolio.sort", "ctrl+m", "the terminal sends it as enter"),
        ("portfolio.sort", "j", "lists need this key"),
        ("portfolio.sort", "f1", "does not reach the program"),
        ("portfolio.sort", "alt+x", "does not reach the program"),
        ("portfolio.sort", "", "does not reach the program"),
        ("portfolio.sortt", "o", "there is no such command"),
    ],
)
def test_a_key_that_cannot_work_is_refused_with_file_and_reason(command_id, key, said):
    with pytest.raises(BadInput) as refused:
        keymap({command_id: key}, "/home/a/config.toml")
    assert said in refused.value.message
    assert refused.value.message.startswith(f"/home/a/config.toml, [keys] {command_id}")
    assert refused.value.hint


def test_two_commands_may_change_places():
    changed = keymap({"portfolio.sort": "g", "portfolio.group": "s"})
    assert (changed.of("portfolio.sort"), changed.of("portfolio.group")) == (("g",), ("s",))


def test_screens_that_are_never_shown_together_may_share_a_key():
    assert keymap({"initiative.activities": "s"}).of("portfolio.sort") == ("s",)


async def test_a_command_answers_to_its_new_key_only():
    config = Config(keymap=keymap({"portfolio.sort": "o"}))
    async with a_dashboard(config=config).run_test(size=(80, 24)) as pilot:
        await pilot.press("o", "s")
        assert pilot.app.screen.done == ["sort"]
        assert " o sort " in seen(pilot.app)


async def test_capital_letters_and_signs_are_keys_of_their_own():
    config = Config(keymap=keymap({"portfolio.sort": "Z", "portfolio.filter": "+"}))
    async with a_dashboard(config=config).run_test(size=(80, 24)) as pilot:
        await pilot.press("Z", "+")
        assert pilot.app.screen.done == ["sort", "filter"]


async def test_on_a_read_only_desk_whatever_writes_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setitem(commands.BY_ID, "portfolio.sort", replace(BY_ID["portfolio.sort"], writes=True))
    async with a_dashboard(read_only=True).run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        assert pilot.app.screen.notice == "This desk is open read-only."
        assert pilot.app.screen.done == []


async def test_enter_opens_the_selected_initiative_and_escape_goes_back_to_where_one_was():
    async with a_dashboard().run_test() as pilot:
        await pilot.press("down", "enter")
        assert isinstance(pilot.app.screen, FakeInitiative)
        assert pilot.app.screen.shown == "psa"
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FakePortfolio)
        assert pilot.app.screen.table.selected_key == "psa"


async def test_digits_switch_the_screens_and_take_the_selection_along():
    async with a_dashboard().run_test() as pilot:
        await pilot.press("end", "2")
        first = pilot.app.screen
        assert isinstance(first, FakeInitiative)
        assert first.shown == "erp"
        await pilot.press("1", "2")
        assert pilot.app.screen is first


async def test_escape_goes_back_to_what_the_screen_is_about():
    async with a_dashboard().run_test() as pilot:
        await pilot.press("enter")
        pilot.app.screen.open_subject("erp")
        await pilot.press("escape")
        assert pilot.app.screen.table.selected_key == "erp"


async def test_a_click_on_a_tab_shows_its_screen():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=(seen(pilot.app).splitlines()[0].index(" 2") + 1, 0))
        assert isinstance(pilot.app.screen, FakeInitiative)


async def test_help_explains_the_screen_its_keys_signs_and_words():
    told = "\n".join("".join(span.text for span in line) for line in help_lines("portfolio", keymap({}), 100))
    for words in ("which one needs somebody today", "Change the order", "▲ late", "★ go-live", "lag", "adopted", "CPI"):
        assert words in told
    async with a_dashboard().run_test(size=(120, 40)) as pilot:
        await pilot.press("?")
        assert isinstance(pilot.app.screen, Help)
        assert "Help: Portfolio" in seen(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, FakePortfolio)


def test_the_help_of_every_place_begins_with_the_question_that_it_answers():
    for scope in {*OTHER_SCOPES, *(screen.name for screen in MAIN_SCREENS)} - {"form"}:
        first = "".join(span.text for span in help_lines(scope, keymap({}), 200)[0])
        assert "?" in first, scope


@pytest.mark.requirement("R28")
def test_the_help_of_an_initiative_asks_for_the_thing_and_for_whether_it_matters():
    told = " ".join(span.text for line in help_lines("initiative", keymap({}), 200) for span in line)
    assert "Was it delivered correctly, and are the people using it?" in told
    assert "work done on people is not people using it" in told


@pytest.mark.parametrize("scope", ["calendar", "golive", "service"])
def test_help_tells_first_what_only_this_screen_has(scope):
    lines = ["".join(span.text for span in line) for line in help_lines(scope, keymap({}), 100)]
    parts = [line.strip() for before, line in pairwise(lines) if not before and line]
    assert parts == [
        "Signs of this screen",
        "Keys of this screen",
        "Keys of every screen",
        "In every list",
        "Signs of every screen",
        "Words",
    ]
    assert lines.index(" Keys of this screen") < 20, "signs and keys both begin on the first page"


@pytest.mark.parametrize("scope", ["golive", "hit"])
def test_a_sign_may_be_faint_but_its_name_is_there_to_be_read(scope):
    lines = help_lines(scope, keymap({}), 100)
    faint = {span.text.strip() for line in lines for span in line if span.look.ink in ("faint", "line")}
    assert faint, "there is a sign of which this is the question"
    assert not any(letter.isalpha() for text in faint for letter in text), faint


def test_help_tells_no_command_twice():
    lines = ["".join(span.text for span in line) for line in help_lines("portfolio", keymap({}), 100)]
    for title in ("Services. ", "Client (MSP). "):
        assert sum(title in line for line in lines) == 1, title


async def test_help_can_be_read_on_a_small_terminal():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        await pilot.press("?", "end")
        await pilot.pause()
        assert "unknown: no plan" in seen(pilot.app)


async def test_the_palette_names_every_command_in_full_and_says_all_that_the_selected_one_does():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        text = seen(pilot.app)
        for command in commands_on("portfolio")[:10]:
            assert f" {command.title} " in text, command.title
        await pilot.press(*"holidays")
        await pilot.pause()
        assert BY_ID["portfolio.holidays"].help in " ".join(seen(pilot.app).replace("│", " ").split())


def test_a_command_without_a_key_says_how_it_is_reached():
    lines = ["".join(span.text for span in line) for line in help_lines("portfolio", keymap({}), 120)]
    told = {command.title for command in commands_on("portfolio") if command.keys}
    bare = [command for command in commands_on("portfolio") if not command.keys and command.title not in told]
    assert bare
    for command in bare:
        assert any(line.startswith(f"  ctrl+p by name  {command.title}. ") for line in lines), command.id


async def test_the_palette_finds_a_command_by_letters_and_gives_it():
    async with a_dashboard().run_test(size=(100, 30)) as pilot:
        portfolio = pilot.app.screen
        await pilot.press("ctrl+p", *"sort", "enter")
        await pilot.pause()
        assert portfolio.done == ["sort"]
        assert pilot.app.screen is portfolio


async def test_the_palette_selects_the_best_of_what_is_found():
    async with a_dashboard().run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"client", "down", "s")
        await pilot.pause()
        found = [line for line in seen(pilot.app).splitlines() if " Clients" in line]
        assert [("▌" in line) for line in found] == [True, False]


async def test_the_palette_tells_a_place_once_and_how_many_commands_there_are():
    async with a_dashboard().run_test(size=(100, 60)) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        lines = seen(pilot.app).splitlines()
        for title in ("Services", "Client (MSP)"):
            assert sum(f" {title}  " in line for line in lines) == 1, title
        assert any(re.search(r"\d+ of \d+ ─╯", line) for line in lines)


async def test_the_palette_tells_a_place_by_name_where_its_key_does_nothing_now():
    async with a_dashboard().run_test(size=(100, 60)) as pilot:
        pilot.app.screen.reasons["msp"] = "No initiative is selected"
        await pilot.press("ctrl+p", *"client (msp)")
        await pilot.pause()
        assert sum(" Client (MSP)  " in line for line in seen(pilot.app).splitlines()) == 2


async def test_the_palette_says_why_a_command_is_refused_and_does_not_give_it():
    async with a_dashboard().run_test(size=(100, 30)) as pilot:
        portfolio = pilot.app.screen
        portfolio.reasons["group"] = "There is only one client"
        await pilot.press("ctrl+p", *"group")
        assert "There is only one client" in seen(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Palette)
        await pilot.press("escape")
        assert pilot.app.screen is portfolio
        assert portfolio.done == []


async def test_the_palette_goes_where_a_command_works_that_is_not_one_of_here_and_gives_it_not():
    async with a_dashboard().run_test(size=(100, 30)) as pilot:
        portfolio = pilot.app.screen
        await pilot.press("ctrl+p", *"repo")
        assert "It works on Initiative: enter goes there." in seen(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen.shown == "mfa"
        assert pilot.app.screen.notice == "Press R here: Report."
        assert portfolio.done == []


async def test_the_palette_says_what_opens_a_place_to_which_nothing_leads_from_everywhere():
    async with a_dashboard().run_test(size=(100, 30)) as pilot:
        await pilot.press("ctrl+p", *"lock")
        assert "It works on Decisions, which D on Initiative opens." in seen(pilot.app)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Palette)
        await pilot.press(*"zzq")
        assert "No command has these letters." in seen(pilot.app)


async def test_the_theme_key_goes_through_the_three_themes():
    async with a_dashboard().run_test(size=(80, 24)) as pilot:
        themes = [pilot.app.theme]
        for _ in range(3):
            await pilot.press("T")
            themes.append(pilot.app.theme)
        assert themes == ["changedesk-dark", "changedesk-light", "changedesk-contrast", "changedesk-dark"]


async def test_a_theme_that_nobody_knows_is_said_and_the_dark_one_taken():
    async with a_dashboard(config=Config(theme="rainbow")).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert pilot.app.theme == "changedesk-dark"
        assert pilot.app.screen.notice == "There is no theme 'rainbow'; themes are dark, light, contrast."


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_both_keys_quit(key):
    app = a_dashboard()
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.return_code == 0


async def test_ctrl_q_quits_also_while_something_is_typed():
    app = a_dashboard()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", "q", "ctrl+q")
    assert app.return_code == 0


def test_every_screen_offers_help_palette_back_and_quit():
    for screen in MAIN_SCREENS:
        ids = {command.id for command in commands_on(screen.name)}
        assert {"app.help", "app.palette", "app.back", "app.quit"} <= ids
