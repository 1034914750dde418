"""From a playbook to both signatures under Planning by keyboard alone, with the keys counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, settled
from shells import seen
from textual.pilot import Pilot

from builders import a_desk, found, staffed
from changedesk.store import check

MOST_KEYS = 64
NAMED = {" ": "space", "+": "plus", "-": "minus", "]": "right_square_bracket"}


class Hands:
    """Presses keys, each when the one before has had its effect, and counts them."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            await self._pilot.press(NAMED.get(key, key))
            await settled(self._pilot)

    async def write(self, text: str) -> None:
        await self.press(*text, "enter")


@pytest.mark.requirement("R55")
@pytest.mark.requirement("R60")
@pytest.mark.requirement("R71")
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_from_playbook_to_both_signatures_under_planning_by_keyboard_alone(tmp_path: Path, size: tuple[int, int]):
    with staffed(a_desk(tmp_path)) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            await settled(pilot)
            hands = Hands(pilot)
            await hands.press("N")
            await hands.write("multi")
            await hands.press("enter")
            await hands.write("+4m")
            await hands.press("y")
            await hands.press("enter", "]")
            assert "Gate 2 of 6 Planning" in seen(pilot.app)
            for lane, items in (("delivery", 3), ("people", 4)):
                for _ in range(items):
                    await hands.press("space")
                    await hands.write("wiki")
                await hands.press("S", "y")
                assert f"Signed: the {lane} side of gate 2 Planning" in pilot.app.screen.notice
                if lane == "delivery":
                    await hands.press("tab")
            assert "signed by both" in seen(pilot.app)
        signers = "SELECT p.login FROM signature s JOIN person p ON p.id = s.signer ORDER BY s.rowid"
        assert found(desk, signers) == [("pat",), ("chris",)]
        assert found(desk, "SELECT count(*) FROM checklist WHERE evidence = 'wiki'") == [(7,)]
        assert check.check(desk, None).problems == ()
        assert hands.keys <= MOST_KEYS, hands.keys
