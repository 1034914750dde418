"""Conflicts of a change that somebody has seen and accepts."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import Act, acting
from changedesk.services.one_line import one_line
from changedesk.services.session import Session
from changedesk.store.control import decisions


def acknowledge(session: Session, number: str, reason: str, keys: Sequence[str] = ()) -> int:
    """Say of conflicts that they were seen and are accepted; without ``keys`` of all. Gives how many."""
    reason = one_line(reason)
    if not reason:
        raise BadInput("to accept conflicts takes a reason", "say it with --reason")
    with acting(session, number, "change.assess") as act:
        before = act.change
        found = [one.key for one in act.s.conflicts if one.open and (not keys or one.key in keys)]
        if not found:
            raise RuleRefused(f"{before.number} has no conflict that waits to be acknowledged")
        decisions.acknowledge(act.transaction, before, found, session.actor.id, reason)
        act.look_again()
        act.settle()
        act.tell("acknowledged", before, {"conflicts": found, "reason": reason})
        return len(found)


def see_conflicts(act: Act, comment: str | None) -> None:
    """Whoever assesses has the conflicts before their eyes: approving says that they were seen."""
    open_ones = [conflict.key for conflict in act.s.conflicts if conflict.open]
    decisions.acknowledge(act.transaction, act.change, open_ones, act.session.actor.id, comment)
