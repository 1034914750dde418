"""Every requirement of the founding documents is proven by a test that cites it, or says why not."""

from __future__ import annotations

from requirement_register import PAGE, citations, page, requirements

EVERY, CITED = requirements(), citations()


def test_all_188_requirements_are_in_the_register_once_and_in_order() -> None:
    assert [one.number for one in EVERY] == [f"R{number}" for number in range(1, 189)]


def test_a_requirement_is_cited_by_a_test_or_has_its_reason_and_never_both() -> None:
    assert [one.number for one in EVERY if (one.number in CITED) == bool(one.reason)] == []


def test_tests_cite_only_requirements_that_there_are() -> None:
    assert sorted(set(CITED) - {one.number for one in EVERY}) == []


def test_the_page_says_what_stands_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(EVERY, CITED), "write it anew with `make requirements`"
