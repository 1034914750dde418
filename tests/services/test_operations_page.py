"""The script that docs/operations.md gives to cron does what the page says, as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builders import a_desk, an_initiative, staffed

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
(SCRIPT,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def surrounding(tmp_path: Path) -> dict[str, str]:
    """What cron knows: hardly anything."""
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().on(desk)
    (tmp_path / "backups").mkdir()
    program = tmp_path / "changedesk"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m changedesk "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name in ("PYTHONPATH", "HOME") or "XDG" in name}
    path = f"{tmp_path}:/usr/bin:/bin"
    return {**kept, "PATH": path, "DESK": str(desk.path), "BACKUPS": str(tmp_path / "backups")}


def night(surrounding: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", SCRIPT], env=surrounding, capture_output=True, text=True, check=False)


def kept(surrounding: dict[str, str]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(surrounding["BACKUPS"]).iterdir()}


def test_each_night_leaves_a_backup_and_the_end_of_the_chain_beside_the_earlier_ones_and_says_nothing(
    surrounding: dict[str, str],
) -> None:
    for name in ("desk-2026-11-26-021500.db", "end-2026-11-26-021500.json"):
        (Path(surrounding["BACKUPS"]) / name).write_bytes(b"of the night before")
    before = kept(surrounding)
    done = night(surrounding)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    after = kept(surrounding)
    assert before.items() <= after.items(), "the earlier ones stay as they were"
    assert sorted(name[:5] for name in after.keys() - before.keys()) == ["desk-", "end-2"]


def test_a_desk_that_is_broken_is_not_taken_for_a_backup_and_the_good_ones_stay(surrounding: dict[str, str]) -> None:
    (Path(surrounding["BACKUPS"]) / "desk-2026-11-26.db").write_bytes(b"a good one")
    good = kept(surrounding)
    with Path(surrounding["DESK"]).open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    done = night(surrounding)
    assert done.returncode != 0
    assert done.stderr.startswith("changedesk: ")
    assert kept(surrounding) == good
