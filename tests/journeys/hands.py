"""Hands at the keyboard of a dashboard under test, and how many keys docs/journeys.md says that they need."""

from __future__ import annotations

import re
from pathlib import Path

from control_screens import NAMED
from dashboards import settled
from form_desks import burst
from textual.pilot import Pilot

PAGE = (Path(__file__).resolve().parents[2] / "docs/journeys.md").read_text(encoding="utf-8")


def told(life: str) -> int:
    """How many keys the page says that a life takes."""
    found = re.search(rf"^\| {re.escape(life)} \| (\d+) \|$", PAGE, re.MULTILINE)
    assert found, f"docs/journeys.md says no count of {life}"
    return int(found[1])


class Hands:
    """Presses keys, each when the one before has had its effect, and counts those that are no letters of a text.

    Letters come all at once, as from a quick hand: what each of them does is tried with the form.
    """

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            await self.pilot.press(NAMED.get(key, key))
            await settled(self.pilot)

    async def write(self, text: str, *after: str) -> None:
        await burst(self.pilot, text)
        await self.press(*after)
