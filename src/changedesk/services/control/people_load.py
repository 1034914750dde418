"""The load of a client's people, week by week, for whoever plans a change on them."""

from __future__ import annotations

from datetime import date, timedelta

from changedesk.domain.audience_load import AudienceWeek, audience_weeks, monday_of
from changedesk.store.control import calendar
from changedesk.store.database import Connection
from changedesk.store.scope import Scope


def people_load(conn: Connection, scope: Scope, first: date, last: date) -> tuple[AudienceWeek, ...]:
    """The load of every audience that something happens to, in each week from that of the first day to that of the last."""
    monday = monday_of(first)
    weeks = (monday_of(max(first, last)) - monday).days // 7 + 1
    found = calendar.strains(conn, scope, monday, monday + timedelta(days=7 * weeks - 1))
    return audience_weeks(found, monday, weeks)
