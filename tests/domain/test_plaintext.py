"""Text from outside becomes one harmless line."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.domain.plaintext import MARKS_ALLOWED, clean, columns, drawn

FORBIDDEN = frozenset(range(0x20)) | frozenset(range(0x7F, 0xA0))
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("MFA for everyone", "MFA for everyone"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("\x1b]52;c;aGk=\x07copied", "]52;c;aGk=copied"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("\x9b31mred\x9c", "31mred"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\u00a0b", "a\u00a0b"),
        ("[/] [b]not bold", "[/] [b]not bold"),
        ("\ud800", "\ufffd"),
        ("\ue000 and \u0378", "\ufffd and \ufffd"),
        ("a\u2028b\vc\x85d", "a b c d"),
        ("\u0301 alone", "\u0301 alone"),
        ("Zoë Müller 山田", "Zoë Müller 山田"),
    ],
)
def test_what_can_act_on_a_terminal_goes_and_the_words_stay(text, shown):
    assert clean(text) == shown


@given(st.text())
def test_nothing_of_any_text_can_act_reorder_or_hide(text):
    shown = clean(text)
    assert not any(ord(char) in FORBIDDEN for char in shown)
    assert not any(char in OVERRIDES or unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in shown)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.fault("F21")
def test_ten_thousand_combining_marks_do_not_pile_up():
    assert len(clean("a" + "\u0301" * 10_000 + "b")) == MARKS_ALLOWED + 2


@pytest.mark.fault("F21")
@pytest.mark.parametrize("mark", ["\u0301", "\u20dd", "\u0e34", "\u302e"])
def test_no_kind_of_mark_piles_up_and_every_letter_may_have_its_own(mark):
    assert clean("a" + mark * 9) == "a" + mark * MARKS_ALLOWED
    assert clean(f"a{mark}" * 9) == f"a{mark}" * 9
    assert clean("a" + f"{mark}\u200b" * 9) == "a" + mark * MARKS_ALLOWED, "what is not seen stands between no marks"


def test_of_a_title_of_a_megabyte_only_the_beginning_is_looked_at():
    assert clean("\x1b" + "x" * 1_000_000, limit=100) == "x" * 99


@pytest.mark.parametrize(
    ("text", "shown", "wide"),
    [
        ("Flag \U0001f3f3\ufe0f and \u2764\ufe0f", "Flag \U0001f3f3 and \u2764", 12),
        ("1\ufe0f\u20e3 step", "1\u20e3 step", 6),
        ("日本語 plan", "日本語 plan", 11),
        ("Zoe\u0308", "Zoe\u0308", 3),
        ("\U0001f680", "\U0001f680", 2),
        ("\uff21\uff22", "\uff21\uff22", 4),
    ],
)
def test_in_a_grid_each_sign_takes_the_columns_that_every_terminal_gives_it(text, shown, wide):
    assert drawn(text) == shown
    assert columns(drawn(text)) == wide
    assert "\ufe0f" not in text or "\ufe0f" in clean(text), "what is kept stays as it was written"
