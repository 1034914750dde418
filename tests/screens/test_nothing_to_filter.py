"""Words are looked for where there is something, on every list alike: else the key is faint, and says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, press, settled
from textual.pilot import Pilot

from builders import a_desk
from changedesk.app import DeskApp
from changedesk.commands import BY_ID
from changedesk.screens.filtered import NOTHING_TO_FILTER, FilteredScreen
from changedesk.services.door import Door

FILTERED = ("portfolio", "people", "changes", "policies", "readiness", "calendar", "records clients")


def test_every_list_that_is_filtered_is_tried_here() -> None:
    names = {place.partition(" ")[0] for place in FILTERED}
    # The trail is never empty: it begins with the desk.
    assert names == {one.scope for one in BY_ID.values() if one.name == "filter"} - {"trail"}


async def shown(pilot: Pilot[None], place: str) -> FilteredScreen:
    """The filtered list at a place, read."""
    await settled(pilot)
    app = pilot.app
    assert isinstance(app, DeskApp)
    app.show_screen(*place.split(" "))
    await settled(pilot)
    assert isinstance(app.screen, FilteredScreen)
    return app.screen


@pytest.mark.parametrize("place", FILTERED)
async def test_where_there_is_nothing_the_key_is_faint_and_says_so(tmp_path: Path, place: str) -> None:
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            screen = await shown(pilot, place)
            assert screen.reason_against(f"{screen.scope}.filter") == NOTHING_TO_FILTER
            await press(pilot, "slash")
            assert screen.notice == NOTHING_TO_FILTER


@pytest.mark.parametrize("place", FILTERED)
async def test_where_words_leave_nothing_other_words_may_be_typed(demo: Door, place: str) -> None:
    async with dashboard_on(demo).run_test(size=(80, 24)) as pilot:
        screen = await shown(pilot, place)
        await press(pilot, "slash", *"qqqq", "enter")
        assert screen.reason_against(f"{screen.scope}.filter") is None
