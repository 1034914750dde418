"""The look of a screen is its own: Textual reads all .tcss files into one sheet, where an id alone would mean every screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import changedesk.screens

SCREENS = Path(changedesk.screens.__file__).parent
LOOKS = sorted(SCREENS.rglob("*.tcss"))
assert LOOKS, "no style sheet was found: none would be looked at"


@pytest.mark.parametrize("file", LOOKS, ids=lambda file: str(file.relative_to(SCREENS)))
def test_every_rule_of_a_look_names_its_screen_first(file: Path) -> None:
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", file.read_text(encoding="utf-8"))
    selectors = [selector.strip() for rule in rules for selector in rule.split(",")]
    owners = {re.split(r"[ .>]", selector)[0] for selector in selectors}
    assert len(owners) == 1, f"{file.name}: {owners}"
    assert owners.pop().endswith("Screen")
