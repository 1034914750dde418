"""One desk, open: its write door and its readers.

Every write goes through :meth:`Desk.write`: BEGIN IMMEDIATE, an audit event, the change log, the summaries, COMMIT with
synchronous=FULL. Every reading thread has a read-only connection of its own. Measured reasons stand in docs/decisions.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.errors import Damaged, DeskUnusable
from changedesk.store.desk import files
from changedesk.store.desk.connecting import attached, connect, copy_all, damage_is_said
from changedesk.store.desk.migrate import SCHEMA, SEALS_SINCE, bring_up_to_date, refuse_newer, schema_of
from changedesk.store.desk.readers import Readers
from changedesk.store.desk.transaction import Transaction
from changedesk.store.ids import new_id
from changedesk.store.times import instant, stored_instant
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.lifecycle import Lifecycle

Clock = Callable[[], datetime]
Connection = sqlite3.Connection
"""What rooms above the store hold and hand on, without knowing what it is."""

BUSY_MS = 5000
"""So long a lock of another program is waited for."""

_SENSELESS = (ValueError, TypeError, LookupError, ArithmeticError)
"""What the program meets in a value that no use case would have written."""


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What a desk says of itself."""

    id: str
    kind: str
    demo: bool


class Desk:
    """An open desk. Close it, or use it in a ``with``."""

    def __init__(
        self, path: Path, clock: Clock = system_clock, *, unnamed: bool = False, read_only: bool = False
    ) -> None:
        """Open the desk at ``path``; ``unnamed``: nobody knows it yet, and it is thrown away if its making ends early.

        ``read_only``: not a byte of it is changed, even where it may be.
        """
        self._unnamed = unnamed
        self.path = path
        self.clock = clock
        self._readers = Readers(path, lambda: self._connect(reading=True))
        self._writer: sqlite3.Connection | None = None
        self._write_lock = threading.Lock()
        files.refuse_unsafe_place(path)
        header = files.read_header(path)
        refuse_newer(path, header.schema)
        self._frozen = not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK)
        self.read_only = read_only or self._frozen
        try:
            self.facts = self._opened(header.schema)
        except BaseException:
            self.close()
            raise

    def _opened(self, schema: int) -> DeskFacts:
        with self._damage_is_said():
            if schema < SCHEMA:
                bring_up_to_date(self, schema, self._writing, self._tell_of_migration, copied=not self._unnamed)
            # The header of a desk that another program has upgraded and not closed yet may still stand in its log.
            refuse_newer(self.path, schema_of(self.reader()))
            row = self.reader().execute("SELECT id, kind, demo FROM desk").fetchone()
        if row is None:
            raise Damaged(f"{self.path} is not a complete desk", "restore a backup with: changedesk restore")
        return DeskFacts(row[0], row[1], bool(row[2]))

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        try:
            if isinstance(error, (sqlite3.DatabaseError, *_SENSELESS)):
                with self.naming_damage():
                    raise error
        finally:
            self.close()

    @contextmanager
    def naming_damage(self) -> Iterator[None]:
        """Where a value makes no sense to the program, a damaged desk is named as the reason, by what its proof finds first."""
        try:
            with self._damage_is_said():
                yield
        except _SENSELESS as error:
            if damage := self.damage_behind(error):
                raise damage from error
            raise

    def damage_behind(self, error: Exception) -> Damaged | None:
        """The damage over which a value made no sense to the program, by what a proof finds first; None on a sound desk."""
        if not isinstance(error, _SENSELESS):
            return None
        from changedesk.store.proving.check import check

        problems = check(self, None).problems
        said = f"{self.path} is damaged ({problems[0]})" if problems else ""
        return Damaged(said, "restore a backup with: changedesk restore") if said else None

    def close(self, *, still_read: bool = False) -> None:
        """Close every connection; running queries are interrupted.

        ``still_read``: those of readers stay open, because a thread may be within a statement; nothing of it can be lost.
        """
        self.interrupt()
        self._readers.close(still_read=still_read)
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @cached_property
    def lifecycle(self) -> Lifecycle:
        """The lanes, phases and checkpoints that every initiative of this desk follows."""
        from changedesk.domain.lifecycle import parse_lifecycle
        from changedesk.resources import data_text

        return parse_lifecycle(data_text("lifecycles", "standard.toml"))

    # reading

    def reader(self) -> sqlite3.Connection:
        """This thread's read-only connection; each statement reads the newest committed state."""
        return self._readers.of_this_thread()

    def snapshot(self) -> AbstractContextManager[sqlite3.Connection]:
        """Several statements on one and the same state of the desk; inside another one it is that one's."""
        return self._readers.snapshot()

    def interrupt(self) -> None:
        """Stop every running query, so that leaving never waits for one."""
        self._readers.interrupt()

    def data_version(self) -> int:
        """A number that changes when another connection, of this program or another, has committed; costs microseconds.

        Refuses once a newer program has upgraded the desk: what is read from then on may not be what it seems.
        """
        return self._readers.data_version()

    # writing

    @property
    def has_written(self) -> bool:
        """Whether anything was written through this door since it was opened."""
        return self._writer is not None

    @contextmanager
    def write(self, actor: str, stage: Path | None = None) -> Iterator[Transaction]:
        """The only way to change a desk: all of it is on disk when the block ends, or nothing of it happened.

        ``stage`` is a file of staged rows, readable inside the block as the schema ``stage``.
        """
        if self.read_only:
            raise DeskUnusable(
                f"{self.path} is read-only for this account; nothing was changed", "ask for write access"
            )
        with self._alone(), self._damage_is_said():
            conn = self._writing()
            with attached(conn, stage):
                yield from self._transaction(conn, actor)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time within this program, too; the wait is as long as for another program."""
        if not self._write_lock.acquire(timeout=BUSY_MS / 1000):
            raise DeskUnusable(
                f"{self.path} is being written elsewhere in this program; nothing was changed", "try again in a moment"
            )
        try:
            yield
        finally:
            self._write_lock.release()

    def _transaction(self, conn: sqlite3.Connection, actor: str) -> Iterator[Transaction]:
        conn.execute("BEGIN IMMEDIATE")
        try:
            refuse_newer(self.path, schema_of(conn))
            transaction = self._begun(conn, actor)
            yield transaction
            self._sum_up(transaction)
            if transaction.events:
                transaction.refuse_unsealed()
                conn.execute("UPDATE write_door SET event = NULL")
                conn.execute("COMMIT")
            elif conn.execute("SELECT event FROM change_log ORDER BY seq DESC LIMIT 1").fetchone() == (
                transaction.first_event,
            ):
                raise AssertionError("a write without its audit event")
            else:
                conn.execute("ROLLBACK")
        except BaseException:
            # Ctrl+C, too: all of a write or nothing of it.
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise

    def _begun(self, conn: sqlite3.Connection, actor: str) -> Transaction:
        from changedesk.store.trail import sealing

        (event,) = conn.execute("SELECT ifnull(max(seq), 0) + 1 FROM audit").fetchone()
        conn.execute("UPDATE write_door SET event = ?", (event,))
        # A moment is what its text says: finer than that, what is told of it would not be what is kept.
        return Transaction(conn, actor, stored_instant(instant(self.clock())), event, sealing.entries(conn))

    def _sum_up(self, transaction: Transaction) -> None:
        if transaction.touched:
            from changedesk.store.summaries import refreshing

            refreshing.refresh(transaction, self.lifecycle)

    # housekeeping

    def backup_to(self, destination: Path, mode: int = 0o600) -> None:
        """Write a complete, consistent copy beside a running desk; an existing file is refused."""
        files.refuse_unsafe_place(destination)
        files.refuse_taken_name(destination)
        fresh = destination.with_name(f".{destination.name}.{new_id()}.part")
        files.new_file(fresh, mode, destination)
        try:
            with self._damage_is_said():
                copy = sqlite3.connect(fresh, isolation_level=None)
                try:
                    copy_all(self.reader(), copy)
                    copy.execute("PRAGMA journal_mode = DELETE")
                finally:
                    copy.close()
            files.publish(fresh, destination)
        finally:
            fresh.unlink(missing_ok=True)

    def take_over(self, source: Desk) -> None:
        """Replace everything in this desk by another desk's contents, in one transaction that others see whole or not at all."""
        with self._alone(), self._damage_is_said():
            conn = self._writing()
            try:
                conn.set_authorizer(None)
                copy_all(source.reader(), conn)
            finally:
                conn.close()
                self._writer = None

    def _tell_of_migration(self, conn: sqlite3.Connection, schema: int) -> None:
        """A newer program may read more from the records: every summary is made anew, and the audit says since when.

        All of it in the transaction of the steps: a desk of the newer schema whose summaries are older is never there.
        What events of an earlier one have not sealed, this one seals as it is.
        """
        from changedesk.store.trail import sealing

        transaction = self._begun(conn, "changedesk")
        if schema < SEALS_SINCE and not sealing.is_begun(conn):
            transaction.entry = 0
        (desk,) = conn.execute("SELECT id FROM desk").fetchone()
        transaction.touched.update(initiative for (initiative,) in conn.execute("SELECT id FROM initiative"))
        transaction.record("desk.migrated", desk, {"from": schema, "to": SCHEMA})
        self._sum_up(transaction)
        conn.execute("UPDATE write_door SET event = NULL")

    def _writing(self) -> Connection:
        if self._writer is None:
            self._writer = self._connect(reading=False)
        return self._writer

    def _connect(self, *, reading: bool) -> Connection:
        # What nobody knows yet needs to be on disk once, when it gets its name.
        return connect(self.path, reading=reading, frozen=self._frozen, synced=not self._unnamed, busy_ms=BUSY_MS)

    def _damage_is_said(self) -> AbstractContextManager[None]:
        return damage_is_said(self.path)
