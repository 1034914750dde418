"""Taking back one's own last change - of a record, by an import, an initiative made -, as long as nobody has touched it since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from changedesk.domain.forms.form import Form
from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.words import plain
from changedesk.errors import RuleRefused
from changedesk.services.control.calendar import freezes
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.undo import ImportEntry
from changedesk.services.initiative import unmaking
from changedesk.services.initiative.unmaking import MadeEntry
from changedesk.services.session import Session
from changedesk.store import called_by, people, records
from changedesk.store.desk.transaction import Transaction
from changedesk.store.times import stored_instant
from changedesk.store.trail import audit, reading
from changedesk.values import dataclass

_UNDONE: Final = ("record.undone", "import.undone", "initiative.undone")
_UNDOABLE: Final = ("record.saved", "import", "initiative.created", *_UNDONE)
CHANGE_EVENTS: Final = tuple(
    f"change.{verb}"
    for verb in (
        "created", "edited", "assessed", "submitted", "voted", "acknowledged", "started", "acted_first", "finished",
        "backed_out", "reviewed", "closed", "cancelled", "held", "released",
    )
)  # fmt: skip
"""What one does to a change request: only an edit of it can be taken back."""
_STAYS: Final = (
    *CHANGE_EVENTS,
    "checklist.ticked", "checkpoint.signed", "decision.acknowledged", "decision.locked", "delegation.given",
    "gap.assigned", "gap.reopened", "gap.snoozed", "gap.waived", "handover.accepted", "handover.sent_back",
    "handover.ticked", "hypercare.confirmed", "hypercare.withdrawn", "lane.closed", "meeting.closed", "meeting.decided",
    "observation.recorded", "plan.moved", "plan.rebaselined", "policy.set", "service.removed", "template.approved",
    "template.proposed", "template.retired", "ticket.linked", "window.removed",
    *(f"improvement.{state}" for state in ("proposed", "approved", "implemented", "initiated", "rejected")),
)  # fmt: skip
"""What people do and is on record: it is not taken back, and yet it may be what somebody thinks of as the last thing done."""
_Last = ImportEntry | MadeEntry | tuple[audit.AuditEvent, dict[str, Any], Form, int]


@dataclass(frozen=True, slots=True)
class LastChange:
    """One's own last change that can be taken back: when it was made, and what it was, as a sentence.

    ``removes``: the record goes with it. ``stays`` is what one did after it and cannot take back: ``change voted, CHG-0402``.
    """

    seq: int
    record_id: str
    at: datetime
    sentence: str
    removes: bool = False
    stays: str = ""


def last_change(session: Session) -> LastChange:
    """What would be taken back, and what was done since; RuleRefused says why there is nothing."""
    change = _change(session)
    return replace(change, stays=_since(session, change.seq))


def _since(session: Session, seq: int) -> str:
    """What one has done after that event, for oneself or in the name of somebody, that stays."""
    conn = session.desk.reader()
    event = audit.last_since(conn, session.actor.id, _STAYS, seq)
    if event is None:
        return ""
    name = reading.record_name(conn, event.subject)
    return f"{plain(event.kind.replace('.', ' '))}{f', {name}' if name else ''}"


def _change(session: Session) -> LastChange:
    of_change = _of_change(session)
    if of_change is not None:
        from changedesk.services.control.changes.taking_back import edit_of

        edit = edit_of(session, of_change)
        return LastChange(of_change.seq, of_change.subject, stored_instant(of_change.at), edit.sentence)
    last = _last(session)
    if isinstance(last, ImportEntry):
        if last.refused:
            raise RuleRefused(f"your last import cannot be taken back: {last.refused}")
        return LastChange(last.number, session.desk.facts.id, last.at, last.sentence)
    if isinstance(last, MadeEntry):
        if last.refused:
            raise RuleRefused(f"the initiative {last.code} that you made cannot be taken back: {last.refused}")
        at = stored_instant(last.event.at)
        return LastChange(last.number, last.event.subject, at, last.sentence, removes=True)
    event, body, form, _ = last
    sentence = _sentence(session, event.subject, body, form)
    return LastChange(event.seq, event.subject, stored_instant(event.at), sentence, body["before"] is None)


def undo(session: Session, seq: int) -> str:
    """Take the change of that event back, if it still is one's own last; returns what was done, as a sentence."""
    of_change = _of_change(session)
    if of_change is not None:
        from changedesk.services.control.changes.taking_back import take_back

        if of_change.seq != seq:
            raise RuleRefused("this is no longer your last change")
        return take_back(session, of_change)
    last = _last(session)
    if (last[0].seq if isinstance(last, tuple) else last.number) != seq:
        raise RuleRefused("this is no longer your last change")
    if isinstance(last, ImportEntry):
        return import_undo.undo_import(session, seq)
    if isinstance(last, MadeEntry):
        return unmaking.take_back(session, last)
    event, body, form, rev_now = last
    sentence = _sentence(session, event.subject, body, form)
    with session.desk.write(session.actor.id) as transaction:
        stored = records.found(transaction.conn, form.kind, session.scope, record_id=event.subject)
        if not stored or stored[0].rev != rev_now:
            raise RuleRefused(f"the {form.noun} was changed since; it cannot be taken back")
        now = stored[0]
        authorise_in(session, form, now.client)
        initiative_id = now.initiative_id if form.of_initiative else None
        rev = _take_back(transaction, form, body, now, initiative_id)
        then = records.found(transaction.conn, form.kind, session.scope, record_id=event.subject)
        if (now.initiative_id is not None and body["before"] is not None) or form.of_initiative:
            transaction.touch(str(now.initiative_id))
        transaction.record(
            "record.undone",
            event.subject,
            {"kind": form.kind.name, "undoes": event.seq, "rev": rev, "recorded_by": session.recorded_by},
        )
        followed = freezes.follow_record(session, transaction, form.kind, now.cells, then[0].cells if then else {})
    return "; ".join((f"taken back: {sentence}", *followed))


