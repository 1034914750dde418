"""The steps of saving a record: what is asked before it is written, what it takes with it, and what the audit keeps of it."""

from __future__ import annotations

from collections.abc import Mapping

from changedesk.domain.forms.form import Form
from changedesk.domain.forms.registry import PEOPLE_COLUMNS
from changedesk.domain.kinds.kind import ToClient
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.planning import over
from changedesk.domain.records import Initiative
from changedesk.errors import Denied, RuleRefused, Stale
from changedesk.services.session import Session, authorise
from changedesk.store import called_by, people, records
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import gates, initiatives


def still_there(transaction: Transaction, session: Session, wanted: Form, record_id: str) -> records.StoredRecord:
    """The record as it stands inside the transaction; refuses one that somebody has removed."""
    found = records.found(transaction.conn, wanted.kind, session.scope, record_id=record_id)
    if not found:
        raise Stale(f"this {wanted.noun} is no longer there")
    return found[0]


def refuse_new(transaction: Transaction, session: Session, wanted: Form, initiative: Initiative | None) -> None:
    """Refuse a record of an initiative of which nothing more is planned."""
    if initiative is not None:
        now = initiatives.initiative_by_id(transaction.conn, session.scope, initiative.id) or initiative
        refused = over.refuse_new(wanted.kind, now.code, cancelled=now.cancelled)
        if refused:
            raise RuleRefused(refused)


def extra(
    transaction: Transaction, wanted: Form, cells: Mapping[str, Cell], initiative_id: str | None
) -> dict[str, Cell]:
    """Fields that a new record gets beyond its cells: a new activity is measured against the plan it came with."""
    if (
        wanted.kind.name != "activities"
        or initiative_id is None
        or gates.planning_is_signed(transaction.conn, initiative_id)
    ):
        return dict(wanted.kind.constants)
    weight = cells.get("weight")
    return {
        "baseline_start": cells.get("planned_start"),
        "baseline_end": cells["planned_end"],
        "baseline_weight": 1 if weight is None else weight,
    }


def follow(
    transaction: Transaction,
    wanted: Form,
    before: records.StoredRecord | None,
    cells: Mapping[str, Cell],
    record_id: str,
    initiative_id: str | None,
) -> None:
    """What a saved record takes with it: lanes, and the summaries that it is part of."""
    if wanted.kind.table == "initiative":
        records.make_lanes(transaction.conn, record_id, ("delivery", "people"))
        transaction.touch(record_id)
    elif before is not None and initiative_id is None:
        transaction.touched.update(called_by.called_anew(transaction.conn, wanted.kind, cells, before))
    elif initiative_id is not None:
        if wanted.kind.name == "activities":
            records.make_lanes(transaction.conn, initiative_id, (str(cells["lane"]),))
        transaction.touch(initiative_id)


def refuse_foreign(session: Session, wanted: Form, cells: Mapping[str, Cell]) -> None:
    """What belongs to a client goes to no other one by the hand of somebody who does not see it, and not to all of them."""
    column = wanted.kind.column_of_type(ToClient)
    if column is None or session.actor.clients is None:
        return
    client = cells.get(column.name)
    if client is None:
        with session.desk.write(session.actor.id) as transaction:
            transaction.record("denied", session.desk.facts.id, {"action": wanted.action})
        raise Denied(f"{session.actor.login} sees some clients only: name the one whose {wanted.noun} it is")
    authorise(session, wanted.action, str(client))


def there_already(wanted: Form, cells: Mapping[str, Cell]) -> str:
    """That another record has the same key, in words."""
    key = ", ".join(str(cells.get(name)) for name in wanted.kind.key if name != "initiative")
    return f"the {wanted.noun} {key} is there already"


def told(
    transaction: Transaction,
    wanted: Form,
    before: records.StoredRecord | None,
    cells: Mapping[str, Cell],
    rev: int,
    recorded_by: str | None,
) -> dict[str, object]:
    """What the audit keeps: the changed cells as they were and as they are, people by id, nothing of a person's own."""
    was = before.cells if before else {}
    changed = [name for name, value in cells.items() if before is None or was.get(name) != value]
    body: dict[str, object] = {"kind": wanted.kind.name, "rev": rev, "columns": changed, "recorded_by": recorded_by}
    if wanted.kind.table != "person":
        body["before"] = None if before is None else {name: _kept(transaction, name, was.get(name)) for name in changed}
        body["after"] = {name: _kept(transaction, name, cells[name]) for name in changed}
    return body


def _kept(transaction: Transaction, column: str, value: Cell) -> object:
    if column in PEOPLE_COLUMNS and isinstance(value, str):
        return {"person": people.reference(transaction.conn, value)}
    return value
