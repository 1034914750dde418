"""How the people of every initiative stand, kept current in the transaction that changes what it is made of.

The ranking of all gaps is read from here; nothing in it depends on today's date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from sys import intern
from typing import Any

from changedesk.domain.people.people_side import GapMark
from changedesk.domain.people.standing import GroupStanding, NextWork, OpenItem, PeopleStanding
from changedesk.errors import Damaged
from changedesk.store.scope import Scope
from changedesk.store.times import day, stored_day, stored_instant
from changedesk.values import dataclass


def people_standings(conn: sqlite3.Connection, scope: Scope) -> Iterator[PeopleStanding]:
    """How the people of the initiatives in view stand, in no order; each is read when it is asked for, within the snapshot."""
    condition, values = scope.where("c.code")
    rows = conn.execute(
        f"SELECT s.body FROM people_standing s JOIN client c ON c.id = s.client_id WHERE {condition}", values
    )
    return (decode(body) for (body,) in rows)


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


_SUMS = """
    SELECT s.initiative_id, c.code, s.body ->> '$[2]', s.body ->> '$[3]', s.body ->> '$[4]', s.body ->> '$[5]',
        s.body ->> '$[6]', json_array_length(s.body, '$[11]'), (SELECT t.body ->> '$[21][0]' FROM standing t
            WHERE t.initiative_id = s.initiative_id AND t.body ->> '$[21][1]' > 0),
        count(g.value), ifnull(sum(g.value ->> 3), 0), max(g.value ->> 5), count(g.value) - count(g.value ->> 5)
    FROM people_standing s JOIN client c ON c.id = s.client_id LEFT JOIN json_each(s.body, '$[10]') g
    WHERE {condition} AND s.body ->> '$[4]' NOT IN ('closed', 'cancelled') GROUP BY s.initiative_id"""


@dataclass(frozen=True, slots=True)
class PeopleSums:
    """The groups of an initiative that is not over, summed up; ``unrated`` of them nobody has rated.

    ``hardest`` is the hardest impact, ``ready`` how ready its people are in percent; None is unknown, also
    while nobody knows any of its items.
    """

    initiative_id: str
    client: str
    code: str
    title: str
    state: str
    go_live: date | None
    went_live: bool
    open_items: int
    ready: float | None
    groups: int
    headcount: int
    hardest: int | None
    unrated: int


def people_sums(conn: sqlite3.Connection, scope: Scope) -> list[PeopleSums]:
    """The sums of the initiatives in view that are not over, in no order; the database counts, without a value a group."""
    condition, values = scope.where("c.code")
    try:
        rows = conn.execute(_SUMS.format(condition=condition), values).fetchall()
    except sqlite3.OperationalError as error:
        if "JSON" not in str(error):
            raise
        raise _unreadable(error) from error
    return [PeopleSums(*(*row[:5], day(row[5]), bool(row[6]), *row[7:])) for row in rows]


def decode(text: str) -> PeopleStanding:
    """The standing behind its JSON; Damaged when it is none."""
    try:
        return _unpacked(json.loads(text))
    except (ValueError, TypeError, LookupError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Damaged:
    return Damaged(
        f"the summary of an initiative's people cannot be read ({error})", "restore a backup with: changedesk restore"
    )


_day = cache(stored_day)
_any_day = cache(day)
"""The same few days stand in thousands of summaries."""


def _unpacked(raw: list[Any]) -> PeopleStanding:
    groups = tuple(_group(one) for one in raw[10])
    items = tuple(_item(one) for one in raw[11])
    marks = tuple(_mark(one) for one in raw[12])
    return PeopleStanding(*(*raw[:5], day(raw[5]), *raw[6:10], groups, items, marks))


def _item(raw: list[Any]) -> OpenItem:
    # Thousands of items have the same few groups, texts and states: each is held once, for as long as somebody holds it.
    about, audience, item, status = raw[1], raw[2], raw[3], raw[4]
    named = intern(about), audience and intern(audience), intern(item), intern(status)
    return OpenItem(raw[0], *named, raw[5], _any_day(raw[6]), *raw[7:])


def _group(raw: list[Any]) -> GroupStanding:
    plan = tuple((_day(by), target) for by, target in raw[12])
    work = NextWork(raw[13][0], raw[13][1], _day(raw[13][2])) if raw[13] else None
    return GroupStanding(*(*raw[:4], _any_day(raw[4]), *raw[5:12], plan, work, raw[14]))


def _mark(raw: list[Any]) -> GapMark:
    at = stored_instant(raw[4]) if raw[4] else None
    return GapMark(raw[0], raw[1], raw[2], raw[3], at, day(raw[5]), raw[6], day(raw[7]))
