"""The spellings of services: SQL folds no letter beyond ASCII, so which of the names on a desk mean one service is said here.

Elsewhere in the store a service's name is asked for only by :func:`among`, with spellings that were found before.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from changedesk.domain.kinds.kind import Column
from changedesk.domain.service.names import as_known


def among(column: str, spellings: Iterable[str]) -> tuple[str, str]:
    """An SQL condition: the column holds one of these spellings, with its one value."""
    return f"{column} IN (SELECT value FROM json_each(?))", json.dumps([*spellings])


def of_tickets(conn: sqlite3.Connection, client_id: str) -> tuple[str, ...]:
    """The names of services as the tickets of a client write them, by name."""
    # To sort them here is cheaper: SQL would sort the tickets.
    rows = conn.execute("SELECT DISTINCT service FROM ticket WHERE client_id = ?", (client_id,))
    return tuple(sorted(name for (name,) in rows if name is not None))


def of_services(conn: sqlite3.Connection, client: str, but: str | None = None) -> dict[str, str]:
    """The services of a client by its code: name to id; ``but`` is the id of one that is left out."""
    rows = conn.execute(
        "SELECT v.name, v.id FROM service v JOIN client c ON c.id = v.client_id WHERE c.code = ? AND v.id IS NOT ?",
        (client, but),
    )
    return dict(rows.fetchall())


def respell_staged(conn: sqlite3.Connection, column: Column) -> None:
    """Write the services that staged rows name as the desk writes them, and those that it does not know each in one way."""
    cell = f's."{column.name}"'
    known: dict[str, list[str]] = defaultdict(list)
    named: dict[str, list[str]] = defaultdict(list)
    for names, query in (
        (known, "SELECT c.code, v.name FROM service v JOIN client c ON c.id = v.client_id"),
        (
            named,
            f'SELECT DISTINCT s."client", {cell} FROM staged s WHERE s."client" IS NOT NULL AND {cell} IS NOT NULL',
        ),
    ):
        for client, name in conn.execute(query):
            names[client].append(name)
    conn.execute("CREATE TEMP TABLE respelt (client, name, known, PRIMARY KEY (client, name))")
    conn.executemany(
        "INSERT INTO respelt VALUES (?, ?, ?)",
        (
            (client, name, spelt)
            for client, names in named.items()
            for name, spelt in as_known(names, set(known[client])).items()
            if name != spelt
        ),
    )
    conn.execute(
        f'UPDATE staged AS s SET "{column.name}" = r.known FROM respelt r WHERE r.client = s."client" AND r.name = {cell}'
    )
    conn.execute("DROP TABLE respelt")
