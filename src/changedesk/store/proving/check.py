"""Proving a desk: the chain, the file, the references, and decisions against the events that tell of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime

from changedesk.domain.counted import counted
from changedesk.errors import Damaged
from changedesk.store.control.check import control_problems
from changedesk.store.desk.database import Desk
from changedesk.store.desk.migrate import all_statements
from changedesk.store.initiative import initiatives
from changedesk.store.proving import decisions as check_decisions
from changedesk.store.proving import sealed
from changedesk.store.proving import service as check_service
from changedesk.store.proving.gaps import waiver_problems
from changedesk.store.proving.told import Content, Place, differences, events_told
from changedesk.store.scope import Scope
from changedesk.store.summaries import initiative_summaries, refreshing
from changedesk.store.trail import audit
from changedesk.values import dataclass

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


def latest_event(desk: Desk) -> tuple[int, datetime | None]:
    """The event of the latest time, by its number; no time where there is no event, or none whose time is one."""
    row = desk.reader().execute("SELECT seq, at FROM audit ORDER BY at DESC LIMIT 1").fetchone()
    try:
        return (row[0], datetime.fromisoformat(row[1])) if row else (0, None)
    except ValueError:
        return row[0], None


def check(desk: Desk, kept: ChainEnd | None) -> Found:
    """Check everything; ``kept`` is a chain end that was kept elsewhere."""
    with desk.snapshot() as conn:
        # Bytes that are no text are a finding at their place and do not end the search.
        conn.text_factory = _any_text
        try:
            chain = audit.check_chain(conn)
            problems = [chain.reason] if chain.broken_at is not None else []
            broken_at = chain.broken_at
            if kept is not None and (problem := _against(conn, desk.facts.id, kept)):
                problems.append(problem)
                broken_at = kept.seq if broken_at is None else broken_at
            for part in _parts():
                problems.extend(_found_by(part, conn))
        except sqlite3.DatabaseError as error:
            return Found(0, None, (f"the file is damaged: {error}",))
        finally:
            conn.text_factory = str
    return Found(chain.links, broken_at, tuple(problems))


def _parts() -> tuple[Callable[[sqlite3.Connection], Iterator[str]], ...]:
    """What is looked at after the chain: first what events tell, which names what differs, then what they have sealed."""
    return (
        _file_problems,
        _rule_problems,
        _signature_problems,
        _checklist_problems,
        _closing_problems,
        waiver_problems,
        check_service.problems,
        check_decisions.problems,
        control_problems,
        sealed.problems,
    )


def _found_by(part: Callable[[sqlite3.Connection], Iterator[str]], conn: sqlite3.Connection) -> Iterator[str]:
    """What one part finds; a value that it can make no sense of is a finding, too, and ends this part alone."""
    try:
        yield from part(conn)
    except Damaged as error:
        yield str(error)
    except (ValueError, TypeError, LookupError) as error:
        yield f"the desk is damaged: a value makes no sense ({error})"


def against(desk: Desk, kept: ChainEnd) -> str | None:
    """What an end of the chain that was kept elsewhere says against the chain as it is now; None when it is part of it."""
    return _against(desk.reader(), desk.facts.id, kept)


def _against(conn: sqlite3.Connection, desk: str, kept: ChainEnd) -> str | None:
    if kept.desk != desk:
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
        have = "has" if orphans == 1 else "have"
        yield f"{counted(orphans, 'change')} of records {have} no audit event"


def _any_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _rule_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """The rules that guard the tables are the ones that the desk was made with."""
    there = {sql for (sql,) in conn.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")}
    for statement in all_statements():
        if statement.startswith("CREATE TRIGGER") and statement not in there:
            yield f"the rule {statement.split(maxsplit=3)[2]} was taken away or changed"
    if conn.execute("SELECT one, event FROM write_door").fetchall() != [(1, None)]:
        yield "the write door is not as this program leaves it"


def _signature_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every signature has its event and every event its signature, with the same content."""
    keys = ("signature", "checkpoint", "lane", "digest", "waiver", "recorded_by")
    told: dict[Place, tuple[int, Content]] = {}
    for seq, at, actor, subject, (signature, *said) in events_told(
        conn, "checkpoint.signed", lambda body: tuple(body[key] for key in keys)
    ):
        told[signature] = (seq, (at, actor, subject, *said))
    rows = conn.execute(
        "SELECT id, signed_at, signer, initiative_id, checkpoint, lane, digest, waiver, recorded_by FROM signature"
    )
    kept = ((f"the signature {one} under {content[3]}", one, tuple(content)) for one, *content in rows)
    return differences("the signature", kept, told)


def _checklist_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every ticked item is what the last event about it says."""
    keys = ("checkpoint", "lane", "item", "evidence")
    told: dict[Place, tuple[int, Content]] = {}
    for seq, at, actor, subject, (checkpoint, lane, item, evidence) in events_told(
        conn, "checklist.ticked", lambda body: tuple(body[key] for key in keys)
    ):
        told[subject, checkpoint, lane, item] = (seq, (at, actor, evidence))
    rows = conn.execute("SELECT initiative_id, checkpoint, lane, item, done_at, done_by, evidence FROM checklist")
    kept = ((f"the ticked item {row[3]} under {row[1]}", row[:4], row[4:]) for row in rows)
    return differences("the ticked item", kept, told)


def _closing_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every closed lane is what the last event about it says."""
    told: dict[Place, tuple[int, Content]] = {}
    for seq, at, _, subject, (lane, waiver) in events_told(
        conn, "lane.closed", lambda body: (body["lane"], body["waiver"])
    ):
        told[subject, lane] = (seq, (at, waiver))
    rows = conn.execute("SELECT initiative_id, kind, closed_at, closure_basis FROM lane WHERE closed_at IS NOT NULL")
    kept = ((f"the closing of the {row[1]} lane", row[:2], row[2:]) for row in rows)
    return differences("the closing", kept, told)


def stale_summaries(desk: Desk) -> list[str]:
    """The codes of initiatives whose kept summary is not what their records say."""
    conn = desk.reader()
    stale: list[str] = []
    for (initiative_id,) in conn.execute("SELECT id FROM initiative ORDER BY code").fetchall():
        initiative = initiatives.initiative_by_id(conn, Scope(None), initiative_id)
        if initiative is not None:
            fresh = refreshing.texts(conn, desk.lifecycle, initiative)
            if any(initiative_summaries.kept_text(conn, initiative_id, table) != text for table, text in fresh.items()):
                stale.append(initiative.code)
    return stale
