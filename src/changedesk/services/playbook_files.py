"""Where playbooks lie: those that are shipped, and a user's own in the folder ``playbooks`` beside the desk."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from changedesk.domain.playbook import Playbook
from changedesk.errors import BadInput
from changedesk.resources import data_folder

FOLDER: Final = "playbooks"
LARGEST: Final = 1_000_000
"""So many bytes a playbook of a user's own may have."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


@dataclass(frozen=True, slots=True)
class Source:
    """One playbook file: its name, and whether it is a user's own (``path``) or shipped (None)."""

    name: str
    path: Path | None

    @property
    def file(self) -> str:
        """The file as it is named in sentences."""
        return str(self.path) if self.path else f"{self.name}.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A playbook that may be used, and the SHA-256 of the file that it came from."""

    playbook: Playbook
    own: bool
    digest: str


def sources(desk: Path) -> dict[str, Source]:
    """Every playbook of a desk by name, in the order of names; a user's own wins over a shipped one of the same name."""
    shipped = {
        entry.name.removesuffix(".toml"): Source(entry.name.removesuffix(".toml"), None)
        for entry in data_folder().joinpath(FOLDER).iterdir()
        if entry.name.endswith(".toml")
    }
    folder = desk.parent / FOLDER
    own = {path.stem: Source(path.stem, path) for path in folder.glob("[!.]*.toml")} if folder.is_dir() else {}
    return dict(sorted((shipped | own).items()))


def load(source: Source) -> Loaded:
    """Read one playbook; BadInput names file, key and reason."""
    from changedesk.intake.playbook import read_playbook

    if not _NAME.fullmatch(source.name):
        raise BadInput(f"{source.file}: a playbook's file has a name of small letters, digits, - and _")
    raw = _bytes(source)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{source.file} is not a TOML file: it is not UTF-8") from error
    return Loaded(
        read_playbook(source.name, text, source.file), source.path is not None, hashlib.sha256(raw).hexdigest()
    )


def named(desk: Path, name: str) -> Loaded:
    """The playbook of that name; one that is not there is refused with the list."""
    known = sources(desk)
    if name not in known:
        raise BadInput(f"there is no playbook {name}; it is one of {', '.join(known)}")
    return load(known[name])


def _bytes(source: Source) -> bytes:
    if source.path is None:
        return data_folder().joinpath(FOLDER, f"{source.name}.toml").read_bytes()
    if not source.path.is_file():
        raise BadInput(f"{source.file} is no file")
    try:
        with source.path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{source.file} cannot be read: {error.strerror}") from error
    if len(raw) > LARGEST:
        raise BadInput(f"{source.file} is larger than {LARGEST:,} bytes")
    return raw
