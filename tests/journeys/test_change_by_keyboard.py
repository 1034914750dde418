"""A full life of each of the three paths by keyboard alone, with the keys counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import dashboard, notice
from dashboards import settled
from hands import Hands, told
from shells import seen

from builders import as_person, found
from changedesk.services.control.rules import templates
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from control_desks import POLICY, START, a_control_desk, at_the_board, clock_at

TYPED_NORMAL = (
    "Mail relay",
    "",
    "",
    "2 dec 14:00",
    "2 dec 16:00",
    "mail",
    "out of support",
    "install and switch",
)
"""What is typed into the form of a normal change, field by field; an empty one leaves its field alone."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_control_desk(tmp_path, replace(POLICY, review_sample=0)) as desk:
        yield desk


async def wait_until(hands: Hands, desk: Desk, **length: float) -> None:
    """The clock goes on; the screen looks again as it does each minute."""
    clock_at(desk, desk.clock() + timedelta(**length))
    hands.pilot.app.screen.minute_passed()  # type: ignore[attr-defined]
    await settled(hands.pilot)


def state(desk: Desk) -> str:
    return str(found(desk, "SELECT state FROM change_request ORDER BY number DESC LIMIT 1")[0][0])


def clean(desk: Desk) -> bool:
    return check.check(desk, None).problems == ()


SMALL = pytest.mark.parametrize("size", [(80, 24)])
LARGE = pytest.mark.parametrize("size", [(160, 48)])
"""Each life is lived on one terminal: what a screen shows on the other is tried with the screen."""


@pytest.mark.requirement("R87")
@pytest.mark.requirement("R89")
@SMALL
async def test_a_normal_change_from_the_draft_to_its_close_by_keyboard_alone(desk: Desk, size: tuple[int, int]):
    async with dashboard(desk).run_test(size=size) as pilot:
        await settled(pilot)
        hands = Hands(pilot)
        await hands.press("3", "n")
        for text in TYPED_NORMAL:
            await hands.write(text, "tab")
        await hands.write("lab", "tab")
        await hands.write("switch back", "tab")
        await hands.write("10", "tab", "tab")
        await hands.write("m", "tab")
        await hands.write("ivan", "ctrl+s")
        assert "▸draft" in seen(pilot.app)
        await hands.press("S", "y")
        assert state(desk) == "assessing"
        # Three votes on one card: the assessment, then two of the board.
        await hands.press("v", "a")
        assert notice(pilot) == "Approved CHG-0001 as mona: authorizing now."
        await hands.press("a", "enter")
        await hands.press("a", "enter")
        assert state(desk) == "scheduled"
        await hands.press("escape")
        await wait_until(hands, desk, days=6)
        await hands.press("g", "y", "i")
        await hands.write("switch", "enter")
        await hands.press("t", "enter", "f")
        await hands.write("s", "tab")
        await hands.write("all mails pass", "ctrl+s")
        assert state(desk) == "review"
        await hands.press("R")
        await hands.write("me", "tab")
        await hands.write("went as planned", "ctrl+s")
        await hands.press("C", "y")
        assert notice(pilot) == "CHG-0001 is closed."
    assert state(desk) == "closed"
    assert clean(desk)
    assert hands.keys == told("a normal change from the draft to its close")


@pytest.mark.requirement("R87")
@LARGE
async def test_a_standard_change_by_its_template_by_keyboard_alone(desk: Desk, size: tuple[int, int]):
    body = {"title": "Restart", "plan": "restart", "backout_plan": "start again", "risk": "low", "services": ["mail"]}
    templates.propose(as_person(desk, "ivan"), "alder", "restart-service", body, allowed=("reason",))
    templates.approve(as_person(desk, "mona"), "alder", "restart-service")
    async with dashboard(desk).run_test(size=size) as pilot:
        await settled(pilot)
        hands = Hands(pilot)
        await hands.press("3", "n")
        await hands.press("tab")
        await hands.write("st", "tab")
        await hands.write("res", "tab")
        await hands.write("26 nov 14:00", "tab")
        await hands.write("26 nov 16:00", "ctrl+s")
        await hands.press("S", "y")
        assert state(desk) == "scheduled"
        await hands.press("g", "y", "f")
        await hands.write("s", "tab")
        await hands.write("up again", "ctrl+s")
        await hands.press("C", "y")
        assert notice(pilot) == "CHG-0001 is closed."
    assert clean(desk)
    assert hands.keys == told("a standard change by its template")


@pytest.mark.requirement("R14")
@pytest.mark.requirement("R87")
@SMALL
async def test_an_emergency_begun_on_somebodys_word_by_keyboard_alone(desk: Desk, size: tuple[int, int]):
    async with dashboard(desk).run_test(size=size) as pilot:
        await settled(pilot)
        hands = Hands(pilot)
        await hands.press("3", "n")
        await hands.write("Relay down", "tab")
        await hands.write("e", "tab", "tab")
        await hands.write("14:00", "tab")
        await hands.write("16:00", "tab")
        await hands.write("mail", *["tab"] * 7)
        await hands.write("h", "tab")
        await hands.write("ivan", "ctrl+s")
        await hands.press("g")
        await hands.write("nora", "enter")
        await hands.write("INC-7", "enter")
        assert state(desk) == "implementing"
        await hands.press("f")
        await hands.write("w", "tab")
        await hands.write("relay answers", "ctrl+s")
        assert state(desk) == "review"
        await hands.press("v", "a", "enter")
        assert notice(pilot).startswith("Approved CHG-0001 as ben")
        await hands.press("escape", "R")
        await hands.write("me", "tab")
        await hands.write("certificate had expired", "ctrl+s")
        await hands.press("C", "y")
        assert notice(pilot) == "CHG-0001 is closed."
    authorised = found(desk, "SELECT body FROM audit WHERE kind = 'change.closed'")[0][0]
    assert '"authorised":true' in authorised
    assert clean(desk)
    assert hands.keys == told("an emergency begun on somebody's word")


@pytest.mark.requirement("R88")
@pytest.mark.requirement("R91")
async def test_from_opening_the_desk_to_the_tenth_vote(desk: Desk):
    for day in range(10):
        at_the_board(
            desk,
            services=f"service {day}",
            planned_start=(START + timedelta(days=day)).isoformat(),
            planned_end=(START + timedelta(days=day, hours=2)).isoformat(),
        )
    async with dashboard(desk, "nora").run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        hands = Hands(pilot)
        await hands.press("3")
        for _ in range(10):
            if "shows the rest" in seen(pilot.app):
                await hands.press("right")
            await hands.press("a")
        assert "Nothing waits." in seen(pilot.app)
    assert found(desk, "SELECT count(*) FROM vote WHERE decision = 'approve' AND step = 2") == [(10,)]
    assert hands.keys == told("ten votes on ten changes, with the desk opened")
