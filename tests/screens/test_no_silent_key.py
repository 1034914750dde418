"""No key of a screen is silent: on a desk with nothing, or with one initiative, it does something or says why it cannot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.pilot import Pilot

from builders import TODAY, a_client, a_desk, found
from changedesk.app import DeskApp
from changedesk.commands import commands_on
from changedesk.screens.base import DeskScreen
from changedesk.services.initiative.playbooks import new_from_playbook
from changedesk.services.session import open_session

FIRST = (
    "portfolio", "initiative", "approvals", "calendar", "readiness", "people", "adoption", "golive", "records clients",
    "records people", "records holidays", "records windows", "trail", "cab", "policies", "changes", "reviews",
    "change_kpis", "catalogue", "services", "client", "imports", "handover", "saturation",
)  # fmt: skip
"""What is reached on a desk that has nothing yet; after a blank what it is about."""

OF_ONE = (
    "portfolio", "initiative", "calendar", "readiness", "people", "adoption", "golive", "records clients", "trail",
    "policies", "client", "handover", "saturation",
    "gate", "decisions", "value", "hit", "ready", "change_plan", "records activities ONE", "records decisions ONE",
)  # fmt: skip
"""What a desk with one initiative shows otherwise, or first; the other screens stand there as on an empty desk."""


async def show(pilot: Pilot[None], place: str, one: str) -> DeskScreen:
    """Show a screen from its beginning."""
    name, _, about = place.partition(" ")
    app = pilot.app
    assert isinstance(app, DeskApp)
    app.show_screen(name, about.replace("ONE", one) or one)
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    screen.be_quiet()
    await settled(pilot)
    return screen


async def silent_keys(pilot: Pilot[None], place: str, one: str = "") -> list[str]:
    """The commands of a screen after whose key it stands as before, without a word."""
    silent = []
    screen = await show(pilot, place, one)
    keymap = screen.context.config.keymap
    for command in commands_on(screen.scope):
        if command.scope == "app":
            continue
        before = seen(pilot.app)
        await press(pilot, keymap.of(command.id)[0])
        if pilot.app.screen is screen and not screen.notice and seen(pilot.app) == before:
            silent.append(command.id)
        for _ in range(4):
            focused = pilot.app.focused
            typing = focused is not None and focused.check_consume_key("a", "a")
            if pilot.app.screen is screen and not typing:
                break
            await press(pilot, "escape")
        screen = await show(pilot, place, one)
    return silent


@pytest.mark.parametrize("place", FIRST)
async def test_on_an_empty_desk(tmp_path: Path, place: str) -> None:
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert await silent_keys(pilot, place) == []


@pytest.mark.parametrize("place", OF_ONE)
async def test_on_a_desk_with_one_initiative(tmp_path: Path, place: str) -> None:
    with a_desk(tmp_path) as desk:
        a_client(desk)
        new_from_playbook(open_session(desk), "mfa", "alder", TODAY + timedelta(days=20))
        one = found(desk, "SELECT id FROM initiative")[0][0]
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert await silent_keys(pilot, place, str(one)) == []
