"""The trees of the whole program are let go when no test of its shape follows: the rest of the suite would carry them."""

from __future__ import annotations

import pytest
from sources import imports, modules


def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Let go of the trees after the last test of this folder in a row."""
    if nextitem is None or nextitem.path.parent != item.path.parent:
        imports.cache_clear()
        modules.cache_clear()
