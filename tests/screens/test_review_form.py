"""The review of a change as a form: under the facts, field by field, checked by the rules, kept once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from change_boards import SIZES, board_app
from control_screens import flat, show, write
from dashboards import press, settled
from form_desks import fill
from shells import seen
from textual.pilot import Pilot

from builders import NOW, TODAY, an_initiative, found, record
from change_desks import ChangeDesk
from changedesk.screens.control.learning.review_form import ReviewForm, open_review
from changedesk.services.control.situation import find


async def reviewed(pilot: Pilot[None], board: ChangeDesk, number: str) -> list[str]:
    """Open the review of a change from wherever one is; what is told in the end is in the list."""
    told: list[str] = []
    await settled(pilot)
    change = find(board.owner, number)
    open_review(pilot.app.screen, change.id, f"{change.client}/{number}", told.append)  # type: ignore[arg-type]
    await settled(pilot)
    await settled(pilot)
    return told


@pytest.mark.requirement("R78")
async def test_every_field_of_a_review_is_kept(board: ChangeDesk):
    board.template()
    number = board.used("with_issues", 3)
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        told = await reviewed(pilot, board, number)
        await fill(
            pilot, "met", "The queue was long.", "both", "Mail came late.", "Restarted twice.", "25",
            "INC-7; INC-9", "n", "y", "Fewer use it.", "Empty the queue before.", "Watch the queue", "ivo",
            "+2w", "Ask for a test", "",
        )  # fmt: skip
        await press(pilot, "ctrl+s")
    assert told == [f"{number} was reviewed."]
    columns = "result, findings, cause, impacts, last_minute, downtime_minutes, incidents, informed, adoption_effect, proposal"
    assert found(board.desk, f"SELECT {columns} FROM review") == [
        ("met_objectives", "The queue was long.", "both", "Mail came late.", "Restarted twice.", 25, "INC-7;INC-9", "yes",
         "Fewer use it.", "Ask for a test")
    ]  # fmt: skip
    assert found(board.desk, "SELECT text, owner, date(due) FROM review_action") == [
        ("Watch the queue", "ivo", (TODAY + timedelta(weeks=2)).isoformat())
    ]
    assert found(board.desk, "SELECT text FROM lesson") == [("Empty the queue before.",)]
    assert found(board.desk, "SELECT about, text FROM learned_proposal") == [("template", "Ask for a test")]


@pytest.mark.requirement("R89")
@pytest.mark.parametrize("size", SIZES)
async def test_what_was_taken_back_says_why_and_asks_whether_the_business_heard(
    board: ChangeDesk, size: tuple[int, int]
):
    number = board.done("backed_out", 3)
    async with board_app(board, "max").run_test(size=size) as pilot:
        await reviewed(pilot, board, number)
        text = flat(pilot)
        assert f"How did {number} go? backed out" in text
        assert "Taken back the check failed" in text
        assert "Objectives * backed out" in text
        await press(pilot, "tab")
        await write(pilot, "The check was wrong.")
        await press(pilot, *["tab"] * 7)
        assert "It was taken back: did the business hear of it?" in flat(pilot)
        await write(pilot, "y", "ctrl+s")
    assert found(board.desk, "SELECT result, informed FROM review") == [("backed_out", "yes")]


async def test_what_a_change_did_to_the_use_of_what_it_served_stands_above_the_form(board: ChangeDesk):
    initiative = an_initiative().with_audience("all", 100).on(board.desk)
    audience = found(board.desk, "SELECT id FROM audience WHERE initiative_id = ?", initiative)[0][0]
    for days, used in ((43, 41), (10, 55)):
        record(board.desk, "observation", audience_id=audience, metric="utilization", method="observed",
               day=(TODAY - timedelta(days=days)).isoformat(), numerator=float(used), denominator=100.0)  # fmt: skip
    number = board.done("failed", 40, initiative="MFA")
    board.at(NOW)
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await reviewed(pilot, board, number)
        assert "Adoption MFA: 41 % at the change, 55 % after 30 d, to come after 90 d" in flat(pilot)


async def test_a_review_without_its_finding_is_not_kept_and_loses_nothing(board: ChangeDesk):
    number = board.done("failed", 3)
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        told = await reviewed(pilot, board, number)
        await fill(pilot, "not met")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ReviewForm)
        assert found(board.desk, "SELECT count(*) FROM review") == [(0,)]
        await press(pilot, "escape", "escape", "k")
        assert not isinstance(pilot.app.screen, ReviewForm)
        await reviewed(pilot, board, number)
        await press(pilot, "d")
        assert "not met but stays" in flat(pilot)
        await press(pilot, "tab")
        await write(pilot, "No access.", "ctrl+s")
        assert told == []
    assert found(board.desk, "SELECT result, findings FROM review") == [("not_met_but_stays", "No access.")]


async def test_a_second_review_is_refused_before_anything_is_typed(board: ChangeDesk):
    number = board.closed("failed", 3)
    async with board_app(board, "max").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        open_review(pilot.app.screen, find(board.owner, number).id, number, str)  # type: ignore[arg-type]
        await settled(pilot)
        assert not isinstance(pilot.app.screen, ReviewForm)
        assert number in pilot.app.screen.notice


async def test_a_failure_that_caused_an_incident_of_priority_one_suspends_the_template(board: ChangeDesk):
    board.template()
    number = board.used("failed", 3)
    async with board_app(board, "max").run_test(size=(120, 36)) as pilot:
        await reviewed(pilot, board, number)
        await fill(pilot, "not met", "Mail stood still.", "", "", "", "", "INC-1", "y")
        await press(pilot, "ctrl+s")
        await show(pilot, "catalogue")
        assert "suspended" in seen(pilot.app)
    assert found(board.desk, "SELECT state FROM template") == [("suspended",)]
