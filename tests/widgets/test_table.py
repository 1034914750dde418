"""The list: it asks only for what is seen, keeps what is selected, and repaints only what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region, Size

from changedesk.theme import DEFAULT_THEME, PALETTES
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.lists.table import VirtualTable
from changedesk.widgets.page import Page
from changedesk.widgets.paint import ink

COLUMNS = (Column("Code", 6), Column("Title", 10, share=1))


@dataclass
class Counting:
    """A long list that writes down what it is asked for."""

    size: int
    asked: list[tuple[int, int]] = field(default_factory=list)

    def count(self) -> int:
        return self.size

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append((offset, limit))
        return [a_row(index) for index in range(offset, min(self.size, offset + limit))]

    def position(self, key: str) -> int | None:
        return int(key) if int(key) < self.size else None


def a_row(index: int) -> Row:
    return Row(str(index), (cell(str(index)), cell(f"row number {index}")))


def a_list(*keys: str) -> ListSource:
    return ListSource(Row(key, (cell(key), cell(f"about {key}"))) for key in keys)


class Lister(App[None]):
    """A program with one list."""

    def __init__(self, source: object = None, **options: object) -> None:
        super().__init__()
        self.table = VirtualTable(COLUMNS, **options)
        self.source = source or a_list("a", "b", "c")
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(self.source)

    def on_virtual_table_row_highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        self.heard.append(f"on {event.key}")

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        self.heard.append(f"open {event.key}")

    def line(self, y: int) -> str:
        return self.table.render_line(y).text.rstrip()


async def test_the_first_row_is_selected_and_said_once():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert app.heard == ["on a"]
        assert app.line(0) == "  Code   Title"
        assert app.line(1) == "▌ a      about a"
        assert app.line(2) == "  b      about b"


async def test_keys_move_the_selection_and_enter_opens_it():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "j", "k", "end", "home", "enter")
        assert app.heard == ["on a", "on b", "on c", "on b", "on c", "on a", "open a"]


async def test_a_click_selects_and_a_second_one_opens():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(offset=(5, 2))
        assert app.table.selected_key == "b"
        await pilot.click(offset=(5, 2), times=2)
        assert app.heard[-1] == "open b"
        await pilot.click(offset=(5, 8))
        assert app.table.selected_key == "b"


@pytest.mark.fault("F21")
async def test_of_a_hundred_thousand_rows_only_those_seen_are_asked_for():
    source = Counting(100_000)
    app = Lister(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 40, "end", "pageup", "home")
        assert app.table.selected_key == "0"
        assert max(limit for _, limit in source.asked) <= 24
        assert len(source.asked) < 40
        assert app.table.position_text == "23 of 100,000"
        assert app.table.more_below == 99_977


async def test_moving_inside_the_window_asks_for_nothing_and_paints_two_lines():
    source = Counting(1000)
    app = Lister(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        source.asked.clear()
        painted: list[int] = []
        render_line = app.table._spans
        app.table._spans = lambda row, width, selected: painted.append(1) or render_line(row, width, selected)
        await pilot.press("down")
        assert source.asked == []
        assert len(painted) == 2


async def test_when_the_rows_move_only_those_that_come_into_view_are_fetched_and_painted():
    source = Counting(1000)
    app = Lister(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["down"] * 22)
        source.asked.clear()
        painted: list[str] = []
        render_line = app.table._spans
        app.table._spans = lambda row, width, selected: painted.append(row.key) or render_line(row, width, selected)
        await pilot.press("down")
        assert source.asked == [(23, 1), (23, 7)], "the next row, and a third of a page from below"
        assert sorted(painted, key=int) == [str(line) for line in range(22, 30)], "those, and the one that was selected"
        assert [app.line(y).split()[-1] for y in range(1, 24)] == [str(line) for line in range(7, 30)]
        await pilot.press(*["up"] * 16)
        source.asked.clear()
        await pilot.press("up")
        assert source.asked[-1] == (0, 7), "and so from above"
        assert [app.line(y).split()[-1] for y in range(1, 24)] == [str(line) for line in range(23)]


async def test_the_selection_stays_with_its_row_when_the_data_change():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down")
        app.table.show(a_list("x", "y", "a", "b", "c"))
        await pilot.pause()
        assert app.table.selected_key == "b"
        assert app.line(4).startswith("▌ b")


async def test_when_the_selected_row_is_gone_its_neighbour_is_selected():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        app.table.show(a_list("a", "b"))
        await pilot.pause()
        assert app.table.selected_key == "b"
        assert app.heard[-1] == "on b"


async def test_a_heading_cannot_be_selected():
    rows = [Row("", (cell("alder"),), heading=True), Row("a", (cell("a"), cell("x")), number=1)]
    rows += [Row("", (cell("birch"),), heading=True), Row("b", (cell("b"), cell("y")), number=2)]
    app = Lister(ListSource(rows))
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.show(ListSource(rows), total=2)
        await pilot.press("down")
        assert app.table.selected_key == "b"
        await pilot.press("up", "up")
        assert app.table.selected_key == "a"
        assert app.table.position_text == "2 of 2"
        assert app.line(1) == "  alder"


async def test_a_list_does_not_end_on_a_heading_under_which_nothing_is_seen():
    rows = [Row("a", (cell("a"), cell("x")), number=1), Row("", (cell("birch"),), heading=True)]
    rows += [Row(key, (cell(key), cell("y")), number=2) for key in "bcd"]
    app = Lister(ListSource(rows))
    async with app.run_test(size=(30, 4)) as pilot:
        await pilot.pause()
        assert app.line(2) == "  birch"
        await pilot.resize_terminal(30, 3)
        await pilot.pause()
        assert [app.line(y) for y in (1, 2)] == ["▌ a      x", ""]
        await pilot.press("down")
        await pilot.pause()
        assert [app.line(y) for y in (1, 2)] == ["  birch", "▌ b      y"]


async def test_a_list_of_headings_only_selects_nothing():
    app = Lister(ListSource([Row("", (cell("alder"),), heading=True)]))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "enter")
        assert app.table.selected_key == ""


async def test_an_empty_list_says_what_would_stand_there():
    app = Lister(ListSource(), empty="No initiative yet.")
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "enter", "end")
        assert app.line(1) == "  No initiative yet."
        assert app.heard == ["on "]
        assert app.table.position_text == ""


async def test_a_long_word_about_an_empty_list_is_wrapped():
    app = Lister(ListSource(), empty="No initiative yet. C makes the client, N an initiative with its plan.")
    async with app.run_test(size=(40, 10)):
        lines = [app.line(y) for y in (1, 2, 3)]
        assert lines == ["  No initiative yet. C makes the", "  client, N an initiative with its", "  plan."]


async def test_a_row_that_is_selected_from_afar_has_some_of_its_neighbours_on_both_sides():
    app = Lister(Counting(100))
    async with app.run_test(size=(40, 13)):
        app.table.select("50")
        first = app.table.last_seen - 12
        assert first < 50 < app.table.last_seen - 4


async def test_the_wheel_moves_the_rows_and_leaves_the_selection():
    app = Lister(Counting(100))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        app.table.post_message(events.MouseScrollDown(app.table, 1, 1, 0, 1, 0, False, False, False))
        await pilot.pause()
        assert app.table.selected_key == "0"
        assert "row number 3" in app.line(1)


async def test_another_size_keeps_the_selected_row_in_sight():
    app = Lister(Counting(100))
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press(*["down"] * 15)
        await pilot.resize_terminal(40, 6)
        await pilot.pause()
        assert any(app.line(y).startswith("▌") for y in range(6))


async def test_rows_stand_under_their_titles_from_the_first_frame_of_another_width_on():
    app = Lister()
    async with app.run_test(size=(40, 10)) as pilot:
        app.table.set_columns((Column("Title", 10, share=1), Column("Code", 6)))
        app.table.show(a_list("a", "b"))
        await pilot.pause()
        for width in (40, 60):
            # What the layout does before the list is told of it.
            app.table._size = Size(width, 10)
            assert app.line(1).index("about a") == app.line(0).index("Code")


async def test_enter_in_an_empty_list_is_left_to_the_screen():
    class Around(Lister):
        BINDINGS: ClassVar = [("enter", "why", "")]

        def action_why(self) -> None:
            self.heard.append("why")

    app = Around(a_list())
    async with app.run_test() as pilot:
        app.table.focus()
        await pilot.press("enter")
        assert app.heard[-1] == "why"


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (400, 120)])
async def test_a_list_survives_every_size(size):
    app = Lister(Counting(50))
    async with app.run_test(size=size) as pilot:
        await pilot.press("down", "pagedown", "end", "home")
        assert app.table.selected_key == "0"


@pytest.mark.fault("F21")
async def test_a_title_of_a_megabyte_and_markup_in_it_do_no_harm():
    rows = ListSource([Row("a", (cell("[/] \x1b[2J"), cell("x" * 1_000_000)))])
    app = Lister(rows)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert app.line(1).startswith("▌ [/]…")
        assert app.line(1).endswith("…")


class TwoLists(App[None]):
    """A program with two lists, each in a box that names Enter and a key that works everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.lists = VirtualTable(COLUMNS), VirtualTable(COLUMNS)
        keys = (KeyHint("enter", "open"), KeyHint("x", "close"))
        self.boxes = tuple(Box(f"List {place}", table, keys=keys) for place, table in enumerate(self.lists))
        self.page = Box("About", keys=keys)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(PALETTES[DEFAULT_THEME])

    def compose(self) -> ComposeResult:
        yield from self.boxes
        yield self.page

    def on_mount(self) -> None:
        for table in self.lists:
            table.show(a_list("a", "b"))


