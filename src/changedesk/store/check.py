"""Proving a desk: the chain, the file, the references, and decisions against the events that tell of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from changedesk.store import audit, initiatives, summaries
from changedesk.store.database import Desk
from changedesk.store.scope import Scope

_MANY = 20


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The end of a desk's audit chain at a moment; kept elsewhere it shows whether events were cut off or rewritten later."""

    desk: str
    seq: int
    hash: str
    at: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: links read, the first broken one, and each problem as a sentence."""

    links: int
    broken_at: int | None
    problems: tuple[str, ...]


def chain_end(desk: Desk) -> ChainEnd:
    """Where the chain ends now."""
    row = desk.reader().execute("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return ChainEnd(desk.facts.id, row[0], row[1], row[2]) if row else ChainEnd(desk.facts.id, 0, audit.GENESIS, "")


def check(desk: Desk, kept: ChainEnd | None) -> Found:
    """Check everything; ``kept`` is a chain end that was kept elsewhere."""
    with desk.snapshot() as conn:
        try:
            chain = audit.check_chain(conn)
            problems = [chain.reason] if chain.broken_at is not None else []
            broken_at = chain.broken_at
            if kept is not None and (problem := _against(conn, desk, kept)):
                problems.append(problem)
                broken_at = kept.seq if broken_at is None else broken_at
            problems.extend(_file_problems(conn))
            problems.extend(_decision_problems(conn))
        except sqlite3.DatabaseError as error:
            return Found(0, None, (f"the file is damaged: {error}",))
    return Found(chain.links, broken_at, tuple(problems))


def _against(conn: sqlite3.Connection, desk: Desk, kept: ChainEnd) -> str | None:
    if kept.desk != desk.facts.id:
        return "the checkpoint is of another desk"
    if kept.seq == 0:
        return None
    row = conn.execute("SELECT hash FROM audit WHERE seq = ?", (kept.seq,)).fetchone()
    if row is None:
        return f"event {kept.seq} of the checkpoint is missing: the end of the chain was cut off"
    return (
        None if row[0] == kept.hash else f"event {kept.seq} is not the one of the checkpoint: the chain was rewritten"
    )


def _file_problems(conn: sqlite3.Connection) -> Iterator[str]:
    for (said,) in conn.execute(f"PRAGMA integrity_check({_MANY})"):
        if said != "ok":
            yield f"the file is damaged: {said}"
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check").fetchmany(_MANY):
        yield f"row {rowid} of {table} refers to a {parent} that does not exist"
    orphans = conn.execute("SELECT count(*) FROM change_log WHERE event NOT IN (SELECT seq FROM audit)").fetchone()[0]
    if orphans:
        yield f"{orphans} changes of records have no audit event"


def _decision_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every signature has its event and every event its signature, with the same content."""
    told: dict[str, tuple[object, ...]] = {}
    for seq, actor, subject, text in conn.execute(
        "SELECT seq, actor, subject, body FROM audit WHERE kind = 'checkpoint.signed'"
    ):
        body = json.loads(text)
        told[body["signature"]] = (
            seq,
            actor,
            subject,
            body["checkpoint"],
            body["lane"],
            body["digest"],
            body["waiver"],
        )
    rows = conn.execute("SELECT id, signer, initiative_id, checkpoint, lane, digest, waiver FROM signature")
    for signature, *content in rows:
        event = told.pop(signature, None)
        if event is None:
            yield f"the signature {signature} under {content[2]} has no audit event"
        elif tuple(content) != event[1:]:
            yield f"the signature {signature} is not what event {event[0]} says"
    for event in told.values():
        yield f"the signature of event {event[0]} is missing"


def stale_summaries(desk: Desk) -> list[str]:
    """The codes of initiatives whose kept summary is not what their records say."""
    conn = desk.reader()
    stale: list[str] = []
    for (initiative_id,) in conn.execute("SELECT id FROM initiative ORDER BY code").fetchall():
        initiative = initiatives.initiative_by_id(conn, Scope(None), initiative_id)
        if initiative is not None:
            fresh = summaries.compute(conn, desk.lifecycle, initiative)
            if summaries.standing(conn, initiative_id) != summaries.decode(summaries.encode(fresh)):
                stale.append(initiative.code)
    return stale
