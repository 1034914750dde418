"""Desks with changes in every state and windows of every kind, for the tests of the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from builders import NOW, a_desk, a_person, as_person, found, record
from changedesk.services.control import reading
from changedesk.services.control.approvals import voting
from changedesk.services.control.changes import asking
from changedesk.services.control.reading import ChangeView
from changedesk.services.records import records
from changedesk.services.records.records import Record
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

START = datetime(2026, 12, 1, 22, tzinfo=NOW.tzinfo)
"""When the changes of these tests begin, unless they say otherwise."""


@contextmanager
def a_control_desk(folder: Path, *clients: str) -> Iterator[Desk]:
    """A personal desk whose clients each have a change manager, three seats of a CAB, a requester and an implementer."""
    with a_desk(folder) as desk:
        for client in clients or ("alder",):
            record(desk, "client", code=client, name=client.title(), timezone="Europe/Dublin")
            for name, role in (
                ("manager", "change_manager"),
                ("cab1", "cab"),
                ("cab2", "cab"),
                ("cab3", "cab"),
                ("asks", "requester"),
                ("does", "implementer"),
            ):
                a_person(desk, f"{client}.{name}", role, client=client)
        yield desk


def ask_for(desk: Desk, client: str = "alder", start: datetime = START, hours: float = 1, **texts: str) -> str:
    """A draft, complete; gives its number."""
    written: Mapping[str, str] = {
        "client": client,
        "title": "Firewall rules",
        "path": "normal",
        "planned_start": start.isoformat(),
        "planned_end": (start + timedelta(hours=hours)).isoformat(),
        "services": "network",
        "backout_plan": "put the old rules back",
        "risk": "low",
        "implementer": f"{client}.does",
    } | texts
    return asking.new(as_person(desk, f"{client}.asks"), written)


def scheduled(desk: Desk, client: str = "alder", start: datetime = START, hours: float = 1, **texts: str) -> str:
    """A normal change that was voted through; gives its number."""
    number = ask_for(desk, client, start, hours, **texts)
    asking.submit(as_person(desk, f"{client}.asks"), number)
    for who in ("manager", "cab1", "cab2"):
        voting.vote(as_person(desk, f"{client}.{who}"), number, "approve")
    return number


def view_of(desk: Desk, number: str) -> ChangeView:
    """A change with all that decides about it."""
    return reading.change_view(open_session(desk), number)


def state_of(desk: Desk, number: str) -> str:
    """The state that it is in."""
    return view_of(desk, number).change.state


def a_window(session: Session, **values: str) -> Record:
    """A window made with the form: a hard freeze of alder over the first days of December, unless something else is said."""
    given = {
        "client": "alder",
        "kind": "freeze_hard",
        "title": "Audit week",
        "start": "2026-12-01T00:00:00",
        "end": "2026-12-05T00:00:00",
    } | values
    blank = records.blank(session, "windows")
    return records.save(session, "windows", blank, blank.values | given)


def told(desk: Desk, number: str) -> list[str]:
    """The kinds of audit events about a change, in order."""
    change = view_of(desk, number).change
    return [kind for (kind,) in found(desk, "SELECT kind FROM audit WHERE subject = ? ORDER BY seq", change.id)]
