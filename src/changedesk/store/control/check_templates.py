"""Standard changes against the events that tell of them: what was proposed, and what was decided on it last."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class _Told:
    """What events say of one version: what it is, which state it was left in, and by which event."""

    content: object
    state: str
    seq: int


def template_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every version of a standard change that is not what was proposed, or not in the state that was decided."""
    told = _told(conn)
    rows = conn.execute("SELECT id, name, version, state, client_id, body, allowed, max_risk FROM template").fetchall()
    for template_id, name, version, state, client, body, allowed, max_risk in rows:
        said = told.pop(template_id, None)
        if said is None:
            yield f"the standard change {name}, version {version}, has no audit event"
            continue
        try:
            content = [client, name, version, json.loads(body), allowed.split(";") if allowed else [], max_risk]
        except (ValueError, RecursionError):
            content = []
        if content != said.content:
            yield f"the standard change {name}, version {version}, is not what was proposed"
        if state != said.state:
            yield f"the standard change {name}, version {version}, is {state}, and event {said.seq} left it {said.state}"
    for said in told.values():
        yield f"the standard change of event {said.seq} is missing"


def _told(conn: sqlite3.Connection) -> dict[str, _Told]:
    """By the id of a version; a body that nobody can read is the chain's finding."""
    found: dict[str, _Told] = {}
    ids: dict[tuple[str, str, int], str] = {}
    places: dict[str, tuple[str, str]] = {}

    def leave(template_id: str | None, state: str, seq: int) -> None:
        if template_id in found:
            found[template_id] = _Told(found[template_id].content, state, seq)

    for seq, kind, subject, text in conn.execute(
        "SELECT seq, kind, subject, body FROM audit WHERE kind GLOB 'template.*' ORDER BY seq"
    ):
        state = kind.removeprefix("template.")
        try:
            body = json.loads(text)
            if state == "proposed":
                place = (body["client"], body["name"])
                places[subject] = place
                ids[*place, body["version"]] = subject
                content = [*place, body["version"], body["body"], body["allowed"], body["max_risk"]]
                found[subject] = _Told(content, state, seq)
            elif state == "retired":
                for version in body["versions"]:
                    leave(ids.get((*places[subject], version)), state, seq)
            else:
                leave(subject, state, seq)
                leave(body.get("retired"), "retired", seq)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return found
