"""The real dashboard on a desk where changes have been lived through."""

from __future__ import annotations

from dashboards import dashboard_on, press, settled
from shells import seen
from textual.pilot import Pilot

from change_desks import ChangeDesk
from changedesk.app import DeskApp
from changedesk.screens.dialog import Dialog
from changedesk.services.door import Door
from changedesk.widgets.box import Box

SIZES = [(80, 24), (120, 36), (160, 48)]
NAMED = {" ": "space", ";": "semicolon", "+": "plus", "-": "minus", ".": "full_stop", "'": "apostrophe"}


def board_app(board: ChangeDesk, by: str = "") -> DeskApp:
    """The dashboard of somebody, or of the desk's owner."""
    return dashboard_on(Door(board.be(by) if by else board.owner))


async def show(pilot: Pilot[None], name: str) -> None:
    """Go to a screen by its name."""
    await settled(pilot)
    pilot.app.show_screen(name)  # type: ignore[attr-defined]
    await settled(pilot)


async def write(pilot: Pilot[None], text: str, *keys: str) -> None:
    """Type a text, then press keys."""
    await pilot.press(*(NAMED.get(letter, letter) for letter in text))
    await press(pilot, *keys)


def flat(pilot: Pilot[None]) -> str:
    """What is seen on the screen, or in the box over it, as one text wherever its lines are broken."""
    lines = seen(pilot.app).splitlines()
    if isinstance(pilot.app.screen, Dialog):
        box = pilot.app.screen.query_one(Box).region
        lines = [line[box.x : box.right] for line in lines[box.y : box.bottom]]
    return " ".join(" ".join(lines).replace("│", " ").split())
