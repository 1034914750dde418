"""Texts that attack and that nobody cleaned: of no screen, box or notice does a byte of them reach the terminal (F17).

Somebody wrote them into the file by other means. What is looked at is what goes to the terminal, byte by byte.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dashboards import door_to, press, settled
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from builders import FULL, NOW, made_once
from changedesk.app import DeskApp
from changedesk.commands import COMMANDS, Command
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.registry import screens_by_name
from changedesk.services.door import Door
from changedesk.widgets.terminal.sent import DifferentCells
from hostile import acting, attacked

OURS = re.compile(r"\x1b\[[0-9;]*[mHC]")
"""Colours and places of the cursor."""

OF_THE_DESK = frozenset(
    {"portfolio", "calendar", "trail", "cab", "catalogue", "approvals", "changes", "reviews", "change_kpis", "services"}
    | {"imports", "readiness", "people"}
)
"""Screens of everything; each of the others is shown about one thing."""

ONE = {
    "change": "SELECT id FROM change_request WHERE plan IS NOT NULL AND path = 'normal' ORDER BY number DESC LIMIT 1",
    "service": "SELECT id FROM service LIMIT 1",
    "client": "SELECT code FROM client LIMIT 1",
    "policies": "SELECT code FROM client LIMIT 1",
    "policy": "SELECT code FROM client LIMIT 1",
    "records": "SELECT 'risks ' || initiative_id FROM risk LIMIT 1",
}
"""What a screen is shown about; any other one about an initiative."""


class Listened(DeskApp):
    """The dashboard, and all that it would send to its terminal."""

    def __init__(self, door: Door) -> None:
        super().__init__(Context(door=door, clock=lambda: NOW, changed=door.revision), screens_by_name())
        self._out: list[str] = []

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, ChopsUpdate | LayoutUpdate):
            self._out.append(DifferentCells(renderable, self._sent, screen).render_segments(self.console))
        super()._display(screen, renderable)

    def heard(self) -> str:
        """What has gone out since it was asked last, without colours and places."""
        text = OURS.sub("", "".join(self._out))
        self._out.clear()
        return text


@pytest.fixture
def app(demo_template: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listened]:
    made = made_once(tmp_path_factory, "attacked", lambda path: attacked(demo_template, path))
    with door_to(Path(shutil.copy(made, tmp_path / "desk.db"))) as door:
        yield Listened(door)


def _about(app: Listened, screen: str) -> str:
    if screen in OF_THE_DESK:
        return ""
    conn = app.context.session.desk.reader()
    query = ONE.get(screen, "SELECT id FROM initiative WHERE code = 'MFA'")
    return str(conn.execute(query).fetchone()[0])


def _tried(screen: str) -> list[Command]:
    """Every command; without ``make faults`` those of the screen that write, because they ask first."""
    scopes = ("app", screen) if FULL else (screen,)
    return [one for one in COMMANDS if one.scope in scopes and (one.writes or FULL) and one.name != "quit"]


@pytest.mark.fault("F17", "F21")
@pytest.mark.parametrize("screen", screens_by_name())
async def test_no_byte_of_an_attack_goes_out_whatever_is_shown_and_asked(app: Listened, screen: str) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app.show_screen(screen, _about(app, screen))
        await settled(pilot)
        shown = app.heard()
        assert "[/]" in shown, "the screen shows something of it"
        assert not acting(shown)
        for command in _tried(screen):
            if not (isinstance(app.screen, DeskScreen) and app.screen.scope == screen):
                app.show_screen(screen, _about(app, screen))
                await settled(pilot)
            assert isinstance(app.screen, DeskScreen)
            app.screen.perform(command.id)
            await settled(pilot)
            if not isinstance(app.screen, DeskScreen):
                await press(pilot, "down", "tab", "ctrl+s")
            assert not acting(app.heard()), command.id
            while not isinstance(app.screen, DeskScreen):
                await app.pop_screen()
        assert app.return_code in (None, 0)
