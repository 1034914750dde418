"""Change control against the events that tell of it: states, votes and what was voted on (SAFETY.md)."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime

from changedesk.domain.control.request import content_from, digest_of
from changedesk.errors import Damaged
from changedesk.store.control import requests
from changedesk.store.scope import Scope
from changedesk.store.times import instant, stored_instant


def control_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every state, revision and vote that is not what its events say, as a sentence."""
    told = _events(conn)
    yield from _states(conn, told)
    yield from _contents(conn, told)
    yield from _votes(conn, told)
    yield from _reviews(conn, told)
    yield from _revisions(conn)
    yield from _policies(conn)
    yield from _delegations(conn)
    yield from _evidence(conn, told)


def _events(conn: sqlite3.Connection) -> list[tuple[int, str, str, str, dict[str, object]]]:
    """The events of changes as (seq, actor, kind, subject, body); a body that nobody can read is the chain's finding."""
    found = []
    for seq, actor, kind, subject, text in conn.execute(
        "SELECT seq, actor, kind, subject, body FROM audit WHERE kind GLOB 'change.*' ORDER BY seq"
    ):
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(body, dict) and "to" in body:
            found.append((seq, actor, kind, subject, body))
    return found


def _states(conn: sqlite3.Connection, told: list[tuple[int, str, str, str, dict[str, object]]]) -> Iterator[str]:
    last = {subject: (seq, body) for seq, _, _, subject, body in told}
    rows = conn.execute(
        "SELECT id, number, state, revision, round FROM change_request WHERE held_here = 1 ORDER BY number"
    ).fetchall()
    for change_id, number, state, revision, turn in rows:
        seq, body = last.pop(change_id, (0, {}))
        if not seq:
            yield f"the change {number} has no audit event"
        elif (state, revision, turn) != (body.get("to"), body.get("revision"), body.get("round")):
            left = f"{body.get('to')}, revision {body.get('revision')}"
            yield f"the change {number} is {state}, revision {revision}, and event {seq} left it {left}"
    for seq, _ in last.values():
        yield f"the change of event {seq} is missing"


def _contents(conn: sqlite3.Connection, told: list[tuple[int, str, str, str, dict[str, object]]]) -> Iterator[str]:
    """What a change asks for and how it ended is what its last events say of it."""
    digests = {subject: (seq, body["digest"]) for seq, _, _, subject, body in told if body.get("digest")}
    ends = {subject: (seq, body["outcome"]) for seq, _, _, subject, body in told if body.get("outcome")}
    words = {subject: (seq, _as_kept(body["retro_due"])) for seq, _, _, subject, body in told if body.get("retro_due")}
    for change in requests.found(conn, Scope(None), "r.held_here = 1"):
        for what, found, there in (
            ("content", change.digest, digests),
            ("outcome", change.outcome, ends),
            ("day on which its votes are due", change.retro_due and instant(change.retro_due), words),
        ):
            seq, said = there.get(change.id, (0, found))
            if found != said:
                yield f"the {what} of the change {change.number} is not what event {seq} says"


def _as_kept(told: object) -> object:
    """A moment as the desk keeps it, of which an earlier program told finer; what is no moment is what it is, and a finding."""
    try:
        return instant(stored_instant(str(told)))
    except Damaged:
        return told


def _votes(conn: sqlite3.Connection, told: list[tuple[int, str, str, str, dict[str, object]]]) -> Iterator[str]:
    cast = {
        str(body.get("vote")): (seq, subject, body) for seq, _, kind, subject, body in told if kind == "change.voted"
    }
    rows = conn.execute(
        "SELECT id, change_id, revision, round, digest, step, voter, on_behalf_of, decision, comment, evidence FROM vote"
    ).fetchall()
    for vote_id, change_id, revision, turn, digest, step, voter, behalf, decision, comment, evidence in rows:
        seq, subject, body = cast.pop(vote_id, (0, "", {}))
        if not seq:
            yield f"the vote {vote_id} has no audit event"
            continue
        there = (change_id, step, decision, comment, evidence, voter, behalf)
        then = (
            subject,
            body.get("step"),
            body.get("decision"),
            body.get("comment"),
            body.get("evidence"),
            _person(body.get("voter")),
            _person(body.get("on_behalf_of")),
        )
        on = (revision, turn, digest)
        if there != then or on != tuple(body.get(name) for name in ("voted_revision", "voted_round", "voted_digest")):
            yield f"the vote {vote_id} is not what event {seq} says"
    for seq, _, _ in cast.values():
        yield f"the vote of event {seq} is missing"


