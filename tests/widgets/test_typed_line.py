"""Where one types: seen from end to end, also while nothing stands there."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem

from changedesk.screens.ask_line import AskLine, some_line
from changedesk.screens.chooser import Choice, Chooser
from changedesk.theme import PALETTES
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.terminal.program import TerminalProgram

REASON = AskLine, ("Why?", (), some_line("say why"))
CLIENT = Chooser, ("Which?", (Column("Client", 8),), [Choice("alder", ("alder",))])


@pytest.mark.parametrize("asked", [REASON, CLIENT], ids=["a line", "a list"])
@pytest.mark.parametrize("typed", ["", "a"], ids=["empty", "typed in"])
async def test_where_grounds_look_alike_a_line_is_underlined_to_its_end(asked, typed):
    dialog, asks = asked
    assert await _underlined("changedesk-contrast", dialog(*asks), typed) == 1.0


@pytest.mark.parametrize("theme", [theme for theme in PALETTES if theme != "changedesk-contrast"])
async def test_where_its_ground_shows_a_line_needs_no_underline(theme):
    dialog, asks = REASON
    assert await _underlined(theme, dialog(*asks), "") == 0.0


@pytest.mark.parametrize(("typed", "bold"), [("", False), ("a", True)], ids=["the hint", "what is typed"])
async def test_of_few_colours_what_is_typed_is_bold_and_the_hint_is_not(typed, bold):
    dialog, asks = CLIENT
    program = TerminalProgram("changedesk-dark", None)
    program.console._color_system = ColorSystem.STANDARD
    async with program.run_test(size=(100, 30)) as pilot:
        program.push_screen(screen := dialog(*asks))
        await pilot.pause()
        await pilot.press(*typed)
        shown = screen.query_one(TypedLine).render_line(0)
        # The last of the words: the cursor stands on the first letter of the hint.
        last = [one for one in shown if one.text.strip()][-1]
        assert bool(last.style and last.style.bold) is bold


async def _underlined(theme: str, screen: AskLine | Chooser, typed: str) -> float:
    """The share of the columns beside the cursor that are underlined."""
    program = TerminalProgram(theme, None)
    program.console._color_system = ColorSystem.TRUECOLOR
    async with program.run_test(size=(100, 30)) as pilot:
        program.push_screen(screen)
        await pilot.pause()
        await pilot.press(*typed)
        line = screen.query_one(TypedLine)
        shown = line.render_line(0)
        assert shown.cell_length == line.content_size.width + 1
        columns = [bool(one.style and one.style.underline) for one in shown for _ in one.text]
        del columns[len(typed)]
        return sum(columns) / len(columns)
