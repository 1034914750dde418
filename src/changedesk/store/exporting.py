"""Rows of a kind as an export writes them, straight from the desk, one at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from changedesk.domain.kinds.kind import Kind, ToAudience, ToAudiences, ToBenefit, ToClient, ToInitiative, ToService
from changedesk.domain.kinds.row_rules import Cell
from changedesk.store.imports.stage_sql import part_table
from changedesk.store.scope import Scope


def rows(conn: sqlite3.Connection, kind: Kind, scope: Scope, *, without_client: bool) -> Iterator[tuple[Cell, ...]]:
    """The rows in scope, columns in canonical order, by natural key: the UTF-8 bytes of the key's cells, unknown first.

    ``without_client`` takes in rows that belong to no client (the desk's own people).
    """
    cells = cells_of(kind)
    condition, values = scope.where("t.code" if kind.table == "client" else "c.code")
    if without_client and kind.table != "client" and (kind.clientless_is_shared or scope.clients is None):
        condition = f"(c.id IS NULL OR {condition})"
    order = ", ".join(cells[name] for name in kind.key)
    query = f"SELECT {', '.join(cells.values())} FROM {tables_of(kind)} WHERE {condition} ORDER BY {order}"
    yield from conn.execute(query, values)


def dated_rows(
    conn: sqlite3.Connection, kind: Kind, scope: Scope, *, without_client: bool
) -> Iterator[tuple[str, int, str | None, dict[str, Cell]]]:
    """The same rows, each as the id and rev of its record, the time zone of its client, and its cells by column."""
    cells = cells_of(kind)
    condition, values = scope.where("c.code")
    if without_client:
        condition = f"(c.id IS NULL OR {condition})"
    order = ", ".join(cells[name] for name in kind.key)
    for id_, rev, zone, *row in conn.execute(
        f"SELECT t.id, t.rev, c.timezone, {', '.join(cells.values())} FROM {tables_of(kind)}"
        f" WHERE {condition} ORDER BY {order}",
        values,
    ):
        yield id_, rev, zone, dict(zip(cells, row, strict=True))


def cells_of(kind: Kind) -> dict[str, str]:
    """Column name to the SQL of its cell, for rows of :func:`tables_of`."""
    cells = {}
    for column in kind.columns:
        match column.type:
            case ToInitiative():
                cells[column.name] = "i.code"
            case ToAudience() | ToBenefit() | ToService():
                cells[column.name] = "p.name"
            case ToAudiences():
                cells[column.name] = (
                    "(SELECT group_concat(name, ';') FROM (SELECT a.name FROM audience a"
                    f" WHERE a.initiative_id = i.id AND instr(t.{column.field}, a.id) ORDER BY a.name))"
                )
            case ToClient():
                cells[column.name] = "o.code" if kind.column_of_type(ToInitiative) else "c.code"
            case _:
                cells[column.name] = f't."{column.field}"'
    return cells


def tables_of(kind: Kind) -> str:
    """The records ``t`` of the kind with the initiative ``i``, its part ``p`` and the client ``c`` that they belong to.

    Where a record may name its client as well as its initiative, ``o`` is the client that it names itself.
    """
    initiative = kind.column_of_type(ToInitiative)
    part = kind.column_of_type(ToAudience) or kind.column_of_type(ToBenefit) or kind.column_of_type(ToService)
    client = kind.column_of_type(ToClient)
    tables = f"{kind.table} t"
    if part:
        # A file whose rows are of an audience leaves out the records that are of none.
        tables += f" {'' if part.required else 'LEFT '}JOIN {part_table(part)} p ON p.id = t.{part.field}"
    if initiative and client:
        tables += " LEFT JOIN initiative i ON i.id = t.initiative_id LEFT JOIN client o ON o.id = t.client_id"
        tables += " LEFT JOIN client c ON c.id = ifnull(t.client_id, i.client_id)"
    elif initiative:
        tables += f" JOIN initiative i ON i.id = {f't.{initiative.field}' if initiative.field else 'p.initiative_id'}"
        tables += " JOIN client c ON c.id = i.client_id"
    elif kind.table != "client":
        # What belongs to a service knows its client through it.
        tables += f" LEFT JOIN client c ON c.id = {'p' if client and not client.field else 't'}.client_id"
    return tables


def has_client(conn: sqlite3.Connection, code: str) -> bool:
    """Whether the desk knows the client."""
    return conn.execute("SELECT 1 FROM client WHERE code = ?", (code,)).fetchone() is not None
