"""What somebody says with an act is kept whole or refused: nothing of it is cut off unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import as_person, found
from changedesk.errors import BadInput
from changedesk.services.control.approvals import acknowledging, voting
from changedesk.services.control.changes import asking, stepping
from changedesk.services.control.rules import templates
from changedesk.services.one_line import one_line
from control_desks import a_control_desk, at_the_board


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


LONG = "x" * 501


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, number: voting.vote(as_person(desk, "nora"), number, "approve", comment=LONG),
        lambda desk, number: voting.vote(as_person(desk, "nora"), number, "reject", comment=LONG),
        lambda desk, number: acknowledging.acknowledge(as_person(desk, "mona"), number, LONG),
        lambda desk, number: asking.cancel(as_person(desk, "rita"), number, LONG),
        lambda desk, number: stepping.add_step(as_person(desk, "rita"), number, LONG),
        lambda desk, number: templates.retire(as_person(desk, "mona"), "alder", "reboot", LONG),
    ],
    ids=["comment", "rejection", "acknowledgement", "reason", "step", "retirement"],
)
def test_what_is_said_of_a_change_is_refused_when_it_is_too_long_and_nothing_is_written(tmp_path: Path, act):
    with a_control_desk(tmp_path) as desk:
        number = at_the_board(desk)
        before = found(desk, "SELECT count(*) FROM audit")
        with pytest.raises(BadInput, match="501 characters; 500 are allowed"):
            act(desk, number)
        assert found(desk, "SELECT count(*) FROM audit") == before
