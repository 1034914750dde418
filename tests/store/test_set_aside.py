"""What is kept aside takes a name that nothing has, in one step: what comes to lie there meanwhile is not replaced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from changedesk.store import files


def test_a_name_that_is_taken_is_left_to_what_has_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("one")
    (tmp_path / "kept-2").symlink_to(tmp_path / "nowhere")
    file = tmp_path / "desk"
    file.write_text("three")
    assert files.set_aside(file, tmp_path / "kept") == tmp_path / "kept-3"
    assert not file.exists()
    assert [(tmp_path / name).read_text() for name in ("kept", "kept-3")] == ["one", "three"]


def test_a_name_that_is_taken_just_now_is_not_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept").write_text("one")
    file = tmp_path / "desk"
    file.write_text("two")
    monkeypatch.setattr(os.path, "lexists", lambda _: False)
    assert files.set_aside(file, tmp_path / "kept") == tmp_path / "kept-2"
    assert (tmp_path / "kept").read_text() == "one"
