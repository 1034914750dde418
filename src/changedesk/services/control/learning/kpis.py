"""The figures of change control from what the desk knows: by client, path and team, and month by month."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from changedesk.domain.control.business import BusinessCalendar
from changedesk.domain.control.kpis import GROUPS, ChangeFact, Kpis, Window, grouped, kpis, months, trend
from changedesk.domain.control.lead_time import Waited
from changedesk.domain.control.windows import MAINTENANCE, Span
from changedesk.services.control.calendar.business import business_calendar
from changedesk.services.control.situation import situation, spans
from changedesk.services.session import Session, authorise
from changedesk.store import clients
from changedesk.store.control import decisions, history, requests
from changedesk.store.control import facts as stored
from changedesk.store.control.facts import FactRow
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass

MONTHS: Final = 12
"""So many months a trend goes back, whatever the window is."""
_UNDECIDED: Final = ("assessing", "authorizing")


@dataclass(frozen=True, slots=True)
class KpiView:
    """The figures of a window, by group, and of the last twelve months.

    ``groups`` is, for client, path and team, the figures of each; ``months`` are windows and figures, the oldest first.
    ``success`` is which outcomes each client in view counts as one.
    """

    client: str | None
    window: Window
    whole: Kpis
    groups: Mapping[str, Mapping[str, Kpis]]
    months: tuple[tuple[Window, Kpis], ...]
    group_months: Mapping[str, Mapping[str, tuple[Kpis, ...]]]
    success: Mapping[str, tuple[str, ...]]


def kpi_view(session: Session, client: str | None = None, days: int | None = 365) -> KpiView:
    """The figures of the last so many days, of one client or of all in view; None is as far back as the desk knows."""
    authorise(session, "desk.read", client)
    scope = session.scope.narrowed(client)
    now = session.now
    window = Window(None if days is None else now - timedelta(days=days), now)
    by_month = tuple(months(session.wall_clock, MONTHS))
    first = by_month[0].since
    since = None if window.since is None or first is None else min(window.since, first)
    with session.desk.snapshot() as conn:
        known = _facts(session, conn, scope, since)
        success = {code: decisions.current_policy(conn, code)[2].success for code in clients.client_names(conn, scope)}
    split = {by: _split(known, by) for by in GROUPS}
    return KpiView(
        client,
        window,
        kpis(known, window),
        {by: grouped(known, by, window) for by in GROUPS},
        tuple(zip(by_month, trend(known, by_month), strict=True)),
        {by: {name: trend(facts, by_month) for name, facts in groups.items()} for by, groups in split.items()},
        success,
    )


def _split(known: Sequence[ChangeFact], by: str) -> dict[str, list[ChangeFact]]:
    groups: dict[str, list[ChangeFact]] = {}
    for fact in known:
        groups.setdefault(GROUPS[by](fact), []).append(fact)
    return groups


def _facts(session: Session, conn: Connection, scope: Scope, since: datetime | None) -> list[ChangeFact]:
    rows = list(stored.facts(conn, scope, since))
    reading = _Reading(session, conn, rows)
    return [reading.fact(row) for row in rows]


class _Reading:
    """What is asked once for each client, and then known for each of its changes."""

    def __init__(self, session: Session, conn: Connection, rows: Sequence[FactRow]) -> None:
        self._session = session
        self._conn = conn
        self._without_leave = history.unauthorised(conn)
        self._maintenance = _maintenance(conn, rows)
        self._calendar: Callable[[str], BusinessCalendar] = cache(
            lambda client: business_calendar(conn, client, session.now)
        )
        self._success: Callable[[str], tuple[str, ...]] = cache(
            lambda client: decisions.current_policy(conn, client)[2].success
        )

    def fact(self, row: FactRow) -> ChangeFact:
        """One change as the rules want it."""
        return ChangeFact(
            client=row.client,
            path=row.path,
            team=row.team,
            state=row.state,
            outcome=row.outcome,
            good=row.outcome in self._success(row.client),
            planned_start=row.planned_start,
            ended=row.ended or (row.planned_end if row.state == "closed" else None),
            submitted=row.submitted,
            lead=self._lead(row),
            authorised=self._authorised(row),
            outside=self._outside(row),
            incident=row.incident,
            downtime=row.downtime,
        )

    def _lead(self, row: FactRow) -> Waited | None:
        """From being submitted to being decided; a standard change was decided before, a cancelled one never is."""
        if row.submitted is None or row.path == "standard" or row.acted_first:
            return None
        if row.decided is None and row.state not in _UNDECIDED:
            return None
        until = row.decided or self._session.now
        worked = self._calendar(row.client).between(row.submitted, until)
        return Waited(worked / timedelta(hours=1), row.decided is not None)

    def _authorised(self, row: FactRow) -> bool | None:
        """What this desk knows of the leave that it was done with; of history from a file it knows nothing."""
        if row.outcome is None or not row.held_here:
            return None
        if not row.acted_first:
            return True
        if row.state == "closed":
            return row.id not in self._without_leave

        change = requests.by_id(self._conn, self._session.scope, row.id)
        return situation(self._session, self._conn, change).authorised if change else None

    def _outside(self, row: FactRow) -> bool | None:
        mine = self._maintenance.get(row.client)
        return None if mine is None else mine.outside(row)


class _Maintenance:
    """The maintenance windows of one client, in order, to be looked through fast."""

    def __init__(self, known: Sequence[Span]) -> None:
        self._spans = sorted(known, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._longest = max(span.end - span.start for span in known)
        # The first time of each window: before it nobody could have kept to it.
        self._windows = list({span.window: span for span in reversed(self._spans)}.values())

    def outside(self, row: FactRow) -> bool | None:
        """Whether a change lies in no window for what it touches; None where there was none for it."""
        if not any(span.start <= row.planned_end and span.concerns(row.client, row.services) for span in self._windows):
            return None
        place = bisect_right(self._starts, row.planned_start) - 1
        while place >= 0 and row.planned_start - self._starts[place] <= self._longest:
            span = self._spans[place]
            if row.planned_end <= span.end and span.concerns(row.client, row.services):
                return False
            place -= 1
        return True


def _maintenance(conn: Connection, rows: Sequence[FactRow]) -> dict[str, _Maintenance]:
    """The maintenance windows of each client over the time that these changes cover."""
    if not rows:
        return {}
    since = min(row.planned_start for row in rows)
    until = max(row.planned_end for row in rows)
    known = spans(conn, Scope(None), since - timedelta(days=8), until + timedelta(days=8), (MAINTENANCE,))
    found = {}
    for client in {row.client for row in rows}:
        mine = [span for span in known if span.client in (None, client)]
        if mine:
            found[client] = _Maintenance(mine)
    return found
