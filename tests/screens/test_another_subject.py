"""Something else is chosen: nothing of what was shown before stays while it is read, and no key acts on that."""

from __future__ import annotations

from typing import Any

import pytest
from control_screens import flat, notice, show
from dashboards import dashboard_on, press, settled
from shells import seen

from changedesk.app import DeskApp
from changedesk.screens.loading import NOT_READ, LoadingScreen
from changedesk.services.door import Door
from changedesk.widgets.paint import LOADING

INITIATIVE = "SELECT id FROM initiative WHERE code = "
CHANGE = "SELECT id FROM change_request WHERE number = "
SERVICE = "SELECT id FROM service WHERE name = "
MEETING = "SELECT id FROM cab_meeting WHERE title = "
PAGES = {
    "initiative": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "golive": (f"{INITIATIVE}'PSA'", f"{INITIATIVE}'MFA'", ("PSA",)),
    "adoption": (f"{INITIATIVE}'PSA'", f"{INITIATIVE}'FILES'", ("PSA", "technicians")),
    "value": (f"{INITIATIVE}'PSA'", f"{INITIATIVE}'FILES'", ("PSA",)),
    "handover": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'VOIP'", ("MFA",)),
    "hit": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "ready": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "change_plan": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "gate": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "decisions": (f"{INITIATIVE}'MFA'", f"{INITIATIVE}'PSA'", ("MFA",)),
    "change": (f"{CHANGE}'CHG-0421'", f"{CHANGE}'CHG-0419'", ("CHG-0421", "alder")),
    "service": (f"{SERVICE}'Sign-in'", f"{SERVICE}'Booking servers'", ("Sign-in", "Alder")),
    "client": ("SELECT 'alder'", "SELECT 'birch'", ("Alder", "MFA")),
    "cab": (f"{MEETING}'CAB of the week'", f"{MEETING}'Ballot on the ERP interface'", ("CAB of the week",)),
    "policy": ("SELECT 'alder'", "SELECT 'birch'", ("alder",)),
    "records": (
        "SELECT 'risks ' || id FROM initiative WHERE code = 'MFA'",
        "SELECT 'risks ' || id FROM initiative WHERE code = 'PSA'",
        ("MFA",),
    ),
}
"""Of each page that is about one thing: about what it is first, about what then, and words that only the first has."""


def nothing_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on whatever is asked for is being read, and stays so."""
    monkeypatch.setattr(LoadingScreen, "load", lambda screen, token, *_: screen._next(token))


def _about(app: DeskApp, query: str) -> str:
    return str(app.context.session.desk.reader().execute(query).fetchone()[0])


@pytest.mark.parametrize("name", PAGES)
async def test_nothing_of_what_was_shown_stays_while_something_else_is_read(
    demo: Door, monkeypatch: pytest.MonkeyPatch, name: str
):
    former, another, words = PAGES[name]
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, name, _about(pilot.app, former))
        before = flat(pilot)
        assert all(word in before for word in words), before
        nothing_arrives(monkeypatch)
        pilot.app.show_screen(name, _about(pilot.app, another))
        await pilot.pause()
        stays = [word for word in words if word in flat(pilot)]
        assert not stays, seen(pilot.app)


@pytest.mark.parametrize("name", PAGES)
async def test_what_comes_back_looks_as_it_did(demo: Door, name: str):
    former, another, _ = PAGES[name]
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, name, _about(pilot.app, former))
        before = seen(pilot.app)
        await show(pilot, name, _about(pilot.app, another))
        await show(pilot, name, _about(pilot.app, former))
        assert seen(pilot.app) == before


async def test_a_key_writes_nothing_about_the_client_before_while_another_one_is_read(
    demo: Door, monkeypatch: pytest.MonkeyPatch
):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, "client", "alder")
        with monkeypatch.context() as held:
            nothing_arrives(held)
            await press(pilot, "right_square_bracket")
            pilot.app.screen.perform("client.export")
            await pilot.pause()
            assert notice(pilot) == NOT_READ
            assert "Alder" not in flat(pilot), "neither a question nor a figure is about the one before"
            await press(pilot, "right_square_bracket")
        await press(pilot, "left_square_bracket")
        assert "Birch Legal" in flat(pilot), "each key went one further, whether the client was here already or not"
        assert notice(pilot) == "", "what was said of the reading goes with it"
        await press(pilot, "x")
        assert "birch-talking-points.md" in flat(pilot)


@pytest.mark.parametrize("name", ["services", "people", "saturation", "changes", "change_kpis", "readiness"])
async def test_a_list_that_is_narrowed_to_a_client_shows_no_other_one_while_it_is_read(
    demo: Door, monkeypatch: pytest.MonkeyPatch, name: str
):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, name)
        if name == "readiness":
            pilot.app.screen.perform("readiness.pockets")
            await settled(pilot)
        screen: Any = pilot.app.screen
        assert screen._table.line_count
        if name == "change_kpis":
            nothing_arrives(monkeypatch)
        screen.perform(f"{name}.client")
        await settled(pilot)
        if name != "change_kpis":
            nothing_arrives(monkeypatch)
            await press(pilot, "down", "enter")
        assert pilot.app.screen is screen
        assert screen._table.line_count == 0
        assert LOADING.text in flat(pilot)


async def test_no_form_opens_about_the_client_before_while_the_profile_of_another_one_is_read(
    demo: Door, monkeypatch: pytest.MonkeyPatch
):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, "policies", "alder")
        screen: Any = pilot.app.screen
        nothing_arrives(monkeypatch)
        await press(pilot, "down")
        for name in ("profile", "compare", "versions"):
            assert screen.blocked_reason(name) == NOT_READ, name
        assert screen.blocked_reason("open") is None, "it goes to the client that is selected"


@pytest.mark.parametrize("name", ["services", "people", "saturation", "changes", "readiness"])
async def test_a_list_of_all_clients_looks_as_it_did_before_it_was_narrowed(demo: Door, name: str):
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await show(pilot, name)
        screen: Any = pilot.app.screen
        if name == "readiness":
            screen.perform("readiness.pockets")
            await settled(pilot)
        before = seen(pilot.app)
        for keys in (("down", "enter"), ("up", "enter")):
            screen.perform(f"{name}.client")
            await settled(pilot)
            await press(pilot, *keys)
        await press(pilot, "home")
        assert seen(pilot.app) == before
