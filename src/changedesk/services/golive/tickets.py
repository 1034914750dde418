"""The tickets of a go-live one by one: what is open first, in the window of which change each came, and its named cause."""

from __future__ import annotations

from datetime import datetime, timedelta
from heapq import nsmallest
from typing import Final

from changedesk.domain.early_life.desk_load import Ticket, in_window_of, is_open, priority_rank
from changedesk.services.golive.load import midnight, tickets_asked
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session, authorise
from changedesk.services.zones import client_zone
from changedesk.store.service import tickets
from changedesk.store.service.tickets import Brief
from changedesk.values import dataclass

MOST: Final = 500
"""So many tickets are listed; the rest is counted."""
WINDOW_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket: whether it is open, the changes in whose window it came, and the change that a person named with why."""

    ticket: Ticket
    is_open: bool
    windows: tuple[str, ...]
    cause: str | None
    cause_reason: str | None


@dataclass(frozen=True, slots=True)
class TicketList:
    """The tickets that are listed, how many there are, and how many of them are open."""

    rows: tuple[TicketRow, ...]
    total: int
    open: int


def tickets_of(session: Session, initiative_id: str) -> TicketList:
    """The tickets of an initiative: the open ones by priority, the oldest first, then the others, the newest first."""
    authorise(session, "desk.read")
    record = initiative_in_view(session, initiative_id)
    now, zone = session.now, client_zone(session, record.client)
    with session.desk.snapshot() as conn:
        found = [*tickets.briefly(conn, tickets_asked(conn, record, now, zone))]
        since = midnight(now.astimezone(zone).date() - timedelta(days=WINDOW_DAYS), zone)
        windows = tickets.change_windows(conn, record.client, since, now)
        first = nsmallest(MOST, found, key=lambda brief: _place(brief, now))
        ordered = tickets.tickets_by_id(conn, [brief.id for brief in first])
        named = tickets.causes(conn, (ticket.id for ticket in ordered))
    rows = []
    for ticket in ordered:
        cause, reason = named.get(ticket.id, (None, None))
        inside = tuple(window.number for window in in_window_of(ticket, windows))
        rows.append(TicketRow(ticket, ticket.is_open(now), inside, cause, reason))
    still_open = sum(is_open(brief.resolved_at, brief.state, now) for brief in found)
    return TicketList(tuple(rows), len(found), still_open)


def _place(brief: Brief, now: datetime) -> tuple[bool, int, float, str]:
    opened = brief.opened_at.timestamp()
    if is_open(brief.resolved_at, brief.state, now):
        return False, priority_rank(brief.priority) or 9, opened, brief.number
    return True, 0, -opened, brief.number
