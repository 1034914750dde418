"""The demo desk is made once, from the same decisions that people make, and proves itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_desk, at, found
from changedesk.errors import DeskUnusable
from changedesk.services import desks
from changedesk.services.demo import ensure_demo
from changedesk.services.session import open_session
from changedesk.store.database import Desk

NOW = {"CHANGEDESK_NOW": "2026-11-26T14:02:00Z"}


def test_the_demo_desk_is_made_once_and_proves_itself(tmp_path: Path) -> None:
    path = tmp_path / "demo.db"
    assert ensure_demo(path, NOW)
    assert not ensure_demo(path, NOW)
    with Desk(path, at()) as desk:
        assert (desk.facts.kind, desk.facts.demo) == ("personal", True)
        findings = desks.doctor(open_session(desk))
        assert [finding for finding in findings if not finding.well] == []
        assert found(desk, "SELECT count(*) > 0 FROM signature") == [(1,)]
        assert found(desk, "SELECT max(at) FROM audit") <= [("2026-11-26T14:02:00.000Z",)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["demo.db"]


def test_a_desk_of_ones_own_is_never_taken_for_a_demo(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        before = desk.path.read_bytes()
        with pytest.raises(DeskUnusable, match="is a desk of its own, not a demo"):
            ensure_demo(desk.path, NOW)
        assert desk.path.read_bytes() == before
