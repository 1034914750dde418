"""Maps for files of other tools: those that are shipped as profiles, and a user's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from changedesk.domain.file_map import FileMap
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput
from changedesk.resources import data_folder
from changedesk.services.beside_desk import bytes_of

FOLDER: Final = "profiles"
_NOTHING: Final[Mapping[str, str]] = {}


def profile_names() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    folder = data_folder().joinpath(FOLDER)
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )  # fmt: skip


def shipped_map(profile: str, constants: Mapping[str, str] = _NOTHING) -> FileMap:
    """A shipped profile; ``constants`` are values that every row gets, such as its initiative."""
    from changedesk.intake.mapping import parse_map

    if profile not in profile_names():
        raise BadInput(f"there is no profile {clean(profile, 60)}; there are {', '.join(profile_names())}")
    data = data_folder().joinpath(FOLDER, f"{profile}.toml").read_bytes()
    return parse_map(data, f"{profile}.toml").with_constants(constants)


def read_map(path: Path, constants: Mapping[str, str] = _NOTHING) -> FileMap:
    """A user's own mapping file; ``constants`` are values that every row gets, such as its initiative."""
    from changedesk.intake.mapping import parse_map

    return parse_map(bytes_of(path), str(path)).with_constants(constants)


def map_of(profile: str | None, own_map: Path | None, constants: Mapping[str, str]) -> FileMap | None:
    """The map that was chosen, a user's own before a shipped one; None for canonical files."""
    if own_map is not None:
        return read_map(own_map, constants)
    return None if profile is None else shipped_map(profile, constants)