def _of_change(session: Session) -> audit.AuditEvent | None:
    """The last thing that one did to a change request, when that was later than one's last change of a record or import."""
    conn = session.desk.reader()
    newest = audit.last_of(conn, session.actor.id, (*_UNDOABLE, *CHANGE_EVENTS), 1)
    return newest[0] if newest and newest[0].kind in CHANGE_EVENTS else None


def authorise_in(session: Session, form: Form, client: str | None) -> None:
    """The right to change is needed to take back, too; it was there a moment ago, so no denial is told apart here."""
    from changedesk.domain.roles import refusal

    reason = refusal(session.actor, form.action, client)
    if reason:
        raise RuleRefused(reason)


def _take_back(
    transaction: Transaction, form: Form, body: Mapping[str, Any], now: records.StoredRecord, initiative_id: str | None
) -> int:
    """Write the record as it was, or remove it when it was new; returns its rev, 0 for gone."""
    before = body["before"]
    if before is None:
        needed = RuleRefused(f"other records depend on this {form.noun}; it cannot be taken back")
        if called_by.keeps_its_code(transaction.conn, form.kind, {}, now):
            raise needed
        try:
            if form.kind.table == "initiative":
                records.remove_lanes(transaction.conn, now.id)
            records.remove(transaction.conn, form.kind, now.id, now.rev)
        except records.StillNeeded:
            raise needed from None
        return 0
    cells = {**now.cells, **{name: _cell(transaction, value) for name, value in before.items()}}
    bound = records.bound_to_another(transaction.conn, form.kind, cells, now.id) or called_by.keeps_its_code(
        transaction.conn, form.kind, cells, now
    )
    if bound:
        raise RuleRefused(f"this {form.noun} cannot be taken back: {bound[1]}")
    written = records.write(transaction.conn, form.kind, cells, initiative_id, now.id, now.rev, {})
    if written is None:
        raise RuleRefused(f"the {form.noun} was changed since; it cannot be taken back")
    transaction.touched.update(called_by.called_anew(transaction.conn, form.kind, cells, now))
    return written[1]


def _cell(transaction: Transaction, kept: object) -> Cell:
    """A cell as the audit keeps it: people by id, numbers with a fraction as text (SQLite reads them back as numbers)."""
    if isinstance(kept, dict):
        return people.name_of(transaction.conn, str(kept["person"]))
    return kept if kept is None or isinstance(kept, str | int | float) else str(kept)


def _last(session: Session) -> _Last:
    """The last change not taken back yet: an import, an initiative made, or a record's with its rev if nobody touched it since."""
    conn = session.desk.reader()
    undone: set[int] = set()
    revs: dict[str, int] = {}
    for event in audit.last_of(conn, session.actor.id, _UNDOABLE):
        body: dict[str, Any] = json.loads(event.body)
        if event.kind in _UNDONE:
            undone.add(body["undoes"])
            if event.kind == "record.undone":
                revs.setdefault(event.subject, body["rev"])
        elif event.seq in undone:
            continue
        elif event.kind == "import":
            return import_undo.entry(session, event)
        elif event.kind == "initiative.created":
            return unmaking.entry(session, event)
        else:
            if "before" not in body:
                raise RuleRefused("your last change was of a person, whose data the audit does not keep")
            return event, body, FORMS[body["kind"]], revs.get(event.subject, body["rev"])
    raise RuleRefused("you have changed nothing yet that could be taken back")


def _sentence(session: Session, record_id: str, body: Mapping[str, Any], form: Form) -> str:
    """What was changed of which record, as a person says it."""
    stored = records.found(session.desk.reader(), form.kind, session.scope, record_id=record_id)
    cells = stored[0].cells if stored else body["after"]
    key = " ".join(str(cells[name]) for name in form.kind.key if name != "initiative" and cells.get(name) is not None)
    if body["before"] is None:
        return f"{form.noun} {key} made"
    labels = {field.column.name: field.label.lower() for field in form.fields}
    changed = ", ".join(labels.get(name, name) for name in body["columns"])
    return f"{changed} of {form.noun} {key} changed"
