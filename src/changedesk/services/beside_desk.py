"""Small files that people write, beside the desk or elsewhere: read whole, bounded in size, and named in every refusal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from changedesk.errors import BadInput
from changedesk.resources import data_folder

LARGEST: Final = 1_000_000
"""So many bytes such a file may have."""


def own_files(desk: Path, folder: str) -> dict[str, Path]:
    """The TOML files in a folder beside the desk's file, by their names without the ending."""
    place = desk.parent / folder
    return {path.stem: path for path in sorted(place.glob("[!.]*.toml"))} if place.is_dir() else {}


def shipped(folder: str, name: str) -> bytes:
    """A file that is shipped."""
    return data_folder().joinpath(folder, f"{name}.toml").read_bytes()


def bytes_of(path: Path) -> bytes:
    """The content of a file that somebody wrote; BadInput when it is none, cannot be read or is too large."""
    if path.exists() and not path.is_file():
        raise BadInput(f"{path} is no file")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {os.strerror(error.errno or 0).lower()}") from error
    if len(raw) > LARGEST:
        raise BadInput(f"{path} is larger than {LARGEST:,} bytes")
    return raw


def text_of(raw: bytes, file: str) -> str:
    """The text of a TOML file's bytes."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{file} is not a TOML file: it is not UTF-8") from error
