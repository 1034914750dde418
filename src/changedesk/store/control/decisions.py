"""What was decided about a change, and on what: votes, acknowledgements, policies, delegations, who holds a role."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from changedesk.domain.control.approval import Vote
from changedesk.domain.control.delegation import Delegation, runs
from changedesk.domain.control.policy import DEFAULT_POLICY, Policy, policy_document, policy_from
from changedesk.domain.control.request import ChangeRequest
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import instant, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction


# --- votes


def votes(conn: sqlite3.Connection, change: ChangeRequest) -> tuple[Vote, ...]:
    """Every vote on a change, in the order in which they were cast; whether each counts follows from what it was cast on."""
    digest = change.digest
    rows = conn.execute(
        "SELECT id, revision, round, digest, step, voter, on_behalf_of, decision, comment, at, recorded_by, evidence"
        " FROM vote WHERE change_id = ? ORDER BY rowid",
        (change.id,),
    ).fetchall()
    return tuple(
        Vote(
            r[0],
            r[1],
            r[2],
            r[3],
            r[4],
            people.name_of(conn, r[5]),
            people.name_of(conn, r[6]) if r[6] else None,
            r[7],
            r[8],
            stored_instant(r[9]),
            people.name_of(conn, r[10]) if r[10] else None,
            r[11],
            r[3] == digest and r[1] == change.revision and r[2] == change.round,
        )
        for r in rows
    )


def write_vote(transaction: Transaction, change: ChangeRequest, vote: Vote) -> str:
    """Keep a vote; gives its id."""
    vote_id = new_id()
    conn = transaction.conn
    conn.execute(
        "INSERT INTO vote (id, change_id, revision, round, digest, step, voter, on_behalf_of, decision, comment, at,"
        " recorded_by, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            vote_id,
            change.id,
            vote.revision,
            vote.round,
            vote.digest,
            vote.step,
            people.reference(conn, vote.voter),
            people.reference(conn, vote.on_behalf_of) if vote.on_behalf_of else None,
            vote.decision,
            vote.comment,
            instant(vote.at),
            people.reference(conn, vote.recorded_by) if vote.recorded_by else None,
            vote.evidence,
        ),
    )
    return vote_id


# --- conflicts that somebody has seen


def acknowledged(conn: sqlite3.Connection, change: ChangeRequest) -> dict[str, tuple[str, str | None]]:
    """Key of a conflict to who acknowledged it on the present revision, and why."""
    rows = conn.execute(
        "SELECT conflict, by_id, reason FROM conflict_ack WHERE change_id = ? AND revision = ?",
        (change.id, change.revision),
    ).fetchall()
    return {row[0]: (people.name_of(conn, row[1]), row[2]) for row in rows}


def acknowledge(
    transaction: Transaction, change: ChangeRequest, conflicts: Iterable[str], who: str, reason: str | None
) -> None:
    """Keep that somebody has seen these conflicts."""
    for conflict in conflicts:
        transaction.conn.execute(
            "INSERT INTO conflict_ack (id, change_id, revision, conflict, by_id, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (change_id, revision, conflict) DO NOTHING",
            (new_id(), change.id, change.revision, conflict, who, instant(transaction.now), reason),
        )


# --- policies


def policy_by_id(conn: sqlite3.Connection, policy_id: str | None) -> Policy | None:
    """The policy version with that id."""
    row = conn.execute("SELECT body FROM policy WHERE id = ?", (policy_id,)).fetchone() if policy_id else None
    return policy_from(json.loads(row[0])) if row else None


def policy_version(conn: sqlite3.Connection, policy_id: str | None) -> int | None:
    """The number of a policy version; None for the policy of clients that have none."""
    row = conn.execute("SELECT version FROM policy WHERE id = ?", (policy_id,)).fetchone() if policy_id else None
    return int(row[0]) if row else None


def current_policy(conn: sqlite3.Connection, client: str) -> tuple[str | None, int, Policy]:
    """The newest policy of a client: its id, version and content; version 0 is the one of clients that have none."""
    row = conn.execute(
        "SELECT p.id, p.version, p.body FROM policy p JOIN client c ON c.id = p.client_id WHERE c.code = ?"
        " ORDER BY p.version DESC LIMIT 1",
        (client,),
    ).fetchone()
    return (row[0], row[1], policy_from(json.loads(row[2]))) if row else (None, 0, DEFAULT_POLICY)


def policy_versions(conn: sqlite3.Connection, client: str) -> list[tuple[int, Policy, datetime, str]]:
    """Every version of a client's policy, the newest first: version, content, when, by whom."""
    rows = conn.execute(
        "SELECT p.version, p.body, p.made_at, p.made_by FROM policy p JOIN client c ON c.id = p.client_id"
        " WHERE c.code = ? ORDER BY p.version DESC",
        (client,),
    ).fetchall()
    return [(r[0], policy_from(json.loads(r[1])), stored_instant(r[2]), people.name_of(conn, r[3])) for r in rows]


