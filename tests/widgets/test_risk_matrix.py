"""The matrix of a risk as text: every cell has its level, and the change stands in one of them."""

from __future__ import annotations

import pytest
from drawings import as_text, is_exactly
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.figures.risk_matrix import HEIGHT, LEVEL, WIDTH, draw_risk_matrix
from changedesk.widgets.paint import GLYPH

places = st.none() | st.integers(1, 5)
matrices = st.lists(
    st.lists(st.sampled_from(sorted(LEVEL)), min_size=5, max_size=5),
    min_size=5,
    max_size=5,
)


@given(matrices, places, places)
def test_it_fills_its_place_and_marks_one_cell_or_none(
    matrix: list[list[str]], impact: int | None, likelihood: int | None
) -> None:
    lines = draw_risk_matrix(matrix, impact, likelihood)
    assert is_exactly(lines, WIDTH, HEIGHT)
    rows = as_text(lines)
    marks = [(5 - y, row.index("[")) for y, row in enumerate(rows) if "[" in row]
    if impact is None or likelihood is None:
        assert marks == []
    else:
        [(stands, x)] = marks
        assert stands == likelihood
        assert rows[5 - likelihood][x + 1] == LEVEL[matrix[likelihood - 1][impact - 1]][0]


@pytest.mark.requirement("R88")
def test_the_most_likely_row_is_on_top() -> None:
    matrix = [["low"] * 5, ["low"] * 5, ["medium"] * 5, ["medium"] * 5, ["high"] * 5]
    rows = as_text(draw_risk_matrix(matrix, 2, 5))
    assert rows[0].startswith("  5  ")
    assert rows[0].count(GLYPH["late"]) == 5
    assert f"[{GLYPH['late']}]" in rows[0]
    assert rows[5].split() == ["1", "2", "3", "4", "5"]
