"""Adding to what is known of an initiative how its service runs, and what its first day brings to the desk."""

from __future__ import annotations

from dataclasses import replace

from changedesk.domain.material import Material
from changedesk.domain.people.support import support_readiness
from changedesk.domain.running_side import RunningSide
from changedesk.domain.service.kpis import TotalCost
from changedesk.domain.service.running import Service
from changedesk.domain.service.window import WindowFigures, total_cost_of, window
from changedesk.services.golive.load import desk_side, first_day
from changedesk.services.session import Session
from changedesk.services.zones import client_zone
from changedesk.store.desk.database import Connection
from changedesk.store.service import handing_over, running


def with_running(session: Session, conn: Connection, m: Material) -> Material:
    """The same with the service, the first day, and the thresholds of whoever looks."""
    desk = desk_side(conn, m.initiative, m.standing.headcount, session.now, client_zone(session, m.initiative.client))
    expected = first_day(session, conn, desk, m, support_readiness(m.contact_reasons, m.readiness))
    service = running.service_by_name(conn, session.scope, m.initiative.client, m.initiative.service)
    periods = running.periods(conn, [service.id])[service.id] if service else ()
    cost = cost_of(session, conn, service, window(periods[-12:])) if service else None
    origin = running.improvement(conn, m.initiative.origin) if m.initiative.origin else None
    running_side = RunningSide(service, periods, cost, origin, expected, desk.first_day)
    return replace(m, running=running_side, thresholds=session.thresholds)


def cost_of(session: Session, conn: Connection, service: Service, year: WindowFigures | None) -> TotalCost | None:
    """What a service costs over its horizon, with what its initiatives cost and what non-adoption costs in support."""
    spent = running.spent_on(conn, service.id)
    return total_cost_of(service, year, spent, handing_over.behavioural_a_month(conn, service.id, session.today))
