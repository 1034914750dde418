"""What past go-lives of a desk brought on their first day, and what was usual: read from their tickets."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import Final

from changedesk.domain.early_life.day_one import EarlierGoLive, first_workday
from changedesk.domain.early_life.load_forecast import FEWEST_DAYS
from changedesk.store.scope import Scope
from changedesk.store.times import stored_day

BASE_DAYS: Final = 56
MOST: Final = 40
"""So many past go-lives, the latest, are looked at."""


def past_go_lives(conn: sqlite3.Connection, scope: Scope, before: date) -> tuple[EarlierGoLive, ...]:
    """The go-lives in view whose first workday is over before a day, with tickets known from before them, the latest first.

    Days are counted by UTC days, which is near enough for a rate. The base is the mean of the same weekday.
    """
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id, i.go_live_actual, i.client_id, v.name,"
        " (SELECT sum(headcount) FROM audience a WHERE a.initiative_id = i.id)"
        " FROM initiative i JOIN client c ON c.id = i.client_id LEFT JOIN service v ON v.id = i.service_id"
        f" WHERE {condition} AND i.go_live_actual < ?"
        " AND EXISTS (SELECT 1 FROM ticket t WHERE t.initiative_id = i.id) ORDER BY i.go_live_actual DESC, i.code LIMIT ?",
        (*values, before.isoformat(), MOST),
    ).fetchall()
    found = []
    for initiative, live_text, client, service, people in rows:
        live = stored_day(live_text)
        first = first_workday(live)
        if first >= before:
            continue
        days = _counts(conn, initiative, client, service, live, first)
        known = min(days, default=live)
        alike = [
            days.get(first - timedelta(weeks=n), 0)
            for n in range(1, BASE_DAYS // 7 + 1)
            if known <= first - timedelta(weeks=n) < live
        ]
        if alike and (live - known).days >= FEWEST_DAYS:
            found.append(EarlierGoLive(sum(alike) / len(alike), days.get(first, 0), people))
    return tuple(found)


def _counts(
    conn: sqlite3.Connection, initiative: str, client: str, service: str | None, live: date, last: date
) -> dict[date, int]:
    window = ((live - timedelta(days=BASE_DAYS)).isoformat(), (last + timedelta(days=1)).isoformat())
    rows = conn.execute(
        "SELECT substr(opened_at, 1, 10), count(*) FROM ticket WHERE initiative_id = ? AND opened_at >= ? AND opened_at < ?"
        " GROUP BY 1",
        (initiative, *window),
    ).fetchall()
    if service is not None:
        rows += conn.execute(
            "SELECT substr(opened_at, 1, 10), count(*) FROM ticket WHERE client_id = ? AND service = ? AND initiative_id IS NULL"
            " AND opened_at >= ? AND opened_at < ? GROUP BY 1",
            (client, service, *window),
        ).fetchall()
    counts: dict[date, int] = {}
    for day, count in rows:
        counts[stored_day(day)] = counts.get(stored_day(day), 0) + count
    return counts
