"""Change requests on disk: found by number or id, written only as the revision they were read at."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from changedesk.domain.control.request import ChangeRequest, Content, content_document
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import instant, seconds, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_COLUMNS: Final = """r.id, r.rev, c.code, r.number, r.path, r.title, r.planned_start, r.planned_end, r.services, r.reason,
 r.outage_minutes, r.plan, r.test_plan, r.backout_plan, r.backout_minutes, r.risk, r.risk_answers, r.requester, r.implementer,
 i.code, r.milestone, r.template, r.template_version, r.incident, r.state, r.hold, r.revision, r.round, r.policy_id, r.panel,
 r.submitted_at, r.opened_at, r.decided_at, r.authorisers, r.retro_due, r.actual_start, r.actual_end, r.outcome,
 r.outcome_reason, r.caused_p1, r.imported, r.held_here"""
TABLES: Final = "change_request r JOIN client c ON c.id = r.client_id LEFT JOIN initiative i ON i.id = r.initiative_id"
_SPLIT: Final = ";"


def found(
    conn: sqlite3.Connection, scope: Scope, condition: str = "1", values: tuple[object, ...] = (), order: str = ""
) -> Iterator[ChangeRequest]:
    """The changes in view that a condition on ``r``, ``c`` and ``i`` holds for."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM {TABLES} WHERE {seen} AND ({condition})"
        f" ORDER BY {order or 'r.planned_start DESC, r.number'}",
        (*scoped, *values),
    )
    for row in rows:
        yield _change(row)


def by_state(conn: sqlite3.Connection, scope: Scope, condition: str) -> dict[str, int]:
    """How many changes in view a condition on ``r`` and ``c`` holds for, by the state they are in."""
    seen, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT r.state, count(*) FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE {seen} AND ({condition}) GROUP BY r.state",
        values,
    )
    return dict(rows.fetchall())


def by_id(conn: sqlite3.Connection, scope: Scope, change_id: str) -> ChangeRequest | None:
    """The change with that id."""
    return next(found(conn, scope, "r.id = ?", (change_id,)), None)


def by_number(conn: sqlite3.Connection, scope: Scope, number: str) -> list[ChangeRequest]:
    """The changes with that number; ``client/number`` names the one of a client. Both may have slashes of their own."""
    parts = number.split("/")
    named = [
        one
        for at in range(1, len(parts))
        # A client and a number apart are looked up in an index; put together they would be compared with every change.
        for one in found(conn, scope, "c.code = ? AND r.number = ?", ("/".join(parts[:at]), "/".join(parts[at:])))
    ]
    return named or list(found(conn, scope, "r.number = ?", (number,)))


def next_number(conn: sqlite3.Connection) -> str:
    """A number that no client uses yet."""
    row = conn.execute(
        "SELECT max(CAST(substr(number, 5) AS INTEGER)) FROM change_request WHERE number GLOB 'CHG-[0-9]*'"
    ).fetchone()
    return f"CHG-{(row[0] or 0) + 1:04d}"


def insert(transaction: Transaction, client_id: str, number: str, content: Content) -> str | None:
    """Keep a new draft; gives its id, None when the client has the number already."""
    change_id = new_id()
    fields: dict[str, object] = {"id": change_id, "client_id": client_id, "number": number, "state": "draft"}
    fields |= _content_fields(transaction.conn, content)
    marks = ", ".join("?" * len(fields))
    try:
        transaction.conn.execute(
            f"INSERT INTO change_request ({', '.join(fields)}) VALUES ({marks})", tuple(fields.values())
        )
    except sqlite3.IntegrityError as error:
        if "UNIQUE" not in str(error):
            raise
        return None
    _touch(transaction, content)
    return change_id


def keep_revision(transaction: Transaction, change: ChangeRequest, made_by: str) -> None:
    """Keep the content of the present revision, as it will be voted on."""
    transaction.conn.execute(
        "INSERT OR IGNORE INTO change_revision (id, change_id, revision, digest, content, at, made_by)"
        " SELECT ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS"
        " (SELECT 1 FROM change_revision WHERE change_id = ? AND revision = ?)",
        (
            new_id(),
            change.id,
            change.revision,
            change.digest,
            json.dumps(content_document(change.content), sort_keys=True),
            instant(transaction.now),
            made_by,
            change.id,
            change.revision,
        ),
    )


def revisions(conn: sqlite3.Connection, change_id: str) -> list[tuple[int, str, dict[str, object], datetime, str]]:
    """The kept contents, the oldest first: revision, digest, content, when, by whom (a login)."""
    rows = conn.execute(
        "SELECT revision, digest, content, at, made_by FROM change_revision WHERE change_id = ? ORDER BY revision",
        (change_id,),
    ).fetchall()
    return [(r[0], r[1], json.loads(r[2]), stored_instant(r[3]), people.name_of(conn, r[4])) for r in rows]


