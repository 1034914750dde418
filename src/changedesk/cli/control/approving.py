"""What the verb ``approvals`` does and says: what waits, what is due, who is reminded."""

from __future__ import annotations

from datetime import UTC

from changedesk.cli.output import complain, say, say_json, say_table, utc
from changedesk.domain.saying import day_time
from changedesk.errors import BadInput
from changedesk.services.control import reading
from changedesk.services.control.approvals import expiry, reminding
from changedesk.services.control.reading import Waiting
from changedesk.services.lookup import refuse_unknown_client
from changedesk.services.session import Session


def approvals(session: Session, client: str | None, due: bool, remind: bool, as_json: bool) -> int:
    """What waits for the actor, or what is due for anybody; what a deadline means is settled before that is told."""
    if remind and not due:
        raise BadInput("--remind goes with --due")
    refuse_unknown_client(session, client)
    if due:
        for one in expiry.settle_expired(session, client):
            told = f", {', '.join(one.to)} is told" if one.to else ""
            complain(f"{one.number}: the deadline of the step {one.step} has passed: {one.became}{told}")
    found = reading.due_for_anybody(session, client) if due else reading.waits_for_me(session, client)
    if remind:
        for reminded in reminding.remind_all(session, client):
            what = f"not reminded: {reminded.refused}" if reminded.refused else f"reminded: {', '.join(reminded.who)}"
            complain(f"{reminded.number}: {what}")
    if as_json:
        say_json([_waiting(one) for one in found])
        return 0
    if not found:
        say("nothing is due" if due else f"nothing waits for {session.actor.login}")
        return 0
    # Of several clients: by one clock, the reader's, or the order would look wrong.
    wall = session.wall_clock
    zone = wall.tzinfo or UTC
    say_table(
        ("Due", "Number", "Client", "What", "For", "Title"),
        [
            (
                (day_time(one.due, zone, wall) if one.due else "no deadline") + (" late" if one.overdue else ""),
                one.change.number,
                one.change.client,
                _what(one),
                one.seat or ", ".join(one.who),
                one.change.title,
            )
            for one in found
        ],
    )
    return 0


def _what(one: Waiting) -> str:
    return {"vote": one.step.name if one.step else "", "retro": "votes afterwards", "review": "review"}[one.kind]


def _waiting(one: Waiting) -> dict[str, object]:
    return {
        "number": one.change.number,
        "client": one.change.client,
        "title": one.change.title,
        "path": one.change.content.path,
        "kind": one.kind,
        "step": one.step.order if one.step else None,
        "waits_for": list(one.who),
        "for": one.seat,
        "revision": one.change.revision,
        "due": utc(one.due),
        "overdue": one.overdue,
    }
