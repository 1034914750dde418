from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.screens.initiative.layout import LANES_LEAST, Arrangement, Wants, arrange

rows = st.integers(2, 20)
wants = st.builds(
    lambda least, more, d, p, g: Wants(least, least + more, d, p, g), st.integers(7, 14), rows, rows, rows, rows
)
widths = st.integers(60, 200)
heights = st.integers(20, 60)


def used(found: Arrangement, width: int) -> int:
    facts = max(found.delivery, found.people) if width >= 100 else found.delivery + found.people
    return found.lanes + facts + found.gate


@given(wants, widths, heights, st.integers(0, 9))
def test_the_panels_never_take_more_rows_than_there_are(some: Wants, width: int, height: int, page: int):
    found = arrange(width, height, some, page)
    assert used(found, width) <= height
    assert found.lanes >= LANES_LEAST + 2


@given(wants, widths, heights)
def test_every_panel_can_be_reached(some: Wants, width: int, height: int):
    pages = [arrange(width, height, some, page) for page in range(arrange(width, height, some, 0).pages)]
    for panel in ("delivery", "people", "gate"):
        assert any(getattr(page, panel) for page in pages)
    assert arrange(width, height, some, len(pages)) == pages[0]


@given(wants, widths, st.integers(0, 9))
def test_where_there_is_room_everything_stands_at_once(some: Wants, width: int, page: int):
    found = arrange(width, 120, some, page)
    assert found.pages == 1
    assert found.delivery >= some.delivery + 2
    assert found.people >= some.people + 2
    assert found.gate >= some.gate + 2


@pytest.mark.parametrize(("width", "height", "pages"), [(80, 21, 3), (120, 32, 1), (160, 44, 1)])
def test_at_the_usual_sizes(width: int, height: int, pages: int):
    assert arrange(width, height, Wants(9, 14, 7, 8, 5), 0).pages == pages
