"""From the start of the dashboard to the first gap assigned, by command ids, with the keys counted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_to, settled
from hands import Hands, told
from shells import seen

from builders import found
from changedesk.commands import BY_ID
from changedesk.services.people import triage

pytestmark = pytest.mark.usefixtures("own_state")


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
            await hands.press(BY_ID["app.readiness"].keys[0], BY_ID["readiness.assign"].keys[0], "enter")
            assert f"{me} takes care of it" in pilot.app.screen.notice  # type: ignore[attr-defined]
            assert "Which gap first?" in seen(pilot.app)
        assert hands.keys == told("change manager | I take care of it | `5` `o` `enter`")
        assert found(door.session.desk, "SELECT owner FROM readiness WHERE id = ?", first.gap.item_id) == [(me,)]
