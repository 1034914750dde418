"""What past go-lives of a desk brought on their first day, and what was usual: read from their tickets."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.early_life.day_one import EarlierGoLive, first_workday
from changedesk.domain.early_life.load_forecast import FEWEST_DAYS
from changedesk.domain.service.names import all_folded, folded
from changedesk.store.scope import Scope
from changedesk.store.times import stored_day
from changedesk.values import dataclass

BASE_DAYS: Final = 56
MOST: Final = 40
"""So many past go-lives, the latest, are looked at."""


@dataclass(frozen=True, slots=True)
class _GoLive:
    """A go-live with its initiative, client and service, its first workday, and how many people it was for."""

    initiative: str
    client: str
    service: str | None
    live: date
    first: date
    people: int | None

    @property
    def begin(self) -> date:
        """The day from which on its tickets are looked at; they are up to its first workday."""
        return self.live - timedelta(days=BASE_DAYS)


def past_go_lives(conn: sqlite3.Connection, scope: Scope, before: date) -> tuple[EarlierGoLive, ...]:
    """The go-lives in view whose first workday is over before a day, with tickets known from before them, the latest first.

    Days are counted by UTC days, which is near enough for a rate. The base is the mean of the same weekday.
    """
    past = [one for one in _latest(conn, scope, before) if one.first < before]
    of_services = {
        client: _counts_of_services(conn, client, [one for one in past if one.client == client])
        for client in {one.client for one in past if one.service is not None}
    }
    found = []
    for one in past:
        days = _counts(conn, one)
        if one.service is not None:
            counts = of_services[one.client].get(folded(one.service), Counter())
            days.update({day: count for day, count in counts.items() if one.begin <= day <= one.first})
        known = min(days, default=one.live)
        alike = [
            days[one.first - timedelta(weeks=n)]
            for n in range(1, BASE_DAYS // 7 + 1)
            if known <= one.first - timedelta(weeks=n) < one.live
        ]
        if alike and (one.live - known).days >= FEWEST_DAYS:
            found.append(EarlierGoLive(sum(alike) / len(alike), days[one.first], one.people))
    return tuple(found)


def _latest(conn: sqlite3.Connection, scope: Scope, before: date) -> Iterable[_GoLive]:
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id, i.client_id, v.name, i.go_live_actual,"
        " (SELECT sum(headcount) FROM audience a WHERE a.initiative_id = i.id)"
        " FROM initiative i JOIN client c ON c.id = i.client_id LEFT JOIN service v ON v.id = i.service_id"
        f" WHERE {condition} AND i.go_live_actual < ?"
        " AND EXISTS (SELECT 1 FROM ticket t WHERE t.initiative_id = i.id) ORDER BY i.go_live_actual DESC, i.code LIMIT ?",
        (*values, before.isoformat(), MOST),
    ).fetchall()
    for initiative, client, service, live_text, people in rows:
        live = stored_day(live_text)
        yield _GoLive(initiative, client, service, live, first_workday(live), people)


def _counts(conn: sqlite3.Connection, one: _GoLive) -> Counter[date]:
    """How many tickets that name the initiative were opened on each day."""
    rows = conn.execute(
        "SELECT substr(opened_at, 1, 10), count(*) FROM ticket WHERE initiative_id = ? AND opened_at >= ? AND opened_at < ?"
        " GROUP BY 1",
        (one.initiative, one.begin.isoformat(), (one.first + timedelta(days=1)).isoformat()),
    )
    return Counter({stored_day(day): count for day, count in rows})


def _counts_of_services(conn: sqlite3.Connection, client: str, past: Sequence[_GoLive]) -> dict[str, Counter[date]]:
    """How many tickets of a client that name no initiative were opened on each day, by service in whatever spelling.

    They are gone through once for all its go-lives.
    """
    begin, end = min(one.begin for one in past), max(one.first for one in past)
    rows = conn.execute(
        "SELECT service, substr(opened_at, 1, 10), count(*) FROM ticket WHERE client_id = ? AND initiative_id IS NULL"
        " AND service IS NOT NULL AND opened_at >= ? AND opened_at < ? GROUP BY 1, 2",
        (client, begin.isoformat(), (end + timedelta(days=1)).isoformat()),
    )
    counts: dict[str, Counter[date]] = defaultdict(Counter)
    wanted = all_folded(one.service for one in past if one.service is not None)
    for service, day, count in rows:
        if (known_as := folded(service)) in wanted:
            counts[known_as][stored_day(day)] += count
    return counts
