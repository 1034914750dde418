"""SQL between staged rows and the desk, made from the declaration of a kind.

In every statement ``s`` is a staged row, ``t`` the record that it means, ``i``, ``p`` and ``c`` the initiative, its part
(an audience or a benefit; or a service, which is a client's) and the client that it points to, ``d`` what was decided
about it. Names come from declarations, never from files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.kinds.kind import (
    Column,
    Kind,
    ToAudience,
    ToAudiences,
    ToBenefit,
    ToClient,
    ToInitiative,
    ToService,
)
from changedesk.domain.roles import ADMINISTRATORS_ONLY
from changedesk.store.people import is_administrator
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class References:
    """The SQL by which a statement knows the ids that a staged row points to."""

    initiative: str
    part: str
    client: str


JOINED = References("i.id", "p.id", "c.id")
DECIDED = References("d.initiative_id", "d.part_id", '(SELECT id FROM client WHERE code = s."client")')


def part_table(column: Column) -> str:
    """The table of the parts of an initiative, or of a client, that a column points to."""
    match column.type:
        case ToService():
            return "service"
        case ToBenefit():
            return "benefit"
        case _:
            return "audience"


def joins(columns: Sequence[Column]) -> str:
    """The joins from a staged row to what its cells point to."""
    parts = []
    for column in columns:
        match column.type:
            case ToInitiative():
                parts.append(f'LEFT JOIN initiative i ON i.code = s."{column.name}"')
            case ToAudience() | ToBenefit():
                table = part_table(column)
                parts.append(f'LEFT JOIN {table} p ON p.initiative_id = i.id AND p.name = s."{column.name}"')
            case ToService():
                parts.append(f'LEFT JOIN service p ON p.client_id = c.id AND p.name = s."{column.name}"')
            case ToClient():
                parts.append(f'LEFT JOIN client c ON c.code = s."{column.name}"')
    # What has parts comes before its parts.
    return " ".join(sorted(parts, key=lambda part: not part.startswith(("LEFT JOIN initiative", "LEFT JOIN client"))))


def value(column: Column, references: References) -> str:
    """What a record's field gets from a staged row."""
    match column.type:
        case ToInitiative():
            return references.initiative
        case ToAudience() | ToBenefit() | ToService():
            return references.part
        case ToClient():
            return references.client
        case ToAudiences():
            return (
                "(SELECT group_concat(id, ';') FROM (SELECT a.id FROM audience a"
                f" WHERE a.initiative_id = {references.initiative} AND a.name IN"
                f" (SELECT value FROM json_each({_as_json(column)})) ORDER BY a.id))"
            )
        case _:
            return f's."{column.name}"'


def _as_json(column: Column) -> str:
    """The names of a cell, with ``;`` between them, as a list that SQLite can go through."""
    escaped = rf"""replace(replace(s."{column.name}", '\', '\\'), '"', '\"')"""
    return f"""'["' || replace({escaped}, ';', '","') || '"]'"""


def is_meant(kind: Kind, references: References) -> str:
    """Whether the record ``t`` is the one that the staged row names by its key."""
    terms = []
    for column in (kind.column(name) for name in kind.key):
        if column.field:
            equals = "=" if column.required or column.empty_is is not None else "IS"
            terms.append(f't."{column.field}" {equals} {value(column, references)}')
    return " AND ".join(terms)


def is_same(kind: Kind, columns: Sequence[Column]) -> str:
    """Whether the record ``t`` holds already what the staged row brings."""
    terms = ["1"]
    for column in columns:
        if column.name not in kind.key:
            terms.append(f't."{column.field}" IS {value(column, JOINED)}')
        if isinstance(column.type, ToClient):
            # A client that is yet to be made has no id, and no id is not the same as no client.
            terms.append(f'(c.id IS NOT NULL OR s."{column.name}" IS NULL)')
    return " AND ".join(terms)


def found(kind: Kind, columns: Sequence[Column]) -> str:
    """Staged rows with what they point to and the record that they mean, where there is one."""
    return f"staged s {joins(columns)} LEFT JOIN {kind.table} t ON {is_meant(kind, JOINED)}"


def unknown_references(columns: Sequence[Column]) -> list[str]:
    """Queries (row, column, problem) for cells that point to what the desk does not have."""
    queries = []
    for column in columns:
        match column.type:
            case ToInitiative():
                queries.append(
                    f"SELECT s.n, '{column.name}', 'there is no initiative ' || s.\"{column.name}\" || ' on this desk'"
                    f' FROM staged s {joins(columns)} WHERE i.id IS NULL AND s."{column.name}" IS NOT NULL'
                )
                if any(isinstance(other.type, ToClient) for other in columns):
                    queries.append(
                        f"SELECT s.n, '{column.name}', 'initiative ' || i.code || ' belongs to another client'"
                        f" FROM staged s {joins(columns)} JOIN client o ON o.id = i.client_id"
                        ' WHERE s."client" IS NOT NULL AND o.code <> s."client"'
                    )
            case ToAudience() | ToBenefit():
                queries.append(
                    f"SELECT s.n, '{column.name}',"
                    f" 'initiative ' || i.code || ' has no {part_table(column)} ' || s.\"{column.name}\""
                    f" FROM staged s {joins(columns)}"
                    f' WHERE i.id IS NOT NULL AND s."{column.name}" IS NOT NULL AND p.id IS NULL'
                )
            case ToService():
                queries.append(
                    f"SELECT s.n, '{column.name}', 'client ' || s.\"client\" || ' has no service ' || s.\"{column.name}\""
                    f' FROM staged s {joins(columns)} WHERE s."{column.name}" IS NOT NULL AND p.id IS NULL'
                )
            case ToAudiences():
                queries.append(
                    f"SELECT s.n, '{column.name}', 'initiative ' || i.code || ' has no audience ' || e.value"
                    f" FROM staged s {joins(columns)} JOIN json_each({_as_json(column)}) e"
                    f' WHERE i.id IS NOT NULL AND s."{column.name}" IS NOT NULL'
                    " AND NOT EXISTS (SELECT 1 FROM audience a WHERE a.initiative_id = i.id AND a.name = e.value)"
                )
    return queries


