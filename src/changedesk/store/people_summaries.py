"""How the people of every initiative stand, kept current in the transaction that changes what it is made of.

The ranking of all gaps is read from here; nothing in it depends on today's date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Any

from changedesk.domain.people_side import GapMark
from changedesk.domain.people_standing import GroupStanding, NextWork, OpenItem, PeopleStanding
from changedesk.errors import Damaged
from changedesk.store.scope import Scope
from changedesk.store.times import day, stored_day, stored_instant


def people_standings(conn: sqlite3.Connection, scope: Scope) -> Iterator[PeopleStanding]:
    """How the people of the initiatives in view stand, in no order."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"SELECT s.body FROM people_standing s JOIN client c ON c.id = s.client_id WHERE {condition}", values
    )
    return (decode(body) for (body,) in rows.fetchall())


def people_standings_naming(conn: sqlite3.Connection, scope: Scope, login: str) -> Iterator[PeopleStanding]:
    """Those of them in which somebody is named; the others are not even decoded."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"SELECT s.body FROM people_standing s JOIN client c ON c.id = s.client_id WHERE {condition} AND instr(s.body, ?)",
        [*values, json.dumps(login)],
    )
    return (decode(body) for (body,) in rows.fetchall())


def people_standing(conn: sqlite3.Connection, initiative_id: str) -> PeopleStanding | None:
    """How the people of one initiative stand."""
    row = conn.execute("SELECT body FROM people_standing WHERE initiative_id = ?", (initiative_id,)).fetchone()
    return None if row is None else decode(row[0])


def decode(text: str) -> PeopleStanding:
    """The standing behind its JSON; Damaged when it is none."""
    try:
        return _unpacked(json.loads(text))
    except (ValueError, TypeError, LookupError) as error:
        raise Damaged(
            f"the summary of an initiative's people cannot be read ({error})",
            "restore a backup with: changedesk restore",
        ) from error


_day = cache(stored_day)
_any_day = cache(day)
"""The same few days stand in thousands of summaries."""


def _unpacked(raw: list[Any]) -> PeopleStanding:
    groups = tuple(_group(one) for one in raw[10])
    items = tuple(OpenItem(*(*one[:6], _any_day(one[6]), *one[7:])) for one in raw[11])
    marks = tuple(_mark(one) for one in raw[12])
    return PeopleStanding(*(*raw[:5], day(raw[5]), *raw[6:10], groups, items, marks))


def _group(raw: list[Any]) -> GroupStanding:
    plan = tuple((_day(by), target) for by, target in raw[12])
    work = NextWork(raw[13][0], raw[13][1], _day(raw[13][2])) if raw[13] else None
    return GroupStanding(*(*raw[:4], _any_day(raw[4]), *raw[5:12], plan, work, raw[14]))


def _mark(raw: list[Any]) -> GapMark:
    at = stored_instant(raw[4]) if raw[4] else None
    return GapMark(raw[0], raw[1], raw[2], raw[3], at, day(raw[5]), raw[6], day(raw[7]))
