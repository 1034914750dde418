"""Doing again what people of the demo decided about what runs, through the services that they used."""

from __future__ import annotations

from changedesk.services.demo.running import RunningAct
from changedesk.services.golive import acts as golive_acts
from changedesk.services.service import handing_over, improving
from changedesk.services.session import Session
from changedesk.store.service import running


def perform(session: Session, act: RunningAct) -> None:
    """One decision of the story."""
    match act.verb:
        case "tick":
            handing_over.tick(session, act.code, act.what, act.said)
        case "send_back":
            handing_over.send_back(session, act.code, act.what, act.said)
        case "accept":
            handing_over.accept(session, act.code)
        case "confirm":
            golive_acts.confirm(session, act.code, act.what, act.said)
        case _:
            _improve(session, act)


def _improve(session: Session, act: RunningAct) -> None:
    improvement = _named(session, act)
    match act.verb:
        case "approve":
            improving.approve(session, improvement)
        case "into":
            improving.answer_with(session, improvement, act.said)
        case "implement":
            improving.implement(session, improvement, act.said)
        case _:
            improving.reject(session, improvement, act.said)


def _named(session: Session, act: RunningAct) -> str:
    """The improvement that an act means, by service and limitation."""
    name, limitation = act.what.split("\n")
    conn = session.desk.reader()
    service = running.service_by_name(conn, session.scope, act.client, name)
    assert service is not None, f"the demo's own service {name} is missing"
    return next(one.id for one in running.improvements(conn, [service.id])[service.id] if one.title == limitation)
