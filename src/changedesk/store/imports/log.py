"""Which rows an import added and changed, and whether anything has touched them since: read from the change log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from changedesk.domain.kinds.kind import Kind, ToAudience, ToBenefit, ToInitiative
from changedesk.store.imports.stage_sql import part_table
from changedesk.store.people import acted
from changedesk.store.records import StillNeeded
from changedesk.store.summaries.initiative_summaries import SUMMARIES
from changedesk.values import dataclass

_SIDE_TABLES = ("lane", "client")
"""What an import makes along with its rows: lanes of initiatives, clients at their first mention."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one import in the change log: those of its event from ``first`` to ``last``."""

    event: int
    first: int
    last: int

    @property
    def where(self) -> str:
        """The condition on the change log; all numbers, made here."""
        return f"seq BETWEEN {self.first} AND {self.last} AND event = {self.event}"

    def rows(self, table: str, op: str) -> str:
        """A query for the ids of the rows of a table on which it did that."""
        return f"SELECT row_id FROM change_log WHERE {self.where} AND record = '{table}' AND op = '{op}'"


def next_entry(conn: sqlite3.Connection) -> int:
    """The number that the next entry of the change log will have."""
    return int(conn.execute("SELECT ifnull(max(seq), 0) + 1 FROM change_log").fetchone()[0])


def touched_since(conn: sqlite3.Connection, kind: Kind, entries: Entries, cancelled: Iterable[int]) -> int:
    """How many rows of the import something has changed since; what was undone itself does not count (``cancelled``)."""
    undone = _numbers(cancelled)
    # With an initiative go its lanes, so nobody may have closed one.
    tables = "'initiative', 'lane'" if kind.table == "initiative" else f"'{kind.table}'"
    return int(
        conn.execute(
            f"SELECT count(DISTINCT row_id) FROM change_log WHERE seq > ? AND record IN ({tables})"
            f" AND event NOT IN ({undone}) AND row_id IN"
            f" (SELECT row_id FROM change_log WHERE {entries.where} AND record IN ({tables}))",
            (entries.last,),
        ).fetchone()[0]
    )


def hanging_on(conn: sqlite3.Connection, kind: Kind, entries: Entries) -> tuple[str, int] | None:
    """Another kind of record that points to rows which the import added, and how many do; None when none does."""
    added = entries.rows(kind.table, "insert")
    pointing = [(table, f"{column} IN ({added})") for table, column in referring(conn, kind.table)]
    if kind.table == "activity":
        # A change names the activity that it serves by its title.
        named = f"SELECT initiative_id, title FROM activity WHERE id IN ({added})"
        pointing.append(("change_request", f"(initiative_id, milestone) IN ({named})"))
    for table, condition in pointing:
        if kind.table == "initiative" and table in ("lane", *SUMMARIES):
            continue
        count = conn.execute(f"SELECT count(*) FROM {table} WHERE {condition}").fetchone()[0]
        if count:
            return table, int(count)
    return None


def acted_since(conn: sqlite3.Connection, entries: Entries) -> int:
    """How many of the people that the import added have signed, voted or done anything else."""
    return acted(conn, entries.rows("person", "insert"))


def initiatives_of(conn: sqlite3.Connection, kind: Kind, entries: Entries) -> list[str]:
    """The initiatives whose standing the rows of the import are part of."""
    mine = f"SELECT row_id FROM change_log WHERE {entries.where} AND record = '{kind.table}'"
    initiative = kind.column_of_type(ToInitiative)
    part = kind.column_of_type(ToAudience) or kind.column_of_type(ToBenefit)
    if not kind.in_standing:
        return []
    if kind.table in ("initiative", "client"):
        column = "id" if kind.table == "initiative" else "client_id"
        query = f"SELECT id FROM initiative WHERE {column} IN ({mine})"
    elif initiative is None:
        return []
    elif initiative.field:
        query = f"SELECT DISTINCT initiative_id FROM {kind.table} WHERE id IN ({mine})"
    else:
        table = part_table(part) if part else ""
        query = (
            f"SELECT DISTINCT p.initiative_id FROM {kind.table} t JOIN {table} p ON p.id = t.{table}_id"
            f" WHERE t.id IN ({mine})"
        )
    return [row[0] for row in conn.execute(query) if row[0] is not None]


def remove_added(conn: sqlite3.Connection, kind: Kind, entries: Entries, cancelled: Iterable[int]) -> int:
    """Remove the rows that the import added, and what it made along with them where nothing else needs it; returns how many.

    Raises :class:`StillNeeded`.
    """
    try:
        return _removed(conn, kind, entries, cancelled)
    except sqlite3.IntegrityError as error:
        raise StillNeeded from error


def _removed(conn: sqlite3.Connection, kind: Kind, entries: Entries, cancelled: Iterable[int]) -> int:
    added = entries.rows(kind.table, "insert")
    if kind.table == "initiative":
        for summary in SUMMARIES:
            conn.execute(f"DELETE FROM {summary} WHERE initiative_id IN ({added})")
        conn.execute(f"DELETE FROM lane WHERE initiative_id IN ({added})")
    removed = conn.execute(f"DELETE FROM {kind.table} WHERE id IN ({added})").rowcount
    for table in _SIDE_TABLES:
        if table != kind.table:
            conn.execute(_unneeded(conn, table, entries, cancelled))
    return removed


def _unneeded(conn: sqlite3.Connection, table: str, entries: Entries, cancelled: Iterable[int]) -> str:
    """Removes what the import made along with its rows, where nobody has touched it and nothing points to it."""
    conditions = [
        f"id IN ({entries.rows(table, 'insert')})",
        f"id NOT IN (SELECT row_id FROM change_log WHERE seq > {entries.last} AND record = '{table}'"
        f" AND event NOT IN ({_numbers(cancelled)}))",
    ]
    conditions += [
        f"NOT EXISTS (SELECT 1 FROM {other} WHERE {column} = {table}.id)" for other, column in referring(conn, table)
    ]
    if table == "lane":
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM activity a WHERE a.initiative_id = lane.initiative_id AND a.lane = lane.kind)"
        )
    return f"DELETE FROM {table} WHERE {' AND '.join(conditions)}"


def _numbers(events: Iterable[int]) -> str:
    return ", ".join(str(int(event)) for event in events)


def referring(conn: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Every table and column of the desk that points to rows of this table."""
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return [
        (other, reference[3])
        for other in tables
        for reference in conn.execute(f"PRAGMA foreign_key_list({other})")
        if reference[2] == table
    ]
