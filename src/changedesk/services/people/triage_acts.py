"""What people do about a gap: take care of it, show that it is done, waive it, put it off, bring it back.

A gap is named by its initiative and its key, and is looked up again in the transaction that changes it. Who owns an item
of readiness, and whether it is ready, stands in the item itself, so that it can be undone like any other record.
"""

from __future__ import annotations

from datetime import date

from changedesk.domain.people.gap_rules import refuse_done, refuse_snooze, refuse_waiver
from changedesk.domain.people.gaps import Gap, gaps_of
from changedesk.domain.records import Initiative
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.lookup import initiative_in_view
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store import people
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import gap_marks
from changedesk.store.summaries import people_summaries

_FORM = "readiness_items"


def assign(session: Session, initiative_id: str, key: str, owner: str) -> None:
    """Name who takes care of a gap; an empty name takes it back."""
    record = initiative_in_view(session, initiative_id)
    authorise(session, "gap.assign", record.client, record.id)
    name = one_line(owner) or None
    gap = _gap(session, session.desk.reader(), record, key)
    if gap.item_id is not None:
        _save(session, gap.item_id, owner=name or "")
        return
    with session.desk.write(session.actor.id) as transaction:
        gap = _gap(session, transaction.conn, record, key)
        gap_marks.write_owner(transaction, record.id, key, name)
        transaction.record(
            "gap.assigned",
            record.id,
            {
                "gap": key,
                "owner": people.reference(transaction.conn, name) if name else None,
                "recorded_by": session.recorded_by,
            },
        )


def done(session: Session, initiative_id: str, key: str, evidence: str) -> None:
    """Say that an item is ready, with what shows it."""
    record = initiative_in_view(session, initiative_id)
    authorise(session, "readiness.record", record.client, record.id)
    shown = one_line(evidence)
    gap = _gap(session, session.desk.reader(), record, key)
    refused = refuse_done(gap, shown)
    if refused or gap.item_id is None:
        raise RuleRefused(refused or "this is no item of readiness")
    _save(session, gap.item_id, status="ready", evidence=shown)


def waive(session: Session, initiative_id: str, key: str, reason: str, until: date) -> None:
    """Waive a gap in the actor's name until a day: it leaves the ranking and no longer stands before a signature."""
    record = initiative_in_view(session, initiative_id)
    authorise(session, "gap.waive", record.client, record.id)
    said = one_line(reason)
    refused = refuse_waiver(said, until, session.today)
    if refused:
        raise RuleRefused(refused)
    with session.desk.write(session.actor.id) as transaction:
        _gap(session, transaction.conn, record, key)
        gap_marks.write_waiver(transaction, record.id, key, said, until)
        transaction.record(
            "gap.waived",
            record.id,
            {"gap": key, "reason": said, "until": until, "recorded_by": session.recorded_by},
        )


def snooze(session: Session, initiative_id: str, key: str, until: date) -> None:
    """Put a gap off until a day: it leaves the ranking, and still stands before a signature."""
    record = initiative_in_view(session, initiative_id)
    authorise(session, "gap.snooze", record.client, record.id)
    with session.desk.write(session.actor.id) as transaction:
        refused = refuse_snooze(_gap(session, transaction.conn, record, key), until, session.today)
        if refused:
            raise RuleRefused(refused)
        gap_marks.write_delay(transaction, record.id, key, until)
        transaction.record("gap.snoozed", record.id, {"gap": key, "until": until, "recorded_by": session.recorded_by})


def reopen(session: Session, initiative_id: str, key: str) -> None:
    """Bring a gap back that was waived or put off; a waiver is taken back by those who may give one."""
    record = initiative_in_view(session, initiative_id)
    seen = _gap(session, session.desk.reader(), record, key).mark
    action = "gap.waive" if seen is not None and seen.waived_until is not None else "gap.snooze"
    authorise(session, action, record.client, record.id)
    with session.desk.write(session.actor.id) as transaction:
        mark = _gap(session, transaction.conn, record, key).mark
        if mark is None or (mark.waived_until is None and mark.snoozed_until is None):
            raise RuleRefused("this gap is neither waived nor put off")
        if mark.waived_until is not None and action == "gap.snooze":
            raise Stale("somebody waived this gap meanwhile", "look at it again")
        gap_marks.write_reopening(transaction, record.id, key)
        transaction.record("gap.reopened", record.id, {"gap": key, "recorded_by": session.recorded_by})


def _gap(session: Session, conn: Connection, record: Initiative, key: str) -> Gap:
    standing = people_summaries.people_standing(conn, record.id)
    gaps = gaps_of(standing, session.today) if standing is not None else ()
    found = next((gap for gap in gaps if gap.key == key), None)
    if found is None:
        raise BadInput("this gap is no longer there")
    return found


def _save(session: Session, item_id: str, **values: str) -> None:
    # Most acts write no record, and the screen that offers them waits for none of what a form checks.
    from changedesk.services.records import records

    opened = records.fetch(session, _FORM, item_id)
    records.save(session, _FORM, opened, {**opened.values, **values})
