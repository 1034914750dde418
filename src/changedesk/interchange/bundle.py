"""A folder of files, written whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from changedesk.errors import BadInput


def write_bundle(folder: Path, texts: Mapping[str, str], files: Mapping[str, bytes]) -> list[str]:
    """Write the files into a new folder; gives their names. They are written under a passing name beside it first."""
    if not folder.parent.is_dir():
        raise BadInput(f"{folder.parent} is no folder")
    passing = folder.with_name(f".{folder.name}.part")
    if passing.exists() or passing.is_symlink():
        raise BadInput(f"{passing} is in the way", "remove it and try again")
    try:
        passing.mkdir(mode=0o700)
    except OSError as error:
        raise BadInput(f"{folder} cannot be made: {os.strerror(error.errno or 0).lower()}") from None
    try:
        contents = {name: text.encode() for name, text in texts.items()} | dict(files)
        for name, content in sorted(contents.items()):
            place = passing / name
            place.parent.mkdir(exist_ok=True)
            with place.open("xb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        passing.rename(folder)
    except BaseException:  # Ctrl+C, too, leaves no half of a bundle; what is raised goes on
        shutil.rmtree(passing, ignore_errors=True)
        raise
    return sorted(contents)