@pytest.mark.parametrize("here", [0, 1])
async def test_only_the_list_that_has_the_keys_has_a_bar_and_names_enter(here):
    app = TwoLists()
    async with app.run_test(size=(60, 20)) as pilot:
        app.lists[here].focus()
        await pilot.pause()
        grounds = []
        for place, (table, box) in enumerate(zip(app.lists, app.boxes, strict=True)):
            chosen, other = (table.render_line(y) for y in (1, 2))
            assert chosen.text.startswith("▌" if place == here else "▎"), "the mark differs without colours, too"
            grounds.append({one.style.bgcolor for one in chosen} == {one.style.bgcolor for one in other})
            edge = box.render_lines(Region(0, 0, box.outer_size.width, 1))[0].text
            assert ("enter open" in edge) is (place == here)
            assert "x close" in edge
        assert grounds.index(False) == here
        assert any(grounds)
        about = app.page.render_lines(Region(0, 0, app.page.outer_size.width, 1))[0].text
        assert "enter open" in about, "where nothing takes the keys, Enter is that of the screen"


async def test_of_two_lists_an_empty_one_has_the_mark_while_the_keys_go_there():
    app = TwoLists()
    async with app.run_test(size=(60, 20)) as pilot:
        for table in app.lists:
            table.show(ListSource())
        for here in (1, 0):
            app.lists[here].focus()
            await pilot.pause()
            assert [table.render_line(1).text.startswith("▌") for table in app.lists] == [here == 0, here == 1]


