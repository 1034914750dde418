"""The people side of an initiative that is being made: impacts, readiness, resistance to expect, behaviours, reasons to call."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from changedesk.domain.planning.playbook_plan import PlannedInitiative
from changedesk.store.ids import new_id


def write_people_side(
    conn: sqlite3.Connection,
    initiative: str,
    audiences: Mapping[str | None, str | None],
    owners: Mapping[str, str | None],
    plan: PlannedInitiative,
) -> None:
    """Write what a plan says of the people side: ``audiences`` are the ids of groups by name, ``owners`` people by lane.

    Nobody knows yet whether anything is ready, and the owner of its lane answers for it.
    """
    conn.executemany(
        "INSERT INTO impact (id, audience_id, aspect, degree, yesterday, tomorrow) VALUES (?, ?, ?, ?, ?, ?)",
        [(new_id(), audiences[i.audience], i.aspect, i.degree, i.yesterday, i.tomorrow) for i in plan.impacts],
    )
    conn.executemany(
        "INSERT INTO readiness (id, initiative_id, about, audience_id, item, status, kind, weight, due, checkpoint, lane,"
        " owner, action) VALUES (?, ?, ?, ?, ?, 'unknown', ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                new_id(),
                initiative,
                item.about,
                audiences[item.audience],
                item.item,
                item.kind,
                item.weight,
                None if item.due is None else item.due.isoformat(),
                item.checkpoint,
                item.lane,
                owners[item.lane],
                item.action,
            )
            for item in plan.readiness
        ],
    )
    conn.executemany(
        "INSERT INTO expected_resistance (id, initiative_id, audience_id, title, cause, action, answer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(new_id(), initiative, audiences[e.audience], e.what, e.cause, e.action, e.answer) for e in plan.expected],
    )
    conn.executemany(
        "INSERT INTO behaviour (id, initiative_id, audience_id, title, standard, metric) VALUES (?, ?, ?, ?, ?, ?)",
        [(new_id(), initiative, audiences[b.audience], b.what, b.standard, b.metric) for b in plan.behaviours],
    )
    conn.executemany(
        "INSERT INTO contact_reason (id, initiative_id, reason, script, article, escalation) VALUES (?, ?, ?, ?, ?, ?)",
        [(new_id(), initiative, r.reason, r.script, r.article, r.escalation) for r in plan.reasons],
    )
