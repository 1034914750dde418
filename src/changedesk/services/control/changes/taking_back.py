"""Taking back one's own last edit of a change: by a revision of its own, because votes name the revision they are given on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from changedesk.domain.control.differences import LABELS
from changedesk.domain.control.request import ChangeRequest, Content, content_document, content_from
from changedesk.domain.counted import listed
from changedesk.domain.words import plain
from changedesk.errors import RuleRefused
from changedesk.services.control.acting import acting, requester_of
from changedesk.services.control.changes.asking import rewrite
from changedesk.services.session import Session
from changedesk.store import people
from changedesk.store.control import requests
from changedesk.store.desk.database import Connection
from changedesk.store.trail.audit import AuditEvent
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class LastEdit:
    """An edit that can be taken back, as a sentence, with the content that it would have again."""

    change: ChangeRequest
    content: Content
    sentence: str


def edit_of(session: Session, event: AuditEvent) -> LastEdit:
    """The edit that an event tells of; RuleRefused says why it cannot be taken back."""
    conn = session.desk.reader()
    change = requests.by_id(conn, session.scope, event.subject)
    if change is None:
        raise RuleRefused("your last change was of a change request that is no longer in view")
    verb, body = event.kind.partition(".")[2], json.loads(event.body)
    if verb == "created":
        raise RuleRefused(f"you asked for {change.number}; a change request is not taken back but cancelled")
    if verb not in ("edited", "assessed"):
        raise RuleRefused(f"the last thing you did is on record and stays: {change.number} was {plain(verb)}")
    if "undoes" in body:
        raise RuleRefused(f"your last edit of {change.number} was taken back already")
    if change.revision != body["revision"]:
        raise RuleRefused(f"{change.number} was edited since; your edit of it cannot be taken back")
    fields = listed([LABELS[name].lower() for name in body["fields"]])
    sentence = (
        f"{fields} of {change.number} edited; taken back by a revision {change.revision + 1}, on which nobody has voted"
    )
    return LastEdit(change, _before(conn, change, body), sentence)


def take_back(session: Session, event: AuditEvent) -> str:
    """Write the content as it was before that edit; gives what was done, as a sentence."""
    edit = edit_of(session, event)
    name = f"{edit.change.client}/{edit.change.number}"
    with acting(session, name, "change.edit", requester_of) as act:
        if act.change.revision != edit.change.revision:
            raise RuleRefused(f"{act.change.number} was edited since; your edit of it cannot be taken back")
        revision = rewrite(act, edit.content, "edited", "taken back", event.seq)
    return f"taken back: {edit.change.number} is revision {revision} now"


def _before(conn: Connection, change: ChangeRequest, body: Mapping[str, Any]) -> Content:
    was = {name: _value(conn, value) for name, value in body["before"].items()}
    return content_from({**content_document(change.content), **was})


def _value(conn: Connection, kept: object) -> object:
    return people.name_of(conn, str(kept["person"])) if isinstance(kept, dict) else kept
