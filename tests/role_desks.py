"""A desk with somebody of every role and something for every action, on which it is tried who may do what."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from builders import NOW, TODAY, a_desk, a_person, as_person
from changedesk.domain.words import ROLES
from changedesk.services.control.rules import policies, templates
from changedesk.services.records import records
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from control_desks import POLICY, START, at_the_board
from running_desk import a_change, a_service, a_ticket, an_improvement, of_service

NUMBER = "CHG-0001"
BODY = {"title": "Restart", "plan": "Restart it.", "backout_plan": "Start the old one.", "risk": "low"}
ANYBODY = (*ROLES, "no.role")
"""Everybody of alder who is tried: each is called as the one role that they have."""


def a_role_desk(folder: Path) -> Path:
    """The desk, closed; a test tries on a copy."""
    with a_desk(folder) as desk:
        for role in ROLES:
            a_person(desk, role, role, client="alder")
        a_person(desk, "no.role", client="alder")
        service = a_service(desk, owner="service_owner")
        made = (
            of_service(service)
            .owned_by("project_owner", "change_owner")
            .with_work("delivery", "planning", "Plan", TODAY)
        )
        an_improvement(desk, service)
        a_ticket(desk, made.on(desk), "T1")
        a_change(desk, "C1", NOW, 1)
        _with_changes(desk)
    return desk.path


def _with_changes(desk: Desk) -> None:
    """A change of rita's and ivan's before the board of alder, a template that is proposed, and a meeting."""
    for login, role in (("rita", "requester"), ("ivan", "implementer"), ("mona", "change_manager"), ("nora", "cab")):
        a_person(desk, login, role, client="alder")
    owner = open_session(desk)
    policies.set_policy(owner, "alder", POLICY)
    assert at_the_board(desk) == NUMBER
    templates.propose(as_person(desk, "mona"), "alder", "restart", BODY)
    blank = records.blank(owner, "meetings", None)
    times = {"at": START.isoformat(), "ends_at": (START + timedelta(hours=1)).isoformat()}
    meeting = {"client": "alder", "kind": "cab", "title": "CAB of the week"} | times
    records.save(owner, "meetings", blank, blank.values | meeting)
