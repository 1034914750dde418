"""Whoever may not do something is told at the key that begins it, before anything has been typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from control_screens import dashboard
from dashboards import dashboard_on, door_of, press, settled
from shells import seen
from textual.geometry import Region

from builders import a_desk, an_initiative, at
from changedesk.commands import COMMANDS
from changedesk.domain.roles import ALLOWED
from changedesk.services.door import Door
from changedesk.store.desk.database import Desk
from changedesk.theme import DEFAULT_THEME, PALETTES
from changedesk.widgets.box import Box
from stillness import let_go_of_the_desk


def test_what_a_command_takes_is_an_action_and_only_of_commands_that_write():
    for command in COMMANDS:
        assert not command.takes or (command.writes and command.takes in ALLOWED), command.id


@pytest.mark.parametrize(
    ("scope", "key", "said"),
    [
        ("portfolio", "n", "auditor may not change an initiative"),
        ("portfolio", "N", "auditor may not make an initiative"),
        ("initiative", "w", "auditor may not record resistance and workarounds"),
        ("readiness", "o", "auditor may not assign a gap"),
        ("calendar", "n", "auditor may not set freezes and maintenance windows"),
        ("approvals", "n", "auditor may not ask for a change"),
    ],
)
async def test_who_may_only_look_is_told_at_the_key(role_desk: Path, tmp_path: Path, scope: str, key: str, said: str):
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        app = dashboard(desk, "auditor")
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            pilot.app.show_screen(scope)
            await settled(pilot)
            await press(pilot, key)
            assert said in " ".join(seen(app).split())
        await let_go_of_the_desk(app)


async def test_a_form_that_is_opened_to_look_says_so_at_once(role_desk: Path, tmp_path: Path):
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        app = dashboard(desk, "auditor")
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "e")
            assert "To look at only: auditor may not change an initiative" in " ".join(seen(app).split())
        await let_go_of_the_desk(app)


@pytest.mark.parametrize("works", [False, True])
async def test_a_key_that_would_be_refused_is_faint_in_the_title_of_a_box_as_in_the_line_of_keys(
    role_desk: Path, tmp_path: Path, *, works: bool
):
    with Desk(Path(shutil.copy(role_desk, tmp_path / "desk.db")), at()) as desk:
        app = dashboard(desk, read_only=not works)
        async with app.run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            app.show_screen("records", "clients")
            await settled(pilot)
            box = app.screen.query(Box).first()
            assert strengths_in_title(box, "filter", "new") == ["explain", "explain" if works else "faint"]
        await let_go_of_the_desk(app)


async def test_a_key_of_the_list_that_is_open_is_as_strong_in_its_title_as_it_works(demo: Door):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "u")
        screen = pilot.app.screen
        box = screen.query_one("#list", Box)
        assert screen.reason_against("initiative.gate"), "enter opens a gate only where no list is open"
        assert strengths_in_title(box, "edit", "close") == ["explain", "explain"]


async def test_where_a_list_has_no_row_its_keys_are_faint_that_want_one(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        an_initiative().on(desk)
        async with dashboard_on(door_of(desk)).run_test(size=(120, 36)) as pilot:
            await settled(pilot)
            await press(pilot, "enter", "a")
            box = pilot.app.screen.query_one("#list", Box)
            assert strengths_in_title(box, "edit", "move", "close") == ["faint", "faint", "explain"]
            assert [hint.dim for hint in pilot.app.screen.hints_here()] == [True, True, False]


def strengths_in_title(box: Box, *words: str) -> list[str]:
    """In which strength these words stand in the title of a box."""
    edge = box.render_lines(Region(0, 0, box.outer_size.width, 1))[0]
    strength = {colour: name for name, colour in PALETTES[DEFAULT_THEME].items() if name in ("explain", "faint")}
    return [next(strength[one.style.color.triplet.hex] for one in edge if word in one.text) for word in words]
