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


def _spoil(desk: Path) -> None:
    with desk.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)


def test_a_night_leaves_a_backup_and_the_end_of_the_chain_and_says_nothing(surrounding: dict[str, str]) -> None:
    done = night(surrounding)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    names = sorted(path.name[:5] for path in Path(surrounding["BACKUPS"]).iterdir())
    assert names == ["desk-", "end-2"]


def test_a_desk_that_is_broken_is_not_taken_for_a_backup(surrounding: dict[str, str]) -> None:
    _spoil(Path(surrounding["DESK"]))
    done = night(surrounding)
    assert done.returncode != 0
    assert done.stderr.startswith("changedesk: ")
    assert list(Path(surrounding["BACKUPS"]).iterdir()) == []


def test_a_second_night_on_one_day_leaves_a_backup_of_its_own_and_the_first_as_it_was(
    surrounding: dict[str, str],
) -> None:
    backups = Path(surrounding["BACKUPS"])
    assert night(surrounding).returncode == 0
    first = {path.name: path.read_bytes() for path in backups.iterdir()}
    again = night(surrounding)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    kept = {path.name: path.read_bytes() for path in backups.iterdir()}
    assert len(kept) == 2 * len(first)
    assert first.items() <= kept.items()


def test_a_night_that_finds_the_desk_broken_leaves_the_good_backup_of_that_day_alone(
    surrounding: dict[str, str],
) -> None:
    backups = Path(surrounding["BACKUPS"])
    assert night(surrounding).returncode == 0
    good = {path.name: path.read_bytes() for path in backups.iterdir()}
    _spoil(Path(surrounding["DESK"]))
    assert night(surrounding).returncode != 0
    assert {path.name: path.read_bytes() for path in backups.iterdir()} == good
