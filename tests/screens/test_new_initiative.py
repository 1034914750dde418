"""A new initiative from a playbook, one question at a time, and clones of one to other clients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from control_screens import write
from dashboards import dashboard_on, door_of, press, settled
from shells import seen

from builders import TODAY, a_client, a_desk, an_initiative, found, record, staffed
from changedesk.store.desk.database import Desk

SIZES = [(80, 24), (120, 36), (160, 48)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with staffed(a_desk(tmp_path)) as desk:
        yield desk


@pytest.mark.requirement("R71")
@pytest.mark.parametrize("size", SIZES)
async def test_a_playbook_becomes_an_initiative_by_four_answers(desk: Desk, size: tuple[int, int]):
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "N")
        assert "which playbook?" in seen(pilot.app)
        assert len({line.index(" days") for line in seen(pilot.app).splitlines() if " days" in line}) == 1
        await write(pilot, "multi-factor", "enter")
        assert "for which client?" in seen(pilot.app)
        assert "not said, so UTC" in seen(pilot.app)
        await press(pilot, "enter")
        assert "Multi-factor sign-in for everyone for alder: when does it go live?" in " ".join(
            seen(pilot.app).replace("│", " ").split()
        )
        await write(pilot, "+10w", "enter")
        text = seen(pilot.app)
        for words in ("go-live Thu 4 Feb 2027, in 70 d", "43 activities", "should have begun already", "training"):
            assert words in text
        assert found(desk, "SELECT count(*) FROM initiative") == [(0,)]
        await press(pilot, "y")
        assert "Multi-factor sign-in for everyone" in seen(pilot.app)
        assert "Three lanes" in seen(pilot.app)
        assert found(desk, "SELECT project_owner, change_owner FROM initiative") == [("pat", "chris")]


@pytest.mark.parametrize("size", SIZES)
async def test_a_playbook_names_all_its_tags(desk: Desk, size: tuple[int, int]):
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "N")
        await write(pilot, "multi-factor")
        text = " ".join(seen(pilot.app).replace("│", " ").split())
        assert "Tags: security, identity, all staff." in text
        assert (text.count("security, identity, all staff") == 2) is (size > (80, 24)), "in a column where one has room"


@pytest.mark.parametrize("back", ["1", "escape"])
async def test_what_was_made_is_selected_on_the_portfolio(desk: Desk, back: str):
    an_initiative().named("LATE").with_work("delivery", "execution", "Build", TODAY - timedelta(days=40)).on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "N", "enter", "enter")
        await write(pilot, "+40w", "enter")
        await press(pilot, "y", "escape", back)
        [made] = [key for key, code in found(desk, "SELECT id, code FROM initiative") if code != "LATE"]
        assert pilot.app.screen.scope == "portfolio"
        assert pilot.app.screen.subject == made


async def test_code_and_title_can_be_others_and_a_taken_code_is_said(desk: Desk):
    an_initiative().named("TAKEN").on(desk)
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "N", "enter", "enter")
        await write(pilot, "+6m", "enter")
        await press(pilot, "c")
        await write(pilot, "TAKEN", "enter")
        assert "The code TAKEN is taken" in seen(pilot.app)
        await write(pilot, "2", "enter")
        await press(pilot, "t")
        await write(pilot, "Files in the cloud", "enter")
        assert "Make TAKEN2?" in seen(pilot.app)
        await press(pilot, "y")
        titles = found(desk, "SELECT title FROM initiative WHERE code = 'TAKEN2'")
        assert titles == [("Files in the cloud",)]


async def test_escape_at_any_question_makes_nothing(desk: Desk):
    steps = ["N", "enter", "enter"]
    for count in range(1, 5):
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, *steps[:count])
            if count == 4:
                await write(pilot, "+6m", "enter")
            await press(pilot, "escape")
            assert "Initiatives by attention" in seen(pilot.app)
    assert found(desk, "SELECT count(*) FROM initiative") == [(0,)]


async def test_without_a_client_the_list_says_how_to_make_one(tmp_path: Path):
    with a_desk(tmp_path) as desk:
        async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "N", "enter")
            assert "No client yet: C on the portfolio makes one." in seen(pilot.app)


@pytest.mark.requirement("R79")
@pytest.mark.parametrize("size", SIZES)
async def test_a_clone_goes_to_the_marked_clients_after_their_demands_are_shown(desk: Desk, size: tuple[int, int]):
    an_initiative().on(desk)
    for code, zone in (("birch", "Europe/Berlin"), ("cedar", "Asia/Tokyo")):
        record(desk, "client", code=code, name=code.title(), timezone=zone)
    a_client(desk, "dogwood")
    async with dashboard_on(door_of(desk)).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "ctrl+p", *"clone", "enter")
        await press(pilot, "down", "space", "down", "space")
        assert "2 marked" in seen(pilot.app)
        await press(pilot, "enter")
        await write(pilot, "+4m", "enter")
        text = seen(pilot.app)
        assert "Clone MFA to birch and cedar?" in text
        assert "◆ time zone, they differ" in text
        assert "alder ? · birch Europe/Berlin · cedar Asia/Tokyo" in text
        await press(pilot, "y")
        assert pilot.app.screen.notice == "Made MFA-2 and MFA-3 from MFA."
        assert found(desk, "SELECT go_live_planned FROM initiative WHERE code LIKE 'MFA-%'") == [("2027-03-26",)] * 2


async def test_a_clone_without_a_day_keeps_the_go_live(desk: Desk):
    an_initiative().on(desk)
    a_client(desk, "birch")
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "ctrl+p", *"clone", "enter", "down", "enter")
        assert "Enter without a day keeps the go-live as it is." in seen(pilot.app)
        await press(pilot, "enter", "y")
        assert len({day for (day,) in found(desk, "SELECT go_live_planned FROM initiative")}) == 1


async def test_what_was_just_made_is_taken_back_after_a_look_at_it(desk: Desk):
    async with dashboard_on(door_of(desk)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "N")
        await write(pilot, "multi-factor", "enter")
        await press(pilot, "enter")
        await write(pilot, "+6m", "enter")
        await press(pilot, "y", "U")
        text = seen(pilot.app)
        assert "Take this back?" in text
        assert "initiative MFA" in text
        assert "43 activities and 5 groups" in text
        await press(pilot, "y")
        await settled(pilot)
        assert pilot.app.screen.scope == "portfolio"
        assert "Taken back: initiative MFA made" in pilot.app.screen.notice
        assert found(desk, "SELECT count(*) FROM initiative") == [(0,)]
