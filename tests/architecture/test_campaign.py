"""Every fault of docs/security.md is one that a test puts the program through."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
PAGE = TESTS.parent / "docs" / "security.md"


def test_every_fault_of_the_campaign_is_tried_by_a_test_that_names_it() -> None:
    named = {
        fault
        for path in TESTS.rglob("test_*.py")
        for call in re.findall(r"mark\.fault\(([^)]*)\)", path.read_text(encoding="utf-8"))
        for fault in re.findall(r"F\d+", call)
    }
    assert sorted({f"F{number}" for number in range(1, 24)} ^ named) == []


def test_the_page_lists_them_all() -> None:
    listed: set[int] = set()
    for cell in re.findall(r"^\| (F[^|]*) \|", PAGE.read_text(encoding="utf-8"), re.M):
        first, *last = (int(number) for number in re.findall(r"\d+", cell))
        listed |= {*range(first, (last or [first])[0] + 1)}
    assert listed == {*range(1, 24)}
