"""Bringing a desk to the schema of this program: recorded migrations, each in a transaction, with a backup first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.errors import DeskUnusable
from changedesk.store.desk.files import APPLICATION_ID

if TYPE_CHECKING:
    from changedesk.store.desk.database import Desk

Statements = Callable[[], tuple[str, ...]]


def _late(module: str, name: str) -> Statements:
    """The statements that this function of a module gives; the module is imported when a desk is made or upgraded."""

    def statements() -> tuple[str, ...]:
        made: tuple[str, ...] = getattr(import_module(f"changedesk.store.schema.{module}"), name)()
        return made

    return statements


_SCHEMAS: tuple[tuple[str, Statements], ...] = (
    ("0001_desk", _late("desk", "desk_statements")),
    ("0002_working", _late("working", "working_statements")),
    ("0003_control", _late("control", "control_statements")),
    ("0004_people_side", _late("people_side", "people_side_statements")),
    ("0007_calendar", _late("calendar", "calendar_statements")),
    ("0008_learning", _late("learning", "learning_statements")),
    ("0009_adoption", _late("adoption", "adoption_statements")),
    ("0010_service", _late("service", "service_statements")),
    ("0011_benefit_kind", _late("benefits", "benefit_statements")),
    # Nothing new is kept. A step has every summary made anew, and what counts as use of an initiative is another sum now.
    ("0012_use_counted_anew", tuple),
    # Nor is anything here: summaries say now whose a target is.
    ("0013_whose_target", tuple),
    # Nor here: since it events have sealed windows, roles and how many entries the change log has.
    ("0014_rows_sealed", tuple),
    # The event of the step seals the change log and the rows as they are; each event after it goes on.
    ("0015_log_sealed", _late("seals", "seal_statements")),
    # Nothing new is kept: summaries no longer name the least ready group, which is computed where it is told.
    ("0016_least_ready_computed", tuple),
)
"""The steps from nothing to the present schema: the name under which each is recorded, and its statements."""

SEALS_SINCE = [name for name, _ in _SCHEMAS].index("0015_log_sealed") + 1
"""The schema since which events seal the change log: a desk of an earlier one is sealed whole when it is upgraded."""

SCHEMA = len(_SCHEMAS)
"""The schema that this program reads and writes; it stands in the file's header, so that opening needs no look inside."""


def _executing(statements: Statements) -> Callable[[sqlite3.Connection], None]:
    def step(conn: sqlite3.Connection) -> None:
        for statement in statements():
            conn.execute(statement)

    return step


_STEPS = tuple((name, _executing(statements)) for name, statements in _SCHEMAS)


def all_statements() -> tuple[str, ...]:
    """Every statement that has made the present schema, in order."""
    return tuple(statement for _, statements in _SCHEMAS for statement in statements())


def schema_of(conn: sqlite3.Connection) -> int:
    """The schema that a desk has by now, also where the file's header does not say it yet."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(path: Path, schema: int) -> None:
    """A desk of a newer program is not for this one, also when it was upgraded while it is open here."""
    if schema > SCHEMA:
        raise DeskUnusable(
            f"{path} has schema {schema}, newer than the schema {SCHEMA} of this program; nothing was changed",
            "use the newer changedesk",
        )


def bring_up_to_date(
    desk: Desk,
    schema: int,
    writer: Callable[[], sqlite3.Connection],
    tell: Callable[[sqlite3.Connection, int], None],
    *,
    copied: bool,
) -> None:
    """Upgrade a desk in place through its ``writer``; ``copied``: after a copy of it was put beside it.

    ``tell`` hears of the old ``schema`` in the transaction of the steps; a desk that is made right now has none (0).
    """
    if desk.read_only:
        raise DeskUnusable(
            f"{desk.path} has the older schema {schema} and may not be changed here",
            "open it once without --read-only, with an account that may write it",
        )
    stamp = desk.clock().strftime("%Y%m%dT%H%M%SZ")
    if schema > 0:
        desk.reader().execute("SELECT id FROM desk").fetchone()
        if copied:
            _keep_copy(desk, _backup_name(desk.path, schema, stamp))
    conn = writer()
    migrate(conn, partial(tell, conn, schema) if schema > 0 else None)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep_copy(desk: Desk, kept: Path) -> None:
    try:
        desk.backup_to(kept)
    except DeskUnusable:
        # Another program that starts in the same second has made the same copy.
        if not kept.exists():
            raise


def migrate(conn: sqlite3.Connection, finish: Callable[[], None] | None = None) -> None:
    """Apply what is missing, and what ``finish`` does with it: all of it or nothing.

    Two programs may start at once: the second waits, then finds nothing left to do, also where the first is a newer one.

    sqlite-utils keeps the record of what was applied, so that other tools can read it; the transaction is ours, because
    only BEGIN IMMEDIATE survives a concurrent start.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    migrations = Migrations("changedesk")
    for name, step in _STEPS:
        migrations(name=name)(_on_connection(step))
    conn.execute("BEGIN IMMEDIATE")
    try:
        found = schema_of(conn)
        if found <= SCHEMA:
            migrations.apply(Database(conn))
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version = {SCHEMA}")
        if finish is not None and found < SCHEMA:
            finish()
        conn.execute("COMMIT")
    except BaseException:
        # Ctrl+C, too, leaves the old schema whole.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def _on_connection(step: Callable[[sqlite3.Connection], None]) -> Callable[[object], None]:
    def apply(database: object) -> None:
        step(database.conn)  # type: ignore[attr-defined]  # sqlite-utils ships no types for its Database here

    return apply


def _backup_name(path: Path, schema: int, stamp: str) -> Path:
    """Beside the desk, with the old schema and the time in its name."""
    return path.with_name(f"{path.name}.before-schema-{schema}-to-{SCHEMA}-{stamp}")