def _person(said: object) -> object:
    return said.get("person") if isinstance(said, dict) else None


def _reviews(conn: sqlite3.Connection, told: list[tuple[int, str, str, str, dict[str, object]]]) -> Iterator[str]:
    """What a review found is what its event says; each event has its review."""
    found: dict[tuple[object, ...], list[int]] = {}
    for seq, actor, kind, subject, body in told:
        if kind == "change.reviewed":
            said = (subject, actor, body.get("findings"), body.get("result"), body.get("cause"))
            found.setdefault(said, []).append(seq)
    rows = conn.execute(
        "SELECT r.number, v.change_id, v.reviewer, v.findings, v.result, v.cause FROM review v"
        " JOIN change_request r ON r.id = v.change_id WHERE r.held_here = 1"
    ).fetchall()
    for number, *review in rows:
        seqs = found.get(tuple(review))
        if not seqs:
            yield f"a review of the change {number} is not what its event says, or has none"
        else:
            seqs.pop()
    for seqs in found.values():
        for seq in seqs:
            yield f"the review of event {seq} is missing"


def _revisions(conn: sqlite3.Connection) -> Iterator[str]:
    """What is kept as the content of a revision is what its digest was made of."""
    rows = conn.execute(
        "SELECT c.code, r.id, r.number, v.revision, v.digest, v.content FROM change_revision v"
        " JOIN change_request r ON r.id = v.change_id JOIN client c ON c.id = r.client_id"
    ).fetchall()
    for client, change_id, number, revision, digest, text in rows:
        try:
            same = digest_of(client, change_id, revision, content_from(json.loads(text))) == digest
        except (ValueError, KeyError, TypeError, RecursionError):
            same = False
        if not same:
            yield f"revision {revision} of {number} is not what was voted on"


def _policies(conn: sqlite3.Connection) -> Iterator[str]:
    told = {}
    for subject, text in conn.execute("SELECT subject, body FROM audit WHERE kind = 'policy.set'"):
        try:
            told[subject] = json.loads(text)["body"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    for policy_id, version, text in conn.execute("SELECT id, version, body FROM policy").fetchall():
        try:
            same = told.get(policy_id) == json.loads(text)
        except (ValueError, RecursionError):
            same = False
        if not same:
            yield f"the policy {policy_id}, version {version}, is not what its event says"


def _delegations(conn: sqlite3.Connection) -> Iterator[str]:
    """Whoever stands in was asked to by an event, for that long and for that role."""
    told = {}
    for actor, subject, text in conn.execute("SELECT actor, subject, body FROM audit WHERE kind = 'delegation.given'"):
        try:
            body = json.loads(text)
            told[subject] = (actor, _person(body["to"]), body["role"], _moment(body["start"]), _moment(body["end"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    for delegation_id, of, to, role, start, end in conn.execute(
        "SELECT id, of_id, to_id, role, starts_at, ends_at FROM delegation"
    ).fetchall():
        if told.pop(delegation_id, None) != (of, to, role, _moment(start), _moment(end)):
            yield f"the delegation {delegation_id} is not what its event says, or has none"
    for delegation_id in told:
        yield f"the delegation {delegation_id} is missing"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _evidence(conn: sqlite3.Connection, told: list[tuple[int, str, str, str, dict[str, object]]]) -> Iterator[str]:
    """Evidence is what was handed in, and what an event names is there."""
    kept = set()
    for evidence_id, change_id, content, sha256 in conn.execute(
        "SELECT id, change_id, ifnull(content, CAST(text AS BLOB)), sha256 FROM evidence"
    ):
        kept.add((change_id, sha256))
        if hashlib.sha256(bytes(content or b"")).hexdigest() != sha256:
            yield f"the evidence {evidence_id} is not what it was when it was handed in"
    for seq, _, kind, subject, body in told:
        named = body.get("evidence")
        if kind != "change.voted" and isinstance(named, list) and any((subject, one) not in kept for one in named):
            yield f"evidence that event {seq} names is missing"
