"""The standing of every initiative, kept current in the transaction that changes what it is made of.

A portfolio of 2,000 initiatives is read from here in milliseconds; nothing in it depends on today's date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from changedesk.domain.standing import (
    AdoptionStanding,
    GateStanding,
    LaneStanding,
    ReadinessStanding,
    Standing,
    WaveReadiness,
)
from changedesk.errors import Damaged
from changedesk.store.scope import Scope
from changedesk.store.times import day

_day = cache(day)
"""A stored day or None; the same few days stand in thousands of summaries."""
_word = cache(str)
"""A name that many summaries share (of gates, clients, people, groups), held once."""
SUMMARIES: Final = ("standing", "people_standing")
"""The tables that hold one summary an initiative; they go with it."""


def standings(conn: sqlite3.Connection, scope: Scope) -> list[Standing]:
    """The standings in view, in no order."""
    condition, values = scope.where("c.code")
    rows: Iterable[tuple[str]] = conn.execute(
        f"SELECT s.body FROM standing s JOIN client c ON c.id = s.client_id WHERE {condition}", values
    )
    return [decode(body) for (body,) in rows]


def standing(conn: sqlite3.Connection, initiative_id: str) -> Standing | None:
    """The standing of one initiative."""
    text = kept_text(conn, initiative_id)
    return None if text is None else decode(text)


def kept_text(conn: sqlite3.Connection, initiative_id: str, table: str = "standing") -> str | None:
    """The standing of one initiative as it is kept, without reading it."""
    row = conn.execute(f"SELECT body FROM {table} WHERE initiative_id = ?", (initiative_id,)).fetchone()
    return None if row is None else str(row[0])


def decode(text: str) -> Standing:
    """The standing behind its JSON; Damaged when it is none."""
    try:
        return _unpacked(json.loads(text))
    except (ValueError, TypeError, LookupError) as error:
        raise Damaged(
            f"the summary of an initiative cannot be read ({error})", "restore a backup with: changedesk restore"
        ) from error


def _unpacked(raw: list[Any]) -> Standing:
    return Standing(
        raw[0],
        _word(raw[1]),
        raw[2],
        raw[3],
        _word(raw[4]),
        raw[5],
        raw[6],
        raw[7],
        _day(raw[8]),
        raw[9],
        _lane(raw[10]),
        _lane(raw[11]),
        _lane(raw[12]) if raw[12] else None,
        tuple(GateStanding(_word(name), _day(due), *signed) for name, due, *signed in raw[13]),
        _adoption(raw[14]),
        _day(raw[15]),
        _day(raw[16]),
        raw[17],
        raw[18],
        raw[19],
        raw[20],
        _readiness(raw[21]) if raw[21] else None,
    )


def _lane(raw: list[Any]) -> LaneStanding:
    return LaneStanding(raw[0], raw[1], _day(raw[2]), _day(raw[3]), _day(raw[4]), _day(raw[5]), _day(raw[6]), raw[7])


def _adoption(raw: list[Any]) -> AdoptionStanding:
    known = (raw[0], raw[1], _day(raw[2]), tuple(raw[3]), raw[4], raw[5], raw[6], _day(raw[7]), raw[8], raw[9])
    return AdoptionStanding(*known, _day(raw[10]), raw[11], raw[12])


def _readiness(raw: list[Any]) -> ReadinessStanding:
    waves = tuple(WaveReadiness(_day(at), share, tuple(map(_word, who))) for at, share, who in raw[4])
    return ReadinessStanding(raw[0], raw[1], raw[2], raw[3], waves)
