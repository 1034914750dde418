"""The verbs that change an initiative."""

from __future__ import annotations

from changedesk.cli.output import say
from changedesk.services import gates, observing
from changedesk.services.session import Session


def observe(session: Session, code: str, audience: str, metric: str, day: str, value: str, method: str) -> int:
    """Record one observation; it is on disk when this ends."""
    outcome = observing.observe(session, code, audience, metric, day, value, method)
    say(f"{outcome}: {code}, {audience}, {metric} {value} on {day}")
    return 0


def sign(session: Session, code: str, checkpoint: str, lane: str, waiver: str | None) -> int:
    """Sign a checkpoint for a lane."""
    gates.sign(session, code, checkpoint, lane, waiver)
    say(f"signed: {code}, {checkpoint}, {lane}, by {session.actor.login}")
    return 0
