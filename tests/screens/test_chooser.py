"""Choosing one of thousands: a letter costs what is seen of them, not what there is."""

from __future__ import annotations

import pytest

from changedesk.screens import chooser
from changedesk.screens.chooser import Choice, Chooser
from changedesk.theme import DEFAULT_THEME
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.terminal.program import TerminalProgram

COLUMNS = (Column("Code", 6), Column("Title", 10, share=1))
CHOICES = [Choice(f"key {n}", (f"I{n:05}", f"Title {n} of some length")) for n in range(2_000)]


async def test_a_letter_makes_no_more_rows_than_are_seen(monkeypatch):
    made: list[str] = []
    make = Chooser._row
    monkeypatch.setattr(Chooser, "_row", lambda self, choice: made.append(choice.key) or make(self, choice))
    program = TerminalProgram(DEFAULT_THEME, None)
    async with program.run_test(size=(100, 30)) as pilot:
        program.push_screen(Chooser("Which?", COLUMNS, CHOICES))
        await pilot.pause()
        made.clear()
        await pilot.press("i")
        await pilot.pause()
        assert 0 < len(made) < 100


def test_columns_are_as_wide_as_the_widest_of_all_choices_whatever_was_typed():
    found = chooser._Found(CHOICES[:1], lambda choice: pytest.fail("no row is made to be measured"), (1, 6, 25))
    assert found.widest(3) == (1, 6, 25)


@pytest.mark.parametrize(("typed", "chosen"), [("", "*"), ("eve", "eve"), ("every", "*")])
async def test_letters_that_somebody_has_mean_them_and_not_everybody(typed: str, chosen: str):
    answers: list[tuple[str, ...] | None] = []
    choices = (Choice("*", ("everybody", ""), all=True), Choice("ann", ("ann", "Ann")), Choice("eve", ("eve", "Eve")))
    program = TerminalProgram(DEFAULT_THEME, None)
    async with program.run_test(size=(100, 30)) as pilot:
        program.push_screen(Chooser("Seen as whom?", COLUMNS, choices), answers.append)
        await pilot.pause()
        await pilot.press(*typed, "enter")
        await pilot.pause()
    assert answers == [(chosen,)]
