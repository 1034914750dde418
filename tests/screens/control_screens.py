"""The dashboard on a desk of change control, and going to its screens."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dashboards import press, settled
from shells import seen
from textual.pilot import Pilot

from changedesk.app import DeskApp
from changedesk.screens.context import Context
from changedesk.screens.dialog import Dialog
from changedesk.screens.registry import screens_by_name
from changedesk.services.door import Door
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from changedesk.widgets.box import Box

NAMED = {
    " ": "space",
    ";": "semicolon",
    "+": "plus",
    "-": "minus",
    ".": "full_stop",
    ",": "comma",
    "'": "apostrophe",
    ":": "colon",
    "/": "slash",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
}


def dashboard(desk: Desk, login: str | None = None, *, read_only: bool = False) -> DeskApp:
    """The real dashboard on a desk, at the desk's own time; ``login`` acts for that person."""
    door = Door(open_session(desk, login))

    def wall() -> datetime:
        return desk.clock()

    context = Context(door=door, clock=wall, changed=door.revision, read_only=read_only)
    return DeskApp(replace(context), screens_by_name())


async def show(pilot: Pilot[None], name: str, subject: str = "") -> None:
    """Go to a screen."""
    await settled(pilot)
    pilot.app.show_screen(name, subject)  # type: ignore[attr-defined]
    await settled(pilot)


async def write(pilot: Pilot[None], text: str, *after: str) -> None:
    """Type a text and press the keys that follow."""
    await pilot.press(*(NAMED.get(char, char) for char in text))
    await settled(pilot)
    await press(pilot, *after)


def flat(pilot: Pilot[None]) -> str:
    """What is seen on the screen, or in the box over it, as one text wherever its lines are broken."""
    lines = seen(pilot.app).splitlines()
    if isinstance(pilot.app.screen, Dialog):
        box = pilot.app.screen.query_one(Box).region
        lines = [line[box.x : box.right] for line in lines[box.y : box.bottom]]
    return " ".join(" ".join(lines).replace("│", " ").split())


def notice(pilot: Pilot[None]) -> str:
    """The sentence that is said now."""
    return str(pilot.app.screen.notice)  # type: ignore[attr-defined]


def region(pilot: Pilot[None], selector: str) -> str:
    """What is seen in one part of the screen, as one text."""
    area = pilot.app.screen.query_one(selector).region
    lines = [line[area.x : area.right] for line in seen(pilot.app).splitlines()[area.y : area.bottom]]
    return " ".join(" ".join(lines).replace("│", " ").split())
