"""Counts beside their bands: what the signs of a strip mean is said over it, as far as there is room."""

from __future__ import annotations

import pytest

from changedesk.widgets.canvas import Line, cells
from changedesk.widgets.figures.load_strip import LoadColumn, draw_legend, draw_load

QUIET = LoadColumn(3, 1, 5)
BUSY = LoadColumn(9, 1, 5)


def text(line: Line) -> str:
    return "".join(span.text for span in line)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([QUIET, BUSY], "by day █ came ░ normal ▲ too many"),
        ([QUIET], "by day █ came ░ normal"),
        ([LoadColumn(3, None, None)], "by day █ came"),
        ([QUIET, LoadColumn(5, 1, 6, "★", now=True)], "by day █ came ░ normal ★ go-live"),
        ([LoadColumn(0, 0, 0)], "by day ░ normal"),
        ([LoadColumn(None, None, None)], "by day"),
        ([], ""),
    ],
)
def test_only_the_signs_that_are_in_a_strip_are_explained(columns: list[LoadColumn], said: str) -> None:
    assert text(draw_legend("by day", columns, 60)) == said


@pytest.mark.parametrize("width", range(6, 40))
def test_what_has_no_room_is_left_out_whole(width: int) -> None:
    said = text(draw_legend("by day", [QUIET, BUSY], width))
    assert cells(said) <= width
    assert "by day █ came ░ normal ▲ too many".startswith(said)
    assert said.split()[-1] in ("day", "came", "normal", "many")


def test_too_many_is_told_by_a_sign_and_by_the_colour_of_what_is_late() -> None:
    tokens = [span.look.ink for span in draw_legend("by day", [BUSY], 60) if "▲" in span.text]
    assert tokens == ["late"]
    drawn = "\n".join(text(line) for line in draw_load([QUIET, BUSY], 12, 5))
    assert "▲" in drawn
    assert "▲" not in "\n".join(text(line) for line in draw_load([QUIET], 12, 5))


def test_what_is_normal_is_drawn_in_an_ink_that_can_be_read_since_its_sign_shows_a_quarter_of_it() -> None:
    shades = {
        look.ink
        for line in (draw_legend("by day", [QUIET], 40), *draw_load([QUIET], 20, 6))
        for text, look in line
        if "░" in text
    }
    assert shades == {"explain"}


@pytest.mark.parametrize(("each", "named"), [(1, False), (2, True), (3, True)])
def test_a_day_before_the_star_is_named_where_both_have_room(each: int, named: bool) -> None:
    week = [LoadColumn(3, 1, 5, name) for name in ("23 Nov", "", "", "", "★", "", "")]
    names = text(draw_load(week, 4 + each * len(week), 4)[-1])
    assert "★" in names
    assert ("23 Nov" in names) == named
