"""What somebody says with an act is kept whole or refused: nothing of it is cut off unsaid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changedesk.errors import BadInput
from changedesk.services.one_line import one_line


@given(st.text(st.characters(exclude_categories=("C", "Z", "M"))), st.integers(1, 30))
def test_a_harmless_text_is_kept_whole_or_refused(text: str, limit: int):
    if len(text) <= limit:
        assert one_line(text, limit) == text
    else:
        with pytest.raises(BadInput, match=f"has {len(text):,} characters; {limit} are allowed"):
            one_line(text, limit)


@given(st.text(), st.integers(1, 30))
def test_what_is_kept_is_one_line_of_at_most_the_limit(text: str, limit: int):
    try:
        line = one_line(text, limit)
    except BadInput:
        assert len(text) > limit
    else:
        assert len(line) <= limit
        assert line == line.strip()
        assert not {"\n", "\r", "\t", "\x1b", "\u202e"} & set(line)


def test_what_is_not_said_is_empty_and_what_hides_counts_for_nothing():
    assert one_line(None) == one_line("") == one_line(" \n ") == one_line("\u200b\x1b") == ""
    assert one_line("yes\u200b, as agreed\n", 15) == "yes, as agreed"


def test_it_is_said_what_is_too_long():
    with pytest.raises(BadInput, match="the reason has 1,001 characters; 500 are allowed"):
        one_line("x" * 1001, what="reason")
