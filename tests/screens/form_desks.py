"""The real dashboard on a small desk of a test's own, to fill in forms on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboards import dashboard_on, door_of, press, settled
from textual.events import Key
from textual.pilot import Pilot

from builders import a_client, a_desk, an_initiative, staffed
from changedesk.app import DeskApp
from changedesk.screens.forms.form import FormScreen
from changedesk.services.door import Door
from changedesk.services.records import records
from changedesk.store.desk.database import Desk

NAMED = {" ": "space", ";": "semicolon", "+": "plus", "-": "minus", ".": "full_stop", "[": "left_square_bracket"}

SENT = {"\t": "tab", "\r": "enter", "\x13": "ctrl+s", "\x7f": "backspace", "\x1b": "escape", "↓": "down", "←": "left"}
"""What stands in a burst for the keys that are no letters."""


@dataclass(frozen=True)
class FormDesk:
    """A desk with one initiative of alder, MFA, two owners and an audience."""

    desk: Desk
    door: Door
    initiative: str

    def app(self) -> DeskApp:
        """The dashboard on it."""
        return dashboard_on(self.door)

    def values(self, form_name: str, code: str | None = "MFA") -> list[dict[str, str]]:
        """What the desk has of a kind."""
        return [record.values for record in records.listed(self.door.session, form_name, code)]


@contextmanager
def a_form_desk(folder: Path) -> Iterator[FormDesk]:
    """The desk, closed again at the end."""
    with a_desk(folder) as desk:
        staffed(desk)
        a_client(desk, "birch")
        initiative = an_initiative().with_audience("reception", 12).on(desk)
        yield FormDesk(desk, door_of(desk), initiative)


async def show_records(pilot: Pilot[None], form_name: str, initiative: str = "") -> None:
    """Go to the records of a kind."""
    pilot.app.show_screen("records", f"{form_name} {initiative}".strip())  # type: ignore[attr-defined]
    await settled(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type a text, letter by letter."""
    await pilot.press(*(NAMED.get(letter, letter) for letter in text))
    await settled(pilot)


async def burst(pilot: Pilot[None], keys: str) -> None:
    """Send keys all at once, as they come over a slow line: the form has no time to do anything between two of them."""
    for letter in keys:
        key = SENT.get(letter)
        pilot.app.post_message(Key(key, None) if key else Key(letter, letter))
    await settled(pilot)


async def fill(pilot: Pilot[None], *texts: str) -> None:
    """Type one text into each field, from the current one on; an empty one leaves its field alone."""
    for text in texts:
        if text:
            await type_in(pilot, text)
        await press(pilot, "tab")


def form_of(pilot: Pilot[None]) -> FormScreen:
    """The form that is open."""
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen), screen
    return screen
