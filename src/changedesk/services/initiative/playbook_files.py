"""Where playbooks lie: those that are shipped, and a user's own in the folder ``playbooks`` beside the desk."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from changedesk.domain.planning.playbook import Playbook
from changedesk.errors import BadInput
from changedesk.resources import data_folder
from changedesk.services.beside_desk import bytes_of, own_files, shipped, text_of
from changedesk.services.lookup import refuse_unknown
from changedesk.values import dataclass

FOLDER: Final = "playbooks"
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
    known = {
        entry.name.removesuffix(".toml"): Source(entry.name.removesuffix(".toml"), None)
        for entry in data_folder().joinpath(FOLDER).iterdir()
        if entry.name.endswith(".toml")
    }
    own = {name: Source(name, path) for name, path in own_files(desk, FOLDER).items()}
    return dict(sorted((known | own).items()))


def load(source: Source) -> Loaded:
    """Read one playbook; BadInput names file, key and reason."""
    from changedesk.intake.playbook import read_playbook

    if not _NAME.fullmatch(source.name):
        raise BadInput(f"{source.file}: a playbook's file has a name of small letters, digits, - and _")
    raw = _bytes(source)
    playbook = read_playbook(source.name, text_of(raw, source.file), source.file)
    return Loaded(playbook, source.path is not None, hashlib.sha256(raw).hexdigest())


def named(desk: Path, name: str) -> Loaded:
    """The playbook of that name; one that is not there is refused with the list."""
    known = sources(desk)
    refuse_unknown("playbook", name, known)
    return load(known[name])


def _bytes(source: Source) -> bytes:
    return shipped(FOLDER, source.name) if source.path is None else bytes_of(source.path)
