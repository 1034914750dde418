"""Setting up says what is missing in one sentence, where Python cannot do it by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make-venv"


def _python(folder: Path, body: str) -> Path:
    fake = folder / "python3"
    fake.write_text(f'#!/bin/sh\n{body}\nexec {sys.executable} "$@"\n')
    fake.chmod(0o755)
    return fake


def _run(folder: Path, python: Path) -> subprocess.CompletedProcess[str]:
    tools = folder / "bin"
    tools.mkdir()
    for tool in ("sh", "rm", "id"):
        os.symlink(next(p for p in (f"/bin/{tool}", f"/usr/bin/{tool}") if Path(p).exists()), tools / tool)
    return subprocess.run(
        [SCRIPT, folder / "env"],
        env={"PATH": str(tools), "PYTHON": str(python)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    done = _run(tmp_path, _python(tmp_path, '[ "$2" = venv ] && exit 1'))
    assert done.returncode == 1
    major, minor = sys.version_info[:2]
    assert (
        done.stderr == f"This Python cannot make an environment; run: sudo apt-get install python{major}.{minor}-venv\n"
    )


def test_too_old_a_python_is_told_what_is_needed(tmp_path: Path) -> None:
    done = _run(tmp_path, _python(tmp_path, "exit 1"))
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr
