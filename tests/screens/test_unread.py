"""What is still missing on a screen says that it is being read, or that it could not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dashboards import dashboard_on, press, settled
from shells import seen
from textual.pilot import Pilot

from builders import found
from changedesk.app import DeskApp
from changedesk.errors import Damaged
from changedesk.screens.loading import LoadingScreen
from changedesk.services.door import Door
from changedesk.theme import DEFAULT_THEME, PALETTES
from changedesk.widgets.paint import LOADING, UNREAD, Paint, ink

OF_AN_INITIATIVE = ("initiative", "golive", "gate", "decisions", "value", "hit", "ready", "change_plan", "handover")
ALONE = (
    "approvals", "calendar", "readiness", "people", "adoption", "cab", "trail", "policies", "changes", "reviews",
    "change_kpis", "catalogue", "services", "service", "client", "imports", "saturation",
)  # fmt: skip

Load = Callable[..., None]


def unreadable(monkeypatch: pytest.MonkeyPatch, *tokens: str) -> None:
    """Reading fails: all that screens read, or only what has one of these tokens."""
    load: Load = LoadingScreen.load

    def fail() -> object:
        raise Damaged("the page is damaged", "restore a backup")

    def spoilt(screen: LoadingScreen, token: str, function: Callable[[], Any], then: Callable[[Any], object]) -> None:
        load(screen, token, fail if not tokens or token in tokens else function, then)

    monkeypatch.setattr(LoadingScreen, "load", spoilt)


async def people_unread(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> LoadingScreen:
    """The screen People, which could not be read; what is read from now on can be."""
    with monkeypatch.context() as spoilt:
        unreadable(spoilt)
        await press(pilot, "6")
    screen = pilot.app.screen
    assert isinstance(screen, LoadingScreen)
    return screen


@pytest.mark.parametrize("place", [*OF_AN_INITIATIVE, *ALONE])
async def test_where_nothing_could_be_read_nothing_is_said_to_be_loading_until_it_is_read_again(
    demo: Door, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    one = str(found(demo.session.desk, "SELECT id FROM initiative WHERE code = 'MFA'")[0][0])
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        app = pilot.app
        assert isinstance(app, DeskApp)
        with monkeypatch.context() as spoilt:
            unreadable(spoilt)
            app.show_screen(place, one if place in OF_AN_INITIATIVE else "")
            await settled(pilot)
            assert "The desk is damaged" in seen(app)
            assert LOADING.text not in seen(app)
            assert UNREAD.text in seen(app)
        app.screen.read_again()  # type: ignore[attr-defined]
        await settled(pilot)
        assert LOADING.text not in seen(app)
        assert UNREAD.text not in seen(app)


async def test_while_it_is_read_again_it_is_loading_again(demo: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = await people_unread(pilot, monkeypatch)
        assert UNREAD.text in seen(pilot.app)
        screen._next("people")
        await pilot.pause()
        assert UNREAD.text not in seen(pilot.app)
        assert LOADING.text in seen(pilot.app)


async def test_what_came_is_kept_while_what_did_not_come_beside_it_says_so(
    demo: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        with monkeypatch.context() as spoilt:
            unreadable(spoilt, "card")
            await press(pilot, "3")
            assert seen(pilot.app).count(UNREAD.text) == 1
            assert "CHG-" in seen(pilot.app)
        await press(pilot, "down")
        assert UNREAD.text not in seen(pilot.app)


async def test_of_two_that_went_wrong_the_other_is_not_forgotten_with_the_last(
    demo: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dashboard_on(demo).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen = await people_unread(pilot, monkeypatch)
        with monkeypatch.context() as spoilt:
            unreadable(spoilt)
            screen.load("another", lambda: None, lambda _: None)
            await settled(pilot)
        screen.load("another", lambda: None, lambda _: None)
        await settled(pilot)
        assert UNREAD.text in seen(pilot.app)


def test_a_text_of_the_desk_that_says_the_same_stays_as_it_is() -> None:
    paint = Paint(PALETTES[DEFAULT_THEME], unread=True)
    assert paint.strip([LOADING], 20).text.strip() == UNREAD.text
    assert paint.strip([ink(LOADING.text, "explain")], 20).text.strip() == LOADING.text