def write_content(transaction: Transaction, change: ChangeRequest, content: Content) -> bool:
    """Replace the content and count the revision; false when the record was changed since it was read."""
    fields = _content_fields(transaction.conn, content)
    changes = ", ".join(f"{name} = ?" for name in fields)
    cursor = transaction.conn.execute(
        f"UPDATE change_request SET {changes}, revision = revision + 1, held_here = 1, rev = rev + 1"
        " WHERE id = ? AND rev = ?",
        (*fields.values(), change.id, change.rev),
    )
    _touch(transaction, change.content)
    _touch(transaction, content)
    return cursor.rowcount == 1


def write(transaction: Transaction, change: ChangeRequest, fields: Mapping[str, object]) -> bool:
    """Set fields of the record; instants become text. False when the record was changed since it was read."""
    values = [instant(value) if isinstance(value, datetime) else value for value in fields.values()]
    changes = "".join(f"{name} = ?, " for name in fields)
    cursor = transaction.conn.execute(
        f"UPDATE change_request SET {changes}held_here = 1, rev = rev + 1 WHERE id = ? AND rev = ?",
        (*values, change.id, change.rev),
    )
    _touch(transaction, change.content)
    return cursor.rowcount == 1


def _touch(transaction: Transaction, content: Content) -> None:
    if content.initiative is not None:
        row = transaction.conn.execute("SELECT id FROM initiative WHERE code = ?", (content.initiative,)).fetchone()
        if row:
            transaction.touch(row[0])


def _content_fields(conn: sqlite3.Connection, content: Content) -> dict[str, object]:
    initiative = None
    if content.initiative is not None:
        row = conn.execute("SELECT id FROM initiative WHERE code = ?", (content.initiative,)).fetchone()
        initiative = row[0] if row else None
    return {
        "path": content.path,
        "title": content.title,
        "planned_start": seconds(content.planned_start),
        "planned_end": seconds(content.planned_end),
        "services": _SPLIT.join(content.services) or None,
        "reason": content.reason,
        "outage_minutes": content.outage_minutes,
        "plan": content.plan,
        "test_plan": content.test_plan,
        "backout_plan": content.backout_plan,
        "backout_minutes": content.backout_minutes,
        "risk": content.risk,
        "risk_answers": json.dumps(content.risk_answers) if content.risk_answers else None,
        "requester": content.requester,
        "implementer": content.implementer,
        "initiative_id": initiative,
        "milestone": content.milestone,
        "template": content.template,
        "template_version": content.template_version,
        "incident": content.incident,
    }


def _change(row: tuple[object, ...]) -> ChangeRequest:
    (
        id_, rev, client, number, path, title, planned_start, planned_end, services, reason,
        outage, plan, test_plan, backout_plan, backout_minutes, risk, answers, requester, implementer,
        initiative, milestone, template, template_version, incident, state, hold, revision, round_, policy, panel,
        submitted_at, opened_at, decided_at, authorisers, retro_due, actual_start, actual_end, outcome,
        outcome_reason, caused_p1, imported, held_here,
    ) = row  # fmt: skip
    content = Content(
        path=_text(path),
        title=_text(title),
        planned_start=stored_instant(_text(planned_start)),
        planned_end=stored_instant(_text(planned_end)),
        services=_split(services),
        reason=_maybe(reason),
        outage_minutes=_number(outage),
        plan=_maybe(plan),
        test_plan=_maybe(test_plan),
        backout_plan=_maybe(backout_plan),
        backout_minutes=_number(backout_minutes),
        risk=_maybe(risk),
        risk_answers=tuple((str(a), str(b)) for a, b in json.loads(_text(answers))) if answers else (),
        requester=_maybe(requester),
        implementer=_maybe(implementer),
        initiative=_maybe(initiative),
        milestone=_maybe(milestone),
        template=_maybe(template),
        template_version=_number(template_version),
        incident=_maybe(incident),
    )
    return ChangeRequest(
        id=_text(id_),
        rev=_number(rev) or 1,
        client=_text(client),
        number=_text(number),
        content=content,
        state=_maybe(state) or ("closed" if actual_end else "draft"),
        hold=_maybe(hold),
        revision=_number(revision) or 1,
        round=_number(round_) or 0,
        policy=_maybe(policy),
        panel={role: tuple(who) for role, who in json.loads(_text(panel)).items()} if panel else {},
        submitted_at=_instant(submitted_at),
        opened_at=_instant(opened_at),
        decided_at=_instant(decided_at),
        authorisers=_split(authorisers),
        retro_due=_instant(retro_due),
        actual_start=_instant(actual_start),
        actual_end=_instant(actual_end),
        outcome=_maybe(outcome),
        outcome_reason=_maybe(outcome_reason),
        caused_p1=bool(caused_p1),
        imported=bool(imported),
        held_here=bool(held_here),
    )


def _text(value: object) -> str:
    return str(value)


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, int) else None


def _instant(value: object) -> datetime | None:
    return None if value is None else stored_instant(str(value))


def _split(value: object) -> tuple[str, ...]:
    return tuple(part for part in str(value).split(_SPLIT) if part) if value else ()
