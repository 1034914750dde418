"""Every requirement of the founding documents is proven by a test that cites it, or says why not."""

from __future__ import annotations

import pytest
from requirement_register import PAGE, Requirement, citations, page, requirements

Every = tuple[Requirement, ...]
Cited = dict[str, list[str]]


@pytest.fixture(scope="module")
def every() -> Every:
    return requirements()


@pytest.fixture(scope="module")
def cited() -> Cited:
    return citations()


def test_all_188_requirements_are_in_the_register_once_and_in_order(every: Every) -> None:
    assert [one.number for one in every] == [f"R{number}" for number in range(1, 189)]


def test_a_requirement_is_cited_by_a_test_or_has_its_reason_and_never_both(every: Every, cited: Cited) -> None:
    assert [one.number for one in every if (one.number in cited) == bool(one.reason)] == []


def test_tests_cite_only_requirements_that_there_are(every: Every, cited: Cited) -> None:
    assert sorted(set(cited) - {one.number for one in every}) == []


def test_the_page_says_what_stands_today(every: Every, cited: Cited) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(every, cited), "write it anew with `make requirements`"
