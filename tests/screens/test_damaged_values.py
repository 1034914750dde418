"""A value of a damaged desk that makes no sense to a screen is called damage, never an error of the program (F9)."""

from __future__ import annotations

from contextlib import closing

import pytest
from dashboards import dashboard_on, press, settled
from shells import seen

from builders import free_hand
from changedesk.errors import Damaged
from changedesk.process import run
from changedesk.screens.loading import COULD_NOT_READ
from changedesk.services.door import Door

pytestmark = pytest.mark.fault("F9")


def damage(door: Door, statement: str) -> None:
    with closing(free_hand(door.session.desk.path)) as hand:
        hand.execute("PRAGMA ignore_check_constraints = ON")
        hand.execute(statement)


async def test_what_cannot_be_read_of_a_damaged_desk_is_said_and_the_screen_stays(own: Door) -> None:
    damage(own, "UPDATE snapshot SET scope_total = 9e999")
    async with dashboard_on(own).run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert "The desk is damaged" in seen(pilot.app)
        assert "restore a backup with: changedesk restore" in " ".join(seen(pilot.app).split())


async def test_over_what_cannot_be_drawn_of_a_damaged_desk_its_screen_is_left_and_the_rest_stays_usable(
    own: Door,
) -> None:
    damage(own, "UPDATE time_window SET kind = 'none'")
    async with dashboard_on(own).run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        for _ in range(2):
            await press(pilot, "4")
            said = " ".join(seen(pilot.app).split())
            assert "Initiatives by attention" in said
            assert "The desk is damaged" in said
            assert "restore a backup with: changedesk restore" in said
            await press(pilot, "5")
            assert "5 Readiness  6" in seen(pilot.app)


@pytest.mark.parametrize("again", [("e",), ("1", "2")])
async def test_of_a_page_that_could_not_be_read_a_key_says_so_and_reads_it_again_as_coming_back_does(
    own: Door, monkeypatch: pytest.MonkeyPatch, again: tuple[str, ...]
) -> None:
    def unreadable(*_: object) -> object:
        raise Damaged("the page is damaged", "restore a backup")

    async with dashboard_on(own).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        with monkeypatch.context() as spoilt:
            spoilt.setattr("changedesk.screens.initiative.screen.initiative", unreadable)
            await press(pilot, "enter", "e")
            assert "the page is damaged" in " ".join(seen(pilot.app).split())
            assert pilot.app.screen.notice == COULD_NOT_READ
        await press(pilot, *again)
        assert "Two lanes, one initiative" in seen(pilot.app)
        assert pilot.app.screen.notice == ""


def broken(*_: object) -> object:
    raise KeyError("none")


async def test_a_screen_that_breaks_while_another_is_seen_leaves_that_one_as_it_is(own: Door) -> None:
    damage(own, "UPDATE time_window SET kind = 'none'")
    async with dashboard_on(own).run_test(size=(160, 48)) as pilot:
        await settled(pilot)
        await press(pilot, "5")
        behind = pilot.app.screen
        await press(pilot, "6")
        behind.call_later(broken)
        await settled(pilot)
        assert pilot.app.screen.scope == "people"
        assert "The desk is damaged" in seen(pilot.app)
        await press(pilot, "5")
        assert pilot.app.screen.scope == "readiness"
        assert pilot.app.screen is not behind
        await press(pilot, "1")
        assert "Initiatives by attention" in seen(pilot.app)


async def test_where_the_first_screen_breaks_behind_another_the_program_ends(own: Door) -> None:
    damage(own, "UPDATE time_window SET kind = 'none'")

    async def look() -> None:
        async with dashboard_on(own).run_test() as pilot:
            await settled(pilot)
            first = pilot.app.screen
            await press(pilot, "6")
            first.call_later(broken)
            await settled(pilot)

    with pytest.raises(KeyError):
        await look()


async def test_where_the_first_screen_cannot_be_drawn_the_program_ends_with_the_damage(
    own: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(own, "UPDATE time_window SET kind = 'none'")
    app = dashboard_on(own)

    async def look() -> None:
        async with app.run_test() as pilot:
            await settled(pilot)
            app.screen.call_later(broken)
            await settled(pilot)

    with pytest.raises(KeyError):
        await look()
    monkeypatch.setattr("changedesk.process.need_terminal", lambda: None)
    monkeypatch.setattr("changedesk.process.DeskApp", lambda *_: app)
    monkeypatch.setattr(app, "run", lambda: None)
    with pytest.raises(Damaged, match="is damaged"):
        run(app.context)


async def test_an_error_of_the_program_is_not_called_damage(own: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise KeyError("nothing is wrong with the desk")

    async with dashboard_on(own).run_test() as pilot:
        await settled(pilot)
        pilot.app.screen.load("anything", broken, lambda _: None)
        await settled(pilot)
        assert "an error in ChangeDesk" in seen(pilot.app)
