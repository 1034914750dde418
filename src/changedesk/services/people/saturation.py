"""How much change each group bears in which week, over all initiatives of its client, and where they collide.

The calendar shows the same under its weeks: :func:`saturation` is what it asks.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from changedesk.domain.people.saturation import Collision, GroupLoad, collisions, loads
from changedesk.domain.weeks import monday_of
from changedesk.services.session import Session, authorise
from changedesk.store import saturation as strains
from changedesk.values import dataclass

WEEKS: Final = 13
"""A quarter."""


@dataclass(frozen=True, slots=True)
class SaturationView:
    """Groups by client, the heaviest first, each with its weeks; and the collisions in them.

    ``mondays`` are the weeks of every group, in order.
    """

    today: date
    mondays: tuple[date, ...]
    groups: tuple[GroupLoad, ...]
    collisions: tuple[Collision, ...]


def saturation(session: Session, client: str | None = None) -> SaturationView:
    """The load of every group in view, or of one client's, by ISO week from today's on."""
    authorise(session, "desk.read")
    monday = monday_of(session.today)
    last = monday + timedelta(weeks=WEEKS, days=-1)
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        found = strains.strains(conn, scope, monday, last)
        capacities = strains.capacities(conn, scope)
    groups = loads(found, capacities, monday, WEEKS)
    mondays = tuple(monday + timedelta(weeks=n) for n in range(WEEKS))
    return SaturationView(session.today, mondays, groups, collisions(groups))
