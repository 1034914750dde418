"""The load of a client's people, week by week, for whoever plans a change on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from changedesk.domain.people.audience_load import AudienceWeek, weeks_of
from changedesk.domain.people.saturation import loads
from changedesk.domain.weeks import monday_of
from changedesk.store import saturation
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope

MANY: Final = 2_000
"""The load of more groups than this takes longer than somebody should wait who looks at something else."""


def many_groups(conn: Connection, scope: Scope) -> int:
    """How many groups there are in view when they are too many to read in passing; 0 else."""
    count = saturation.group_count(conn, scope)
    return count if count > MANY else 0


def people_load(conn: Connection, scope: Scope, first: date, last: date) -> tuple[AudienceWeek, ...]:
    """The load of every group in view, in each week from that of the first day to that of the last."""
    monday = monday_of(first)
    weeks = (monday_of(max(first, last)) - monday).days // 7 + 1
    found = saturation.strains(conn, scope, monday, monday + timedelta(weeks=weeks, days=-1))
    groups = loads(found, saturation.capacities(conn, scope), monday, weeks)
    return tuple(week for group in groups for week in weeks_of(group))
