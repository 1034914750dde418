"""Applying staged rows: set by set, inside the one transaction of the desk that the import is."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.domain.kinds.initiative import ACTIVITIES, CLIENTS, INITIATIVES
from changedesk.domain.kinds.kind import Column, Kind, ToClient
from changedesk.store.desk.transaction import Transaction
from changedesk.store.imports import before as import_before
from changedesk.store.imports.stage_sql import DECIDED, is_meant, value

_DECIDED_ROWS = "staged_change d JOIN staged s ON s.n = d.n"
_PLANNING_IS_SIGNED = (
    "(SELECT count(DISTINCT lane) FROM signature g"
    " WHERE g.initiative_id = d.initiative_id AND g.checkpoint = 'planning') = 2"
)


def is_as_seen(transaction: Transaction, seen: int) -> bool:
    """Whether the desk is still as it was after that audit event: every change of it leaves one."""
    last = transaction.conn.execute("SELECT ifnull(max(seq), 0) FROM audit").fetchone()[0]
    return bool(last == seen)


def apply(transaction: Transaction, kind: Kind, columns: Sequence[Column]) -> None:
    """Write what was decided about the staged rows; ``columns`` are those that the file has."""
    if any(isinstance(column.type, ToClient) for column in columns):
        _make_clients(transaction)
    _insert(transaction, kind, columns)
    import_before.keep(transaction, kind, columns)
    _update(transaction, kind, columns)
    _make_lanes(transaction, kind)
    if kind.in_standing:
        for (initiative,) in transaction.conn.execute(_touched(kind)).fetchall():
            transaction.touch(initiative)


def _make_clients(transaction: Transaction) -> None:
    transaction.conn.execute(
        "INSERT INTO client (id, code, name, timezone) SELECT new_id(), code, code, 'UTC' FROM"
        f' (SELECT DISTINCT s."client" AS code FROM {_DECIDED_ROWS} WHERE s."client" IS NOT NULL'
        ' AND s."client" NOT IN (SELECT code FROM client) ORDER BY 1)'
    )


def _insert(transaction: Transaction, kind: Kind, columns: Sequence[Column]) -> None:
    stored = [column for column in columns if column.field]
    fields = {column.field: value(column, DECIDED) for column in stored}
    fields |= {name: repr(constant) for name, constant in kind.constants.items()}
    if kind is ACTIVITIES:
        fields |= _baseline({column.name for column in columns})
    # In the order of the key, so that records that are read together are written together.
    order = ", ".join(value(kind.column(name), DECIDED) for name in kind.key)
    transaction.conn.execute(
        f"INSERT INTO {kind.table} (id, {', '.join(fields)}) SELECT new_id(), {', '.join(fields.values())}"
        f" FROM {_DECIDED_ROWS} WHERE d.added ORDER BY {order}"
    )


def _update(transaction: Transaction, kind: Kind, columns: Sequence[Column]) -> None:
    changed = [column for column in columns if column.name not in kind.key]
    if not changed:
        return
    fields = ", ".join(f"{column.field} = {value(column, DECIDED)}" for column in changed)
    transaction.conn.execute(
        f"UPDATE {kind.table} AS t SET {fields}, rev = t.rev + 1 FROM {_DECIDED_ROWS}"
        f" WHERE NOT d.added AND {is_meant(kind, DECIDED)}"
    )


def _baseline(names: set[str]) -> dict[str, str]:
    """A new activity is measured against the plan it came with, unless that plan was signed before it came."""
    plan = {
        "baseline_start": 's."planned_start"' if "planned_start" in names else "NULL",
        "baseline_end": 's."planned_end"',
        "baseline_weight": 'ifnull(s."weight", 1)' if "weight" in names else "1",
    }
    return {name: f"CASE WHEN {_PLANNING_IS_SIGNED} THEN NULL ELSE {planned} END" for name, planned in plan.items()}


def _make_lanes(transaction: Transaction, kind: Kind) -> None:
    if kind is INITIATIVES:
        wanted = (
            "SELECT i.id AS initiative_id, l.kind FROM"
            f' (SELECT s."code" FROM {_DECIDED_ROWS} WHERE d.added) n JOIN initiative i ON i.code = n.code'
            " CROSS JOIN (SELECT 'delivery' AS kind UNION ALL SELECT 'people') l"
        )
    elif kind is ACTIVITIES:
        wanted = (
            f'SELECT DISTINCT d.initiative_id, s."lane" AS kind FROM {_DECIDED_ROWS}'
            ' WHERE NOT EXISTS (SELECT 1 FROM lane x WHERE x.initiative_id = d.initiative_id AND x.kind = s."lane")'
        )
    else:
        return
    transaction.conn.execute(
        f"INSERT INTO lane (id, initiative_id, kind) SELECT new_id(), initiative_id, kind FROM ({wanted})"
    )


def _touched(kind: Kind) -> str:
    """The initiatives whose standing the changed rows are part of."""
    if kind is INITIATIVES:
        return f'SELECT i.id FROM initiative i JOIN (SELECT s."code" AS code FROM {_DECIDED_ROWS}) x ON x.code = i.code'
    if kind is CLIENTS:
        return (
            "SELECT i.id FROM initiative i JOIN client c ON c.id = i.client_id"
            f' WHERE c.code IN (SELECT s."client" FROM {_DECIDED_ROWS})'
        )
    return "SELECT DISTINCT initiative_id FROM staged_change WHERE initiative_id IS NOT NULL"
