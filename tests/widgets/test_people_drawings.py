"""The small drawings of the people side: factors, heat, elements, the grid."""

from __future__ import annotations

import pytest
from drawings import as_text
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.canvas import cells
from changedesk.widgets.figures.elements import Element, draw_elements
from changedesk.widgets.figures.heat import GLYPHS, TOKENS, heat_cell, share_cell
from changedesk.widgets.figures.interest_grid import Standpoint, draw_grid
from changedesk.widgets.figures.small_bars import SmallBar, small_bars


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=8))
def test_every_share_is_one_cell_and_more_is_never_lower(shares):
    drawn = "".join(span.text for span in small_bars([SmallBar(share) for share in shares]))
    assert cells(drawn) == len(shares)
    known = sorted((share, char) for share, char in zip(shares, drawn, strict=True) if share)
    assert [char for _, char in known] == sorted(char for _, char in known)
    assert all((char == "?") == (share is None) for share, char in zip(shares, drawn, strict=True))


@pytest.mark.parametrize("degree", range(6))
def test_a_degree_has_a_sign_a_figure_and_a_colour_of_its_own_kind(degree):
    (_, span) = heat_cell(degree)
    assert span.text == f"{GLYPHS[degree]}{degree}"
    assert span.look.ink == TOKENS[degree]


def test_what_nobody_rated_is_not_zero():
    assert "".join(span.text for span in heat_cell(None, rated=False)).strip() == "?"
    assert "".join(span.text for span in heat_cell(None)).strip() == "-"
    assert "".join(span.text for span in heat_cell(3, chosen=True)) == "▸▄3"


def test_a_load_is_said_in_percent_and_nothing_is_a_dot():
    assert "".join(span.text for span in share_cell(1.25, "late")) == "  125▲"
    assert "".join(span.text for span in share_cell(0, "fine")).strip() == "·"


def test_the_elements_show_the_spread_how_many_are_past_and_the_barrier():
    elements = [Element("awareness", (0, 1, 1, 6, 2), False), Element("desire", (2, 6, 2, 0, 0), True)]
    drawn = as_text(draw_elements(elements, 60, 3))
    assert "80 %" in drawn[0]
    assert drawn[1].startswith("◆ desire")
    assert "barrier" in drawn[1]
    assert "  0 %" in drawn[1]


def test_everybody_on_the_grid_stands_at_power_and_interest():
    points = [Standpoint("1", 5, 5, "late", chosen=True), Standpoint("2", 1, 1, "fine"), Standpoint("3", 1, 1, "fine")]
    drawn = as_text(draw_grid(points, 34, 18))
    assert drawn[0].startswith("power")
    high = next(line for line in drawn if "[1]" in line)
    low = next(line for line in drawn if "2 3" in line)
    assert drawn.index(high) < drawn.index(low)
    assert high.index("[1]") > low.index("2 3")
    assert any("manage closely" in line for line in drawn)


@given(st.integers(0, 40), st.integers(0, 24), st.integers(0, 30))
def test_the_grid_never_leaves_its_place_and_counts_whom_it_cannot_name(width, height, people):
    points = [Standpoint(str(n), 3, 3, "ink") for n in range(people)]
    drawn = as_text(draw_grid(points, width, height))
    assert len(drawn) <= height
    assert all(cells(line) <= width for line in drawn)
