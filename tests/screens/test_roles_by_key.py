"""Who may only look, has no role, or is of another client changes nothing, whatever keys they press on whatever screen (F22)."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from control_screens import dashboard
from dashboards import press, settled

from builders import FULL, a_person, at, found
from changedesk.commands import COMMANDS
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.words import ROLES
from changedesk.screens.base import DeskScreen
from changedesk.screens.registry import screens_by_name
from changedesk.services.imports.exports import export
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from stillness import let_go_of_the_desk

WRITING = {
    scope: [command.id for command in COMMANDS if command.scope == scope and command.writes]
    for scope in screens_by_name()
}
"""Each screen that has commands which write, to these commands."""
FEW = ("records", "policies", "change")
"""Screens on which somebody of another client is tried without ``make faults``, too."""


@pytest.fixture(scope="module")
def role_desk(role_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(role_desk, tmp_path_factory.mktemp("roles") / "desk.db"))
    with Desk(path, at()) as desk:
        a_person(desk, "birch.all", *ROLES, client="birch")
    return path


async def _try_all(desk: Desk, login: str, scope: str) -> None:
    """Give every command of the screen that writes, and agree to whatever it asks."""
    app = dashboard(desk, login)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for command in WRITING[scope]:
            pilot.app.show_screen(scope)
            await settled(pilot)
            pilot.app.screen.perform(command)
            await settled(pilot)
            await press(pilot, "y", "enter", "ctrl+s")
            while not isinstance(pilot.app.screen, DeskScreen):
                await pilot.app.pop_screen()
    await let_go_of_the_desk(app)


@pytest.mark.fault("F22")
@pytest.mark.parametrize("login", ["auditor", "no.role"] if FULL else ["auditor"])
@pytest.mark.parametrize("scope", [scope for scope in WRITING if WRITING[scope]])
async def test_who_may_only_look_changes_nothing_by_any_command(
    role_desk: Path, tmp_path: Path, scope: str, login: str
) -> None:
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        (person,) = found(desk, "SELECT id FROM person WHERE login = ?", login)[0]
        await _try_all(desk, login, scope)
        kinds = {kind for (kind,) in found(desk, "SELECT kind FROM audit WHERE actor = ?", person)}
    assert kinds <= {"denied"}


@pytest.mark.fault("F22")
@pytest.mark.parametrize("scope", [scope for scope in WRITING if WRITING[scope] and (FULL or scope in FEW)])
async def test_who_has_every_role_at_another_client_changes_nothing_of_this_one(
    role_desk: Path, tmp_path: Path, scope: str
) -> None:
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        before = _of_alder(desk)
        await _try_all(desk, "birch.all", scope)
        assert _of_alder(desk) == before


def _of_alder(desk: Desk) -> dict[str, bytes]:
    """All that the desk holds of alder, as it is handed out."""
    files = {}
    for kind in KINDS:
        out = io.BytesIO()
        export(open_session(desk), kind, "csv", out, client="alder")
        files[kind] = out.getvalue()
    return files
