"""Windows, roles and the change log against what the events have sealed of them (decision 0029)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Final

from changedesk.domain.counted import counted
from changedesk.store import sealing
from changedesk.values import dataclass

_SAID: Final = {"time_window": "the window {} is", "person": "the roles of {} are"}
_NAME: Final = {"time_window": "title", "person": "login"}
_WHOLE: Final = "desk.migrated"
"""The event that seals a desk of an earlier program as it is, the rows that nobody wrote then, too."""


@dataclass(frozen=True, slots=True)
class _Event:
    seq: int
    kind: str
    log: int
    seals: sealing.Seals


def problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Everything that is not as it was sealed, as sentences."""
    events = list(_sealing(conn))
    yield from _log(conn, events)
    last: dict[tuple[str, str], tuple[int, str | None]] = {}
    for number, event in enumerate(events):
        for table, seals in event.seals.items():
            for row, digest in seals.items():
                then = last.get((table, row), (0, None))[1]
                # What is sealed as a whole once more was not written then: it has to be what it was.
                if number and event.kind == _WHOLE and then != digest:
                    yield f"{_said(conn, table, row)} not what was sealed before event {event.seq}"
                last[table, row] = (event.seq, digest)
    yield from _rows(conn, last)
    yield from _accounts(conn)


def _sealing(conn: sqlite3.Connection) -> Iterator[_Event]:
    """The events that have sealed something, in order; a body that nobody can read is the chain's finding."""
    for seq, kind, text in conn.execute(
        f"SELECT seq, kind, body FROM audit WHERE body LIKE '%\"{sealing.LOG}\":%' ORDER BY seq"
    ):
        try:
            body = json.loads(text)
            log, seals = body[sealing.LOG], body.get(sealing.SEALED, {})
            if isinstance(log, int) and all(table in _SAID and isinstance(seals[table], dict) for table in seals):
                yield _Event(seq, kind, log, seals)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue


def _log(conn: sqlite3.Connection, events: list[_Event]) -> Iterator[str]:
    """The change log has no gap, ends where it did, and each event's entries stand before those of the next."""
    first, last, count = conn.execute(
        "SELECT ifnull(min(seq), 1), ifnull(max(seq), 0), count(*) FROM change_log"
    ).fetchone()
    if (first, last) != (1, count):
        yield f"the change log lacks {counted(last - count, 'entry', 'entries')}"
        return
    for event in events:
        row = conn.execute("SELECT event FROM change_log WHERE seq = ?", (event.log,)).fetchone()
        if event.log and (row is None or row[0] > event.seq):
            yield f"the change log is not as long as event {event.seq} has sealed it: entries are missing"
            return


def _rows(conn: sqlite3.Connection, last: dict[tuple[str, str], tuple[int, str | None]]) -> Iterator[str]:
    for table in _SAID:
        there = set()
        for row, digest in sealing.digests(conn, table):
            there.add(row)
            seq, then = last.get((table, row), (0, None))
            if digest != then:
                why = f"not what event {seq} has sealed" if seq else "told of by no event"
                yield f"{_said(conn, table, row)} {why}"
        for (of, row), (seq, then) in last.items():
            if of == table and then is not None and row not in there:
                yield f"{_said(conn, table, row)} gone, and no event after {seq} says so"


def _said(conn: sqlite3.Connection, table: str, row: str) -> str:
    found = conn.execute(f"SELECT {_NAME[table]} FROM {table} WHERE id = ?", (row,)).fetchone()
    return _SAID[table].format(found[0] if found else row)


def _accounts(conn: sqlite3.Connection) -> Iterator[str]:
    """The one account of a desk is the one that it was made for, with the role that it was made with."""
    (made,) = conn.execute(
        "SELECT json_extract(body, '$.account') FROM audit WHERE kind = 'desk.created' AND json_valid(body)"
    ).fetchone() or (None,)
    for account, roles in conn.execute("SELECT id, roles FROM account ORDER BY id"):
        if (account, roles) != (made, "administrator"):
            yield f"the account {account} with the role {roles} is not the one that the desk was made for"
