from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import door_to

from changedesk.services.door import Door


@pytest.fixture(scope="session")
def demo_file(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo portfolio, made once; nobody writes to it."""
    return Path(shutil.copy(demo_template, tmp_path_factory.mktemp("demo") / "demo.db"))


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Door]:
    """The demo portfolio, open."""
    with door_to(demo_file) as door:
        yield door


@pytest.fixture(autouse=True)
def _own_visits(own_state: Path) -> Path:
    """Every screen may keep something of a visit."""
    return own_state