def write_policy(transaction: Transaction, client_id: str, version: int, policy: Policy) -> str:
    """Keep a new version of a client's policy; gives its id."""
    policy_id = new_id()
    transaction.conn.execute(
        "INSERT INTO policy (id, client_id, version, body, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
        (
            policy_id,
            client_id,
            version,
            json.dumps(policy_document(policy), sort_keys=True),
            instant(transaction.now),
            transaction.actor,
        ),
    )
    return policy_id


def holders(conn: sqlite3.Connection, client: str, roles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Role to the logins of those who have it for a client: its own people, else those who work for every client.

    A client with a board of its own is not outvoted by the people of the desk's organisation.
    """
    rows = conn.execute(
        "SELECT p.login, p.roles, c.code FROM person p LEFT JOIN client c ON c.id = p.client_id"
        " WHERE p.roles IS NOT NULL AND (p.client_id IS NULL OR c.code = ?) ORDER BY p.login",
        (client,),
    ).fetchall()
    found = {}
    for role in sorted(set(roles)):
        having = [(login, code) for login, held, code in rows if role in (held or "").split(";")]
        own = tuple(login for login, code in having if code is not None)
        found[role] = own or tuple(login for login, _ in having)
    return found


# --- delegations


def delegations(conn: sqlite3.Connection) -> tuple[Delegation, ...]:
    """Every delegation that was not ended early."""
    rows = conn.execute(
        "SELECT id, of_id, to_id, role, starts_at, ends_at, reason FROM delegation WHERE ended_at IS NULL ORDER BY rowid"
    ).fetchall()
    return tuple(
        Delegation(
            r[0],
            people.name_of(conn, r[1]),
            people.name_of(conn, r[2]),
            r[3],
            stored_instant(r[4]),
            stored_instant(r[5]),
            r[6],
        )
        for r in rows
    )


def delegations_in_force(conn: sqlite3.Connection, now: datetime) -> tuple[Delegation, ...]:
    """Those that run. A clock that was set back revives none, whatever was written since: each is judged at the latest time
    that the trail has seen since it was given, if that is later than now."""
    return tuple(one for one in delegations(conn) if one.end > now and runs(one, max(now, _latest_since(conn, one.id))))


def _latest_since(conn: sqlite3.Connection, delegation_id: str) -> datetime:
    """The latest time of an event since that delegation was given; of the whole trail where no event tells of its giving."""
    row = conn.execute(
        "SELECT max(at) FROM audit WHERE seq >="
        " ifnull((SELECT min(seq) FROM audit WHERE subject = ? AND kind = 'delegation.given'), 0)",
        (delegation_id,),
    ).fetchone()
    return stored_instant(row[0])


def write_delegation(transaction: Transaction, given: Delegation) -> str:
    """Keep a delegation; gives its id."""
    delegation_id = new_id()
    conn = transaction.conn
    conn.execute(
        "INSERT INTO delegation (id, of_id, to_id, role, starts_at, ends_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            delegation_id,
            people.reference(conn, given.of),
            people.reference(conn, given.to),
            given.role,
            instant(given.start),
            instant(given.end),
            given.reason,
        ),
    )
    return delegation_id


def trusted_now(conn: sqlite3.Connection, now: datetime) -> datetime:
    """Now, or the time of the newest audit event if that is later: nothing is given for a time that is over."""
    row = conn.execute("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return max(now, stored_instant(row[0])) if row else now


def known_logins(conn: sqlite3.Connection, scope: Scope) -> frozenset[str]:
    """The logins of the people in view and of the accounts of this desk."""
    return people.logins(conn, scope) | {row[0] for row in conn.execute("SELECT os_login FROM account")}
