"""From a playbook to both signatures under Planning by keyboard alone, with the keys counted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, settled
from hands import Hands, told
from shells import seen

from builders import TODAY, a_desk, found, staffed
from changedesk.services.initiative.gates import tick
from changedesk.services.initiative.playbooks import new_from_playbook
from changedesk.services.session import open_session
from changedesk.store.proving import check

SIZES = pytest.mark.parametrize("size", [(80, 24), (160, 48)])


@pytest.mark.requirement("R71")
@SIZES
async def test_from_a_playbook_to_its_planning_gate_by_keyboard_alone(tmp_path: Path, size: tuple[int, int]):
    with staffed(a_desk(tmp_path)) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            await settled(pilot)
            hands = Hands(pilot)
            await hands.press("N")
            await hands.write("multi", "enter")
            await hands.press("enter")
            await hands.write("+4m", "enter")
            await hands.press("y")
            await hands.press("enter", "]")
            assert "Gate 2 of 6 Planning" in seen(pilot.app)
        assert hands.keys == told("from a playbook to its Planning gate")


@pytest.mark.requirement("R55")
@pytest.mark.requirement("R60")
@SIZES
async def test_from_the_planning_gate_to_both_signatures_by_keyboard_alone(tmp_path: Path, size: tuple[int, int]):
    with staffed(a_desk(tmp_path)) as desk:
        made = new_from_playbook(open_session(desk), "mfa", "alder", TODAY + timedelta(days=120))
        for lane, item in (("delivery", "plan"), ("people", "communication_plan"), ("people", "training_plan")):
            tick(open_session(desk), made.code, "planning", lane, item, "wiki")
        async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
            await settled(pilot)
            hands = Hands(pilot)
            pilot.app.show_screen("initiative", made.initiative_id)
            await settled(pilot)
            await pilot.press("enter", "right_square_bracket")
            await settled(pilot)
            for lane, items in (("delivery", 2), ("people", 2)):
                for _ in range(items):
                    await hands.press("space")
                    await hands.write("wiki", "enter")
                # What nobody knows yet of the people and the service counts as not ready: signing over it says why.
                await hands.press("S")
                await hands.write("known", "enter")
                await hands.press("y")
                assert f"Signed: the {lane} side of gate 2 Planning" in pilot.app.screen.notice
                if lane == "delivery":
                    await hands.press("tab")
            assert "signed by both" in seen(pilot.app)
        signers = "SELECT p.login FROM signature s JOIN person p ON p.id = s.signer ORDER BY s.rowid"
        assert found(desk, signers) == [("pat",), ("chris",)]
        assert found(desk, "SELECT count(*) FROM checklist WHERE evidence = 'wiki'") == [(7,)]
        assert check.check(desk, None).problems == ()
        assert hands.keys == told("from there to both signatures over four open items")
