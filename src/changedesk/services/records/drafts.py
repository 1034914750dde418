"""What was typed and not saved yet: kept in a file of the user's own, outside the desk, until it is saved or thrown away."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from changedesk.services.session import Session


def keep(session: Session, form_name: str, key: str, values: Mapping[str, str]) -> bool:
    """Keep a draft; false when it could not be written, which must not stop the typing."""
    path = _path(session, form_name, key)
    passing = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(passing, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(dict(values), file)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    except OSError:
        return False
    return True


def kept(session: Session, form_name: str, key: str) -> dict[str, str] | None:
    """The draft of that form, None when there is none that can be read."""
    try:
        document = json.loads(_path(session, form_name, key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(document, dict):
        return None
    return {str(name): value for name, value in document.items() if isinstance(value, str)}


def drop(session: Session, form_name: str, key: str) -> None:
    """Throw the draft away."""
    _path(session, form_name, key).unlink(missing_ok=True)


def _path(session: Session, form_name: str, key: str) -> Path:
    from platformdirs import user_state_path

    name = hashlib.sha256(f"{session.actor.id}/{form_name}/{key}".encode()).hexdigest()[:24]
    return user_state_path("changedesk", appauthor=False) / "drafts" / session.desk.facts.id / f"{name}.json"
