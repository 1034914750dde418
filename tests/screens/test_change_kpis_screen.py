"""The figures of change control on the screen: with n and interval, by group, by window, unknown where unknown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from change_boards import SIZES, board_app
from control_screens import flat, show
from dashboards import dashboard_on, press
from shells import seen

from change_desks import ChangeDesk, a_change_desk
from changedesk.services.control.rules.policies import set_policy
from changedesk.services.door import Door
from changedesk.store.control.decisions import current_policy


@pytest.fixture
def board(board: ChangeDesk) -> ChangeDesk:
    board.history(
        *(f"A-{n},alder,normal,low,mail,{50 + 9 * n},successful" for n in range(8)),
        "A-90,alder,emergency,high,mail,70,failed",
        *(f"B-{n},birch,standard,low,print,{20 + n},with_issues" for n in range(3)),
    )
    board.closed()
    return board


def line(text: str, begins: str) -> str:
    """The line of the screen on which a figure stands, with single spaces."""
    return " ".join(next(row for row in text.splitlines() if begins in row).split())


@pytest.mark.requirement("R125")
@pytest.mark.requirement("R172")
@pytest.mark.parametrize("size", SIZES)
async def test_every_figure_has_its_share_its_interval_and_what_it_is_made_of(board: ChangeDesk, size: tuple[int, int]):
    async with board_app(board).run_test(size=size) as pilot:
        await show(pilot, "change_kpis")
        text = seen(pilot.app)
        assert "Is change control healthy?  all clients, the last 365 days" in text
        assert "69 % 42-87 % 9 of 13" in line(text, "Went well  ")
        assert "8 % 1-33 % 1 of 13" in line(text, "Emergencies")
        assert "?" in line(text, "Outside maintenance")
        assert "0 of 1" in line(text, "Without leave")
        assert "Approval takes 80 % in 3 h 3 h 1" in line(text, "Approval takes")
        assert "0 of 1" in line(text, "Caused an incident"), "of those from a file nobody has said"
        assert "What counts as a success: “successful”." in flat(pilot)
        assert "Went well by client" in text


@pytest.mark.parametrize(("size", "stands_apart"), [((80, 24), False), ((120, 36), True)])
async def test_what_a_figure_means_stands_apart_from_the_list_where_that_has_room(
    board: ChangeDesk, size: tuple[int, int], *, stands_apart: bool
):
    async with board_app(board).run_test(size=size) as pilot:
        await show(pilot, "change_kpis")
        lines = [row.strip("│ ") for row in seen(pilot.app).splitlines()]
        last = next(number for number, row in enumerate(lines) if row.startswith("Cancelled, rejected"))
        below = lines[last + 1 : last + 3]
        assert [row.startswith("Went well: closed with an outcome") for row in below] == [
            not stands_apart,
            stands_apart,
        ]


async def test_that_any_change_began_without_leave_is_told_by_a_sign_and_not_by_colour_alone(demo: Door):
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        await show(pilot, "change_kpis")
        text = seen(pilot.app)
        assert "Without leave ▲ 1 %" in line(text, "Without leave")
        assert text.count("▲ ") == 2, "and the overdue of the title line"


async def test_the_selected_figure_is_told_apart_by_client_path_and_team(board: ChangeDesk):
    async with board_app(board).run_test(size=(120, 36)) as pilot:
        await show(pilot, "change_kpis")
        assert "90 %" in line(seen(pilot.app), "alder")
        assert "0 of 3" in line(seen(pilot.app), "birch")
        await press(pilot, "g", "down", "down")
        text = seen(pilot.app)
        assert "Failed or backed out by path" in text
        assert "100 %" in line(text, " emergency")
        await press(pilot, "g")
        assert "nobody named" in seen(pilot.app)


async def test_another_window_and_another_client(board: ChangeDesk):
    async with board_app(board).run_test(size=(120, 36)) as pilot:
        await show(pilot, "change_kpis")
        await press(pilot, "w", "w")
        assert "all clients, the last 30 days" in seen(pilot.app)
        assert "1 of 4" in line(seen(pilot.app), "Went well  ")
        await press(pilot, "w")
        assert "as far back as the desk knows" in seen(pilot.app)
        await press(pilot, "c", "c")
        text = seen(pilot.app)
        assert "Is change control healthy?  birch" in text
        assert "0 of 3" in line(text, "Went well  ")
        await press(pilot, "c")
        assert "all clients" in seen(pilot.app)
        await press(pilot, "enter", "home", "enter")
        assert "Is change control healthy?  alder" in seen(pilot.app)


async def test_clients_that_count_differently_are_named(board: ChangeDesk):
    policy = replace(current_policy(board.desk.reader(), "birch")[2], success=("successful", "with_issues"))
    set_policy(board.owner, "birch", policy)
    async with board_app(board).run_test(size=(160, 48)) as pilot:
        await show(pilot, "change_kpis")
        assert "What counts as a success: “successful” at alder; “successful” or “with issues” at birch." in flat(pilot)
        assert "3 of 3" in line(seen(pilot.app), "birch  ")


async def test_a_reader_of_one_client_sees_that_one_alone(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await show(pilot, "change_kpis")
        assert "birch" not in seen(pilot.app)
        await press(pilot, "c", "c")
        assert "birch" not in seen(pilot.app)


async def test_without_a_change_everything_is_unknown(tmp_path: Path):
    with a_change_desk(tmp_path) as board:
        async with board_app(board).run_test(size=(80, 24)) as pilot:
            await show(pilot, "change_kpis")
            text = seen(pilot.app)
            assert line(text, "Went well  ").split()[3] == "?"
            assert "No change has been asked for yet: n on Approvals asks for one." in text
