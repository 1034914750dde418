"""Making the summaries anew, inside the transaction that changes what they are made of."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from changedesk.domain.assemble import standing_of
from changedesk.domain.gates import gate_standing, gates_of
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.records import Initiative
from changedesk.domain.standing import Standing
from changedesk.store import gates as gate_rows
from changedesk.store import initiatives
from changedesk.store.scope import Scope

if TYPE_CHECKING:
    from changedesk.store.database import Transaction

_EVERYTHING = Scope(None)


def refresh(transaction: Transaction, lifecycle: Lifecycle) -> None:
    """Make the summaries of the touched initiatives anew, before the commit."""
    conn = transaction.conn
    for initiative_id in sorted(transaction.touched):
        initiative = initiatives.initiative_by_id(conn, _EVERYTHING, initiative_id)
        if initiative is None:
            continue
        body = encode(compute(conn, lifecycle, initiative))
        conn.execute(
            "INSERT INTO standing (initiative_id, client_id, body)"
            " VALUES (?, (SELECT client_id FROM initiative WHERE id = ?), ?)"
            " ON CONFLICT (initiative_id) DO UPDATE SET client_id = excluded.client_id, body = excluded.body",
            (initiative_id, initiative_id, body),
        )


def compute(conn: sqlite3.Connection, lifecycle: Lifecycle, initiative: Initiative) -> Standing:
    """An initiative's standing from its records alone; `doctor` compares it with what is kept."""
    activities = initiatives.activities(conn, initiative.id)
    gates = gates_of(
        lifecycle,
        initiative,
        activities,
        gate_rows.ticks(conn, initiative.id),
        gate_rows.signatures(conn, initiative.id),
    )
    return standing_of(
        lifecycle,
        initiative,
        activities,
        initiatives.audiences(conn, initiative.id),
        initiatives.targets(conn, initiative.id),
        initiatives.observations_of_metric(conn, initiative.id, "utilization"),
        tuple(gate_standing(gate) for gate in gates),
    )


def encode(value: Standing) -> str:
    """A standing as compact JSON: the fields in their order."""
    return json.dumps(_packed(value), separators=(",", ":"))


def _packed(value: object) -> object:
    if is_dataclass(value):
        return [_packed(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
