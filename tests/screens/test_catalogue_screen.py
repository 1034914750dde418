"""Standard changes on the screen: proposed in a form, approved by somebody else, retired with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from change_boards import SIZES, board_app
from control_screens import flat, show, write
from dashboards import press
from form_desks import form_of
from shells import seen

from builders import found
from change_desks import BODY, ChangeDesk, a_change_desk
from changedesk.services.control.rules import templates


@pytest.fixture
def board(board: ChangeDesk) -> ChangeDesk:
    board.template()
    board.used("successful", 30)
    board.used("failed", 20)
    board.used("failed", 10)
    board.template("rotate-logs")
    templates.propose(board.be("max"), "alder", "rotate-logs", {**BODY, "plan": "Rotate twice."})
    return board


@pytest.mark.parametrize("size", SIZES)
async def test_what_needs_somebody_comes_first_and_says_why(board: ChangeDesk, size: tuple[int, int]):
    async with board_app(board).run_test(size=size) as pilot:
        await show(pilot, "catalogue")
        text = flat(pilot)
        assert "What may be done without asking? 2 wait for somebody" in text
        assert text.index("restart") < text.index("rotate-logs")
        assert "version 1, suspended: 2 of 3 uses failed: CHG-0003 and CHG-0002" in text
        assert "33 % 6-79 %" in text
        await press(pilot, "down")
        assert "version 2, proposed by max, for somebody to approve it" in flat(pilot)


async def test_a_suspended_one_is_approved_again_by_somebody_else_with_what_was_mended(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "catalogue")
        await press(pilot, "a")
        assert pilot.app.screen.notice == "Whoever proposed a template does not approve it."
    async with board_app(board, "cora").run_test(size=(80, 24)) as pilot:
        await show(pilot, "catalogue")
        await press(pilot, "a", "enter")
        assert "It stays suspended until that is said." in flat(pilot)
        await write(pilot, "the script waits", "enter")
        assert "Fri 26 Nov 2027" in flat(pilot)
        await press(pilot, "enter", "escape", "a")
        await write(pilot, "the script waits", "enter", "enter", "y")
        assert pilot.app.screen.notice == "Approved: restart, version 1."
        assert found(board.desk, "SELECT state, approved_until FROM template WHERE name = 'restart'") == [
            ("approved", "2027-11-26T00:00:00.000Z")
        ]


async def test_one_is_proposed_in_a_form_and_the_next_version_begins_with_the_last(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "catalogue")
        await press(pilot, "n")
        await write(pilot, "clear-queue", "tab")
        await write(pilot, "Clear the queue", "tab", "tab", "tab")
        await write(pilot, "Stop, clear, start.", "tab", "tab")
        await write(pilot, "Start it again.", "ctrl+s")
        assert pilot.app.screen.notice == "Saved: standard change alder · clear-queue."
        assert found(board.desk, "SELECT state, min_success FROM template WHERE name = 'clear-queue'") == [
            ("proposed", 0.95)
        ]
        await press(pilot, "home", "enter")
        values = form_of(pilot).values
        assert (values["name"], values["plan"], values["allowed"]) == ("restart", "Restart it.", "services")
        await press(pilot, "ctrl+s")
        assert found(board.desk, "SELECT version, state FROM template WHERE name = 'restart' ORDER BY version") == [
            (1, "suspended"),
            (2, "proposed"),
        ]


async def test_what_cannot_be_proposed_says_so_at_its_field(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "catalogue")
        await press(pilot, "n", "ctrl+s")
        assert "Not saved yet: look at Name." in seen(pilot.app)


async def test_one_is_retired_with_a_reason_and_seen_among_all(board: ChangeDesk):
    async with board_app(board, "cora").run_test(size=(120, 36)) as pilot:
        await show(pilot, "catalogue")
        await press(pilot, "x")
        await write(pilot, "mail has moved", "enter")
        assert pilot.app.screen.notice == "Retired: restart."
        assert "restart" not in seen(pilot.app).replace("Retired: restart.", "")
        await press(pilot, "A", "end")
        assert "version 1, retired: mail has moved" in flat(pilot)


async def test_an_empty_catalogue_says_which_key_begins(tmp_path: Path):
    with a_change_desk(tmp_path) as board:
        async with board_app(board).run_test(size=(80, 24)) as pilot:
            await show(pilot, "catalogue")
            assert "No standard change yet: n proposes the first one." in seen(pilot.app)
            await press(pilot, "a")
            assert pilot.app.screen.notice == "There is no standard change to choose yet: n proposes one."
