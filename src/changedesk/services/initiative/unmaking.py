"""Taking back the making of an initiative: it goes with all that was made with it, as long as nobody has built on it."""

from __future__ import annotations

import json
from typing import Any

from changedesk.domain.counted import counted
from changedesk.domain.roles import refusal
from changedesk.errors import RuleRefused
from changedesk.services.imports.undo import depending_said
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session
from changedesk.store.desk.database import Connection
from changedesk.store.imports.log import Entries
from changedesk.store.initiative import unmaking
from changedesk.store.records import StillNeeded
from changedesk.store.trail import audit
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class MadeEntry:
    """The making of an initiative: the event that tells of it, and what it was, as a sentence; ``refused`` says why it stays."""

    event: audit.AuditEvent
    code: str
    sentence: str
    refused: str | None

    @property
    def number(self) -> int:
        """The number of its event in the audit."""
        return self.event.seq


def entry(session: Session, event: audit.AuditEvent) -> MadeEntry:
    """What is known of the making that an audit event tells of."""
    body: dict[str, Any] = json.loads(event.body)
    refused = _refused(session.desk.reader(), event, body)
    return MadeEntry(event, body["code"], _sentence(body), refused)


def take_back(session: Session, made: MadeEntry) -> str:
    """Take the making of an initiative back, wholly or not at all; returns what was done, as a sentence."""
    initiative, body = made.event.subject, json.loads(made.event.body)
    # The right to make is needed to take back, too; it was there a moment ago, so no denial is told apart here.
    reason = refusal(session.actor, "initiative.create", initiative_in_view(session, initiative).client)
    if reason:
        raise RuleRefused(reason)
    with session.desk.write(session.actor.id) as transaction:
        refused = _refused(transaction.conn, made.event, body)
        if refused:
            raise RuleRefused(f"{made.code} cannot be taken back: {refused}")
        try:
            unmaking.remove(transaction.conn, initiative, _entries(body))
        except StillNeeded:
            raise RuleRefused(f"{made.code} cannot be taken back: other records depend on it") from None
        told = {"undoes": made.number, "client": body["client"], "code": made.code}
        transaction.record("initiative.undone", initiative, {**told, "recorded_by": session.recorded_by})
    return f"taken back: {made.sentence}"


def _refused(conn: Connection, event: audit.AuditEvent, body: dict[str, Any]) -> str | None:
    """Why the making of an initiative cannot be taken back."""
    if "log" not in body:
        return "it was made by an earlier version, which kept nothing to take it back by"
    entries = _entries(body)
    touched = unmaking.touched_since(conn, entries, audit.undone_since(conn, event.seq))
    if touched:
        return f"{counted(touched, 'row')} changed since"
    hanging = unmaking.hanging_on(conn, entries)
    return depending_said(*hanging) if hanging else None


def _entries(body: dict[str, Any]) -> Entries:
    event, first, last = body["log"]
    return Entries(event, first, last)


def _sentence(body: dict[str, Any]) -> str:
    """What was made, with the most of what goes when it is taken back."""
    parts = [counted(body["activities"], "activity", "activities"), counted(body["audiences"], "group")]
    held = [part for part, count in zip(parts, (body["activities"], body["audiences"]), strict=True) if count]
    return f"initiative {body['code']} made" + (f", with {' and '.join(held)}" if held else "")
