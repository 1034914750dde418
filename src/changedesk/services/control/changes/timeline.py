"""The life of a change as its audit events tell it: when, who, what, in a sentence each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from changedesk.domain.control.differences import LABELS
from changedesk.domain.counted import counted, listed
from changedesk.domain.words import plain
from changedesk.store import people
from changedesk.store.desk.database import Connection
from changedesk.store.times import stored_instant
from changedesk.store.trail import audit
from changedesk.values import dataclass

Body = Mapping[str, Any]
Names = Callable[[object], str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: ``state`` is the state that it led to when it led to another.

    ``ran`` is from when to when the change ran, where that was said afterwards: ``at`` is when it was said.
    """

    at: datetime
    who: str
    sentence: str
    state: str | None
    ran: tuple[datetime, datetime] | None = None


def moments(conn: Connection, change_id: str) -> tuple[Moment, ...]:
    """The events of one change in words, from the state of the desk that ``conn`` holds."""

    def name(reference: object) -> str:
        return people.name_of(conn, str(reference["person"])) if isinstance(reference, Mapping) else "somebody"

    found = []
    for event in audit.events(conn, change_id):
        verb = event.kind.partition(".")[2]
        body: Body = json.loads(event.body)
        said = _SAID.get(verb)
        sentence = said(body, name) if said else plain(verb or event.kind)
        moved = body.get("to") if body.get("from") != body.get("to") and isinstance(body.get("to"), str) else None
        who = people.name_of(conn, event.actor)
        recorder = body.get("recorded_by")
        if isinstance(recorder, str):
            who = f"{who}, recorded by {people.name_of(conn, recorder)}"
        ran = (stored_instant(body["began"]), stored_instant(body["ended"])) if body.get("said") else None
        found.append(Moment(stored_instant(event.at), who, sentence, moved, ran))
    return tuple(found)


def _voted(body: Body, name: Names) -> str:
    voter, holder = name(body["voter"]), body.get("on_behalf_of")
    by = f" for {name(holder)}" if holder else ""
    recorded = body.get("recorded")
    # Whoever acts for somebody stands beside the time already.
    told = isinstance(recorded, Mapping) and recorded.get("person") == body.get("recorded_by")
    written = f", written down by {name(recorded)}" if recorded and not told else ""
    why = f": {body['comment']}" if body.get("comment") else ""
    return f"{voter} voted{by}: {plain(body['decision'])}{written}{why}"


def _edited(body: Body, _name: Names) -> str:
    fields = listed([LABELS.get(field, plain(field)).lower() for field in body["fields"]])
    return f"edited, revision {body['revision']}: {fields}"


def _assessed(body: Body, _name: Names) -> str:
    risk = body["after"].get("risk")
    why = f": {body['comment']}" if body.get("comment") else ""
    return f"risk assessed as {risk or 'unknown'}, revision {body['revision']}{why}"


def _acted_first(body: Body, name: Names) -> str:
    return f"begun on the word of {listed([name(one) for one in body['authorisers']])}"


def _finished(body: Body, _name: Names) -> str:
    p1 = ", caused a P1" if body.get("caused_p1") else ""
    return f"done: {plain(body['outcome'])}{p1}, {counted(len(body['evidence']), 'piece')} of evidence"


def _backed_out(body: Body, _name: Names) -> str:
    return f"backed out: {body['reason']}"


def _expired(body: Body, _name: Names) -> str:
    return f"the deadline of the step {body['name']} passed, and the policy rejects then"


def _escalated(body: Body, name: Names) -> str:
    told = [name(one) for one in body["told"]]
    return (
        f"the deadline of the step {body['name']} passed; told {listed(told) or 'nobody: no change manager is named'}"
    )


def _reminded(body: Body, name: Names) -> str:
    what = {"review": "the review", "retro": "the votes that are owed"}.get(str(body["what"]), "the vote")
    return f"{listed([name(one) for one in body['who']])} reminded of {what}"


def _because(text: str) -> Callable[[Body, Names], str]:
    return lambda body, _name: f"{text}: {body['reason']}" if body.get("reason") else text


def _plainly(text: str) -> Callable[[Body, Names], str]:
    return lambda _body, _name: text


def _reviewed(body: Body, _name: Names) -> str:
    result = f", {plain(body['result'])}" if body.get("result") else ""
    return f"reviewed{result}: {body['findings']}"


def _closed(body: Body, _name: Names) -> str:
    return "closed" if body.get("authorised") is not False else "closed as unauthorised"


def _step_done(body: Body, _name: Names) -> str:
    return f"step {body['position']} done" + (f": {body['note']}" if body.get("note") else "")


_SAID: Final[dict[str, Callable[[Body, Names], str]]] = {
    "created": _plainly("asked for, as a draft"),
    "edited": _edited,
    "assessed": _assessed,
    "submitted": _plainly("handed in"),
    "voted": _voted,
    "acknowledged": _because("conflicts acknowledged"),
    "expired": _expired,
    "escalated": _escalated,
    "reminded": _reminded,
    "acted_first": _acted_first,
    "started": _plainly("started"),
    "finished": _finished,
    "backed_out": _backed_out,
    "evidence_added": _plainly("evidence added"),
    "step_added": lambda body, _name: f"step {body['position']} planned: {body['text']}",
    "step_done": _step_done,
    "reviewed": _reviewed,
    "action_added": lambda body, _name: f"action: {body['text']}",
    "action_done": _plainly("an action is done"),
    "closed": _closed,
    "cancelled": _because("cancelled"),
    "held": _because("held"),
    "released": _because("released"),
}
"""How the event of each verb is said."""
