"""The two lights of what a change serves, and the changes that serve an initiative, read from one state of the desk."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.domain.control.lights import Light, business_light, change_light
from changedesk.domain.control.serving import Serving, serving_of
from changedesk.domain.records import Gate, Initiative
from changedesk.services.control.approvals.waiting import Docket
from changedesk.services.initiative.gates import current_gates
from changedesk.services.session import Session
from changedesk.store.control import standing
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import initiatives
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Lights:
    """Both lights of an initiative; never one (R106)."""

    change: Light
    business: Light


@dataclass(frozen=True, slots=True)
class Served:
    """The initiative that a change serves, with its two lights."""

    initiative_id: str
    code: str
    title: str
    milestone: str | None
    lights: Lights


def serving(session: Session, conn: Connection, initiative_id: str) -> tuple[Serving, ...]:
    """The changes that serve an initiative: what is not over first, by window."""
    docket = Docket(session, conn)
    found = [
        serving_of(docket.situation(change), is_go_live=is_go_live)
        for change, is_go_live in standing.of_initiative(conn, session.scope, initiative_id)
    ]
    over = ("closed", "cancelled", "rejected")
    return tuple(sorted(found, key=lambda one: (one.state in over, not one.is_go_live, one.planned_start, one.number)))


def lights_of(session: Session, initiative: Initiative, gates: Sequence[Gate], changes: Sequence[Serving]) -> Lights:
    """Both lights of an initiative on a day."""
    if initiative.cancelled:
        off = Light(None, "unknown", f"{initiative.code} is cancelled", ("cancelled",))
        return Lights(off, off)
    gate = next(gate for gate in gates if gate.name == "go_live")
    due = gate.due or initiative.go_live
    return Lights(change_light(changes, due, session.today), business_light(gate, due, session.today))


def served_by(session: Session, conn: Connection, code: str, milestone: str | None) -> Served | None:
    """The initiative that a change serves; None when it is not in view."""
    initiative = initiatives.initiative_by_code(conn, session.scope, code)
    if initiative is None:
        return None
    changes = serving(session, conn, initiative.id)
    gates = current_gates(conn, session.desk.lifecycle, initiative)
    lights = lights_of(session, initiative, gates, changes)
    return Served(initiative.id, initiative.code, initiative.title, milestone, lights)
