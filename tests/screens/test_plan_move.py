"""Moving a milestone from the list of activities, and a new baseline, each shown before it is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import write
from dashboards import dashboard_on, door_of, press, settled
from shells import seen

from builders import TODAY, a_desk, an_initiative, found, record, staffed
from changedesk.store.desk.database import Desk

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        initiative = (
            an_initiative()
            .with_work("delivery", "execution", "Build", TODAY + timedelta(days=5))
            .with_work("people", "training", "Train the ward staff in small groups", TODAY + timedelta(days=6))
            .with_work("delivery", "initiation", "Charter", TODAY - timedelta(days=9), TODAY - timedelta(days=9))
            .on(desk)
        )
        ids = {title: key for title, key in found(desk, "SELECT title, id FROM activity")}  # noqa: C416
        record(
            desk,
            "dependency",
            initiative_id=initiative,
            predecessor_id=ids["Build"],
            successor_id=ids["Train the ward staff in small groups"],
            kind="FS",
            lag_days=0.0,
        )
        yield desk


def ends(desk: Desk) -> dict[str, str]:
    return {title: end for title, end in found(desk, "SELECT title, planned_end FROM activity")}  # noqa: C416


@pytest.mark.requirement("R43")
@pytest.mark.requirement("R86")
@pytest.mark.parametrize("size", SIZES)
async def test_v_shows_what_moves_and_what_breaks_and_y_moves_it(desk: Desk, size: tuple[int, int]):
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "v")
        assert pilot.app.screen.notice == "Choose an activity first: a lists them."
        await press(pilot, "a", "home", "down", "v")
        assert "Build ends on Tue 1 Dec 2026, in 5 d. When shall it end?" in seen(pilot.app)
        assert "+2w is two weeks later than that." in " ".join(seen(pilot.app).replace("│", " ").split())
        await write(pilot, "+16d", "enter")
        text = seen(pilot.app)
        assert "2 activities would move" in text
        assert "Tue 1 Dec → Thu 17 Dec   +16 d" in text
        assert "▲ Build now ends on Thu 17 Dec 2026: 16 days after its baseline" in text
        assert "later than people were told" in text
        assert ends(desk)["Build"] == "2026-12-01"
        await press(pilot, "y")
        assert pilot.app.screen.notice == "Moved: Build to Thu 17 Dec, and 1 activity with it."
        assert ends(desk)["Build"] == "2026-12-17"
        assert ends(desk)["Train the ward staff in small groups"] == "2026-12-18"


async def test_escape_moves_nothing_and_no_day_is_said_at_once(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "a", "home", "down", "v")
        await write(pilot, "soon", "enter")
        assert "Write fri, next fri, +2w, 2 dec or 2026-12-02." in seen(pilot.app)
        await press(pilot, *["backspace"] * 4)
        await write(pilot, "+3w", "enter")
        await press(pilot, "escape")
        assert ends(desk)["Build"] == "2026-12-01"
        await press(pilot, "v")
        await write(pilot, "1 dec", "enter")
        assert pilot.app.screen.notice == "It ends on that day already: Build."


async def test_what_is_done_does_not_move(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "a", "home", "v")
        assert pilot.app.screen.notice.startswith("Charter is done since")


@pytest.mark.requirement("R43")
async def test_a_plan_that_was_changed_meanwhile_is_not_moved(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "a", "home", "down", "v")
        await write(pilot, "+3w", "enter")
        with desk.write("somebody") as transaction:
            transaction.conn.execute("UPDATE activity SET planned_end = '2026-12-04' WHERE title = 'Build'")
            transaction.record("test.made", "x", {})
        await press(pilot, "y")
        assert "the plan was changed by somebody else meanwhile; nothing was moved" in pilot.app.screen.notice
        assert ends(desk)["Build"] == "2026-12-04"


@pytest.mark.parametrize("size", SIZES)
async def test_a_new_baseline_shows_what_changes_and_takes_a_reason(desk: Desk, size: tuple[int, int]):
    with desk.write("somebody") as transaction:
        transaction.conn.execute("UPDATE activity SET baseline_weight = 1")
        transaction.conn.execute("UPDATE activity SET planned_end = '2027-01-08' WHERE title = 'Build'")
        transaction.record("test.made", "x", {})
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "ctrl+p", *"baseline", "enter")
        text = seen(pilot.app)
        assert "1 activity would be measured against the plan" in text
        assert "Tue 1 Dec → 8 Jan 2027   +38 d" in text
        assert "read on" not in text, "all of it is seen"
        await press(pilot, "y", "enter")
        assert "A new baseline needs a reason." in seen(pilot.app)
        await write(pilot, "vendor is late", "enter")
        assert pilot.app.screen.notice == "New baseline for MFA: 1 activity changed."
        assert found(desk, "SELECT baseline_end FROM activity WHERE title = 'Build'") == [("2027-01-08",)]
        await press(pilot, "ctrl+p", *"baseline", "enter")
        assert pilot.app.screen.notice == "The baseline of MFA is the plan as it stands already."
