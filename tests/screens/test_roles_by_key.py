"""Who may only look, has no role, or is of another client changes nothing, whatever keys they press on whatever screen (F22)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from control_screens import dashboard
from dashboards import press, settled

from builders import FULL, a_person, at, found
from changedesk.commands import COMMANDS
from changedesk.domain.words import ROLES
from changedesk.screens.base import DeskScreen
from changedesk.screens.registry import screens_by_name
from changedesk.store.database import Desk
from role_desks import a_role_desk

WRITING = {
    scope: [command.id for command in COMMANDS if command.scope == scope and command.writes]
    for scope in screens_by_name()
}
"""Each screen that has commands which write, to these commands."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = a_role_desk(tmp_path_factory.mktemp("prepared"))
    with Desk(path, at()) as desk:
        a_person(desk, "birch.all", *ROLES, client="birch")
    return path


@pytest.mark.fault("F22")
@pytest.mark.parametrize("login", ["auditor", *(("no.role", "birch.all") if FULL else ())])
@pytest.mark.parametrize("scope", [scope for scope in WRITING if WRITING[scope]])
async def test_who_may_not_changes_nothing_by_any_command(
    prepared: Path, tmp_path: Path, scope: str, login: str
) -> None:
    with Desk(Path(shutil.copy(prepared, tmp_path / "desk.db")), at()) as desk:
        (person,) = found(desk, "SELECT id FROM person WHERE login = ?", login)[0]
        async with dashboard(desk, login).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for command in WRITING[scope]:
                pilot.app.show_screen(scope)
                await settled(pilot)
                pilot.app.screen.perform(command)
                await settled(pilot)
                await press(pilot, "y", "enter", "ctrl+s")
                while not isinstance(pilot.app.screen, DeskScreen):
                    await pilot.app.pop_screen()
            kinds = {kind for (kind,) in found(desk, "SELECT kind FROM audit WHERE actor = ?", person)}
    assert kinds <= {"denied"}
