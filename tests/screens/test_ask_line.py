"""One line that is asked for, on terminals that have hardly room for it."""

from __future__ import annotations

import pytest
from shells import a_dashboard, seen

from changedesk.screens.ask_line import AskLine, some_line


@pytest.mark.parametrize("height", [7, 8, 9, 10, 24])
async def test_what_is_asked_is_seen_beside_the_line_on_the_lowest_terminal(height: int):
    async with a_dashboard().run_test(size=(60, height)) as pilot:
        asked = AskLine("Say why", ("It was sent back.", "Nobody tried it."), some_line("A reason is needed"))
        await pilot.app.push_screen(asked)
        await pilot.pause()
        text = seen(pilot.app)
        assert "It was sent back." in text
        assert "A reason is needed." in text
