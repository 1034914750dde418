"""From the tickets of a go-live to the rows of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from changedesk.domain.counted import listed
from changedesk.domain.saying import length
from changedesk.services.golive.tickets import TicketList, TicketRow
from changedesk.widgets.canvas import Line, Span, wrap
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell
from changedesk.widgets.paint import ink

_COLUMNS: Final = (
    Column("Ticket", 14),
    Column("P", 2),
    Column("What", 24, share=4),
    Column("State", 11, share=1, from_width=100, priority=2),
    Column("Age", 9, align="right"),
)
CHANGE: Final = Column("Change", 20, share=1, priority=1)
"""Named where a ticket of the list has to do with one: ``caused by CHG0030412``."""
NO_TICKET: Final = (
    "No ticket is known that belongs to this go-live: name its service in the form of the initiative, 2 and e."
)


def ticket_columns(found: TicketList | None) -> tuple[Column, ...]:
    """The columns; that of changes only where there is something to say in it."""
    named = found is not None and any(row.cause is not None or row.windows for row in found.rows)
    return (*_COLUMNS, CHANGE) if named else _COLUMNS


def ticket_rows(found: TicketList, now: datetime) -> ListSource:
    """The tickets, what is open first."""
    return ListSource(Row(row.ticket.id, _cells(row, now)) for row in found.rows)


def ticket_detail(found: TicketList | None, key: str | None, width: int) -> tuple[Line, ...]:
    """The selected ticket's change: the one that somebody named with why, else those in whose window it came."""
    row = next((one for one in found.rows if one.ticket.id == key), None) if found else None
    if row is None:
        return ()
    ticket = row.ticket
    if row.cause is not None:
        text = f"{ticket.number} was caused by {row.cause}: {row.cause_reason}."
    elif row.windows:
        when = f"came in the window of {listed(row.windows)}, or within a day after"
        text = f"{ticket.number} {when}; nobody has said that it was the cause."
    else:
        text = f"{ticket.number} came in no change's window, nor within a day after one."
    return tuple((ink(line, "explain"),) for line in wrap(ink(text).text, width))


def _cells(row: TicketRow, now: datetime) -> tuple[tuple[Span, ...], ...]:
    ticket = row.ticket
    urgent = row.is_open and ticket.rank in (1, 2)
    if row.cause is not None:
        change = cell(f"caused by {row.cause}", "late")
    elif row.windows:
        change = cell(f"near {', '.join(row.windows)}", "explain")
    else:
        change = cell("", "explain")
    token = "late" if urgent else "ink" if row.is_open else "explain"
    return (
        cell(ticket.number, token),
        cell(str(ticket.rank) if ticket.rank else "?", token, bold=urgent),
        cell(ticket.title or ticket.category or "without a title", "ink" if row.is_open else "explain"),
        cell(ticket.state or ("open" if row.is_open else "closed"), "explain"),
        cell(length(now - ticket.opened_at), token),
        change,
    )
