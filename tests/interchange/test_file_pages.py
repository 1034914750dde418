"""The pages about files in and out say what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from changedesk.domain.kinds.kind import Word, Words
from changedesk.domain.kinds.registry import KINDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("interchange.md", "interchange-people.md", "interchange-service.md", "adoption.md")
TEXTS = {page: (DOCS / page).read_text(encoding="utf-8") for page in PAGES}
ROWS = [
    (name, page, columns, key)
    for page, text in TEXTS.items()
    for table in re.findall(r"^\| kind \| columns \| key \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", text, re.MULTILINE)
    for name, columns, key in re.findall(r"^\| (\w+) \| (.*) \| (.*) \|$", table, re.MULTILINE)
]
TOLD = {name: (page, columns, key) for name, page, columns, key in ROWS}
ELSEWHERE = (DOCS / "playbooks.md").read_text(encoding="utf-8")
"""Phases, kinds of work and checkpoints are told where plans are written."""


def _listed(columns: str) -> list[str]:
    """The names of the columns, in their order."""
    bare = re.sub(r"\([^)]*\)", "", columns)
    return [part.strip() for part in bare.split(",")]


def test_every_kind_is_told_once():
    assert sorted(name for name, *_ in ROWS) == sorted(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_columns_and_key_are_those_of_the_declaration(name):
    _, columns, key = TOLD[name]
    declared = [f"{column.name}{'*' if column.required else ''}" for column in KINDS[name].columns]
    assert _listed(columns) == declared
    assert key.split(", ") == list(KINDS[name].key)


@pytest.mark.parametrize("name", KINDS)
def test_every_word_that_a_column_takes_is_told(name):
    text = TEXTS[TOLD[name][0]] + ELSEWHERE
    words = {word for c in KINDS[name].columns if isinstance(c.type, Word | Words) for word in c.type.words}
    assert [word for word in sorted(words) if not re.search(rf"\b{word}\b", text)] == []
