"""The calendar of a stretch of time: changes, freezes, maintenance, holidays, what does not go together, how full people are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.control.collisions import Collision, collisions
from changedesk.domain.control.windows import HOLIDAY, Placed, Span
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.services.control.calendar.people_load import many_groups, people_load
from changedesk.services.control.situation import spans
from changedesk.services.lookup import unknown_client
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import calendar as rows
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass

HALF_A_DAY: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class CalendarClient:
    """A client, and the clock that its times are said by."""

    code: str
    name: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What lies on the calendar from ``since`` to ``until``: whatever of it touches that time, in order.

    ``windows`` are those of the spans, by id; a client's own holiday is a span of no window. ``unread`` groups of people
    have not been looked at: there are too many for a quick look, so that ``weeks`` and collisions of people are to come.
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
    unread: int = 0


def calendar(
    session: Session, since: datetime, until: datetime, client: str | None = None, *, quick: bool = False
) -> CalendarView:
    """The calendar of everything in view, or of one client of it; a ``quick`` one leaves the people out if they are many.

    ``since`` and ``until`` are midnights by the clock of whoever looks: the weeks of people are those of its days.
    """
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    # Half a day inside, because a midnight that a clock skips is an hour late.
    days = since.date(), (until - HALF_A_DAY).date()
    since, until = since.astimezone(UTC), until.astimezone(UTC)
    with session.desk.snapshot() as conn:
        known = calendar_clients(conn, scope)
        if client is not None and not known:
            raise unknown_client(client)
        changes = tuple(rows.placed(conn, scope, since, until, rows.SHOWN))
        live = [change for change in changes if change.state in rows.LIVE]
        spread = (*spans(conn, scope, since, until), *_holidays(conn, scope, known, since, until))
        laid = tuple(sorted(spread, key=lambda span: (span.start, span.client or "", span.title)))
        kept = {window.id: window for window in rows.windows(conn, scope, since, until)}
        unread = many_groups(conn, scope) if quick else 0
        weeks = () if unread else people_load(conn, scope, *days)
        found = collisions(
            live, laid, weeks, {one.code: one.zone for one in known}, _foreign(conn, scope, live, since, until)
        )
    return CalendarView(since, until, session.now, known, changes, laid, kept, found, weeks, unread)


def _holidays(
    conn: Connection, scope: Scope, known: Sequence[CalendarClient], since: datetime, until: datetime
) -> Iterator[Span]:
    """The clients' own holidays beside those that are windows, each from midnight to midnight by their clocks."""
    zones = {one.code: one.zone for one in known}
    day = timedelta(days=1)
    for client, on, title in rows.holidays(conn, scope, since.date() - day, until.date() + day):
        begin, end = (datetime.combine(one, time(), zones[client]).astimezone(UTC) for one in (on, on + day))
        if begin < until and since < end:
            yield Span("", HOLIDAY, client, None, title, begin, end)


def calendar_clients(conn: Connection, scope: Scope) -> tuple[CalendarClient, ...]:
    """The clients in view, by their codes, each with its clock."""
    return tuple(CalendarClient(code, name, zone_named(zone)) for code, name, zone in clients.clocks(conn, scope))


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
