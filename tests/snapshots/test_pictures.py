"""A few chosen pictures of the main screens, looked at by a person before they were kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import dashboard_on, door_of, door_to, press, settled
from shells import seen
from syrupy.assertion import SnapshotAssertion

from builders import a_desk
from changedesk.services.door import Door
from changedesk.widgets.drawing import Drawing


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Door]:
    with door_to(demo_file) as door:
        yield door


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize(
    "keys",
    [(), ("enter",), ("4",), ("down", "7", "end"), ("5",), ("8",)],
    ids=["portfolio", "initiative", "calendar", "adoption", "readiness", "go-live"],
)
async def test_the_demo_portfolio_looks_as_it_did(demo: Door, snapshot: SnapshotAssertion, size, keys):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        while any(drawing.waits for drawing in pilot.app.screen.query(Drawing)):
            await pilot.pause()
        assert seen(pilot.app) == snapshot


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("keys", [("5",), ("6", "enter")], ids=["readiness", "people"])
@pytest.mark.usefixtures("own_state")
async def test_the_people_side_of_the_demo_looks_as_it_did(demo: Door, snapshot: SnapshotAssertion, size, keys):
    async with dashboard_on(demo).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        assert seen(pilot.app) == snapshot


async def test_an_empty_desk_looks_as_it_did(tmp_path: Path, snapshot: SnapshotAssertion):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert seen(pilot.app) == snapshot


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_an_initiative_looks_as_it_did_in_this_theme(demo: Door, snap_compare, theme):
    async def open_it(pilot):
        await settled(pilot)
        await press(pilot, "enter")

    assert snap_compare(dashboard_on(demo, theme), terminal_size=(120, 36), run_before=open_it)
