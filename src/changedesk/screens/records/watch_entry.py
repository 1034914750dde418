"""What is written about the files of a watched folder: their kind, the map they are read by, and what every row gets."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from changedesk.domain.kinds.registry import KINDS
from changedesk.screens.ask_line import Judged
from changedesk.services.imports.file_maps import profile_names

HOW: Final = "a kind; then a profile or your map FILE.toml, and what all rows get: tickets desk.toml client=alder"
OWN: Final = ".toml"


class Watched(NamedTuple):
    """The kind of the rows, a shipped profile or a map of one's own, and the values that every row of it gets."""

    kind: str
    profile: str | None = None
    own_map: Path | None = None
    values: Mapping[str, str] = {}


def watched(text: str) -> Watched | str:
    """Read ``tickets``, ``tickets jira-issues client=alder`` or ``tickets "my map.toml"``; a sentence says what is wrong."""
    try:
        words = shlex.split(text)
    except ValueError:
        return "a quote is not closed"
    if not words:
        return HOW
    kind, *rest = words
    if kind not in KINDS:
        alike = [name for name in KINDS if name.startswith(kind)]
        return f"kinds that begin so: {', '.join(alike)}" if alike else f"there is no kind {kind}; such as tickets"
    values = dict(word.split("=", 1) for word in rest if "=" in word)
    names = [word for word in rest if "=" not in word]
    if len(names) > 1:
        return f"one map is enough: {' or '.join(names)}"
    if not names:
        return "what all rows get goes with a profile or a map" if values else Watched(kind)
    (name,) = names
    if name in profile_names():
        return Watched(kind, profile=name, values=values)
    path = Path(name).expanduser()
    if path.is_file():
        return Watched(kind, own_map=path, values=values)
    return f"there is no file {path}" if name.endswith(OWN) else f"a profile is one of: {', '.join(profile_names())}"


def judged(text: str) -> Judged:
    """Whether files can be read so, said while it is typed."""
    found = watched(text)
    if isinstance(found, str):
        return Judged(False, found)
    by = f"by {found.profile or found.own_map}" if found.profile or found.own_map else "in our own columns"
    rows = ", ".join(f"{name} {value}" for name, value in found.values.items())
    return Judged(True, f"{found.kind}, {by}{f'; every row: {rows}' if rows else ''}")
