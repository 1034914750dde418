from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import a_demo, door_to

from changedesk.services.door import Door


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, made once; nobody writes to it."""
    return a_demo(tmp_path_factory.mktemp("demo") / "demo.db")


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Door]:
    """The demo portfolio, open."""
    with door_to(demo_file) as door:
        yield door
