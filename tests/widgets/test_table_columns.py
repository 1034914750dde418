"""Which columns appear, and how wide."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from changedesk.widgets.lists.columns import places
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.lists.window import FEW, Window

COLUMNS = (
    Column("", 1, tight=True),
    Column("Initiative", 16, share=2),
    Column("Client", 8, from_width=60),
    Column("Delivery", 8, priority=2),
    Column("Why", 14, share=1, priority=1),
)


def used(room: int) -> int:
    return sum(place.width + place.gap for place in places(COLUMNS, room, room))


def test_what_is_left_over_goes_to_the_columns_with_a_share():
    widths = [place.width for place in places(COLUMNS, 120, 120)]
    assert widths[0] == 1
    assert widths[1] > 16
    assert widths[4] > 14
    assert used(120) == 120


def test_a_column_appears_from_its_terminal_width_on():
    assert 2 not in [place.column for place in places(COLUMNS, 59, 59)]
    assert 2 in [place.column for place in places(COLUMNS, 60, 60)]


def test_where_the_room_is_short_the_least_important_column_goes_first():
    assert [place.column for place in places(COLUMNS, 40, 40)] == [0, 1, 4]


@given(st.integers(0, 250))
def test_columns_never_take_more_than_their_room(room):
    assert used(room) <= max(room, COLUMNS[0].width)


def test_a_column_with_room_to_spare_lends_it_to_one_that_would_cut_its_words():
    plain = places(COLUMNS, 80, 80)
    lent = places(COLUMNS, 80, 80, (1, 40, 8, 8, 6))
    assert lent[1].width == 40 > plain[1].width
    assert lent[4].width >= 6
    assert sum(place.width + place.gap for place in lent) == sum(place.width + place.gap for place in plain)


def test_a_code_is_kept_whole_before_anything_is_shared():
    coded = (Column("For", 6, whole=10), Column("Gap", 25, share=7), Column("Owner", 12, share=1))

    def width_of_code(longest: int) -> int:
        return places(coded, 60, 60, (longest, 300, 300))[0].width

    assert width_of_code(7) == 7
    assert width_of_code(40) == 10


@given(st.integers(20, 250), st.tuples(*[st.integers(0, 300)] * len(COLUMNS)))
def test_nobody_lends_what_it_needs_itself(room, contents):
    plain = {place.column: place.width for place in places(COLUMNS, room, room)}
    lent = {place.column: place.width for place in places(COLUMNS, room, room, contents)}
    assert lent.keys() == plain.keys()
    assert sum(lent.values()) <= max(sum(plain.values()), room)
    for column, width in lent.items():
        needed = max(contents[column], len(COLUMNS[column].title))
        assert width >= min(plain[column], needed)


class InParts:
    """Rows that come in parts, as those of a long list do."""

    def __init__(self, rows: list[Row]) -> None:
        self._all = ListSource(rows)

    def count(self) -> int:
        return self._all.count()

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        return self._all.rows(offset, limit)

    def position(self, key: str) -> int | None:
        return self._all.position(key)


def test_a_column_lends_its_least_width_only_where_all_rows_are_seen():
    window = Window()
    window.look_at(InParts([Row(f"{n}", (cell("x"), cell("a title"), cell("why"))) for n in range(FEW + 1)]), None)
    named = (Column("", 1), Column("Title", 10), Column("Why", 20))
    assert window.contents(named, 0, 2) == (1, 10, 20)
    window.look_at(InParts([Row("1", (cell("x"), cell("a title"), cell("why")))]), None)
    assert window.contents(named, 0, 2) == (1, 7, 3)


def test_few_rows_are_looked_at_as_a_whole_also_those_that_are_not_seen():
    window = Window()
    rows = [Row(f"{n}", (cell("x" * n), cell("a title"), cell("why"))) for n in range(FEW)]
    window.look_at(InParts(rows), None)
    assert window.contents((Column("", 1), Column("Title", 10), Column("Why", 20)), 0, 2) == (FEW - 1, 7, 3)


def test_a_snug_column_takes_what_stands_in_it_and_leaves_the_rest_at_the_end():
    columns = (Column("Decision", 28, share=3, snug=True), Column("Touches", 8))
    assert [place.width for place in places(columns, 150, 160)] == [140, 8]
    assert [place.width for place in places(columns, 150, 160, (54, 3))] == [54, 8]
    assert [place.width for place in places(columns, 150, 160, (5, 3))] == [28, 8]
    assert [place.width for place in places(columns, 40, 80, (54, 3))] == [32, 7]


def test_a_figure_and_the_words_behind_it_stand_apart_where_nothing_is_cut_for_it():
    columns = (Column("Group", 10, share=1), Column("People", 6, align="right"), Column("Goes live", 10))
    assert [place.gap for place in places(columns, 60, 80, (12, 3, 10))] == [1, 2, 0]
    assert [place.gap for place in places(columns, 30, 80, (40, 3, 10))] == [1, 1, 0], "no word is cut for a blank"
    columns = (*columns[:2], Column("Agreed", 7), Column("Why", 4))
    assert [place.gap for place in places(columns, 30, 80, (10, 3, 6, 4))] == [1, 1, 1, 0], "nor another blank taken"


def test_figures_beside_each_other_keep_the_blanks_that_part_them():
    columns = (
        Column("Service", 10),
        Column("Up", 9, align="right"),
        Column("CSAT", 9, align="right"),
        Column("Why", 4),
    )
    assert [place.gap for place in places(columns, 35, 80, (10, 7, 4, 4))] == [1, 1, 1, 0]


def test_a_sentence_of_which_hardly_a_word_would_be_seen_leaves_its_room_to_the_others():
    columns = (
        Column("Risk", 28, share=3, snug=True),
        Column("Owner", 12),
        Column("Response", 12, share=1, sentence=True),
    )
    assert [place.column for place in places(columns, 70, 80, (42, 12, 50))] == [0, 1]
    assert places(columns, 70, 80, (42, 12, 50))[0].width == 42
    assert [place.column for place in places(columns, 82, 90, (42, 12, 50))] == [0, 1, 2], "half of it is something"
    assert [place.column for place in places(columns, 70, 80, (42, 12, 12))] == [0, 1, 2], "short ones are whole"
    assert [place.column for place in places(columns, 70, 80)] == [0, 1, 2], "nobody knows yet"
