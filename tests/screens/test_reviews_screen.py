"""Reviews and lessons: what is owed after changes is done on the spot, and what they taught is found by tag."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from change_boards import SIZES, board_app
from control_screens import flat, show, write
from dashboards import press
from shells import seen

from builders import TODAY, found
from change_desks import ChangeDesk, a_change_desk
from changedesk.domain.control.template import Template
from changedesk.screens.control.learning.review_form import ReviewForm
from changedesk.screens.control.learning.reviews_parts import owed_detail
from changedesk.services.control.changes import asking
from changedesk.services.control.learning import reviewing
from changedesk.services.control.learning.reviewing import NewAction
from changedesk.services.control.learning.reviews import reviews_view


@pytest.fixture
def board(board: ChangeDesk) -> ChangeDesk:
    board.template()
    board.used("failed", 20)
    board.used("backed_out", 15)
    board.done("failed", days=14)
    board.done(days=9)
    number = board.done("with_issues", days=5)
    reviewing.review(
        board.be("max"), number, "Phones were silent.", cause="adoption", lesson="Tell the desk the evening before.",
        proposal="Ask for a call test", actions=(NewAction("Write the call test", "ivo", date(2026, 11, 20)),),
    )  # fmt: skip
    return board


@pytest.mark.requirement("R89")
@pytest.mark.requirement("R104")
@pytest.mark.parametrize("size", SIZES)
async def test_what_is_owed_stands_there_the_most_overdue_first(board: ChangeDesk, size: tuple[int, int]):
    async with board_app(board).run_test(size=size) as pilot:
        await show(pilot, "reviews")
        text = flat(pilot)
        for words in (
            "What is owed after changes? 3 reviews and 1 action overdue",
            "5 done: 1 successful · 1 with issues · 2 failed · 1 backed out",
            "Causes, as far as reviews say: 1 adoption.",
            "Reviews 3 3 overdue",
            "To be closed 2",
            "Actions 1 1 overdue",
            "A review is due by",
            "enter reviews it",
        ):
            assert words in text, words
        order = [text.index(number) for number in ("CHG-0001", "CHG-0002", "CHG-0003")]
        assert order == sorted(order)
        await press(pilot, "end")
        assert "Proposals 1" in flat(pilot)


def test_what_enter_does_with_what_is_owed_can_be_read():
    suspended = Template(
        "t", 1, "alder", "Restart", 1, "suspended", {}, (), "low", 0.95, None, None, None, "two failed"
    )
    assert owed_detail(suspended, TODAY, 80)[-1][0].look.ink == "explain"


async def test_enter_opens_the_review_and_what_is_saved_is_gone_from_the_list(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "down", "down", "enter")
        assert isinstance(pilot.app.screen, ReviewForm)
        text = flat(pilot)
        assert "How did CHG-0003 go? failed" in text
        assert "Started Thu 12 Nov 14:02 Thu 12 Nov 14:02 on time" in text
        await write(pilot, "needs", "tab")
        await write(pilot, "The cable was wrong.", "tab")
        await write(pilot, "tech", "ctrl+s")
        assert pilot.app.screen.notice == "CHG-0003 was reviewed."
        assert found(board.desk, "SELECT findings, result, cause FROM review ORDER BY rowid DESC LIMIT 1") == [
            ("The cable was wrong.", "needs_further_change", "technical")
        ]
        assert "3 reviews" not in seen(pilot.app)


async def test_the_day_on_which_a_change_ended_is_one_of_its_client_and_a_foreign_clock_is_named(board: ChangeDesk):
    with board.desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE client SET timezone = 'Australia/Sydney' WHERE code = 'alder'")
        transaction.record("test.changed", "x", {})
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        assert "ended Sat 7 Nov, failed. A review is due by" in flat(pilot)
        await press(pilot, "enter")
        text = flat(pilot)
        assert "Planned As it was Sydney time" in text
        assert "Completed Sat 7 Nov 02:02 Sat 7 Nov 01:42 20 min early" in text


async def test_whoever_did_it_does_not_review_it_and_hears_why_before_the_form(board: ChangeDesk):
    async with board_app(board, "ivo").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "enter")
        assert "the implementer does not review or close CHG-0001" in pilot.app.screen.notice


async def test_what_waits_only_for_its_closing_is_closed_after_a_question(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "enter")
        assert "What is closed stays as it is" in flat(pilot)
        await press(pilot, "escape")
        assert found(board.desk, "SELECT count(*) FROM change_request WHERE state = 'closed'") == [(0,)]
        await press(pilot, "enter", "y")
        assert pilot.app.screen.notice.startswith("Closed: CHG-")
        assert found(board.desk, "SELECT count(*) FROM change_request WHERE state = 'closed'") == [(1,)]


async def test_what_cannot_be_closed_yet_is_opened_where_what_it_lacks_can_be_done(board: ChangeDesk):
    number = board.done("with_issues", days=3)
    reviewing.review(board.be("max"), number, "Phones were silent.", cause="adoption")
    asking.hold(board.be("max"), number, "a vote is owed")
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "down", "down")
        assert f"▌ ✗ {number}" in seen(pilot.app)
        assert "Before it closes: it is on hold: a vote is owed." in flat(pilot)
        assert "enter opens it" in flat(pilot)
        await press(pilot, "enter")
        assert pilot.app.screen.scope == "change"
        assert number in flat(pilot)


async def test_an_action_is_done_by_a_key_and_another_one_is_added(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "tab", "enter", "y")
        assert pilot.app.screen.notice == "Done: Write the call test."
        assert found(board.desk, "SELECT count(*) FROM review_action WHERE done_at IS NULL") == [(0,)]
        await press(pilot, "home", "n")
        await write(pilot, "Buy a spare cable", "tab")
        await write(pilot, "iv", "tab")
        await write(pilot, "+1w", "ctrl+s")
        assert found(board.desk, "SELECT text, owner, due FROM review_action WHERE done_at IS NULL") == [
            ("Buy a spare cable", "ivo", "2026-12-03T00:00:00.000Z")
        ]


async def test_what_another_dashboard_has_done_meanwhile_is_refused_and_leaves_the_list(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "tab", "enter")
        (waiting,) = reviews_view(board.be("max")).actions
        reviewing.finish_action(board.be("max"), waiting.number, waiting.action.id)
        await press(pilot, "y")
        assert "done already" in pilot.app.screen.notice
        pilot.app.screen.read_again()
        await press(pilot, "enter")
        assert "Actions 1" not in flat(pilot)


@pytest.mark.requirement("R93")
async def test_a_proposal_is_accepted_or_declined_with_a_reason(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "tab", "tab", "enter")
        assert "Change the policy of alder?" in flat(pilot)
        await press(pilot, "d", "enter")
        assert "To decline a proposal takes a reason." in flat(pilot)
        await write(pilot, "too slow", "enter")
        assert found(board.desk, "SELECT state, reason FROM learned_proposal") == [("declined", "too slow")]


@pytest.mark.requirement("R93")
async def test_an_accepted_proposal_is_an_action_of_whoever_accepted_it(board: ChangeDesk):
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "tab", "tab", "tab", "enter", "a")
        assert pilot.app.screen.notice == "Accepted: it is an action of yours now."
        assert found(board.desk, "SELECT state FROM learned_proposal") == [("accepted",)]
        assert found(board.desk, "SELECT owner FROM review_action WHERE text LIKE 'Change the policy%'") == [("max",)]
        assert "Change the policy of alder: Ask for a call test" in flat(pilot)


async def test_a_suspended_template_leads_to_the_catalogue(board: ChangeDesk):
    async with board_app(board).run_test(size=(120, 36)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "end", "enter")
        assert "What may be done without asking?" in seen(pilot.app)


async def test_lessons_are_shown_and_narrowed_by_tag(board: ChangeDesk):
    async with board_app(board).run_test(size=(80, 24)) as pilot:
        await show(pilot, "reviews")
        await press(pilot, "t")
        assert pilot.app.screen.notice == "Tags belong to lessons: L shows them."
        await press(pilot, "L")
        text = flat(pilot)
        assert "What have changes taught? every service and path" in text
        assert "Tell the desk the evening before." in text
        await press(pilot, "enter")
        assert pilot.app.screen.notice == "That belongs to what is owed: L shows it."
        await press(pilot, "t")
        assert "What have changes taught? mail" in flat(pilot)
        await press(pilot, "t", "t")
        assert "every service and path" in seen(pilot.app)


async def test_a_desk_without_changes_says_what_would_stand_there(tmp_path: Path):
    with a_change_desk(tmp_path) as board:
        async with board_app(board).run_test(size=(80, 24)) as pilot:
            await show(pilot, "reviews")
            text = flat(pilot)
            assert "No change was done in the last 90 days." in text
            assert "Nothing is owed after any change." in text
            await press(pilot, "L")
            assert "No lesson yet: a review can keep one for the next change like it." in flat(pilot)
