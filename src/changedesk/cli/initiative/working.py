"""The verbs that change an initiative."""

from __future__ import annotations

from changedesk.cli.output import complain, say
from changedesk.services.initiative import gates, playbooks
from changedesk.services.records import observing
from changedesk.services.records.observing import parse_day
from changedesk.services.session import Session


def observe(session: Session, code: str, audience: str, metric: str, day: str, value: str, method: str) -> int:
    """Record one observation; it is on disk when this ends."""
    outcome = observing.observe(session, code, audience, metric, day, value, method)
    say(f"{outcome}: {code}, {audience}, {metric} {value} on {day}")
    return 0


def new(session: Session, playbook: str, client: str, go_live: str, code: str | None, title: str | None) -> int:
    """Make an initiative from a playbook; its code is the only thing on standard output."""
    made = playbooks.new_from_playbook(session, playbook, client, parse_day(go_live), code=code, title=title)
    for warning in made.warnings:
        complain(warning)
    say(made.code)
    return 0


def sign(session: Session, code: str, checkpoint: str, lane: str, waiver: str | None) -> int:
    """Sign a checkpoint for a lane."""
    early = gates.sign(session, code, checkpoint, lane, waiver)
    say(f"signed: {code}, {checkpoint}, {lane}, by {session.actor.login}{f', after {early}' if early else ''}")
    return 0