async def test_of_several_boxes_the_one_whose_text_the_keys_move_has_their_mark_in_its_title():
    app = TwoLists()
    async with app.run_test(size=(60, 20)) as pilot:
        await app.page.mount(text := Page(lambda _width: ((ink("a text"),),)))

        def title() -> str:
            return app.page.render_lines(Region(0, 0, app.page.outer_size.width, 1))[0].text

        app.lists[0].focus()
        await pilot.pause()
        assert "▌" not in title()
        text.focus()
        await pilot.pause()
        assert title().startswith("╭─ ▌ About ─")
        for table in app.lists:
            table.display = False
        app.page.refresh()
        await pilot.pause()
        assert title().startswith("╭─ About ─"), "the keys can be nowhere else"


async def test_what_may_be_ignored_can_be_read_in_the_selected_row():
    app = TwoLists()
    async with app.run_test(size=(60, 20)) as pilot:
        faint = cell("by default", "faint")
        app.lists[0].show(ListSource(Row(name, (cell(name), faint)) for name in "ab"))
        app.lists[0].focus()
        await pilot.pause()
        inks = [
            next(one.style.color for one in app.lists[0].render_line(y) if "by default" in one.text) for y in (1, 2)
        ]
        palette = PALETTES[app.theme if app.theme in PALETTES else DEFAULT_THEME]
        assert [ink.triplet.hex for ink in inks] == [palette["explain"], palette["faint"]]


async def test_the_frame_goes_on_where_a_title_is_cut():
    app = TwoLists()
    async with app.run_test(size=(40, 20)) as pilot:
        app.page.set_title(f"Nordmeer {'Binnenschifffahrtsversicherung' * 2}", "and more")
        await pilot.pause()
        edge = app.page.render_lines(Region(0, 0, app.page.outer_size.width, 1))[0].text
        assert "Nordmeer… ──" in edge
        assert "x close ─╮" in edge, "keys stand there again"
