"""A client's own business calendar: its hours, its zone, its holidays, wherever they were written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from changedesk.domain.control.business import REVIEW_DAYS, STANDARD_HOURS, BusinessCalendar, parse_hours
from changedesk.domain.control.windows import HOLIDAY
from changedesk.services.control.situation import spans
from changedesk.services.session import Session
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import working
from changedesk.store.scope import Scope

_AROUND: Final = timedelta(days=800)


def holiday_windows(session: Session) -> tuple[str, ...]:
    """The titles of the windows in view that are holidays and not over, the next one first, within some two years."""
    found = spans(session.desk.reader(), session.scope, session.now, session.now + _AROUND, (HOLIDAY,))
    return tuple(dict.fromkeys(span.title for span in found if span.service is None))


def business_calendar(conn: Connection, client: str, around: datetime) -> BusinessCalendar:
    """When a client works; its holidays are those of :func:`days_off`."""
    terms = clients.terms(conn, client)
    zone = zone_named(terms.timezone)
    hours = parse_hours(terms.business_hours) or STANDARD_HOURS
    assert hours is not None
    off = _days_off(conn, client, zone, around.astimezone(zone).date())
    return BusinessCalendar(hours, zone, off, REVIEW_DAYS if terms.review_days is None else terms.review_days)


def days_off(conn: Connection, client: str, around: date) -> frozenset[date]:
    """The days on which a client does not work: its own holidays and its windows of that kind, some two years to each side."""
    return _days_off(conn, client, zone_named(clients.terms(conn, client).timezone), around)


def _days_off(conn: Connection, client: str, zone: tzinfo, around: date) -> frozenset[date]:
    middle = datetime.combine(around, time(12), UTC)
    days: set[date] = {holiday.day for holiday in working.holidays(conn, client)}
    for span in spans(conn, Scope(frozenset({client})), middle - _AROUND, middle + _AROUND, (HOLIDAY,)):
        if span.concerns(client, ()) and span.service is None:
            first, last = span.start.astimezone(zone).date(), (span.end - timedelta(seconds=1)).astimezone(zone).date()
            days |= {first + timedelta(days=step) for step in range((last - first).days + 1)}
    return frozenset(days)
