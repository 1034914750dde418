"""Resistance and old ways over all initiatives: what is open, how early it came to light, what should be gone (R8, R9)."""

from __future__ import annotations

from typing import Final

from changedesk.domain.people.habits import Retirement, retirement
from changedesk.domain.working import Resistance, Workaround
from changedesk.services.session import Session, authorise
from changedesk.store import habits
from changedesk.store.habits import Concerned
from changedesk.values import dataclass

_PRESSING: Final = ("overdue", "undated", "due", "gone")


@dataclass(frozen=True, slots=True)
class ResistanceRow:
    """An entry of the log with the initiative that it belongs to; ``lead_days`` before go-live, negative after it."""

    initiative: Concerned
    entry: Resistance
    lead_days: int | None


@dataclass(frozen=True, slots=True)
class WorkaroundRow:
    """An old way with the initiative that it belongs to, and where it stands against the day to retire it."""

    initiative: Concerned
    entry: Workaround
    retirement: Retirement


def resistance_log(session: Session, client: str | None = None) -> tuple[ResistanceRow, ...]:
    """All resistance in view, or of one client: open first, the hardest first."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        found = habits.resistance_log(conn, session.scope.narrowed(client))
    rows = [ResistanceRow(one, entry, entry.lead_days(one.go_live)) for one, entry in found]
    rows.sort(
        key=lambda r: (r.entry.closed_on is not None, -(r.entry.severity or 0), r.entry.first_seen, r.entry.title)
    )
    return tuple(rows)


def workaround_register(session: Session, client: str | None = None) -> tuple[WorkaroundRow, ...]:
    """All old ways in view, or of one client: overdue first, then those without a day, then by the day to retire them."""
    authorise(session, "desk.read")
    with session.desk.snapshot() as conn:
        found = habits.workaround_register(conn, session.scope.narrowed(client))
    rows = [WorkaroundRow(one, entry, retirement(entry, session.today)) for one, entry in found]
    rows.sort(
        key=lambda r: (
            _PRESSING.index(r.retirement.state),
            r.entry.retire_by is None,
            r.entry.retire_by,
            -(r.entry.count or 0),
            r.entry.title,
        )
    )
    return tuple(rows)
