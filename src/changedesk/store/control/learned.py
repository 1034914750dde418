"""What reviews have left behind, over all changes in view: lessons, open actions, proposals."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Final

from changedesk.domain.control.lessons import Lesson
from changedesk.domain.control.proposal import LearnedProposal
from changedesk.domain.control.review import Action, OpenAction
from changedesk.domain.words import CHANGE_PATHS
from changedesk.store import people
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import instant, seconds, stored_instant

if TYPE_CHECKING:
    from changedesk.store.desk.transaction import Transaction

_OF_CHANGE: Final = "JOIN change_request r ON r.id = {}.change_id JOIN client c ON c.id = r.client_id"


def lessons(conn: sqlite3.Connection, scope: Scope) -> tuple[Lesson, ...]:
    """The lessons in view, the newest first."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        "SELECT l.id, c.code, r.number, l.text, l.tags, l.at FROM lesson l JOIN client c ON c.id = l.client_id"
        f" LEFT JOIN change_request r ON r.id = l.change_id WHERE {seen} ORDER BY l.at DESC, l.rowid DESC",
        scoped,
    )
    return tuple(Lesson(r[0], r[1], r[2], r[3], *_about(r[4]), stored_instant(r[5])) for r in rows)


def _about(tags: str | None) -> tuple[tuple[str, ...], str | None]:
    """The services of a lesson and its path, which is kept behind them."""
    *services, last = (tags or "").split(";")
    if last in CHANGE_PATHS:
        return tuple(services), last
    return tuple(filter(None, (*services, last))), None


def open_actions(conn: sqlite3.Connection, scope: Scope) -> tuple[OpenAction, ...]:
    """The actions in view that are not done, by the day they are due; those without one last."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        "SELECT c.code, r.number, r.title, a.id, a.rev, a.text, a.owner, a.due"
        f" FROM review_action a INDEXED BY action_open {_OF_CHANGE.format('a')}"
        f" WHERE {seen} AND a.done_at IS NULL ORDER BY a.due IS NULL, a.due, c.code, r.number, a.text",
        scoped,
    )
    return tuple(
        OpenAction(r[0], r[1], r[2], Action(r[3], r[4], r[5], r[6], stored_instant(r[7]) if r[7] else None, None))
        for r in rows
    )


def outcomes(conn: sqlite3.Connection, scope: Scope, since: datetime) -> dict[str, int]:
    """How the changes in view ended that were done since a moment: outcome to number."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        "SELECT r.outcome, count(*) FROM change_request r JOIN client c ON c.id = r.client_id"
        f" WHERE {seen} AND r.outcome IS NOT NULL AND r.actual_end >= ? GROUP BY 1",
        (*scoped, seconds(since)),
    )
    return dict(rows.fetchall())


def causes(conn: sqlite3.Connection, scope: Scope, since: datetime) -> dict[str, int]:
    """Where reviews since a moment saw the cause: its word to number."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(
        f"SELECT v.cause, count(*) FROM review v {_OF_CHANGE.format('v')}"
        f" WHERE {seen} AND v.cause IS NOT NULL AND v.at >= ? GROUP BY 1",
        (*scoped, instant(since)),
    )
    return dict(rows.fetchall())


# --- proposals


_PROPOSAL: Final = (
    "SELECT p.id, p.rev, c.code, r.number, p.about, p.template, p.text, p.state, p.made_by, p.made_at, p.decided_by,"
    f" p.decided_at, p.reason FROM learned_proposal p {_OF_CHANGE.format('p')}"
)


def open_proposals(conn: sqlite3.Connection, scope: Scope) -> tuple[LearnedProposal, ...]:
    """The proposals in view that nobody has decided, the oldest first."""
    seen, scoped = scope.where("c.code")
    rows = conn.execute(f"{_PROPOSAL} WHERE {seen} AND p.state = 'open' ORDER BY p.made_at, p.id", scoped)
    return tuple(_proposal(conn, row) for row in rows.fetchall())


def proposal(conn: sqlite3.Connection, scope: Scope, proposal_id: str) -> LearnedProposal | None:
    """The proposal with that id."""
    seen, scoped = scope.where("c.code")
    row = conn.execute(f"{_PROPOSAL} WHERE {seen} AND p.id = ?", (*scoped, proposal_id)).fetchone()
    return _proposal(conn, row) if row else None


def _proposal(conn: sqlite3.Connection, r: tuple[object, ...]) -> LearnedProposal:
    return LearnedProposal(
        str(r[0]),
        int(str(r[1])),
        str(r[2]),
        str(r[3]),
        str(r[4]),
        None if r[5] is None else str(r[5]),
        str(r[6]),
        str(r[7]),
        people.name_of(conn, str(r[8])),
        stored_instant(str(r[9])),
        people.name_of(conn, str(r[10])) if r[10] else None,
        stored_instant(str(r[11])) if r[11] else None,
        None if r[12] is None else str(r[12]),
    )


def write_proposal(transaction: Transaction, change_id: str, template: str | None, text: str) -> str:
    """Keep a proposal for a template, or for the policy of the change's client; gives its id."""
    proposal_id = new_id()
    transaction.conn.execute(
        "INSERT INTO learned_proposal (id, client_id, change_id, about, template, text, state, made_by, made_at)"
        " SELECT ?, client_id, id, ?, ?, ?, 'open', ?, ? FROM change_request WHERE id = ?",
        (
            proposal_id,
            "template" if template else "policy",
            template,
            text,
            transaction.actor,
            instant(transaction.now),
            change_id,
        ),
    )
    return proposal_id


def decide_proposal(transaction: Transaction, kept: LearnedProposal, state: str, reason: str | None) -> bool:
    """A proposal is accepted or declined by the actor, now; false when it was changed since it was read."""
    cursor = transaction.conn.execute(
        "UPDATE learned_proposal SET state = ?, decided_by = ?, decided_at = ?, reason = ?, rev = rev + 1"
        " WHERE id = ? AND rev = ?",
        (state, transaction.actor, instant(transaction.now), reason, kept.id, kept.rev),
    )
    return cursor.rowcount == 1
