"""Forecasts as they were made: kept once a week and series, read again to show and to judge them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from changedesk.domain.usage.calibration import KeptForecast
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.usage.outlook import FanDay
from changedesk.domain.weeks import monday_of
from changedesk.errors import Damaged
from changedesk.store.ids import new_id
from changedesk.store.scope import Scope
from changedesk.store.times import day, stored_day

_COLUMNS = (
    "g.name, f.metric, f.made_on, f.through, f.revision, f.basis, f.target, f.due, f.chance, f.expected,"
    " f.expected_early, f.expected_late, f.ceiling, f.fan"
)


def kept_forecasts(conn: sqlite3.Connection, initiative_id: str) -> tuple[KeptForecast, ...]:
    """The kept forecasts of an initiative, oldest first."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM kept_forecast f LEFT JOIN audience g ON g.id = f.audience_id"
        " WHERE f.initiative_id = ? ORDER BY f.week, f.metric, g.name",
        (initiative_id,),
    )
    return tuple(_kept(row) for row in rows)


def newest_of_all(conn: sqlite3.Connection, initiative_id: str, metric: str) -> KeptForecast | None:
    """The newest kept forecast of everybody."""
    row = conn.execute(
        f"SELECT {_COLUMNS} FROM kept_forecast f LEFT JOIN audience g ON g.id = f.audience_id"
        " WHERE f.initiative_id = ? AND f.metric = ? AND ifnull(f.audience_id, '') = '' ORDER BY f.week DESC LIMIT 1",
        (initiative_id, metric),
    ).fetchone()
    return None if row is None else _kept(row)


def is_kept(conn: sqlite3.Connection, initiative_id: str, today: date) -> bool:
    """Whether this week's forecasts of an initiative were kept."""
    row = conn.execute(
        "SELECT 1 FROM kept_forecast WHERE initiative_id = ? AND week = ? LIMIT 1",
        (initiative_id, monday_of(today).isoformat()),
    ).fetchone()
    return row is not None


def to_keep(conn: sqlite3.Connection, scope: Scope, today: date, limit: int) -> tuple[str, ...]:
    """The initiatives in view that were counted since their newest kept forecast and have none of this week."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        "SELECT i.id FROM initiative i JOIN client c ON c.id = i.client_id"
        f" WHERE {condition} AND ifnull(i.state, '') NOT IN ('closed', 'cancelled')"
        " AND NOT EXISTS (SELECT 1 FROM kept_forecast f WHERE f.initiative_id = i.id AND f.metric = ? AND f.week = ?)"
        " AND EXISTS (SELECT 1 FROM audience g JOIN observation o ON o.audience_id = g.id AND o.metric = ?"
        " AND o.method IN ('observed', 'tested') AND o.day <= ? AND o.day > ifnull((SELECT max(k.through) FROM kept_forecast k"
        " WHERE k.initiative_id = i.id AND k.metric = ?), '') WHERE g.initiative_id = i.id)"
        " ORDER BY ifnull(i.go_live_actual, i.go_live_planned) DESC, i.code LIMIT ?",
        (*values, UTILIZATION, monday_of(today).isoformat(), UTILIZATION, today.isoformat(), UTILIZATION, limit),
    )
    return tuple(row[0] for row in rows)


def keep(conn: sqlite3.Connection, initiative_id: str, forecasts: Iterable[KeptForecast]) -> int:
    """Keep forecasts; one that its week has already stays as it was made. Returns how many were kept."""
    kept = 0
    for one in forecasts:
        cursor = conn.execute(
            "INSERT INTO kept_forecast (id, initiative_id, audience_id, metric, week, made_on, through, revision, basis,"
            " target, due, chance, expected, expected_early, expected_late, ceiling, fan)"
            " SELECT ?, ?, (SELECT id FROM audience WHERE initiative_id = ? AND name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            " WHERE NOT EXISTS (SELECT 1 FROM kept_forecast f LEFT JOIN audience g ON g.id = f.audience_id"
            " WHERE f.initiative_id = ? AND f.metric = ? AND g.name IS ? AND f.week = ?)",
            (
                new_id(),
                initiative_id,
                initiative_id,
                one.audience,
                one.metric,
                monday_of(one.made_on).isoformat(),
                one.made_on.isoformat(),
                _text(one.through),
                one.revision,
                one.basis,
                one.target,
                _text(one.by),
                one.chance,
                _text(one.expected),
                _text(one.expected_early),
                _text(one.expected_late),
                json.dumps([round(value, 2) for value in one.ceiling]),
                json.dumps([[f.day.isoformat(), *_rounded(f)] for f in one.fan], separators=(",", ":")),
                initiative_id,
                one.metric,
                one.audience,
                monday_of(one.made_on).isoformat(),
            ),
        )
        kept += cursor.rowcount
    return kept


def _rounded(one: FanDay) -> tuple[float, ...]:
    return tuple(round(value, 2) for value in (one.low, one.lower, one.middle, one.upper, one.high))


def _kept(row: tuple[Any, ...]) -> KeptForecast:
    try:
        low, middle, high = json.loads(row[12])
        fan = tuple(FanDay(stored_day(at), *values) for at, *values in json.loads(row[13]))
    except (ValueError, TypeError) as error:
        raise Damaged(
            f"a kept forecast cannot be read ({error})", "restore a backup with: changedesk restore"
        ) from error
    return KeptForecast(
        audience=row[0],
        metric=row[1],
        made_on=stored_day(row[2]),
        through=day(row[3]),
        revision=row[4],
        basis=row[5],
        target=row[6],
        by=day(row[7]),
        chance=row[8],
        expected=day(row[9]),
        expected_early=day(row[10]),
        expected_late=day(row[11]),
        ceiling=(low, middle, high),
        fan=fan,
    )


def _text(at: date | None) -> str | None:
    return None if at is None else at.isoformat()
