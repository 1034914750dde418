"""Whoever may not do something is told at the key that begins it, before anything has been typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from control_screens import dashboard
from dashboards import press, settled
from shells import seen

from builders import at
from changedesk.commands import COMMANDS
from changedesk.domain.roles import ALLOWED
from changedesk.store.desk.database import Desk
from stillness import let_go_of_the_desk


def test_what_a_command_takes_is_an_action_and_only_of_commands_that_write():
    for command in COMMANDS:
        assert not command.takes or (command.writes and command.takes in ALLOWED), command.id


@pytest.mark.parametrize(
    ("scope", "key", "said"),
    [
        ("portfolio", "n", "auditor may not change an initiative"),
        ("portfolio", "N", "auditor may not make an initiative"),
        ("initiative", "w", "auditor may not record resistance and workarounds"),
        ("readiness", "o", "auditor may not assign a gap"),
        ("calendar", "n", "auditor may not set freezes and maintenance windows"),
        ("approvals", "n", "auditor may not ask for a change"),
    ],
)
async def test_who_may_only_look_is_told_at_the_key(role_desk: Path, tmp_path: Path, scope: str, key: str, said: str):
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        app = dashboard(desk, "auditor")
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            pilot.app.show_screen(scope)
            await settled(pilot)
            await press(pilot, key)
            assert said in " ".join(seen(app).split())
        await let_go_of_the_desk(app)


async def test_a_form_that_is_opened_to_look_says_so_at_once(role_desk: Path, tmp_path: Path):
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        app = dashboard(desk, "auditor")
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "e")
            assert "To look at only: auditor may not change an initiative" in " ".join(seen(app).split())
        await let_go_of_the_desk(app)
