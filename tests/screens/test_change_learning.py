"""Where a change is worked on stands what the past says of it: its risk, those like it, its review."""

from __future__ import annotations

import pytest
from change_boards import SIZES, board_app
from control_screens import flat, show, write
from dashboards import press, settled
from textual.pilot import Pilot

from change_desks import ChangeDesk
from changedesk.screens.control.changes.change import ChangeScreen
from changedesk.screens.control.changes.risk_assessment import RiskAssessment
from changedesk.screens.control.learning.review_form import ReviewForm
from changedesk.screens.control.learning.reviews import ReviewsScreen
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking, assessing
from changedesk.services.control.situation import find

ANSWERS = {
    "people": "team", "business": "time", "data": "copy", "backout": "window", "done_before": "here",
    "tested": "like", "parts": "one", "timing": "quiet", "habits": "told", "desk": "scripts",
}  # fmt: skip


async def open_change(pilot: Pilot[None], board: ChangeDesk, number: str) -> None:
    """Show all about a change."""
    await settled(pilot)
    pilot.app.show_screen("change", find(board.owner, number).id)  # type: ignore[attr-defined]
    await settled(pilot)
    assert isinstance(pilot.app.screen, ChangeScreen)


@pytest.mark.requirement("R88")
@pytest.mark.parametrize("size", SIZES)
async def test_an_approver_sees_what_drives_the_risk_and_how_those_like_it_ended(
    board: ChangeDesk, size: tuple[int, int]
):
    board.history(*(f"A-{n},alder,normal,low,mail,{20 + n},successful" for n in range(11)),
                  "A-90,alder,normal,low,mail,70,backed_out")  # fmt: skip
    number = board.draft(risk="")
    asking.submit(board.be("rita"), number)
    assessing.answer(board.be("max"), number, ANSWERS)
    voting.vote(board.be("max"), number, "approve")
    async with board_app(board, "cora").run_test(size=size) as pilot:
        await show(pilot, "approvals")
        text = flat(pilot)
        assert "Risk" in text
        assert "low, 4 of 25: a team is stopped if it fails (impact 3 of 5)" in text
        assert "12 done: 11 clean, 1 back-out" in text
        assert "success 92 % (65-99), median 30 min" in text
        assert "any " not in text.partition("Like it")[2].partition("Back-out")[0], "nothing was given up to find them"


async def test_questions_that_cannot_be_read_leave_the_card_whole(board: ChangeDesk):
    number = board.draft()
    folder = board.desk.path.parent / "risk"
    folder.mkdir()
    (folder / "alder.toml").write_text("title = 3", encoding="utf-8")
    async with board_app(board).run_test(size=(120, 36)) as pilot:
        await open_change(pilot, board, number)
        assert "the questions of its client cannot be read" in flat(pilot)


async def test_a_risk_is_assessed_by_questions_from_the_change(board: ChangeDesk):
    number = board.draft(risk="")
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await open_change(pilot, board, number)
        await press(pilot, "A")
        assert isinstance(pilot.app.screen, RiskAssessment)
        await press(pilot, *"3222221221", "enter")
        assert pilot.app.screen.notice == f"{number}: risk low, revision 2."
        assert "low, 4 of 25" in flat(pilot)


async def test_a_review_is_opened_from_the_change(board: ChangeDesk):
    number = board.done("failed", 3)
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await open_change(pilot, board, number)
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, ReviewForm)
        await write(pilot, "not met", "tab")
        await write(pilot, "The cable was wrong.", "ctrl+s")
        assert pilot.app.screen.notice == f"{number} was reviewed."
        assert "The cable was wrong." in flat(pilot)


async def test_reviews_lead_to_the_change_and_the_changes_to_the_reviews(board: ChangeDesk):
    board.done("failed", 3)
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await show(pilot, "changes")
        await press(pilot, "R")
        assert isinstance(pilot.app.screen, ReviewsScreen)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, ChangeScreen)
        await show(pilot, "reviews")
        await press(pilot, "K", "S", "R")
        assert isinstance(pilot.app.screen, ReviewsScreen)
