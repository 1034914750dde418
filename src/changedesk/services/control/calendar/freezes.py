"""What windows do to changes that are decided already: a hard freeze that comes takes them back, one that goes lets them on.

A scheduled change never lies in a hard freeze (invariant 11), whichever of the two came first. So whatever changes the
windows of a client, or the clock that they go by, ends here, in the same transaction (docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from changedesk.domain.control.approval import ASSESS, open_step, satisfied_at
from changedesk.domain.control.guards import said_moment, settled
from changedesk.domain.control.request import ChangeRequest
from changedesk.domain.control.windows import HARD, Placed, Span, hard_freezes
from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.row_rules import Cell
from changedesk.services.control.acting import Act
from changedesk.services.control.situation import situation, spans
from changedesk.services.session import Session
from changedesk.store.control import calendar, requests
from changedesk.store.desk.database import Connection
from changedesk.store.desk.transaction import Transaction
from changedesk.store.scope import Scope


def follow(session: Session, transaction: Transaction, clients: Iterable[str] | None = None) -> tuple[str, ...]:
    """Take back what a hard freeze now meets, and let on what none meets any more; gives a sentence for each change.

    ``clients`` are those whose windows have changed, None is all of them. Each change gets one audit event.
    """
    scope = Scope(None if clients is None else frozenset(clients))
    return (*_taken_back(session, transaction, scope), *_let_on(session, transaction, scope))


def follow_record(
    session: Session, transaction: Transaction, kind: Kind, before: Mapping[str, Cell], cells: Mapping[str, Cell]
) -> tuple[str, ...]:
    """The same after one record was written: a window, or a client whose clock is another one now. Empty: it was not there,
    or is not there any more."""
    if kind.table == "time_window":
        clients = {state.get("client") for state in (before, cells) if state}
        return follow(session, transaction, None if None in clients else [str(client) for client in clients])
    if kind.table == "client" and before and cells and before.get("timezone") != cells.get("timezone"):
        return follow(session, transaction, [str(cells["client"])])
    return ()


def _taken_back(session: Session, transaction: Transaction, scope: Scope) -> list[str]:
    said = []
    scheduled = calendar.scheduled(transaction.conn, scope)
    for placed, freeze in _met(transaction.conn, scope, scheduled):
        act = _act(session, transaction, placed.id)
        before = act.change
        act.write({"state": _state_before(act)})
        act.tell(
            "met_freeze",
            before,
            {"freeze": freeze.title, "window": freeze.window, "start": freeze.start, "end": freeze.end},
        )
        waits = "goes back to its draft" if act.change.state == "draft" else "waits again"
        said.append(f"{before.number} {waits}: the hard freeze {freeze.title} until {said_moment(freeze.end, act.s)}")
    return said


def _state_before(act: Act) -> str:
    """Where a change waits for a freeze to go. Its votes stand, so it needs nothing else; a template's word is asked anew."""
    if act.change.content.path == "standard":
        return "draft"
    return "authorizing" if open_step(act.s.steps, act.s.votes, ASSESS) is None else "assessing"


def _let_on(session: Session, transaction: Transaction, scope: Scope) -> list[str]:
    said = []
    waiting = requests.found(
        transaction.conn,
        scope,
        "r.state = 'authorizing' AND r.path <> 'standard' AND r.held_here = 1",
        order="r.number",
    )
    for change in list(waiting):
        act = Act(session, transaction, situation(session, transaction.conn, change))
        if settled(act.s) != "scheduled":
            continue
        decided = act.change.decided_at or satisfied_at(act.s.steps, act.s.votes)
        act.write({"state": "scheduled", "decided_at": decided})
        act.tell("freeze_left", change, {})
        said.append(f"{change.number} is scheduled again: no hard freeze is in its way any more")
    return said


def _act(session: Session, transaction: Transaction, change_id: str) -> Act:
    change = requests.by_id(transaction.conn, Scope(None), change_id)
    assert isinstance(change, ChangeRequest)
    return Act(session, transaction, situation(session, transaction.conn, change))


def _met(conn: Connection, scope: Scope, changes: Sequence[Placed]) -> Iterable[tuple[Placed, Span]]:
    """The changes that lie in a hard freeze, each with the first that it meets."""
    if not changes:
        return
    first, last = min(change.start for change in changes), max(change.end for change in changes)
    laid = spans(conn, scope, first, last, (HARD,))
    for change in changes:
        freezes = hard_freezes(laid, change.client, change.services, change.start, change.end)
        if freezes:
            yield change, freezes[0]
