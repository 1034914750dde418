"""The dashboard on a real desk: the demo portfolio, or whatever a test has put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from builders import NOW
from changedesk.app import DeskApp
from changedesk.keymap import keymap
from changedesk.screens.context import Context
from changedesk.screens.registry import screens_by_name
from changedesk.services.door import Door
from changedesk.services.opening import open_desk
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk

CLOCK = {"CHANGEDESK_NOW": NOW.isoformat()}


@contextmanager
def door_to(path: Path) -> Iterator[Door]:
    """The desk in this file, seen by its owner; closed again at the end."""
    with open_desk(path, CLOCK) as desk:
        yield Door(open_session(desk))


def dashboard_on(door: Door, theme: str = "dark", keys: Mapping[str, str] = {}) -> DeskApp:
    """The real dashboard on an open desk."""
    context = Context(door=door, clock=lambda: NOW, changed=door.revision)
    config = replace(context.config, theme=theme, keymap=keymap(keys))
    return DeskApp(replace(context, config=config), screens_by_name())


def door_of(desk: Desk) -> Door:
    """A desk that a test has made, seen by its owner."""
    return Door(open_session(desk))


async def settled(pilot: Pilot[None]) -> None:
    """Whatever was being read has arrived and is drawn."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerCancelled):  # a newer reading of the same has taken its place
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each when the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
