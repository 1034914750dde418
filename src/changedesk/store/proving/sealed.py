"""The change log, the rows it tells of and what they hold, against what the events have sealed (decision 0030)."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Final

from changedesk.domain.counted import counted
from changedesk.store.trail import sealing
from changedesk.values import dataclass

_MANY: Final = 20
_SAID: Final = {
    "time_window": "the window {} is",
    "person": "the roles of {} are",
    "change_request": "the change {} is",
}
_NAMES: Final = ("number", "code", "title", "login", "os_login", "name", "item", "text")
"""Columns that people know a row by; the first that a table has."""

Place = tuple[str, str]
"""A table and the id of a row."""


@dataclass(frozen=True, slots=True)
class _Event:
    """How far an event has sealed the change log; without a digest it is of an earlier program."""

    seq: int
    log: int
    digest: str | None
    seals: dict[str, dict[str, str | None]]


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Everything that is not as it was sealed, as sentences."""
    events = list(_sealing(conn))
    rewritten = list(_log(conn, events))
    yield from rewritten
    yield from _before(conn, events)
    # What a change log tells that is not the one that was sealed says nothing about the rows.
    if not rewritten:
        yield from _rows(conn, events)
    yield from _made(conn)


def _sealing(conn: sqlite3.Connection) -> Iterator[_Event]:
    """The events that have sealed something, in order; a body that nobody can read is the chain's finding."""
    for seq, text in conn.execute(f"SELECT seq, body FROM audit WHERE body LIKE '%\"{sealing.LOG}\":%' ORDER BY seq"):
        try:
            body = json.loads(text)
            log, digest, seals = body[sealing.LOG], body.get(sealing.DIGEST), body.get(sealing.BEFORE, {})
            if isinstance(log, int) and all(
                table in sealing.AS_BEFORE and isinstance(seals[table], dict) for table in seals
            ):
                yield _Event(seq, log, digest, seals)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue


def _log(conn: sqlite3.Connection, events: list[_Event]) -> Iterator[str]:
    """The change log has no gap, each of its entries is what an event has sealed, and none is there without."""
    first, last, count = conn.execute(
        "SELECT ifnull(min(seq), 1), ifnull(max(seq), 0), count(*) FROM change_log"
    ).fetchone()
    if (first, last) != (1, count):
        yield f"the change log lacks {counted(last - count, 'entry', 'entries')}"
        return
    longer = next((event for event in events if event.log > last), None)
    if longer is not None:
        yield f"the change log is not as long as event {longer.seq} has sealed it: entries are missing"
        return
    sealed = 0
    for event in events:
        if event.digest is None:
            continue
        if event.digest != sealing.log_digest(conn, sealed, event.log):
            yield f"entries {sealed + 1} to {event.log} of the change log are not what event {event.seq} has sealed"
        sealed = event.log
    if sealed < last:
        yield f"{counted(last - sealed, 'entry', 'entries')} of the change log no event has sealed"


def _before(conn: sqlite3.Connection, events: list[_Event]) -> Iterator[str]:
    """What events of the program before have sealed row by row is what the event of the upgrade has found."""
    earlier = list(takewhile(lambda event: event.digest is None, events))
    whole = next((event for event in events if event.digest is not None), None)
    if not earlier or whole is None:
        return
    then: dict[Place, str | None] = {}
    for event in earlier:
        then |= {(table, row): seal for table, seals in event.seals.items() for row, seal in seals.items()}
    found: dict[Place, str | None] = {
        (table, row): seal.hex()
        for table, row, seal in conn.execute(
            "SELECT l.record, l.row_id, s.digest FROM change_log l JOIN row_seal s ON s.entry = l.seq"
            f" WHERE l.seq <= ? AND l.record IN {tuple(sealing.AS_BEFORE)}",
            (whole.log,),
        )
    }
    for place in sorted(then.keys() | found.keys()):
        if then.get(place) != found.get(place):
            yield f"{_said(conn, *place)} not what was sealed before event {whole.seq}"


def _rows(conn: sqlite3.Connection, events: list[_Event]) -> Iterator[str]:
    """Every row is there by an entry of the change log, gone only by one, and holds what it was sealed with last."""
    begun, ended = (
        dict(conn.execute("SELECT record, count(*) FROM change_log WHERE op = ? GROUP BY record", (op,)).fetchall())
        for op in ("insert", "delete")
    )
    sealed = [event for event in events if event.digest is not None]
    logs = [event.log for event in sealed]
    logged = "SELECT row_id FROM change_log WHERE record = ? AND op = ?"
    tables = conn.execute(
        "SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name = tbl_name || '_insert' ORDER BY 1"
    ).fetchall()
    for (table,) in tables:
        (count,) = conn.execute(f"SELECT count(*) FROM {table}").fetchone()
        if count:
            made = conn.execute(f"SELECT id FROM {table} WHERE id NOT IN ({logged}) LIMIT {_MANY}", (table, "insert"))
            for (row,) in made.fetchall():
                yield f"{_said(conn, table, row)} told of by no event"
        if count < begun.get(table, 0) - ended.get(table, 0):
            gone = conn.execute(
                f"{logged} AND row_id NOT IN (SELECT id FROM {table}) AND row_id NOT IN ({logged}) LIMIT {_MANY}",
                (table, "insert", table, "delete"),
            )
            for (row,) in gone.fetchall():
                yield f"{_said(conn, table, row)} gone, and no event says so"
        if count and table != sealing.LEFT_OUT:
            for entry, row in islice(sealing.against_rows(conn, table), _MANY):
                # One that is gone is named above.
                if conn.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone():
                    yield f"{_said(conn, table, row)} not what event {sealed[bisect_left(logs, entry)].seq} has sealed"


def _said(conn: sqlite3.Connection, table: str, row: str) -> str:
    columns = {column[1] for column in conn.execute(f"PRAGMA table_info({table})")}
    name = next((column for column in _NAMES if column in columns), "id")
    found = conn.execute(f"SELECT {name} FROM {table} WHERE id = ?", (row,)).fetchone()
    return _SAID.get(table, f"the {table.replace('_', ' ')} {{}} is").format(found[0] if found else row)


def _made(conn: sqlite3.Connection) -> Iterator[str]:
    """The desk is the one that was made, with the one account that it was made for and the role that this was given."""
    desk, account = conn.execute(
        "SELECT json_array(subject, json_extract(body, '$.kind'), json_extract(body, '$.demo'), at),"
        " json_extract(body, '$.account') FROM audit WHERE kind = 'desk.created' AND json_valid(body)"
    ).fetchone() or (None, None)
    (found,) = conn.execute("SELECT json_array(id, kind, demo, created_at) FROM desk").fetchone() or (None,)
    if found != desk:
        yield f"the desk is not the one that was made: {found} and not {desk}"
    for one, roles in conn.execute("SELECT id, roles FROM account ORDER BY id"):
        if (one, roles) != (account, "administrator"):
            yield f"the account {one} with the role {roles} is not the one that the desk was made for"
