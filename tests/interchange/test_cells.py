"""Cells: what is read as what, and written back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import Column, Day, Number, Text, Whole, Words
from changedesk.interchange.cells import Remembered, number_text, parser, spreadsheet_safe, writer
from changedesk.interchange.refusing import CellRefused, quoted

TEXT = Column("title", Text(), "title")
NUMBER = Column("budget", Number(0, 1e15), "budget")
DAY = Column("by", Day(), "due")


@given(st.text(max_size=40))
def test_a_text_once_taken_is_written_and_taken_again_unchanged(text: str) -> None:
    taken = parser(TEXT)(text)
    assert parser(TEXT)(writer(TEXT)(taken)) == taken


@given(st.floats(0, 1e15))
def test_a_number_is_written_so_that_it_reads_back_the_same(value: float) -> None:
    written = number_text(value)
    assert float(written) == value
    assert "e" not in written


@given(st.decimals(0, 10**12, places=4))
def test_a_plain_decimal_is_taken(value: object) -> None:
    assert parser(NUMBER)(str(value)) == float(str(value))


@given(st.dates())
def test_only_the_canonical_form_of_a_day_is_taken(day: object) -> None:
    text = str(day)
    if 1900 <= int(text[:4]) <= 2199:
        assert parser(DAY)(text) == text
    else:
        with pytest.raises(CellRefused):
            parser(DAY)(text)
    with pytest.raises(CellRefused):
        parser(DAY)(text.replace("-", ""))


@pytest.mark.parametrize(
    "text", ["2026-1-1", "2026-W01-1", "26-01-01", "２０２６-01-01", "2026-13-01", "tomorrow", "2026-01-01T00:00"]
)
def test_other_writings_of_a_day_are_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        parser(DAY)(text)


def test_a_day_with_two_readings_is_refused_with_both() -> None:
    with pytest.raises(CellRefused, match="2026-04-03 or as 2026-03-04"):
        parser(DAY)("03/04/2026")
    with pytest.raises(CellRefused, match="write 2026-03-03"):
        parser(DAY)("03.03.2026")
    with pytest.raises(CellRefused, match="not a day"):
        parser(DAY)("31/31/2026")


@pytest.mark.parametrize("text", ["1,5", "1,234", "1 234.5", "1'234", "1.234,5", "1\u00a0234"])
def test_separators_of_thousands_and_commas_are_refused_as_ambiguous(text: str) -> None:
    with pytest.raises(CellRefused, match="two ways"):
        parser(NUMBER)(text)


@pytest.mark.parametrize("text", ["inf", "nan", "1e5", "0x10", "1_000", "٣", "+5", ".5", "5.", "9" * 40, "--1"])
def test_what_is_not_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(CellRefused):
        parser(NUMBER)(text)


def test_a_whole_number_may_have_a_zero_fraction() -> None:
    column = Column("headcount", Whole(0, 100), "headcount")
    assert parser(column)("12.0") == 12
    with pytest.raises(CellRefused, match="whole number"):
        parser(column)("12.5")


@pytest.mark.parametrize(
    ("form", "column", "low", "high"),
    [
        ("clients", "user_maturity", 1, 5),
        ("targets", "target", 0, 100),
        ("benefits", "dependent_share", 0, 1),
        ("risks", "probability", 1, 5),
        ("risks", "impact", 1, 5),
        ("resistance", "severity", 1, 5),
        ("impacts", "degree", 0, 5),
        ("stakeholders", "power", 1, 5),
        ("stakeholders", "stance_wanted", -2, 2),
        ("surveys", "ability", 1, 5),
        ("confidence", "score", 1, 5),
        ("template", "min_success", 0, 100),
    ],
)
def test_a_scale_takes_its_ends_and_nothing_beyond_them(form: str, column: str, low: int, high: int) -> None:
    taken = parser(FORMS[form].kind.column(column))
    assert [taken(str(low)), taken(str(high))] == [low, high]
    for beyond in (low - 1, high + 1):
        with pytest.raises(CellRefused, match=f"not between {low} and {high}"):
            taken(str(beyond))


def test_words_are_kept_once_in_their_order() -> None:
    assert parser(Column("roles", Words(("cab", "ecab")), "roles"))(" ecab; cab ;;ecab") == "ecab;cab"


def test_what_a_spreadsheet_would_run_gets_a_quote_and_numbers_do_not() -> None:
    assert [spreadsheet_safe(text) for text in ("=1", "-1", "-1.5", "-1-1", "'a", "a=1", "")] == [
        "'=1",
        "-1",
        "-1.5",
        "'-1-1",
        "''a",
        "a=1",
        "",
    ]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("'=1", "=1"), ("''t Hof", "'t Hof"), ("'s-Hertogenbosch", "'s-Hertogenbosch"), ("'-1", "-1")],
)
def test_only_the_quote_that_an_export_sets_is_taken_off_again(written: str, kept: str) -> None:
    assert parser(TEXT)(written) == kept
    assert parser(TEXT)(spreadsheet_safe(kept)) == kept


def test_a_long_cell_is_shown_short_and_harmless() -> None:
    assert quoted("\x1b[2J" + "x" * 200) == '"[2J' + "x" * 57 + '..."'


def test_remembered_cells_do_not_grow_without_end() -> None:
    cells = Remembered(parser(TEXT))
    for number in range(50_000):
        assert cells[str(number)] == str(number)
    assert len(cells) <= 20_000
