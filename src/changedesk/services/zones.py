"""The time zone that a record's moments are written in: that of its client, UTC where it has none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from changedesk.services.session import Session
from changedesk.store import clients

UTC_ZONE = ZoneInfo("UTC")


def zone_named(name: str | None) -> ZoneInfo:
    """The zone of that name; UTC without one, or with one that this computer does not know."""
    try:
        return ZoneInfo(name) if name else UTC_ZONE
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC_ZONE


def client_zone(session: Session, client: str | None) -> ZoneInfo:
    """The zone of a client by its code."""
    return zone_named(clients.timezone(session.desk.reader(), client, None))


def latest_day(session: Session, client: str | None, initiative: str | None = None) -> date:
    """The latest day that has come for the reader or for the client, whose own day may be a later one.

    A record names its client by code, or an initiative of it.
    """
    zone = zone_named(clients.timezone(session.desk.reader(), client, initiative))
    return max(session.today, session.now.astimezone(zone).date())


def zones(session: Session) -> Callable[[str | None, str | None], ZoneInfo]:
    """The zone of a row by the codes of its client and its initiative, remembered while a file is read."""

    @cache
    def zone(client: str | None, initiative: str | None) -> ZoneInfo:
        return zone_named(clients.timezone(session.desk.reader(), client, initiative))

    return zone
