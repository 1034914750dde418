"""What a checkpoint asks of readiness: the items that are not ready when a lane is about to sign."""

from __future__ import annotations

from datetime import date

from changedesk.domain.people.people_side import ReadinessItem
from changedesk.domain.people.readiness import not_ready_for
from changedesk.domain.records import Gate
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import people_side


def not_ready(conn: Connection, initiative_id: str, gate: Gate, lane: str, today: date) -> tuple[ReadinessItem, ...]:
    """The items that the checkpoint asks of a lane and that are not ready; one that somebody waived by name is left out."""
    waived = {
        mark.gap.removeprefix("item/")
        for mark in people_side.gap_marks(conn, initiative_id)
        if mark.waived_until is not None and today < mark.waived_until
    }
    return not_ready_for(people_side.readiness(conn, initiative_id), gate.name, gate.due, lane, waived)
