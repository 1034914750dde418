from __future__ import annotations

from drawings import as_text, words
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.geometry import Region

from changedesk.widgets import drawing as module
from changedesk.widgets.beside import beside
from changedesk.widgets.canvas import Canvas, Line, Look, Span, cells
from changedesk.widgets.drawing import Drawing, changed
from changedesk.widgets.one_line import Part, draw_parts


def lines_of(*texts: str):
    def draw(width: int, height: int) -> tuple[Line, ...]:
        sheet = Canvas(width, height)
        for y, text in enumerate(texts):
            sheet.put(0, y, text)
        return sheet.lines()

    return draw


class Watched(Drawing):
    painted: list[tuple[Region, ...]]

    def refresh(self, *regions, **options):
        self.__dict__.setdefault("painted", []).append(regions)
        return super().refresh(*regions, **options)


async def test_only_what_changes_of_rows_is_painted_again():
    drawing = Watched(lines_of("one", "two", "three"))

    class Small(App[None]):
        def compose(self):
            yield drawing

    async with Small().run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert drawing.render_line(1).text.startswith("two")
        drawing.painted.clear()
        drawing.show(lines_of("one", "2", "three"))
        assert drawing.painted == [(Region(0, 1, 3, 1),)]
        drawing.painted.clear()
        drawing.show(lines_of("one", "2", "three"))
        assert drawing.painted == []
        await pilot.resize_terminal(30, 4)
        assert drawing.render_line(2).text.startswith("three")
        assert drawing.render_line(2).cell_length == 30


parts = st.lists(
    st.builds(Part, words, st.just(Look()), st.integers(0, 5), words.map(lambda text: text[:3])), max_size=6
)


@given(parts, st.integers(0, 60))
def test_a_line_of_parts_is_never_too_wide(some: list[Part], width: int):
    assert sum(cells(span.text) for span in draw_parts(some, width)) <= width


def test_the_least_important_part_goes_first_and_short_words_before_none():
    some = [Part("MFA for everyone"), Part("alder", rank=3), Part("go-live Wed 2 Dec", rank=1, short="in 6 d")]
    assert as_text([draw_parts(some, 60)]) == ["MFA for everyone  alder  go-live Wed 2 Dec"]
    assert as_text([draw_parts(some, 36)]) == ["MFA for everyone  go-live Wed 2 Dec"]
    assert as_text([draw_parts(some, 26)]) == ["MFA for everyone  in 6 d"]
    assert as_text([draw_parts(some, 18)]) == ["MFA for everyone"]
    assert as_text([draw_parts(some, 10)]) == ["MFA…"]


def test_of_the_most_important_parts_the_longest_is_cut_and_none_left_out():
    some = [Part("CHG-0003"), Part("Archive of the whole works"), Part("alder", rank=1)]
    assert as_text([draw_parts(some, 40)]) == ["CHG-0003  Archive of the whole works"]
    assert as_text([draw_parts(some, 31)]) == ["CHG-0003  Archive of the whole…"]
    assert as_text([draw_parts(some, 8)]) == ["CHG-0003"]


def test_two_drawings_stand_beside_each_other():
    left: list[Line] = [(Span("a", Look()),)]
    right: list[Line] = [(Span("b", Look()),), (Span("c", Look()),)]
    assert as_text(beside(left, right, 4, 2)) == ["a     b", "      c"]


def test_two_rows_differ_from_one_column_to_another():
    same, red = Look("ink"), Look("late")
    assert changed((Span("abcdef", same),), (Span("abXdYf", same),), 10) == (2, 5)
    assert changed((Span("abc", same),), (Span("a", same), Span("b", red), Span("c", same)), 10) == (1, 2)
    assert changed((Span("abc", same),), (), 10) == (0, 3)
    assert changed((Span("会議", same),), (Span("会場", same),), 10) == (0, 10), "of wide letters all is painted again"


async def test_a_drawing_that_follows_a_list_is_shown_when_the_keys_rest(monkeypatch):
    drawing = Watched(lines_of("one"))

    class Small(App[None]):
        def compose(self):
            yield drawing

    monkeypatch.setattr(module, "FOLLOWS_AFTER", 0.01)
    async with Small().run_test(size=(20, 5)) as pilot:
        await pilot.pause()
        assert drawing.render_line(0).text.startswith("one")
        drawing.painted.clear()
        drawing.show_soon(lines_of("two"))
        drawing.show_soon(lines_of("six"))
        assert drawing.painted == []
        assert drawing.render_line(0).text.startswith("one")
        while not drawing.painted:
            await pilot.pause()
        assert drawing.render_line(0).text.startswith("six")
        drawing.show_soon(lines_of("two"))
        drawing.show(lines_of("now"))
        assert drawing.render_line(0).text.startswith("now"), "what is shown at once comes last"
        assert not drawing._soon.waits
