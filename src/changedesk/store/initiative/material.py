"""Gathering everything that is known about one initiative, from one state of the desk."""

from __future__ import annotations

import sqlite3
from datetime import date

from changedesk.domain.gates import gates_of
from changedesk.domain.lifecycle import Lifecycle
from changedesk.domain.material import Material
from changedesk.domain.records import Initiative
from changedesk.store import people
from changedesk.store.initiative import gates as gate_rows
from changedesk.store.initiative import initiatives, people_side, working
from changedesk.store.scope import Scope
from changedesk.store.summaries import initiative_summaries, people_summaries, refreshing


def material_of(
    conn: sqlite3.Connection, lifecycle: Lifecycle, scope: Scope, seen: Initiative, today: date
) -> Material:
    """The records of an initiative as they stand in the snapshot that ``conn`` holds, the initiative itself among them."""
    record = initiatives.initiative_by_id(conn, scope, seen.id) or seen
    activities = initiatives.activities(conn, record.id)
    return Material(
        today=today,
        initiative=record,
        standing=initiative_summaries.standing(conn, record.id) or refreshing.compute(conn, lifecycle, record),
        activities=activities,
        audiences=initiatives.audiences(conn, record.id),
        targets=initiatives.targets(conn, record.id),
        latest=initiatives.latest_observations(conn, record.id),
        gates=gates_of(
            lifecycle, record, activities, gate_rows.ticks(conn, record.id), gate_rows.signatures(conn, record.id)
        ),
        snapshots=working.snapshots(conn, record.id),
        benefits=working.benefits(conn, record.id),
        benefit_observations=working.benefit_observations(conn, record.id),
        risks=working.risk_counts(conn, record.id),
        decisions=working.decisions(conn, record.id),
        resistances=working.resistances(conn, record.id),
        workarounds=working.workarounds(conn, record.id),
        dependencies=working.dependencies(conn, record.id),
        impacts=people_side.impacts(conn, record.id),
        readiness=people_side.readiness(conn, record.id),
        contact_reasons=people_side.contact_reasons(conn, record.id),
        stakeholders=people_side.stakeholders(conn, record.id),
        behaviours=people_side.behaviours(conn, record.id),
        people_standing=people_summaries.people_standing(conn, record.id),
        people=people.with_roles(conn, scope, record.client),
    )
