"""What is drawn of a screen that is opened for the first time: once, with what it shows; before that only where reading is slow."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest
from shells import FakeInitiative, FakePortfolio
from textual.app import App

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


class OfSubject(DeskScreen):
    """A page about one thing; ``read`` is what it was read for, each time."""

    scope = "initiative"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.read: list[str] = []
        self._about = ""

    def open_subject(self, subject: str) -> None:
        self._about = subject
        self.begin_anew()

    def reload(self) -> None:
        self.read.append(self._about)


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


async def test_of_a_frame_in_which_nothing_differs_nothing_is_sent(monkeypatch: pytest.MonkeyPatch):
    sent: list[object] = []

    def send(app, _screen, update):
        if update is not None:
            sent.append(update.render_segments(app.console))

    monkeypatch.setattr(App, "_display", send)
    app = DeskApp(Context(clock=lambda: NOW), {"portfolio": FakePortfolio, "initiative": FakeInitiative})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert sent
        sent.clear()
        app.screen.table.refresh()
        await pilot.pause()
        app.screen.refresh(layout=True)
        await pilot.pause()
        assert sent == []
        app.screen.say("Something else")
        await pilot.pause()
        assert sent


async def test_what_is_read_for_another_subject_is_not_read_again_for_a_write_before_it():
    revision = 1
    context = Context(clock=lambda: NOW, changed=lambda: revision)
    app = DeskApp(context, {"portfolio": FakePortfolio, "initiative": OfSubject})
    async with app.run_test(size=(80, 24)) as pilot:
        app.show_screen("initiative", "mfa")
        await pilot.pause()
        app.show_screen("portfolio")
        await pilot.pause()
        revision = 2
        app.show_screen("initiative", "psa")
        await pilot.pause()
        assert app.screen.read == ["mfa", "psa"]
        app.show_screen("portfolio")
        await pilot.pause()
        revision = 3
        app.show_screen("initiative")
        await pilot.pause()
        assert app.screen.read == ["mfa", "psa", "psa"], "what was written after it is seen"
