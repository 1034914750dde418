"""The steps of an implementation: planned beforehand, ticked one after the other while the change is done."""

from __future__ import annotations

from changedesk.errors import BadInput, RuleRefused
from changedesk.services.control.acting import acting, implementer_of
from changedesk.services.one_line import one_line
from changedesk.services.session import Session
from changedesk.store.control import steps

MOST = 200
"""So many steps one change has at most."""


def add_step(session: Session, number: str, text: str) -> int:
    """Add a step at the end; gives its place, from 1. Whoever asks for the change or does it may."""
    said = one_line(text)
    if not said:
        raise BadInput("say what is done in this step")
    me = session.actor.login
    with acting(session, number, "change.edit", lambda change: me if me in change.people else None) as act:
        act.refuse("plan_step")
        if len(steps.steps(act.transaction.conn, act.change.id)) >= MOST:
            raise RuleRefused(f"{act.change.number} has {MOST} steps already, the most that a change has")
        position = steps.add_step(act.transaction, act.change.id, said)
        act.tell("step_added", act.change, {"position": position, "text": said})
        return position


def do_step(session: Session, number: str, position: int, note: str | None = None) -> None:
    """Say that a step is done, with what there is to say about it."""
    with acting(session, number, "change.run", implementer_of) as act:
        act.refuse("do_step")
        planned = steps.steps(act.transaction.conn, act.change.id)
        step = next((one for one in planned if one.position == position), None)
        if step is None:
            raise BadInput(f"{act.change.number} has no step {position}; it has {len(planned) or 'none yet'}")
        said = one_line(note)
        if not steps.do_step(act.transaction, step.id, said or None):
            raise RuleRefused(f"step {position} of {act.change.number} is done already")
        act.tell("step_done", act.change, {"position": position, "note": said or None})
