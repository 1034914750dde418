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
from changedesk.store.control.check_templates import template_problems
from changedesk.store.control.check_times import time_problems
from changedesk.store.scope import Scope
from changedesk.store.times import instant, stored_instant
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What the audit tells of a change; ``at`` is its text as it is kept."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str
    body: dict[str, object]


def control_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Every state, revision and vote that is not what its events say, as a sentence."""
    told = _events(conn)
    yield from _states(conn, told)
    yield from _contents(conn, told)
    yield from time_problems(conn, told)
    yield from _deciders(conn, told)
    yield from _votes(conn, told)
    yield from _reviews(conn, told)
    yield from _revisions(conn, told)
    yield from _policies(conn)
    yield from template_problems(conn)
    yield from _delegations(conn)
    yield from _evidence(conn, told)


def _events(conn: sqlite3.Connection) -> list[Event]:
    """The events of changes; a body that nobody can read is the chain's finding."""
    found = []
    for seq, at, actor, kind, subject, text in conn.execute(
        "SELECT seq, at, actor, kind, subject, body FROM audit WHERE kind GLOB 'change.*' ORDER BY seq"
    ):
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            continue
        if isinstance(body, dict) and "to" in body:
            found.append(Event(seq, at, actor, kind, subject, body))
    return found


def _states(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    last = {one.subject: (one.seq, one.body) for one in told}
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


def _contents(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """What a change asks for, who decides on it and how it ended is what its last events say of it."""
    made = {one.subject for one in told if one.kind == "change.created"}
    digests = {one.subject: (one.seq, one.body["digest"]) for one in told if one.body.get("digest")}
    ends = {one.subject: (one.seq, one.body["outcome"]) for one in told if one.body.get("outcome")}
    owed = {one.subject: (one.seq, _as_kept(one.body["retro_due"])) for one in told if one.body.get("retro_due")}
    holds = {
        one.subject: (one.seq, one.body.get("reason") if one.kind == "change.held" else None)
        for one in told
        if one.kind in ("change.held", "change.released")
    }
    for change in requests.found(conn, Scope(None), "r.held_here = 1"):
        if change.imported and change.id in made:
            yield f"the change {change.number} was asked for here, and is marked as imported"
        # What has no event was never said; only a file brings an outcome without one.
        end = None if change.id in made else change.outcome
        for what, found, (seq, said) in (
            ("content", change.digest, digests.get(change.id, (0, change.digest))),
            ("outcome", change.outcome, ends.get(change.id, (0, end))),
            (
                "day on which its votes are due",
                change.retro_due and instant(change.retro_due),
                owed.get(change.id, (0, None)),
            ),
            ("hold", change.hold, holds.get(change.id, (0, None))),
        ):
            if found != said:
                says = f"what event {seq} says" if seq else "told of by any event"
                yield f"the {what} of the change {change.number} is not {says}"


def _deciders(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """Who holds the seats of a change, by which policy, and on whose word it was begun is what its events say."""
    ids = dict(conn.execute("SELECT name, id FROM mention").fetchall())
    ids |= dict(conn.execute("SELECT os_login, id FROM account").fetchall())
    ids |= dict(conn.execute("SELECT login, id FROM person").fetchall())
    rounds = {(one.subject, one.body.get("round")): one for one in told if "panel" in one.body}
    words = {one.subject: one for one in told if "authorisers" in one.body}
    for change in requests.found(conn, Scope(None), "r.held_here = 1"):
        word = words.get(change.id)
        if not _same_people(change.authorisers, word.body["authorisers"] if word else [], ids):
            yield f"on whose word the change {change.number} was begun is not what its event says, or has none"
        begun = rounds.get((change.id, change.round))
        if begun is None:
            continue
        panel = begun.body["panel"]
        if change.policy != begun.body.get("policy"):
            yield f"the policy of the change {change.number} is not what event {begun.seq} says"
        if (
            not isinstance(panel, dict)
            or panel.keys() != change.panel.keys()
            or not all(_same_people(who, panel[role], ids) for role, who in change.panel.items())
        ):
            yield f"who votes on the change {change.number} is not what event {begun.seq} says"


def _same_people(logins: tuple[str, ...], told: object, ids: dict[str, str]) -> bool:
    """Whether these are the people that an event names; a login that nobody has any more may be anybody's of them."""
    if not isinstance(told, list) or len(told) != len(logins):
        return False
    return all(ids.get(login, _person(said)) == _person(said) for login, said in zip(logins, told, strict=True))


def _as_kept(told: object) -> object:
    """A moment as the desk keeps it, of which an earlier program told finer; what is no moment is what it is, and a finding."""
    try:
        return instant(stored_instant(str(told)))
    except Damaged:
        return told


def _votes(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    cast = {str(one.body.get("vote")): one for one in told if one.kind == "change.voted"}
    rows = conn.execute(
        "SELECT id, change_id, step, decision, comment, evidence, voter, on_behalf_of, recorded_by, at, revision, round,"
        " digest FROM vote"
    ).fetchall()
    for vote_id, *vote in rows:
        one = cast.pop(vote_id, None)
        if one is None:
            yield f"the vote {vote_id} has no audit event"
            continue
        body = one.body
        told_then = [
            one.subject,
            *(body.get(name) for name in ("step", "decision", "comment", "evidence")),
            *(_person(body.get(name)) for name in ("voter", "on_behalf_of", "recorded")),
            one.at,
            *(body.get(name) for name in ("voted_revision", "voted_round", "voted_digest")),
        ]
        if vote != told_then:
            yield f"the vote {vote_id} is not what event {one.seq} says"
    for one in cast.values():
        yield f"the vote of event {one.seq} is missing"


def _person(said: object) -> object:
    return said.get("person") if isinstance(said, dict) else None


def _reviews(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """What a review found is what its event says; each event has its review."""
    found: dict[tuple[object, ...], list[int]] = {}
    for one in told:
        if one.kind == "change.reviewed":
            said = (one.subject, one.actor, *(one.body.get(name) for name in ("findings", "result", "cause")))
            found.setdefault(said, []).append(one.seq)
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


def _revisions(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """What is kept as the content of a revision is what its digest was made of, and this digest an event tells."""
    said = {(one.subject, str(one.body.get("revision")), str(one.body.get("digest"))) for one in told}
    rows = conn.execute(
        "SELECT c.code, r.id, r.number, v.revision, v.digest, v.content FROM change_revision v"
        " JOIN change_request r ON r.id = v.change_id JOIN client c ON c.id = r.client_id"
    ).fetchall()
    for client, change_id, number, revision, digest, text in rows:
        try:
            made_of_it = digest_of(client, change_id, revision, content_from(json.loads(text))) == digest
            same = made_of_it and (change_id, str(revision), digest) in said
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


def _evidence(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """Evidence is what was handed in, and what an event names is there."""
    kept = set()
    for evidence_id, change_id, content, sha256 in conn.execute(
        "SELECT id, change_id, ifnull(content, CAST(text AS BLOB)), sha256 FROM evidence"
    ):
        kept.add((change_id, sha256))
        if hashlib.sha256(bytes(content or b"")).hexdigest() != sha256:
            yield f"the evidence {evidence_id} is not what it was when it was handed in"
    for event in told:
        named = event.body.get("evidence")
        handed_in = named if event.kind != "change.voted" and isinstance(named, list) else []
        if any((event.subject, sha256) not in kept for sha256 in handed_in):
            yield f"evidence that event {event.seq} names is missing"