def is_guarded(kind: Kind) -> str:
    """The condition that people here rest on the record ``t`` as it is."""
    return " OR ".join(f"ifnull(t.{name}, 0) <> 0" for name in kind.guarded_by) or "0"


def kept_here(kind: Kind, columns: Sequence[Column]) -> list[str]:
    """Queries (row, column, problem) for rows that would change a record that no file may change."""
    if not kind.guarded_by:
        return []
    column = kind.key[-1]
    return [
        f"SELECT s.n, '{column}', s.\"{column}\" || ' was made or worked on here; a file cannot change it'"
        f" FROM {found(kind, columns)} WHERE ({is_guarded(kind)}) AND NOT ({is_same(kind, columns)})"
    ]


BOUND: Final = {"change_request": "changes", "ticket": "tickets"}
"""Records that name an initiative and may have a client of their own, which is that of the initiative."""


def bound_to_its_client(kind: Kind, columns: Sequence[Column]) -> list[str]:
    """Queries (row, column, problem) for initiatives that would go to another client than their changes and tickets."""
    if kind.table != "initiative" or not any(isinstance(column.type, ToClient) for column in columns):
        return []
    return [
        f"SELECT s.n, 'client', t.code || ' has {noun} of ' || o.code || ', and stays with that client'"
        f" FROM {found(kind, columns)} JOIN client o ON o.id = t.client_id"
        f' WHERE o.code <> s."client" AND EXISTS (SELECT 1 FROM {table} b WHERE b.initiative_id = t.id AND b.client_id = o.id)'
        for table, noun in BOUND.items()
    ]


def for_administrators(kind: Kind, columns: Sequence[Column]) -> list[str]:
    """Queries (row, column, problem) for rows that make somebody an administrator, or no longer."""
    if kind.table != "person" or kind.column("roles") not in columns:
        return []
    return [
        f"SELECT s.n, 'roles', '{ADMINISTRATORS_ONLY}: ' || s.login FROM {found(kind, columns)}"
        f" WHERE ({is_administrator('s.roles')}) <> ({is_administrator('t.roles')})"
    ]


def _of_initiatives_elsewhere(columns: Sequence[Column], marks: str) -> str:
    return (
        "SELECT s.n, 'initiative', 'initiative ' || i.code || ' belongs to a client that you have no access to'"
        f" FROM staged s {joins(columns)} JOIN client o ON o.id = i.client_id WHERE o.code NOT IN ({marks})"
    )


def out_of_reach(kind: Kind, columns: Sequence[Column], clients: Sequence[str]) -> list[str]:
    """Queries (row, column, problem) for rows of other clients than these; each takes the codes as values, once."""
    marks = ", ".join("?" * len(clients))
    initiative = kind.column_of_type(ToInitiative)
    if kind.belongs_to_initiative:
        return [_of_initiatives_elsewhere(columns, marks)]
    if initiative is not None and not kind.column("client").required:
        # Either of the two says whose the row is; one that says neither may be anybody's.
        named = initiative in columns
        known = 'AND s."initiative" IS NULL' if named else ""
        return [
            *([_of_initiatives_elsewhere(columns, marks)] if named else []),
            f"SELECT s.n, 'client', 'you have no access to client ' || s.\"client\" FROM staged s"
            f' WHERE s."client" NOT IN ({marks})',
            f"SELECT s.n, 'client', 'name a client that you have access to' FROM staged s"
            f" WHERE s.\"client\" IS NULL {known} AND '' NOT IN ({marks})",
        ]
    if kind.table == "client":
        return [
            "SELECT s.n, 'client', 'you have no access to client ' || s.\"client\" FROM staged s"
            f' WHERE s."client" NOT IN ({marks})'
        ]
    client = kind.column_of_type(ToClient)
    if client is not None and client.required and client.name in kind.key:
        return [
            "SELECT s.n, 'client', 'you have no access to client ' || s.\"client\" FROM staged s"
            f' WHERE s."client" NOT IN ({marks})'
        ]
    owner = "(SELECT code FROM client WHERE id = t.client_id)"
    named = any(isinstance(column.type, ToClient) for column in columns)
    queries = [
        f"SELECT s.n, '{kind.key[0]}', s.\"{kind.key[0]}\" || ' belongs to a client that you have no access to'"
        f" FROM {found(kind, columns)} WHERE t.id IS NOT NULL AND ifnull({owner}, '') NOT IN ({marks})"
    ]
    if named:
        queries.append(
            "SELECT s.n, 'client', ifnull('you have no access to client ' || s.\"client\", 'name a client that you have access to')"
            f" FROM staged s WHERE ifnull(s.\"client\", '') NOT IN ({marks})"
        )
    else:
        queries.append(
            f"SELECT s.n, 'client', 'name a client that you have access to' FROM {found(kind, columns)}"
            f" WHERE t.id IS NULL AND '' NOT IN ({marks})"
        )
    return queries
