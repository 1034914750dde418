"""Taking an initiative out of a desk again with all that was made with it: read from the change log, like an import's rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from changedesk.store.imports.log import Entries, referring
from changedesk.store.records import StillNeeded
from changedesk.store.summaries.initiative_summaries import SUMMARIES


def touched_since(conn: sqlite3.Connection, entries: Entries, cancelled: Iterable[int]) -> int:
    """How many of the rows something has changed since; what was undone itself does not count (``cancelled``)."""
    # What was done in the same transaction belongs to the making.
    passed_over = ", ".join(str(int(event)) for event in (entries.event, *cancelled))
    return int(
        conn.execute(
            f"SELECT count(DISTINCT row_id) FROM change_log WHERE seq > ? AND event NOT IN ({passed_over})"
            f" AND row_id IN (SELECT row_id FROM change_log WHERE {entries.where})",
            (entries.last,),
        ).fetchone()[0]
    )


def hanging_on(conn: sqlite3.Connection, entries: Entries) -> tuple[str, int] | None:
    """A kind of record that points to what was made and was not made with it, and how many do; None when none does."""
    for made in _tables(conn, entries):
        for table, column in referring(conn, made):
            if table in SUMMARIES:
                continue
            count = conn.execute(
                f"SELECT count(*) FROM {table} WHERE {column} IN ({entries.rows(made, 'insert')})"
                f" AND id NOT IN ({entries.rows(table, 'insert')})"
            ).fetchone()[0]
            if count:
                return table, int(count)
    return None


def remove(conn: sqlite3.Connection, initiative: str, entries: Entries) -> None:
    """Remove the initiative and all that was made with it. Raises :class:`StillNeeded`."""
    for summary in SUMMARIES:
        conn.execute(f"DELETE FROM {summary} WHERE initiative_id = ?", (initiative,))
    try:
        for table in reversed(_tables(conn, entries)):
            conn.execute(f"DELETE FROM {table} WHERE id IN ({entries.rows(table, 'insert')})")
    except sqlite3.IntegrityError as error:
        raise StillNeeded from error


def _tables(conn: sqlite3.Connection, entries: Entries) -> list[str]:
    """The tables with rows that were made, in the order of their making: what points to a row was made after it."""
    rows = conn.execute(
        f"SELECT record FROM change_log WHERE {entries.where} AND op = 'insert' GROUP BY record ORDER BY min(seq)"
    )
    return [table for (table,) in rows]
