"""The matrix of groups and aspects, and what it comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people_builders import an_impact
from working_builders import an_audience

from changedesk.domain.people.impacts import degrees_of, heat_map
from changedesk.domain.words import ASPECTS

IMPACTS = st.dictionaries(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from(ASPECTS)), st.integers(0, 5)).map(
    lambda cells: [an_impact(audience, degree, aspect) for (audience, aspect), degree in cells.items()]
)
HEADS = st.lists(st.integers(0, 300), min_size=3, max_size=3)


def test_a_row_has_its_highest_its_sum_and_its_load():
    groups = [an_audience("Wards", 300), an_audience("Office", 100)]
    impacts = [an_impact("Wards", 5), an_impact("Wards", 2, "mindset"), an_impact("Office", 4)]
    wards, office = heat_map(groups, impacts).rows
    assert (wards.audience.name, wards.highest, wards.total, wards.load) == ("Wards", 5, 7, pytest.approx(5.25))
    assert (office.highest, office.total, office.load) == (4, 4, 1)
    assert wards.cells[ASPECTS.index("tools")].degree == 5
    assert wards.cells[ASPECTS.index("location")] is None


def test_one_severe_hit_comes_before_many_light_ones_and_unrated_groups_come_last():
    impacts = [an_impact("light", 2, aspect) for aspect in ASPECTS] + [an_impact("severe", 5)]
    rows = heat_map([an_audience(name) for name in ("light", "severe", "unrated")], impacts).rows
    assert [row.audience.name for row in rows] == ["severe", "light", "unrated"]
    assert (rows[2].highest, rows[2].total, rows[2].load) == (None, None, None)


def test_of_groups_that_are_hit_as_hard_the_one_that_is_hit_in_more_comes_first_and_then_the_first_by_name():
    impacts = [an_impact(name, 4) for name in "cbda"] + [an_impact("c", 1, "mindset"), an_impact("d", 3, "mindset")]
    rows = heat_map([an_audience(name) for name in "bcad"], impacts).rows
    assert [(row.audience.name, row.total) for row in rows] == [("d", 7), ("c", 5), ("a", 4), ("b", 4)]


def test_a_column_weighs_by_headcount_over_the_groups_that_were_rated():
    groups = [an_audience("a", 300), an_audience("b", 100), an_audience("c", 1000)]
    column = heat_map(groups, [an_impact("a", 4), an_impact("b", 0)]).columns[ASPECTS.index("tools")]
    assert (column.highest, column.total, column.weighted) == (4, 4, 3)
    empty = heat_map(groups, []).columns[0]
    assert (empty.highest, empty.total, empty.weighted) == (None, None, None)


def test_where_a_headcount_is_missing_no_load_is_said():
    groups = [an_audience("a", 10), an_audience("b", 0)]
    found = heat_map(groups, [an_impact("a", 4), an_impact("b", 2)])
    assert [row.load for row in found.rows] == [None, None]
    assert found.columns[ASPECTS.index("tools")].weighted is None


def test_a_group_that_was_rated_as_not_hit_is_another_one_than_one_that_was_not_rated():
    assert degrees_of([an_impact("a", 0)]) == {"a": 0}


@given(HEADS, IMPACTS)
def test_the_figures_agree_with_the_cells(heads, impacts):
    groups = [an_audience(name, count) for name, count in zip("abc", heads, strict=True)]
    found = heat_map(groups, impacts)
    assert sum(row.total or 0 for row in found.rows) == sum(column.total or 0 for column in found.columns)
    for row in found.rows:
        degrees = [cell.degree for cell in row.cells if cell is not None]
        assert row.highest == max(degrees, default=None)
        assert row.total == (sum(degrees) if degrees else None)
        assert row.highest == degrees_of(impacts).get(row.audience.name)
    for column in found.columns:
        assert column.weighted is None or 0 <= column.weighted <= column.highest
