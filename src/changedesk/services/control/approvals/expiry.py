"""When a deadline passes: a step rejects where its policy says so, else somebody is told; it never approves (invariant 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from changedesk.domain.control.approval import Step, deadline
from changedesk.errors import RuleRefused
from changedesk.services.control.acting import Act, acting
from changedesk.services.control.approvals.waiting import Docket, OpenVote
from changedesk.services.control.situation import find, situation
from changedesk.services.session import Session, authorise
from changedesk.store.control import decisions, meetings, notices
from changedesk.store.desk.database import Connection
from changedesk.values import dataclass

Became = Literal["rejected", "escalated"]


@dataclass(frozen=True, slots=True)
class Expired:
    """A step whose deadline has passed, and what became of it; ``to`` are those who were told."""

    number: str
    step: str
    became: Became
    to: tuple[str, ...]


def settle_expired(session: Session, client: str | None = None) -> tuple[Expired, ...]:
    """Write down what the deadlines that have passed mean, each once. A desk that is read-only stays as it is.

    It is the policy that decides; whoever looks first writes it down.
    """
    authorise(session, "desk.read", client)
    if session.desk.read_only:
        return ()
    with session.desk.snapshot() as conn:
        late = [one for one in Docket(session, conn).votes(client) if _is_over(one, session.now)]
        waiting = [f"{one.change.client}/{one.change.number}" for one in late if not _is_told(conn, one)]
    found = (settle_one(session, name) for name in waiting)
    return tuple(one for one in found if one is not None)


def settle_one(session: Session, number: str) -> Expired | None:
    """Settle the open step of one change, if its deadline has passed and nobody has settled it yet.

    The end of a ballot that the change is on tells somebody; only the deadline of the step itself rejects.
    """
    with acting(session, number, "change.expire") as act:
        change, step = act.change, act.s.waiting_step
        if step is None or change.acted_first:
            return None
        own, ballot = deadline(step, change.opened_at), meetings.ballot_ends(act.transaction.conn, change.id)
        passed = [one for one in (own, ballot) if one is not None and act.transaction.now > one]
        if not passed:
            return None
        if own in passed and step.on_timeout == "reject" and change.state in ("assessing", "authorizing"):
            return _reject(act, step, own)
        if notices.was_escalated(act.transaction.conn, change, step.order):
            return None
        return _escalate(act, step, min(passed))


def refuse_expired(session: Session, number: str) -> None:
    """A vote that comes after a deadline at which the policy rejects is too late, whether or not anybody has looked since."""
    with session.desk.snapshot() as conn:
        change = find(session, number, conn)
        step = situation(session, conn, change).waiting_step if change.opened_at else None
    due = deadline(step, change.opened_at) if step is not None and step.on_timeout == "reject" else None
    if due is None or session.now <= due:
        return
    settled = settle_one(session, f"{change.client}/{change.number}")
    if settled is not None and settled.became == "rejected":
        raise RuleRefused(
            f"the deadline of the step {settled.step} of {change.number} has passed, and so it is rejected"
        )


def told_on_timeout(conn: Connection, client: str, step: Step) -> tuple[str, ...]:
    """Whom a step tells when its deadline passes: whoever the policy names, else the client's change managers."""
    if step.escalate_to:
        return (step.escalate_to,)
    return decisions.holders(conn, client, ("change_manager",))["change_manager"]


def _reject(act: Act, step: Step, due: datetime) -> Expired:
    before, now = act.change, act.transaction.now
    act.write({"state": "rejected", "decided_at": now, "opened_at": now})
    act.tell("expired", before, {"step": step.order, "name": step.name, "due": due, "policy": before.policy})
    return Expired(before.number, step.name, "rejected", ())


def _escalate(act: Act, step: Step, due: datetime) -> Expired:
    change = act.change
    to = told_on_timeout(act.transaction.conn, change.client, step)
    act.tell(
        "escalated", change, {"step": step.order, "name": step.name, "due": due, "told": [act.person(w) for w in to]}
    )
    return Expired(change.number, step.name, "escalated", to)


def _is_over(one: OpenVote, now: datetime) -> bool:
    return one.kind == "vote" and one.due is not None and now > one.due


def _is_told(conn: Connection, one: OpenVote) -> bool:
    rejects = one.step.on_timeout == "reject" and one.change.state in ("assessing", "authorizing")
    return not rejects and notices.was_escalated(conn, one.change, one.step.order)
