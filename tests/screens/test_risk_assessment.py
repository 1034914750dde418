"""The questionnaire of a risk on the screen: digits answer, the matrix follows, rules beat the sum."""

from __future__ import annotations

import pytest
from change_boards import SIZES, board_app
from control_screens import flat
from dashboards import press, settled
from shells import seen
from textual.pilot import Pilot

from change_desks import ChangeDesk
from changedesk.screens.control.changes.risk_assessment import RiskAssessment, ask_risk
from changedesk.services.control.changes import asking
from changedesk.services.control.situation import find


@pytest.fixture
def board(board: ChangeDesk) -> ChangeDesk:
    board.draft()
    return board


async def asked(pilot: Pilot[None]) -> list[str]:
    """Open the questionnaire; what is told in the end is in the list."""
    told: list[str] = []
    await settled(pilot)
    ask_risk(pilot.app.screen, "CHG-0001", told.append)  # type: ignore[arg-type]
    await settled(pilot)
    assert isinstance(pilot.app.screen, RiskAssessment)
    return told


@pytest.mark.requirement("R88")
@pytest.mark.parametrize("size", SIZES)
async def test_ten_digits_and_enter_assess_a_change(board: ChangeDesk, size: tuple[int, int]):
    async with board_app(board, "max").run_test(size=size) as pilot:
        told = await asked(pilot)
        assert "At least low so far: 10 questions are open." in flat(pilot)
        await press(pilot, *"3222231221")
        text = flat(pilot)
        assert "How risky is CHG-0001? low" in text
        assert "Low: impact 2 × likelihood 2 = 4 of 25. What drives it: a team is stopped if it fails" in text
        assert "[●]" in seen(pilot.app)
        assert "10 of 10 answered" in text
        await press(pilot, "enter")
        assert told == ["CHG-0001: risk low, revision 2"]
        content = find(board.owner, "CHG-0001").content
        assert (content.risk, dict(content.risk_answers)["people"]) == ("low", "team")


async def test_enter_goes_to_what_is_not_answered_yet(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        told = await asked(pilot)
        await press(pilot, "down", "down", "2", "enter")
        assert "If it fails, how many people cannot work? (impact)" in flat(pilot)
        await press(pilot, "escape")
        assert told == []
        assert find(board.owner, "CHG-0001").revision == 1


async def test_a_rule_beats_the_sum_and_says_so(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await press(pilot, "1", "1", "1", "4")
        text = flat(pilot)
        assert "How risky is CHG-0001? high" in text
        assert "High, whatever the sum says: it cannot be taken back." in text


async def test_left_and_right_change_an_answer_and_r_raises_the_level_by_hand(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        told = await asked(pilot)
        await press(pilot, *"1111111111", "home", "right", "right", "left")
        assert "▌2 a few people are stopped if it fails" in flat(pilot)
        await press(pilot, "r")
        assert "Medium, set by hand above low." in flat(pilot)
        await press(pilot, "r", "r")
        assert "Low: impact 1 × likelihood 1 = 1 of 25." in flat(pilot)
        await press(pilot, "r", "enter")
        assert told == ["CHG-0001: risk medium, revision 2"]


async def test_what_was_answered_before_stands_there(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await asked(pilot)
        await press(pilot, *"3222231221", "enter")
        await asked(pilot)
        assert "10 of 10 answered" in flat(pilot)
        await press(pilot, "5", "enter")
        assert find(board.owner, "CHG-0001").content.risk == "medium"


async def test_a_change_that_moved_on_meanwhile_keeps_what_it_has(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        told = await asked(pilot)
        await press(pilot, *"3222231221")
        asking.edit(board.be("rita"), "CHG-0001", {"title": "Another title"})
        await press(pilot, "enter")
        assert told == []
        assert "CHG-0001 is revision 2 by now" in pilot.app.screen.notice
