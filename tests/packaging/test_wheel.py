"""The wheel is complete: installed elsewhere, it opens every file that it ships."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_OPEN_ALL = """
from changedesk.resources import data_folder
import changedesk, tomllib
def walk(folder, prefix=""):
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from walk(entry, f"{prefix}{entry.name}/")
        else:
            text = entry.read_text(encoding="utf-8")
            if entry.name.endswith(".toml"):
                tomllib.loads(text)
            yield f"{prefix}{entry.name}"
print(changedesk.__file__)
print(*walk(data_folder()), sep="\\n")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_installed_elsewhere_opens_every_data_file(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    said = subprocess.run(
        [sys.executable, "-c", _OPEN_ALL],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
    ).stdout.splitlines()
    shipped = sorted(str(p.relative_to(ROOT / "data")) for p in (ROOT / "data").rglob("*") if p.is_file())
    assert Path(said[0]).is_relative_to(tmp_path)
    assert said[1:] == shipped


def test_the_wheel_offers_the_command_and_its_screens(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "changedesk = changedesk.__main__:main" in archive.read(entry).decode()
    styles = {p.relative_to(ROOT / "src").as_posix() for p in (ROOT / "src").rglob("*.tcss")}
    assert styles <= set(names)
    assert "changedesk/py.typed" in names
