"""A desk with the people and the policy of a client, and changes on it in any state, made by the use cases themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from builders import NOW, a_desk, a_person, as_person, at, record
from changedesk.domain.control.policy import Policy, Route, StepRule
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking
from changedesk.services.control.rules import policies
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

PEOPLE = {
    "rita": ("requester",),
    "ivan": ("implementer",),
    "mona": ("change_manager",),
    "nora": ("cab",),
    "sam": ("cab",),
    "ben": ("cab",),
}
"""Login to roles of everybody at alder: who asks, who does, who manages, and the three of the board."""

BOARD = ("nora", "sam", "ben")

ASSESS = StepRule("Assessment", "assess", "any", ("role:change_manager",), deadline_hours=48)
CAB = StepRule("CAB", "authorize", "at_least", ("role:cab",), number=2, deadline_hours=72)
ECAB = StepRule("ECAB", "authorize", "at_least", ("role:cab",), number=1, deadline_hours=4, freeze_number=2)

ROUTES = (Route("normal", (ASSESS, CAB)), Route("emergency", (ECAB,)))
POLICY = Policy(ROUTES, records_votes=True)
STRICT = Policy((Route("normal", (replace(ASSESS, on_timeout="reject"), replace(CAB, on_timeout="reject"))), ROUTES[1]))
"""A missed deadline rejects."""

START = NOW + timedelta(days=6)


def a_control_desk(folder: Path, policy: Policy = POLICY, *, kind: str = "personal") -> Desk:
    """A desk with alder, its people and its policy."""
    desk = a_desk(folder, kind)
    for login, roles in PEOPLE.items():
        a_person(desk, login, *roles, client="alder")
    policies.set_policy(open_session(desk), "alder", policy)
    return desk


def texts(**values: str) -> dict[str, str]:
    """What a form holds for an unremarkable change of alder."""
    usual = {
        "client": "alder",
        "title": "Mail relay upgrade",
        "path": "normal",
        "planned_start": START.isoformat(),
        "planned_end": (START + timedelta(hours=2)).isoformat(),
        "services": "mail",
        "reason": "the old relay is out of support",
        "plan": "install, switch, watch",
        "test_plan": "sent 40 mails in the lab",
        "backout_plan": "switch the old relay back on",
        "backout_minutes": "10",
        "outage_minutes": "0",
        "risk": "medium",
        "implementer": "ivan",
    }
    return {**usual, **values}


def a_change(desk: Desk, number: str | None = None, *, by: str = "rita", **values: str) -> str:
    """A draft; gives its number."""
    return asking.new(as_person(desk, by), texts(**values), number)


def submitted(desk: Desk, number: str | None = None, *, by: str = "rita", **values: str) -> str:
    """A change that was handed in."""
    name = a_change(desk, number, by=by, **values)
    asking.submit(as_person(desk, by), name)
    return name


def at_the_board(desk: Desk, number: str | None = None, **values: str) -> str:
    """A change that the board has before it."""
    name = submitted(desk, number, **values)
    voting.vote(as_person(desk, "mona"), name, "approve")
    return name


def scheduled(desk: Desk, number: str | None = None, voters: Iterable[str] = ("nora", "sam"), **values: str) -> str:
    """A change that may run in its window."""
    name = at_the_board(desk, number, **values)
    for who in voters:
        voting.vote(as_person(desk, who), name, "approve")
    return name


def clock_at(desk: Desk, moment: datetime) -> Session:
    """The desk at another moment, seen by its owner."""
    desk.clock = at(moment)
    return open_session(desk)


def later(desk: Desk, **length: float) -> Session:
    """The desk so much later, seen by its owner."""
    return clock_at(desk, desk.clock() + timedelta(**length))


def brought(desk: Desk, number: str = "OLD-1") -> str:
    """An undecided change that only a file has brought; its id."""
    client = desk.reader().execute("SELECT id FROM client").fetchone()[0]
    return record(
        desk, "change_request", client_id=client, number=number, title="Old", path="normal",
        planned_start="2026-11-01T00:00:00Z", planned_end="2026-11-01T01:00:00Z", state="authorizing", imported=1, held_here=0,
    )  # fmt: skip
