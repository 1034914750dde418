"""What is drawn of a screen that is opened for the first time: once, with what it shows; before that only where reading is slow."""

from __future__ import annotations

from functools import partial
from threading import Event

from shells import FakeInitiative, FakePortfolio

from builders import NOW
from changedesk.app import DeskApp
from changedesk.screens import base
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context


class SlowInitiative(FakeInitiative):
    """One whose reading ends when it is let go."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.let_go = Event()
        self.is_read = False

    def reload(self) -> None:
        def filled(_: bool) -> None:
            self.is_read = True

        self.load("facts", partial(self.let_go.wait, 30), filled)


class SlowPortfolio(SlowInitiative):
    """The same as the first screen."""

    scope = "portfolio"


class Watched(DeskApp):
    """Notes of each frame of the slow screen that goes out whether what it shows had been read."""

    def __init__(self, first: type[DeskScreen] = FakePortfolio) -> None:
        super().__init__(Context(clock=lambda: NOW), {"portfolio": first, "initiative": SlowInitiative})
        self.frames: list[bool] = []

    def _display(self, screen, renderable):
        if isinstance(screen, SlowInitiative) and renderable is not None:
            self.frames.append(screen.is_read)
        super()._display(screen, renderable)


async def test_a_screen_is_drawn_when_what_it_shows_has_been_read(monkeypatch):
    monkeypatch.setattr(base, "AT_LEAST_A_FRAME_AFTER", 60)
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert app.frames == []
        app.screen.let_go.set()
        while not app.frames:
            await pilot.pause()
        assert all(app.frames)


async def test_where_reading_is_slow_the_empty_frame_is_drawn_meanwhile(monkeypatch):
    monkeypatch.setattr(base, "AT_LEAST_A_FRAME_AFTER", 0.01)
    app = Watched()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        while not app.frames:
            await pilot.pause()
        assert app.frames[0] is False
        app.screen.let_go.set()


async def test_the_first_screen_of_all_is_drawn_before_anything_is_read(monkeypatch):
    monkeypatch.setattr(base, "AT_LEAST_A_FRAME_AFTER", 60)
    app = Watched(SlowPortfolio)
    async with app.run_test(size=(80, 24)) as pilot:
        while not app.frames:
            await pilot.pause()
        assert app.frames[0] is False
        app.screen.let_go.set()
