"""When a change could run: the next time that is free, and the earliest that its approval can be there for (R102)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.control.lead_time import LeadTime, Waited, lead_time
from changedesk.domain.control.slots import Obstacle, Slot, Wish, homes, next_slot, obstacles, wants_home
from changedesk.domain.control.windows import Placed, Span
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.errors import BadInput
from changedesk.services.control.calendar.business import business_calendar
from changedesk.services.control.calendar.people_load import people_load
from changedesk.services.control.situation import spans
from changedesk.services.lookup import client_id_in_view
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zone_named
from changedesk.store import clients
from changedesk.store.control import calendar as rows
from changedesk.store.control import decisions
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass

HORIZON: Final = timedelta(days=183)
"""So far ahead a free time is looked for."""
WATCHED: Final = timedelta(days=365)
"""Decisions of so long are looked back on."""
LONGEST: Final = timedelta(days=14)
"""A change takes so long at most."""


@dataclass(frozen=True, slots=True)
class Feasible:
    """When a change could run. ``free`` is the next free time from now on, ``feasible`` the first that its approval is there for.

    ``decided_by`` is when four of five like it are decided if they are submitted now; None where no lead time says it.
    ``outside`` says that no maintenance window is long enough, so that the times lie outside them. ``tired`` are the
    groups of people who have nearly all they can bear in the week of ``feasible``, or else of ``free``.
    """

    wish: Wish
    zone: ZoneInfo
    now: datetime
    free: Slot | None
    lead: LeadTime
    lead_hours: int
    decided_by: datetime | None
    feasible: Slot | None
    outside: bool
    tired: tuple[AudienceWeek, ...]

    @property
    def best(self) -> Slot | None:
        """The time that is proposed."""
        return self.feasible or self.free


def when(
    session: Session,
    client: str,
    services: tuple[str, ...],
    length: timedelta,
    implementer: str | None = None,
) -> Feasible:
    """When a normal change of these services, by this person, could run; without services it waits for every freeze."""
    authorise(session, "desk.read", client)
    if not timedelta(0) < length <= LONGEST:
        raise BadInput(f"a change takes from a minute to {LONGEST.days} days")
    with session.desk.snapshot() as conn:
        client_id_in_view(session, client)
        return when_on(conn, Wish(client, services, length, session.now, implementer))


def when_on(conn: Connection, wish: Wish) -> Feasible:
    """The same on one state of the desk; ``wish.not_before`` is now."""
    now, own = wish.not_before, Scope(frozenset({wish.client}))
    laid = spans(conn, own, now, now + HORIZON)
    # Somebody who does changes for several clients is in one place at a time.
    others = rows.placed(conn, Scope(None) if wish.implementer else own, now, now + HORIZON)
    search = _Search(wish, laid, tuple(others))
    lead, decided = _decided(conn, wish.client, now)
    hours = decisions.current_policy(conn, wish.client)[2].lead_hours
    ready = max(decided, now + timedelta(hours=hours)) if decided else None
    free = search.from_(now)
    feasible = search.from_(ready) if ready else None
    slot = feasible or free
    zone = zone_named(clients.timezone(conn, wish.client, None))
    day = slot.start.astimezone(zone).date() if slot else None
    tired = people_load(conn, own, day, day) if day else ()
    return Feasible(
        wish, zone, now, free, lead, hours, decided, feasible,
        search.outside, tuple(week for week in tired if week.level != "fine"),
    )  # fmt: skip


class _Search:
    """Free times of one wish; outside the maintenance windows only where none is long enough."""

    def __init__(self, wish: Wish, laid: tuple[Span, ...], others: tuple[Placed, ...]) -> None:
        self._wish = wish
        self._in_the_way: tuple[Obstacle, ...] = obstacles(wish, laid, others)
        self._inside = tuple(window for window in homes(wish, laid) if window.end - window.start >= wish.length)
        self.outside = not self._inside and wants_home(wish, laid)

    def from_(self, moment: datetime) -> Slot | None:
        """The first free time from a moment on."""
        wish = replace(self._wish, not_before=moment)
        return next_slot(wish, self._in_the_way, self._inside, self._wish.not_before + HORIZON)


def _decided(conn: Connection, client: str, now: datetime) -> tuple[LeadTime, datetime | None]:
    """The lead time of a client's normal changes, and when four of five that are submitted now would be decided."""
    calendar = business_calendar(conn, client, now)
    hour = timedelta(hours=1)
    waited = [
        Waited(calendar.between(begun, over or now) / hour, over is not None)
        for begun, over in rows.submitted(conn, client, "normal", now - WATCHED)
    ]
    found = lead_time(waited)
    return found, None if found.p80 is None else calendar.after(now, found.p80 * hour)
