"""One record of any kind: read it as the cells of its file, write it back, and know what it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from changedesk.domain.kinds.kind import Kind, ToAudience, ToAudiences, ToBenefit, ToClient, ToInitiative, ToService
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.service import names as service_names
from changedesk.store.exporting import cells_of, tables_of
from changedesk.store.ids import new_id
from changedesk.store.imports.stage_sql import BOUND, is_guarded, part_table
from changedesk.store.scope import Scope
from changedesk.store.service import spellings
from changedesk.store.summaries.initiative_summaries import SUMMARIES
from changedesk.values import dataclass


class KeyTaken(Exception):
    """Another record has the key already."""


class StillNeeded(Exception):
    """Other records depend on this one."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record with its cells by column name, and the client and initiative that it belongs to.

    It is ``guarded`` once people here rest on it as it is.
    """

    id: str
    rev: int
    client: str | None
    initiative_id: str | None
    cells: dict[str, Cell]
    guarded: bool


def found(
    conn: sqlite3.Connection,
    kind: Kind,
    scope: Scope,
    *,
    record_id: str | None = None,
    initiative_id: str | None = None,
) -> list[StoredRecord]:
    """The records in view: one by its id, those of an initiative, or all; by natural key."""
    condition, values = _in_view(kind, scope, record_id, initiative_id)
    return _read(conn, kind, f"{condition} ORDER BY {_by_key(kind)}", values)


def ids(
    conn: sqlite3.Connection, kind: Kind, scope: Scope, initiative_id: str | None, ends_with: str = ""
) -> list[str]:
    """The ids of the records in view, of an initiative or all; by natural key, those with a value in ``ends_with`` last."""
    condition, values = _in_view(kind, scope, None, initiative_id)
    over = f"{cells_of(kind)[ends_with]} IS NOT NULL, " if ends_with else ""
    rows = conn.execute(f"SELECT t.id FROM {tables_of(kind)} WHERE {condition} ORDER BY {over}{_by_key(kind)}", values)
    return [row[0] for row in rows]


def page(conn: sqlite3.Connection, kind: Kind, scope: Scope, wanted_ids: Sequence[str]) -> list[StoredRecord]:
    """The records with these ids, in this order; one that is gone is left out."""
    condition, values = _in_view(kind, scope, None, None)
    marks = ", ".join("?" * len(wanted_ids))
    read = {one.id: one for one in _read(conn, kind, f"{condition} AND t.id IN ({marks})", [*values, *wanted_ids])}
    return [read[one] for one in wanted_ids if one in read]


def _in_view(kind: Kind, scope: Scope, record_id: str | None, initiative_id: str | None) -> tuple[str, list[str]]:
    condition, scoped = scope.where(_client_of(kind))
    if not kind.belongs_to_initiative and kind.table != "client":
        condition = f"(c.id IS NULL OR {condition})" if scope.clients is None else condition
    values: list[str] = [*scoped]
    for wanted, column in ((record_id, "t.id"), (initiative_id, _initiative_of(kind))):
        if wanted is not None:
            condition += f" AND {column} = ?"
            values.append(wanted)
    return condition, values


def _read(conn: sqlite3.Connection, kind: Kind, condition: str, values: Sequence[str]) -> list[StoredRecord]:
    cells = cells_of(kind)
    rows = conn.execute(
        f"SELECT t.id, t.rev, {_client_of(kind)}, {_initiative_of(kind)}, {is_guarded(kind)},"
        f" {', '.join(cells.values())}"
        f" FROM {tables_of(kind)} WHERE {condition}",
        values,
    )
    return [StoredRecord(r[0], r[1], r[2], r[3], dict(zip(cells, r[5:], strict=True)), bool(r[4])) for r in rows]


def _client_of(kind: Kind) -> str:
    return "t.code" if kind.table == "client" else "c.code"


def _initiative_of(kind: Kind) -> str:
    return "i.id" if kind.column_of_type(ToInitiative) else ("t.id" if kind.table == "initiative" else "NULL")


def _by_key(kind: Kind) -> str:
    cells = cells_of(kind)
    return ", ".join(cells[name] for name in kind.key)


def as_known(conn: sqlite3.Connection, kind: Kind, cells: dict[str, Cell], record_id: str | None) -> dict[str, Cell]:
    """The cells with the service that they name as the desk writes it; a service itself may change how it is written."""
    column, client = kind.service_column, cells.get("client")
    name = cells.get(column.name) if column else None
    if column is None or not isinstance(name, str) or not isinstance(client, str):
        return cells
    known = spellings.of_services(conn, client, but=record_id if kind.table == "service" else None)
    return {**cells, column.name: service_names.as_known((name,), known)[name]}


def unknown_reference(
    conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], initiative_id: str | None
) -> tuple[str, str] | None:
    """The column that names something the desk does not have, with the sentence; None when all is known."""
    for column in kind.columns:
        name = cells.get(column.name)
        if name is None:
            continue
        match column.type:
            case ToAudience() | ToBenefit():
                table = part_table(column)
                if _part(conn, table, initiative_id, str(name)) is None:
                    return column.name, f"this initiative has no {table} {name}"
            case ToAudiences():
                for one in str(name).split(";"):
                    if _part(conn, "audience", initiative_id, one) is None:
                        return column.name, f"this initiative has no audience {one}"
            case ToService():
                if _service(conn, cells.get("client"), str(name)) is None:
                    return column.name, f"client {cells.get('client')} has no service {name}"
            case ToClient():
                if _client(conn, str(name)) is None:
                    return column.name, f"there is no client {name} on this desk"
    return None


def bound_to_another(
    conn: sqlite3.Connection, kind: Kind, cells: Mapping[str, Cell], record_id: str | None
) -> tuple[str, str] | None:
    """The column and a sentence when an initiative would go to another client than its changes and tickets; else None."""
    if kind.table != "initiative" or record_id is None:
        return None
    for table, noun in BOUND.items():
        owner = conn.execute(
            "SELECT c.code FROM initiative i JOIN client c ON c.id = i.client_id WHERE i.id = ?"
            f" AND EXISTS (SELECT 1 FROM {table} b WHERE b.initiative_id = i.id AND b.client_id = c.id)",
            (record_id,),
        ).fetchone()
        if owner and owner[0] != cells.get("client"):
            return "client", f"it has {noun} of {owner[0]}, and stays with that client"
    return None


def astray(conn: sqlite3.Connection) -> frozenset[str]:
    """The codes of initiatives that have changes or tickets of another client than their own."""
    return frozenset(
        code
        for table in BOUND
        for (code,) in conn.execute(
            f"SELECT DISTINCT i.code FROM {table} b JOIN initiative i ON i.id = b.initiative_id WHERE b.client_id <> i.client_id"
        )
    )


def write(
    conn: sqlite3.Connection,
    kind: Kind,
    cells: Mapping[str, Cell],
    initiative_id: str | None,
    record_id: str | None,
    rev: int,
    extra: Mapping[str, Cell],
) -> tuple[str, int] | None:
    """Insert or update a record; returns its id and new rev, None when it was changed since ``rev``.

    ``extra`` are fields beyond the cells that a new record gets. Raises :class:`KeyTaken`.
    """
    fields: dict[str, Cell] = {}
    for column in kind.columns:
        if not column.field:
            continue
        value = cells.get(column.name)
        match column.type:
            case ToInitiative():
                value = initiative_id
            case ToAudience() | ToBenefit():
                value = None if value is None else _part(conn, part_table(column), initiative_id, str(value))
            case ToAudiences():
                value = None if value is None else _parts(conn, initiative_id, str(value))
            case ToService():
                value = None if value is None else _service(conn, cells.get("client"), str(value))
            case ToClient():
                value = None if value is None else _client(conn, str(value))
        fields[column.field] = value
    if record_id is None:
        fields |= extra
        fresh = new_id()
        marks = ", ".join("?" * (len(fields) + 1))
        names = ", ".join(f'"{name}"' for name in fields)
        with _taken_key():
            conn.execute(f"INSERT INTO {kind.table} (id, {names}) VALUES ({marks})", (fresh, *fields.values()))
        return fresh, 1
    changes = ", ".join(f'"{name}" = ?' for name in fields)
    with _taken_key():
        cursor = conn.execute(
            f"UPDATE {kind.table} SET {changes}, rev = rev + 1 WHERE id = ? AND rev = ?",
            (*fields.values(), record_id, rev),
        )
    return (record_id, rev + 1) if cursor.rowcount == 1 else None


def remove(conn: sqlite3.Connection, kind: Kind, record_id: str, rev: int) -> bool:
    """Take a record back that was only just made; false when it was changed since. Raises :class:`StillNeeded`."""
    try:
        return conn.execute(f"DELETE FROM {kind.table} WHERE id = ? AND rev = ?", (record_id, rev)).rowcount == 1
    except sqlite3.IntegrityError as error:
        raise StillNeeded from error


def make_lanes(conn: sqlite3.Connection, initiative_id: str, lanes: tuple[str, ...]) -> None:
    """The lanes of an initiative, where they are not there yet."""
    for lane in lanes:
        conn.execute(
            "INSERT INTO lane (id, initiative_id, kind) VALUES (?, ?, ?) ON CONFLICT (initiative_id, kind) DO NOTHING",
            (new_id(), initiative_id, lane),
        )


def remove_lanes(conn: sqlite3.Connection, initiative_id: str) -> None:
    """The lanes and the summaries of an initiative that is taken back."""
    for summary in SUMMARIES:
        conn.execute(f"DELETE FROM {summary} WHERE initiative_id = ?", (initiative_id,))
    conn.execute("DELETE FROM lane WHERE initiative_id = ?", (initiative_id,))


def names(conn: sqlite3.Connection, table: str, column: str, scope: Scope, initiative_id: str | None) -> Iterator[str]:
    """The names that complete a field: of clients, services, people, or parts and milestones of an initiative."""
    if initiative_id is not None:
        rows = conn.execute(f"SELECT {column} FROM {table} WHERE initiative_id = ? ORDER BY {column}", (initiative_id,))
        return (row[0] for row in rows)
    if table == "client":
        condition, values = scope.where("code")
        return (row[0] for row in conn.execute(f"SELECT code FROM client WHERE {condition} ORDER BY code", values))
    condition, values = scope.where("c.code")
    if table == "service":
        rows = conn.execute(
            "SELECT DISTINCT s.name FROM service s JOIN client c ON c.id = s.client_id"
            f" WHERE {condition} ORDER BY s.name",
            values,
        )
        return (row[0] for row in rows)
    rows = conn.execute(
        "SELECT p.login FROM person p LEFT JOIN client c ON c.id = p.client_id"
        f" WHERE p.client_id IS NULL OR {condition} ORDER BY p.login",
        values,
    )
    return (row[0] for row in rows)


@contextmanager
def _taken_key() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "UNIQUE" not in str(error):
            raise
        raise KeyTaken from error


def _part(conn: sqlite3.Connection, table: str, initiative_id: str | None, name: str) -> str | None:
    row = conn.execute(f"SELECT id FROM {table} WHERE initiative_id = ? AND name = ?", (initiative_id, name)).fetchone()
    return row[0] if row else None


def _parts(conn: sqlite3.Connection, initiative_id: str | None, names: str) -> str:
    """The ids of audiences in their order, as an import stores them."""
    found = (_part(conn, "audience", initiative_id, name) for name in names.split(";"))
    return ";".join(sorted(one for one in found if one))


def _service(conn: sqlite3.Connection, client: Cell, name: str) -> str | None:
    known = spellings.of_services(conn, str(client))
    return known.get(service_names.as_known((name,), known)[name])


def _client(conn: sqlite3.Connection, code: str) -> str | None:
    row = conn.execute("SELECT id FROM client WHERE code = ?", (code,)).fetchone()
    return row[0] if row else None
