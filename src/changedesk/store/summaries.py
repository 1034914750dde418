"""The standing of every initiative, kept current in the transaction that changes what it is made of.

A portfolio of 2,000 initiatives is read from here in milliseconds; nothing in it depends on today's date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from changedesk.domain.assemble import standing_of
from changedesk.domain.gates import gate_standing, gates_of
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.records import Initiative
from changedesk.domain.standing import AdoptionStanding, GateStanding, LaneStanding, Standing
from changedesk.errors import Damaged
from changedesk.store import gates as gate_rows
from changedesk.store import initiatives
from changedesk.store.initiatives import day
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


def standings(conn: sqlite3.Connection, scope: Scope) -> list[Standing]:
    """The standings in view, in no order."""
    condition, values = scope.where("c.code")
    rows: Iterable[tuple[str]] = conn.execute(
        f"SELECT s.body FROM standing s JOIN client c ON c.id = s.client_id WHERE {condition}", values
    )
    return [decode(body) for (body,) in rows]


def standing(conn: sqlite3.Connection, initiative_id: str) -> Standing | None:
    """The standing of one initiative."""
    text = kept_text(conn, initiative_id)
    return None if text is None else decode(text)


def kept_text(conn: sqlite3.Connection, initiative_id: str) -> str | None:
    """The standing of one initiative as it is kept, without reading it."""
    row = conn.execute("SELECT body FROM standing WHERE initiative_id = ?", (initiative_id,)).fetchone()
    return None if row is None else str(row[0])


def encode(value: Standing) -> str:
    """A standing as compact JSON: the fields in their order."""
    return json.dumps(_packed(value), separators=(",", ":"))


def _packed(value: object) -> object:
    if is_dataclass(value):
        return [_packed(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def decode(text: str) -> Standing:
    """The standing behind its JSON; Damaged when it is none."""
    try:
        return _unpacked(json.loads(text))
    except (ValueError, TypeError, LookupError) as error:
        raise Damaged(
            f"the summary of an initiative cannot be read ({error})", "restore a backup with: changedesk restore"
        ) from error


def _unpacked(raw: list[Any]) -> Standing:
    return Standing(
        raw[0],
        raw[1],
        raw[2],
        raw[3],
        raw[4],
        raw[5],
        raw[6],
        raw[7],
        day(raw[8]),
        raw[9],
        _lane(raw[10]),
        _lane(raw[11]),
        _lane(raw[12]) if raw[12] else None,
        tuple(GateStanding(name, day(due), *signed) for name, due, *signed in raw[13]),
        _adoption(raw[14]),
        day(raw[15]),
        day(raw[16]),
        raw[17],
        raw[18],
        raw[19],
        raw[20],
    )


def _lane(raw: list[Any]) -> LaneStanding:
    return LaneStanding(raw[0], raw[1], day(raw[2]), day(raw[3]), day(raw[4]), day(raw[5]), day(raw[6]), raw[7])


def _adoption(raw: list[Any]) -> AdoptionStanding:
    return AdoptionStanding(raw[0], raw[1], day(raw[2]), tuple(raw[3]), raw[4], raw[5], raw[6], day(raw[7]), *raw[8:])
