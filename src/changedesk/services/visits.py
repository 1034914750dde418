"""What somebody saw when last here: kept in a file of the user's own, outside the desk, so that looking writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from changedesk.services.session import Session
from changedesk.store.times import instant
from changedesk.values import dataclass

MOST_KEPT: Final = 5_000
"""So many gaps of a visit are kept, those that ranked first."""


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody was last here, and the scores that the gaps had then, by their keys, with what they are called.

    ``least`` is the lowest score that was kept where there may have been more than that.
    """

    at: datetime
    scores: Mapping[str, float]
    names: Mapping[str, str]
    least: float | None = None


def last_visit(session: Session, place: str) -> Visit | None:
    """The actor's last visit, None when there was none that can be read."""
    try:
        document = json.loads(_path(session, place).read_text(encoding="utf-8"))
        seen = {str(key): (float(score), str(name)) for key, (score, name) in document["seen"].items()}
        at = datetime.fromisoformat(document["at"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    scores = {key: one[0] for key, one in seen.items()}
    least = min(scores.values()) if len(scores) >= MOST_KEPT else None
    return Visit(at, scores, {key: one[1] for key, one in seen.items()}, least)


def keep_visit(session: Session, place: str, seen: Mapping[str, tuple[float, str]]) -> bool:
    """Remember what the actor saw, the first ones of ``seen``; false when it could not be written, which stops nobody."""
    path = _path(session, place)
    passing = path.with_name(f"{path.name}.part")
    kept = dict(list(seen.items())[:MOST_KEPT])
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(passing, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"at": instant(session.now), "seen": kept}, file)
        passing.replace(path)
    except OSError:
        return False
    return True


def _path(session: Session, place: str) -> Path:
    from platformdirs import user_state_path

    name = hashlib.sha256(f"{session.actor.id}/{place}".encode()).hexdigest()[:24]
    return user_state_path("changedesk", appauthor=False) / "visits" / session.desk.facts.id / f"{name}.json"
