"""What is typed without waiting, as it comes over a slow line, means what it would have meant one key after the other."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from control_screens import dashboard
from dashboards import dashboard_on, door_of, press, settled
from people_desks import staffed
from shells import seen
from textual.events import Key
from textual.pilot import Pilot

from builders import a_desk, an_initiative
from changedesk.commands import READ_ONLY
from changedesk.errors import BadInput, ChangeDeskError, Damaged
from changedesk.screens.initiative import gate
from changedesk.screens.loading import COULD_NOT_READ
from changedesk.screens.readiness import acts
from changedesk.services.door import Door
from changedesk.services.initiative import gates
from changedesk.services.portfolio import page
from changedesk.services.portfolio.page import PortfolioView, portfolio
from changedesk.services.portfolio.query import PortfolioQuery
from changedesk.services.session import Session

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"
SENT = {"slash": "/", NEXT: "]", BEFORE: "["}


async def burst(pilot: Pilot[None], *keys: str) -> str:
    """Send keys all at once; gives what is seen when everything has followed."""
    for key in keys:
        character = SENT.get(key, key if len(key) == 1 else None)
        pilot.app.post_message(Key("space" if key == " " else key, character))
    for _ in range(4):
        await settled(pilot)
    return " ".join(seen(pilot.app).split())


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (("ctrl+p", "t", "h", "e", "enter"), "Theme: light"),
        (("enter", "a"), "Activities 5 late"),
        (("down", "enter", "m"), "Measures: PSA replacement"),
        (("7", "slash", "e", "x", "p", "enter"), "Expense claims app EXP"),
        (("8", "c", "c", "u", "t", "enter"), "ERP cutover ·"),
        (("5", "o"), "Who takes care of it?"),
        (("5", "o", "b", "e", "n"), "Ben Archer"),
        (("2", "escape", "5"), "Which gap first?"),
        (("3", "l", "c", "a", "l", "d"), "Whose changes?"),
        (("ctrl+p", *"reviews", "enter", "K"), "Is change control healthy?"),
        (("3", "l", "c", *"alder", "enter", "s"), "Which changes?"),
        (("enter", "r", "t", "n"), "New target"),
        (("slash", *"NSA"), "Initiatives by attention “NSA”: 0 of 14"),
        (("3", "l", "slash", *"MFA", "enter", "o"), "“MFA”: 1 change"),
        (("4", "slash", *"alder", "escape", "slash", *"never"), "Nothing here has “never”."),
        (("N", *"mfa", "enter", *"birch", "enter", *"2 mar", "enter"), "Make MFA-2?"),
    ],
)
async def test_keys_go_to_what_the_keys_before_them_have_opened(demo: Door, keys: tuple[str, ...], shown: str):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert shown in await burst(pilot, *keys)


@pytest.mark.parametrize(
    ("opening", "keys", "shown"),
    [
        (("enter", "enter"), (NEXT, NEXT, NEXT), "Gate 6 of 6"),
        (("enter", "enter"), (NEXT, "S"), "Sign the delivery side of gate 4 Go-live"),
        (("enter", "enter", BEFORE), (NEXT, "S", *"follows"), "│ follows "),
        (("8", "h"), (NEXT, "e"), "New handover FILES"),
        (("m",), (NEXT, NEXT), "3 of 5"),
        (("7",), (NEXT, NEXT), "Firewall standard"),
    ],
)
async def test_a_key_behind_the_one_to_what_comes_next_is_meant_for_that(
    demo: Door, opening: tuple[str, ...], keys: tuple[str, ...], shown: str
):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, *opening)
        assert shown in await burst(pilot, *keys)


async def test_a_key_behind_a_tick_is_meant_for_the_item_after_it_however_long_the_tick_is_saved(
    own: Door, monkeypatch
):
    may_save = threading.Event()

    def slowly(*given: object) -> None:
        may_save.wait(30)
        tick(*given)

    tick = gates.tick
    monkeypatch.setattr(gates, "tick", slowly)
    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "enter", "enter", *"quiz")
        pilot.app.post_message(Key("enter", None))
        while not isinstance(pilot.app.screen, gate.GateScreen):
            await pilot.pause()
        pilot.app.post_message(Key("space", " "))
        await pilot.pause()
        may_save.set()
        for _ in range(4):
            await settled(pilot)
        assert "─ Managers briefed ─" in seen(pilot.app)


@pytest.mark.parametrize(
    ("where", "trouble", "answer"),
    [
        ("gate_page", BadInput("this gate cannot be read"), COULD_NOT_READ),
        ("box_title", Damaged("this gate cannot be read", "restore a backup"), "d delivery knows"),
    ],
)
async def test_what_comes_next_and_cannot_be_read_or_shown_lets_the_keys_go_on(
    demo: Door, monkeypatch, where: str, trouble: ChangeDeskError, answer: str
):
    def damaged(*_: object) -> object:
        raise trouble

    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "enter")
        monkeypatch.setattr(gate, where, damaged)
        assert "this gate cannot be read" in await burst(pilot, NEXT)
        assert answer in await burst(pilot, "D")


async def test_a_first_key_to_another_screen_waits_until_it_is_known_what_is_selected(demo: Door, monkeypatch):
    may_read = threading.Event()

    def slowly(session: Session, query: PortfolioQuery) -> PortfolioView:
        may_read.wait(30)
        return portfolio(session, query)

    monkeypatch.setattr(page, "portfolio", slowly)
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        pilot.app.post_message(Key("7", "7"))
        await pilot.pause()
        may_read.set()
        for _ in range(4):
            await settled(pilot)
        assert " ".join(seen(pilot.app).split()).find("MFA for everyone MFA alder") > 0


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        (("ctrl+p",), "Two lanes, one initiative"),
        (("S", "c"), "Which service needs somebody?"),
        (("N",), "New initiative: for which client?"),
        (("enter", "r"), "Activities MFA"),
    ],
)
async def test_a_key_that_repeats_answers_a_question_once(own: Door, opening: tuple[str, ...], shown: str):
    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, *opening)
        assert shown in await burst(pilot, "enter", "enter")


async def test_an_enter_that_comes_twice_ticks_nothing_without_a_look_at_what_it_asks(own: Door):
    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "enter")
        assert "What shows it?" in await burst(pilot, "enter", "enter")
        await press(pilot, "enter")
        assert "People 2 of 4 done" in " ".join(seen(pilot.app).split())


async def test_where_no_question_comes_what_was_typed_for_it_does_nothing(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            shown = await burst(pilot, "U", "n")
            assert "New initiative" not in shown
            await press(pilot, "n")
            assert "New initiative" in seen(pilot.app), "what is typed later does"


async def test_the_text_behind_a_refused_key_to_a_form_does_nothing_and_the_refusal_stays(tmp_path: Path):
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().on(desk)
        async with dashboard(desk, read_only=True).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            shown = await burst(pilot, "n", *"gross")
            assert "Initiatives by attention" in shown
            assert pilot.app.screen.notice == READ_ONLY
            await press(pilot, "s")
            assert "Initiatives by go-live" in seen(pilot.app), "what is typed later does something"


async def test_a_key_behind_one_that_has_nowhere_to_go_on_to_is_followed(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "enter", *[NEXT] * 3)
        await burst(pilot, NEXT, "ctrl+p")
        assert pilot.app.screen.is_modal


async def test_after_a_question_that_could_not_be_read_the_keys_work_again(demo: Door, monkeypatch):
    def damaged(*_: object) -> object:
        raise BadInput("nobody can be read")

    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await press(pilot, "5")
        monkeypatch.setattr(acts, "people_in_view", damaged)
        shown = await burst(pilot, "o", "m")
        assert "nobody can be read" in shown
        await press(pilot, "1")
        assert "Initiatives by attention" in seen(pilot.app)


async def test_what_was_typed_behind_an_enter_that_chose_nothing_is_forgotten(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "l")
        shown = await burst(pilot, "c", *"zzz", "enter", "q", "n")
        assert "│ zzz │" in shown
        await press(pilot, "a")
        assert " zzza " in seen(pilot.app), "what is typed later is a letter again"


async def test_in_a_list_where_nothing_has_the_letters_enter_chooses_nothing(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "l", "c", *"alder", "enter")
        before = seen(pilot.app).splitlines()[1]
        assert "alder" in before
        await press(pilot, "c", *"zzz", "enter")
        assert "Nothing has these letters." in seen(pilot.app)
        await press(pilot, "escape")
        assert seen(pilot.app).splitlines()[1] == before


async def test_a_second_click_on_all_of_them_chooses_all(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await press(pilot, "3", "l", "c", *"alder", "enter", "c")
        lines = seen(pilot.app).splitlines()
        row = next(n for n, line in enumerate(lines) if "every client in view" in line)
        place = (lines[row].index("every client in view"), row)
        await pilot.click(offset=place)
        await pilot.click(offset=place, times=2)
        await settled(pilot)
        assert "Whose changes?" not in seen(pilot.app)
        assert pilot.app.return_code is None
