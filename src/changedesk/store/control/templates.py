"""Templates of standard changes on disk, and how their uses ended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.domain.control.template import Template, Use
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import instant, seconds, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_TEMPLATE = (
    "SELECT t.id, t.rev, c.code, t.name, t.version, t.state, t.body, t.allowed, t.max_risk, t.min_success,"
    " t.approved_until, t.proposer, t.approver, t.suspended_why, t.approved_at, t.retired_why"
    " FROM template t JOIN client c ON c.id = t.client_id"
)


def templates(conn: sqlite3.Connection, client: str) -> tuple[Template, ...]:
    """The newest version of each template of a client, by name."""
    rows = conn.execute(
        f"{_TEMPLATE} WHERE c.code = ? AND t.version = (SELECT max(version) FROM template n"
        " WHERE n.client_id = t.client_id AND n.name = t.name) ORDER BY t.name",
        (client,),
    ).fetchall()
    return tuple(_template(conn, row) for row in rows)


def template(conn: sqlite3.Connection, client: str, name: str) -> Template | None:
    """The version of a client's template that holds: a newer one that is only proposed does not yet."""
    order = "t.state IN ('draft', 'proposed'), t.version DESC"
    row = conn.execute(f"{_TEMPLATE} WHERE c.code = ? AND t.name = ? ORDER BY {order} LIMIT 1", (client, name))
    found = row.fetchone()
    return _template(conn, found) if found else None


def newest(conn: sqlite3.Connection, client: str, name: str) -> Template | None:
    """The newest version of a client's template, whatever its state."""
    row = conn.execute(f"{_TEMPLATE} WHERE c.code = ? AND t.name = ? ORDER BY t.version DESC LIMIT 1", (client, name))
    found = row.fetchone()
    return _template(conn, found) if found else None


def in_state(conn: sqlite3.Connection, scope: Scope, *states: str) -> tuple[Template, ...]:
    """The versions in view that are in one of these states, by client, name and version."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        f"{_TEMPLATE} WHERE {seen} AND t.state IN ({', '.join('?' * len(states))}) ORDER BY c.code, t.name, t.version",
        (*scoped, *states),
    ).fetchall()
    return tuple(_template(conn, row) for row in rows)


def versions(conn: sqlite3.Connection, client: str, name: str) -> tuple[Template, ...]:
    """Every version of a client's template, the newest first."""
    rows = conn.execute(
        f"{_TEMPLATE} WHERE c.code = ? AND t.name = ? ORDER BY t.version DESC", (client, name)
    ).fetchall()
    return tuple(_template(conn, row) for row in rows)


def _template(conn: sqlite3.Connection, r: tuple[object, ...]) -> Template:
    return Template(
        str(r[0]),
        int(str(r[1])),
        str(r[2]),
        str(r[3]),
        int(str(r[4])),
        str(r[5]),
        {name: tuple(v) if isinstance(v, list) else v for name, v in json.loads(str(r[6])).items()},
        tuple(str(r[7]).split(";")) if r[7] else (),
        str(r[8]),
        float(str(r[9])),
        stored_instant(str(r[10])) if r[10] else None,
        people.name_of(conn, str(r[11])) if r[11] else None,
        people.name_of(conn, str(r[12])) if r[12] else None,
        None if r[13] is None else str(r[13]),
        stored_instant(str(r[14])) if r[14] else None,
        None if r[15] is None else str(r[15]),
    )


def uses(conn: sqlite3.Connection, client: str, name: str, since: datetime | None = None) -> tuple[Use, ...]:
    """How the uses of a template ended, the newest first, all or those begun ``since``; cancelled ones are no uses."""
    rows = conn.execute(
        "SELECT r.number, r.outcome, r.caused_p1 FROM change_request r JOIN client c ON c.id = r.client_id"
        " WHERE c.code = ? AND r.template = ? AND r.outcome IS NOT NULL AND ifnull(r.actual_start, r.actual_end) >= ?"
        " ORDER BY r.actual_end DESC, r.number DESC",
        (client, name, seconds(since) if since else ""),
    )
    return tuple(Use(r[0], r[1], bool(r[2])) for r in rows)


def write_template(transaction: Transaction, client_id: str, draft: Template) -> str:
    """Keep a new version of a template; gives its id."""
    template_id = new_id()
    transaction.conn.execute(
        "INSERT INTO template (id, client_id, name, version, state, body, allowed, max_risk, min_success, approved_until,"
        " proposer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            template_id,
            client_id,
            draft.name,
            draft.version,
            draft.state,
            json.dumps(dict(draft.body), sort_keys=True),
            ";".join(draft.allowed) or None,
            draft.max_risk,
            draft.min_success,
            instant(draft.approved_until) if draft.approved_until else None,
            transaction.actor,
        ),
    )
    return template_id


def move_template(transaction: Transaction, kept: Template, fields: Mapping[str, object]) -> bool:
    """Set fields of a template; false when it was changed since it was read."""
    values = [instant(value) if isinstance(value, datetime) else value for value in fields.values()]
    changes = "".join(f"{name} = ?, " for name in fields)
    cursor = transaction.conn.execute(
        f"UPDATE template SET {changes}rev = rev + 1 WHERE id = ? AND rev = ?", (*values, kept.id, kept.rev)
    )
    return cursor.rowcount == 1
