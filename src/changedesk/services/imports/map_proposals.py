"""Proposing a map for a file of another tool that nobody has described yet."""

from __future__ import annotations

from pathlib import Path

from changedesk.interchange.proposing import propose
from changedesk.interchange.sampling import sample
from changedesk.interchange.source import opened
from changedesk.services.imports.importing import known_kind
from changedesk.services.session import Session, authorise


def proposed_map(session: Session, path: Path, kind: str) -> str | None:
    """The text of a mapping file to look over; None when the file is no table. Nothing is taken in."""
    authorise(session, "desk.import")
    with opened(path) as source:
        seen = sample(source)
    return None if seen is None else propose(known_kind(kind), seen)
