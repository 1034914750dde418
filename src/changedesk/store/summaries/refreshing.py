"""Making the summaries anew, inside the transaction that changes what they are made of."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from changedesk.domain.adoption import AudienceAdoption, audience_adoptions
from changedesk.domain.assemble import standing_of
from changedesk.domain.gates import gate_standing, gates_of
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.people.standing import PeopleStanding, people_standing_of
from changedesk.domain.records import Activity, Audience, Initiative, Observation, Target
from changedesk.domain.standing import Standing
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.store.initiative import forecasts, initiatives, people_side, working
from changedesk.store.initiative import gates as gate_rows
from changedesk.store.scope import Scope
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_EVERYTHING = Scope(None)


@dataclass(frozen=True, slots=True)
class _Records:
    """What both summaries of an initiative are made of, read once."""

    initiative: Initiative
    activities: Sequence[Activity]
    audiences: Sequence[Audience]
    targets: Sequence[Target]
    adoptions: Sequence[AudienceAdoption]
    readiness: Sequence[ReadinessItem]


def refresh(transaction: Transaction, lifecycle: Lifecycle) -> None:
    """Make the summaries of the touched initiatives anew, before the commit."""
    conn = transaction.conn
    for initiative_id in sorted(transaction.touched):
        initiative = initiatives.initiative_by_id(conn, _EVERYTHING, initiative_id)
        if initiative is None:
            continue
        for table, text in texts(conn, lifecycle, initiative).items():
            _keep(conn, table, initiative_id, text)


def texts(conn: sqlite3.Connection, lifecycle: Lifecycle, initiative: Initiative) -> dict[str, str]:
    """Both summaries of an initiative as they are kept, by the table that keeps them, from its records alone.

    `doctor` compares them with what is kept.
    """
    records = _records(conn, initiative)
    return {
        "standing": _encoded(_standing(conn, lifecycle, records)),
        "people_standing": _encoded(_people_standing(conn, records)),
    }


def compute(conn: sqlite3.Connection, lifecycle: Lifecycle, initiative: Initiative) -> Standing:
    """An initiative's standing from its records alone."""
    return _standing(conn, lifecycle, _records(conn, initiative))


def _encoded(value: Standing | PeopleStanding) -> str:
    """A standing as compact JSON: the fields in their order."""
    return json.dumps(_packed(value), separators=(",", ":"))


def _records(conn: sqlite3.Connection, initiative: Initiative) -> _Records:
    audiences = initiatives.audiences(conn, initiative.id)
    targets = initiatives.targets(conn, initiative.id)
    observed: dict[str, list[Observation]] = {}
    for observation in initiatives.observations_of_metric(conn, initiative.id, UTILIZATION):
        observed.setdefault(observation.audience, []).append(observation)
    return _Records(
        initiative,
        initiatives.activities(conn, initiative.id),
        audiences,
        targets,
        audience_adoptions(observed, {a.name: a.headcount for a in audiences}, targets),
        people_side.readiness(conn, initiative.id),
    )


def _standing(conn: sqlite3.Connection, lifecycle: Lifecycle, records: _Records) -> Standing:
    initiative = records.initiative
    ticks, signatures = gate_rows.ticks(conn, initiative.id), gate_rows.signatures(conn, initiative.id)
    gates = gates_of(lifecycle, initiative, records.activities, ticks, signatures)
    return standing_of(
        lifecycle,
        initiative,
        records.activities,
        records.audiences,
        records.targets,
        records.adoptions,
        tuple(gate_standing(gate) for gate in gates),
        records.readiness,
        forecasts.newest_of_all(conn, initiative.id, UTILIZATION),
    )


def _people_standing(conn: sqlite3.Connection, records: _Records) -> PeopleStanding:
    initiative_id = records.initiative.id
    return people_standing_of(
        records.initiative,
        records.activities,
        records.audiences,
        records.targets,
        records.adoptions,
        people_side.impacts(conn, initiative_id),
        records.readiness,
        working.decisions(conn, initiative_id),
        working.workarounds(conn, initiative_id),
        people_side.gap_marks(conn, initiative_id),
    )


def _keep(conn: sqlite3.Connection, table: str, initiative_id: str, body: str) -> None:
    conn.execute(
        f"INSERT INTO {table} (initiative_id, client_id, body)"
        " VALUES (?, (SELECT client_id FROM initiative WHERE id = ?), ?)"
        " ON CONFLICT (initiative_id) DO UPDATE SET client_id = excluded.client_id, body = excluded.body",
        (initiative_id, initiative_id, body),
    )


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a kind of value, in their order: looked up once for each kind."""
    return tuple(field.name for field in fields(kind))


def _packed(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if is_dataclass(value):
        kind: Any = type(value)
        return [_packed(getattr(value, name)) for name in _field_names(kind)]
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
