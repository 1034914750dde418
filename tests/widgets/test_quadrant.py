import pytest
from drawings import as_text, is_exactly
from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.figures.quadrant import Point, draw_quadrant

levels = st.sampled_from(["late", "at_risk", "fine", "unknown"])
shares = st.none() | st.floats(0, 1)
labels = st.integers(1, 9).map(lambda size: "ABCDEFGHI"[:size])
points = st.lists(st.builds(Point, labels, shares, shares, levels), max_size=30)


@given(points, st.integers(0, 80), st.integers(0, 20))
def test_the_drawing_fills_its_place_and_nothing_more(some: list[Point], width: int, height: int) -> None:
    lines = draw_quadrant(some, width, height)
    assert is_exactly(lines, width, height)
    assert lines == draw_quadrant(some, width, height)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=26), st.integers(36, 80), st.integers(8, 20))
def test_labels_are_whole_or_counted(spots: list[tuple[float, float]], width: int, height: int) -> None:
    some = [Point(f"{chr(65 + n)}x{chr(65 + n)}", x, y, "late") for n, (x, y) in enumerate(spots)]
    rows = as_text(draw_quadrant(some, width, height))
    plot = "\n".join(rows[:-2])
    named = [point for point in some if point.label in plot]
    letters = [char for char in plot if char.isupper()]
    assert len(letters) == 2 * len(named)
    missing = len(some) - len(named)
    assert (f"+{missing} more" in rows[-1]) == (missing > 0)


@pytest.mark.requirement("R54")
def test_each_initiative_stands_where_it_is_built_and_ready() -> None:
    rows = as_text(draw_quadrant([Point("GO", 1.0, 1.0, "fine"), Point("LATE", 1.0, 0.1, "late")], 60, 12))
    go = next(y for y, row in enumerate(rows) if "GO ●" in row)
    late = next(y for y, row in enumerate(rows) if "LATE ▲" in row)
    assert go < late
    assert rows[go].rindex("●") == 59
    for words in ("wanted, not built", "early", "built, nobody ready"):
        assert any(words in row for row in rows)


def test_the_most_urgent_keeps_its_label_when_all_stand_on_one_spot() -> None:
    crowd = [Point(f"INIT{n:02}", 0.97, 0.5, "late" if n == 0 else "fine") for n in range(20)]
    rows = as_text(draw_quadrant(crowd, 40, 10))
    assert any("INIT00 ▲" in row or "▲ INIT00" in row for row in rows)
    assert " more" in rows[-1]


def test_an_initiative_without_a_plan_is_counted_not_placed() -> None:
    rows = as_text(draw_quadrant([Point("NOPLAN", None, 0.4, "unknown")], 60, 10))
    assert "1 without a plan" in rows[-1]
    assert not any("NOPLAN" in row for row in rows)


def test_initiatives_that_are_not_given_are_counted_too() -> None:
    assert "+12 more" in as_text(draw_quadrant([], 60, 10, left_out=12))[-1]


def test_whose_people_are_not_half_ready_never_stands_in_the_upper_half() -> None:
    crowd = [Point(f"A{n}", 0.6, 0.45, "late") for n in range(9)]
    rows = as_text(draw_quadrant(crowd, 60, 12))
    upper, lower = rows[: (12 - 2) // 2], rows[(12 - 2) // 2 :]
    assert not any("▲" in row for row in upper)
    assert any("▲" in row for row in lower)


def test_where_its_field_is_full_a_point_takes_the_room_beside_what_the_corner_means() -> None:
    near = [("PSA", 0.55), ("ERP", 0.62), ("LOB", 0.8), ("PWD", 0.93)]
    rows = as_text(draw_quadrant([Point(name, 1.0, ready, "fine") for name, ready in near], 49, 10))
    assert rows[0].endswith("PWD ●")
    assert "more" not in rows[-1]
