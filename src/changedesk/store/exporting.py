"""Rows of a kind as an export writes them, straight from the desk, one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from changedesk.domain.kinds import CLIENTS, Kind, ToAudience, ToClient, ToInitiative
from changedesk.domain.row_rules import Cell
from changedesk.store.scope import Scope


def rows(conn: sqlite3.Connection, kind: Kind, scope: Scope, *, without_client: bool) -> Iterator[tuple[Cell, ...]]:
    """The rows in scope, columns in canonical order, by natural key: the UTF-8 bytes of the key's cells, unknown first.

    ``without_client`` takes in rows that belong to no client (the desk's own people).
    """
    cells = {}
    for column in kind.columns:
        match column.type:
            case ToInitiative():
                cells[column.name] = "i.code"
            case ToAudience():
                cells[column.name] = "a.name"
            case ToClient():
                cells[column.name] = "c.code"
            case _:
                cells[column.name] = f't."{column.field}"'
    condition, values = scope.where("t.code" if kind is CLIENTS else "c.code")
    if without_client and kind is not CLIENTS:
        condition = f"(c.id IS NULL OR {condition})"
    order = ", ".join(cells[name] for name in kind.key)
    query = f"SELECT {', '.join(cells.values())} FROM {_tables(kind)} WHERE {condition} ORDER BY {order}"
    yield from conn.execute(query, values)


def _tables(kind: Kind) -> str:
    """The records of the kind with the initiative, audience and client that they belong to."""
    initiative, audience = kind.column_of_type(ToInitiative), kind.column_of_type(ToAudience)
    tables = f"{kind.table} t"
    if audience:
        tables += f" LEFT JOIN audience a ON a.id = t.{audience.field}"
    if initiative:
        tables += f" JOIN initiative i ON i.id = {f't.{initiative.field}' if initiative.field else 'a.initiative_id'}"
        tables += " JOIN client c ON c.id = i.client_id"
    elif kind is not CLIENTS:
        tables += " LEFT JOIN client c ON c.id = t.client_id"
    return tables


def has_client(conn: sqlite3.Connection, code: str) -> bool:
    """Whether the desk knows the client."""
    return conn.execute("SELECT 1 FROM client WHERE code = ?", (code,)).fetchone() is not None
