"""The page about the files of the people side says what the program takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from changedesk.domain import kinds_people_side
from changedesk.domain.kind import Kind, Word
from changedesk.domain.kinds import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "interchange-people.md").read_text(encoding="utf-8")
ROWS = {
    name.strip(): (columns, key.strip())
    for name, columns, key in re.findall(r"^\| ([a-z_]+) \| (.*) \| (.*) \|$", PAGE, re.MULTILINE)
    if name in KINDS
}
OURS = [kind.name for kind in vars(kinds_people_side).values() if isinstance(kind, Kind)] + [
    "resistance",
    "workarounds",
]


def _listed(columns: str) -> list[str]:
    """The names of the columns, in their order."""
    bare = re.sub(r"\([^)]*\)", "", columns)
    return [part.strip() for part in bare.split(",")]


def test_every_kind_of_the_people_side_is_told_and_no_other():
    assert sorted(ROWS) == sorted(OURS)


@pytest.mark.parametrize("name", OURS)
def test_columns_and_key_are_those_of_the_declaration(name):
    columns, key = ROWS[name]
    declared = [f"{column.name}{'*' if column.required else ''}" for column in KINDS[name].columns]
    assert _listed(columns) == declared
    assert key.split(", ") == list(KINDS[name].key)


def test_every_word_that_a_column_takes_is_told():
    words = {word for name in OURS for c in KINDS[name].columns if isinstance(c.type, Word) for word in c.type.words}
    checkpoints = {"initiation", "planning", "execution", "go_live", "sustain_30", "sustain_90"}
    assert [word for word in sorted(words - checkpoints) if not re.search(rf"\b{word}\b", PAGE)] == []


def test_the_page_about_adoption_says_what_key_results_take():
    page = (Path(__file__).parents[2] / "docs" / "adoption.md").read_text(encoding="utf-8")
    columns, key = re.findall(r"^\| key_results \| (.*) \| (.*) \|$", page, re.MULTILINE)[0]
    kind = KINDS["key_results"]
    assert _listed(columns) == [f"{column.name}{'*' if column.required else ''}" for column in kind.columns]
    assert key.strip().split(", ") == list(kind.key)
