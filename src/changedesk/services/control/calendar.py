"""The calendar of a stretch of time: changes, freezes, maintenance, holidays, what does not go together, who is overloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from changedesk.domain.audience_load import AudienceWeek, audience_weeks, monday_of
from changedesk.domain.control.collisions import Collision, collisions
from changedesk.domain.control.windows import Placed, Span
from changedesk.errors import BadInput
from changedesk.services.control.situation import spans
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import calendar as rows
from changedesk.store.database import Connection
from changedesk.store.scope import Scope

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CalendarClient:
    """A client, and the clock that its times are said by."""

    code: str
    name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What lies on the calendar from ``since`` to ``until``: whatever of it touches that time, in order.

    ``windows`` are those of the spans, by id. ``reader`` is the time zone of whoever looks, None when it has no name.
    """

    since: datetime
    until: datetime
    now: datetime
    clients: tuple[CalendarClient, ...]
    changes: tuple[Placed, ...]
    spans: tuple[Span, ...]
    windows: Mapping[str, rows.Window]
    collisions: tuple[Collision, ...]
    weeks: tuple[AudienceWeek, ...]


def calendar(session: Session, since: datetime, until: datetime, client: str | None = None) -> CalendarView:
    """The calendar of everything in view, or of one client of it."""
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    with session.desk.snapshot() as conn:
        known = calendar_clients(conn, scope)
        if client is not None and not known:
            raise BadInput(f"there is no client {client} in view")
        changes = tuple(rows.placed(conn, scope, since, until, rows.SHOWN))
        live = [change for change in changes if change.state in rows.LIVE]
        laid = spans(conn, scope, since, until)
        kept = {window.id: window for window in rows.windows(conn, scope, since, until)}
        weeks = people_load(conn, scope, since, until)
        found = collisions(
            live, laid, weeks, {one.code: one.zone for one in known}, _foreign(conn, scope, live, since, until)
        )
    return CalendarView(since, until, session.now, known, changes, laid, kept, found, weeks)


def calendar_clients(conn: Connection, scope: Scope) -> tuple[CalendarClient, ...]:
    """The clients in view, by their codes, each with its clock."""
    return tuple(CalendarClient(code, name, zone_named(zone)) for code, name, zone in clients.clocks(conn, scope))


def people_load(conn: Connection, scope: Scope, since: datetime, until: datetime) -> tuple[AudienceWeek, ...]:
    """The load of every audience that something happens to, week by week."""
    first, last = monday_of(since.date()), until.date()
    weeks = -(-(last - first).days // 7)
    found = rows.strains(conn, scope, first, last + timedelta(days=6))
    return audience_weeks(found, first, max(1, weeks))


def _foreign(
    conn: Connection, scope: Scope, live: list[Placed], since: datetime, until: datetime
) -> tuple[Placed, ...]:
    """Changes of clients out of view that somebody in view does, too: nobody can be in two places."""
    busy = {change.implementer for change in live if change.implementer}
    if scope.clients is None or not busy:
        return ()
    return tuple(
        change
        for change in rows.placed(conn, Scope(None), since, until)
        if change.implementer in busy and change.client not in scope.clients
    )
