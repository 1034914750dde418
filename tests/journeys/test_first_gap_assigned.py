"""From the start of the dashboard to the first gap assigned, by command ids, with the keys counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_to, settled
from shells import seen
from textual.pilot import Pilot

from builders import found
from changedesk.commands import BY_ID
from changedesk.services.people import triage

KEYS = 3
"""Readiness, owner, enter: oneself stands first among the people."""


pytestmark = pytest.mark.usefixtures("own_state")


class Hands:
    """Gives commands by the first of their keys, and counts the keys."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.keys = 0

    async def give(self, command_id: str) -> None:
        await self.press(BY_ID[command_id].keys[0])

    async def press(self, key: str) -> None:
        self.keys += 1
        await self._pilot.press(key)
        await settled(self._pilot)


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_from_the_start_to_the_first_gap_assigned(demo_template: Path, tmp_path: Path, size: tuple[int, int]):
    with door_to(Path(shutil.copy(demo_template, tmp_path / "demo.db"))) as door:
        me = door.session.actor.login
        first = triage.triage(door.session).rows(0, 1)[0]
        assert first.gap.owner is None
        async with dashboard_on(door).run_test(size=size) as pilot:
            await settled(pilot)
            hands = Hands(pilot)
            await hands.give("app.readiness")
            await hands.give("readiness.assign")
            await hands.press("enter")
            assert f"{me} takes care of it" in pilot.app.screen.notice  # type: ignore[attr-defined]
            assert "Which gap first?" in seen(pilot.app)
        assert hands.keys == KEYS
        assert found(door.session.desk, "SELECT owner FROM readiness WHERE id = ?", first.gap.item_id) == [(me,)]
