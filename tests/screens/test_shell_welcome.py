"""The first run offers two ways to begin, and leaves nothing behind when neither is taken."""

from __future__ import annotations

import pytest
from shells import FakePortfolio, a_dashboard, seen

from changedesk.errors import DeskUnusable
from changedesk.screens.context import Context, Welcome
from changedesk.screens.welcome import WelcomeScreen


def a_first_run(made: list[str], refusal: str = ""):
    def make(which: str):
        def begin() -> Context:
            if refusal:
                raise DeskUnusable(refusal)
            made.append(which)
            return Context()

        return begin

    return a_dashboard(welcome=Welcome(make("demo"), make("new")))


@pytest.mark.parametrize(("key", "which"), [("d", "demo"), ("n", "new")])
async def test_a_key_makes_a_desk_and_shows_it(key, which):
    made: list[str] = []
    app = a_first_run(made)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "There is no desk here yet." in seen(app)
        await pilot.press(key)
        while not isinstance(app.screen, FakePortfolio):
            await pilot.pause()
        assert made == [which]
        assert app.context.welcome is None


async def test_leaving_makes_nothing():
    made: list[str] = []
    app = a_first_run(made)
    async with app.run_test() as pilot:
        await pilot.press("q")
    assert (made, app.return_code) == ([], 0)


async def test_when_no_desk_can_be_made_it_says_why_and_offers_both_again():
    app = a_first_run([], "the folder cannot be written")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        while "cannot be written" not in seen(app):
            await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)
        assert "Open the demo portfolio" in seen(app)
        assert "d demo portfolio  n new desk  q quit" in seen(app)
