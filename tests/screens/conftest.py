from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from dashboards import door_to
from form_desks import FormDesk, a_form_desk

from changedesk.services.door import Door


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Door]:
    """The demo portfolio, open."""
    with door_to(demo_file) as door:
        yield door


@pytest.fixture
def own(demo_file: Path, tmp_path: Path) -> Iterator[Door]:
    """A copy of the demo that a test may write to."""
    path = tmp_path / "own.db"
    shutil.copy(demo_file, path)
    with door_to(path) as door:
        yield door


@pytest.fixture
def here(tmp_path: Path) -> Iterator[FormDesk]:
    """A desk whose records are filled in by hand."""
    with a_form_desk(tmp_path) as desk:
        yield desk


@pytest.fixture(autouse=True)
def _own_visits(own_state: Path) -> Path:
    """Every screen may keep something of a visit."""
    return own_state
