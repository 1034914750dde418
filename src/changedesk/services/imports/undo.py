"""Taking back an import: what it added goes, what it changed is as it was, as long as nothing has touched its rows since."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from changedesk.domain.counted import counted, listed
from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.words import plain
from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.calendar import freezes
from changedesk.services.imports.importing import MOVES_WINDOWS
from changedesk.services.records.administering import writing
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.desk.transaction import Transaction
from changedesk.store.imports import before as import_before
from changedesk.store.imports import log as import_log
from changedesk.store.imports.log import Entries
from changedesk.store.records import StillNeeded, astray
from changedesk.store.times import stored_instant
from changedesk.store.trail import audit
from changedesk.values import dataclass

MOST: Final = 50
"""So many imports, the latest, are looked through."""


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One import: its number in the audit, when and by whom, what it did; ``refused`` says why it cannot be taken back."""

    number: int
    at: datetime
    actor: str
    kind: str
    read: int
    added: int
    updated: int
    undone: bool
    refused: str | None

    @property
    def sentence(self) -> str:
        """What it was, as a person says it."""
        return f"import of {plain(self.kind)}: {self.added:,} added, {self.updated:,} updated"


def imports(session: Session) -> tuple[ImportEntry, ...]:
    """The latest imports, the newest first; those of one's own where one may not see every client."""
    authorise(session, "desk.read")
    found = audit.latest(session.desk.reader(), session.desk.facts.id, "import", MOST)
    mine = session.actor.id if session.actor.clients is not None else None
    return tuple(entry(session, event) for event in found if mine in (None, event.actor))


def entry(session: Session, event: audit.AuditEvent) -> ImportEntry:
    """What is known of the import of an audit event."""
    conn = session.desk.reader()
    body: dict[str, Any] = json.loads(event.body)
    undone = event.seq in _cancelled(session)
    return ImportEntry(
        event.seq,
        stored_instant(event.at),
        people.name_of(conn, event.actor),
        body["kind"],
        body["read"],
        body["added"],
        body["updated"],
        undone,
        _refused(session, event, body),
    )


def undo_import(session: Session, number: int) -> str:
    """Take the import with that number back, wholly or not at all; returns what was done, as a sentence."""
    authorise(session, "desk.import")
    found = audit.event(session.desk.reader(), number)
    if found is None or found.kind != "import":
        raise BadInput(f"there is no import with the number {number}", "changedesk imports lists them")
    if session.actor.clients is not None and found.actor != session.actor.id:
        raise RuleRefused("this import is somebody else's, and may hold rows of clients that you have no access to")
    body: dict[str, Any] = json.loads(found.body)
    with writing(session, body["kind"], "desk.import") as transaction:
        conn = transaction.conn
        refused = _refused(session, found, body, transaction)
        if refused:
            raise RuleRefused(f"the import cannot be taken back: {refused}")
        kind, entries = KINDS[body["kind"]], _entries(found, body)
        for initiative in import_log.initiatives_of(conn, kind, entries):
            transaction.touch(initiative)
        astray_before = astray(conn) if kind.table == "initiative" else frozenset()
        try:
            restored = import_before.restore(conn, number, kind)
            removed = import_log.remove_added(conn, kind, entries, _cancelled(session, transaction))
        except StillNeeded:
            raise RuleRefused("the import cannot be taken back: other records rest on what it changed") from None
        if kind.table == "initiative" and (moved := astray(conn) - astray_before):
            raise RuleRefused(
                f"the import cannot be taken back: {listed(sorted(moved))} would leave the client of its changes and tickets"
            )
        transaction.record(
            "import.undone",
            session.desk.facts.id,
            {
                "undoes": number,
                "kind": kind.name,
                "removed": removed,
                "restored": restored,
                "recorded_by": session.recorded_by,
            },
        )
        followed = freezes.follow(session, transaction) if kind.name in MOVES_WINDOWS else ()
    said = f"taken back: import of {plain(kind.name)}, {removed:,} removed, {restored:,} as before"
    return "; ".join((said, *followed))


def _refused(
    session: Session, event: audit.AuditEvent, body: dict[str, Any], transaction: Transaction | None = None
) -> str | None:
    """Why an import cannot be taken back."""
    conn = transaction.conn if transaction else session.desk.reader()
    cancelled = _cancelled(session, transaction)
    if event.seq in cancelled:
        return "it was taken back already"
    kind = KINDS.get(body["kind"])
    if kind is None:
        return "a plan is not taken back; import the plan as it was, or undo single changes"
    if "log" not in body:
        return "it was made by an earlier version, which kept nothing to take it back by"
    if body["updated"]:
        kept = import_before.digest(conn, event.seq)
        if kept is None:
            return f"the values from before are kept for {import_before.KEPT.days} days"
        if kept != body["before"]:
            return "the values from before are not the ones that it kept: somebody changed them in the file"
    entries = _entries(event, body)
    touched = import_log.touched_since(conn, kind, entries, cancelled)
    if touched:
        return f"{counted(touched, 'row')} changed since"
    hanging = import_log.hanging_on(conn, kind, entries)
    if hanging:
        return depending_said(*hanging)
    acted = import_log.acted_since(conn, entries) if kind.table == "person" else 0
    if acted:
        return f"{counted(acted, 'of its people has', 'of its people have')} signed or done something since"
    return None


def _cancelled(session: Session, transaction: Transaction | None = None) -> set[int]:
    """Imports that were taken back, and the events that did: between them they have changed nothing."""
    conn = transaction.conn if transaction else session.desk.reader()
    return {number for pair in audit.undone_imports(conn, session.desk.facts.id) for number in pair}


def _entries(event: audit.AuditEvent, body: dict[str, Any]) -> Entries:
    first, last = body["log"]
    return Entries(event.seq, first, last)


def depending_said(table: str, count: int) -> str:
    """That records depend on what would be taken back: ``1 observation depends on it``."""
    kind: Kind | None = next((one for one in KINDS.values() if one.table == table), None)
    said = counted(count, plain(table), plain(kind.name) if kind else "")
    return f"{said} {'depends' if count == 1 else 'depend'} on it"
