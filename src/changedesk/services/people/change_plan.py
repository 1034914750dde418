"""The change plan of an initiative: activities by kind and group against milestones, flags with their reasons, behaviours."""

from __future__ import annotations

from changedesk.domain.people.change_plan import ChangePlan, change_plan
from changedesk.services.people.head import Head, opened
from changedesk.services.session import Session
from changedesk.store.initiative import initiatives, people_side, working
from changedesk.store.summaries import initiative_summaries, refreshing
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class ChangePlanPage:
    """Whose plan it is, and the plan."""

    head: Head
    plan: ChangePlan


def change_plan_page(session: Session, initiative_id: str) -> ChangePlanPage:
    """The change plan of the initiative with that id."""
    with opened(session, initiative_id) as one:
        conn, record = one.conn, one.record
        standing = initiative_summaries.standing(conn, record.id) or refreshing.compute(
            conn, session.desk.lifecycle, record
        )
        plan = change_plan(
            standing,
            initiatives.activities(conn, record.id),
            one.audiences,
            working.dependencies(conn, record.id),
            people_side.behaviours(conn, record.id),
            initiatives.latest_observations(conn, record.id),
            one.head.today,
        )
    return ChangePlanPage(one.head, plan)
