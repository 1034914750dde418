"""Staging: the rows of an import wait beside the desk until all of them are known to be right.

The stage is a SQLite file of its own, named after the kind and the digest of the file that is imported, so that an
interrupted import finds its rows again and goes on where it stopped. It is locked while an import works on it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from changedesk.domain.kinds.kind import Column, Kind, ToAudience, ToBenefit, ToInitiative, ToService
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import Damaged, DeskUnusable, Problem
from changedesk.store.imports import stage_files, stage_sql, stage_summary
from changedesk.store.imports.stage_summary import ColumnSummary
from changedesk.store.service import spellings
from changedesk.values import dataclass

BATCH = 20_000
"""Rows between two commits of the stage: what an interrupted import may have to do again."""
_FORMAT = 1
_REFUSED, _WARNING, _FOUND, _DENIED = "refused", "warning", "found", "denied"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import means for the desk as it was after the audit event ``seen``; rows read and refused, keys otherwise."""

    seen: int
    read: int
    refused: int
    denied: int
    added: int
    updated: int
    unchanged: int


class Stage:
    """The staged rows of one file. :meth:`close` keeps them for another try, :meth:`discard` removes them."""

    def __init__(self, desk: Path, kind: Kind, columns: Sequence[Column], digest: str) -> None:
        self.path = desk.with_name(f"{desk.name}.stage-{kind.name}-{digest[:16]}")
        self._desk = desk
        self._kind = kind
        self._columns = tuple(columns)
        self._label = f"{_FORMAT} {kind.name} {digest} {','.join(column.name for column in columns)}"
        self._lock = stage_files.lock(self.path)
        try:
            with self._in_words():
                self._conn = self._resumed() or self._begun()
                self.through, self.read = self._conn.execute("SELECT through, read FROM staged_facts").fetchone()
        except BaseException:
            # Whatever stopped it, the stage is free for the next try.
            os.close(self._lock)
            raise

    def add(
        self,
        through: int,
        read: int,
        rows: Sequence[tuple[Cell, ...]],
        problems: Sequence[Problem],
        warnings: Sequence[Problem],
    ) -> None:
        """Keep a batch, all at once: it reaches row ``through`` of the file, ``read`` rows in all.

        ``rows`` are tuples of the row's number and its values in the order of the columns.
        """
        marks = ", ".join("?" * (len(self._columns) + 1))
        said = [(p.row, p.column, p.problem, _REFUSED) for p in problems]
        said += [(w.row, w.column, w.problem, _WARNING) for w in warnings]
        with self._in_words(), _transaction(self._conn):
            self._conn.executemany(f"INSERT INTO staged VALUES ({marks})", rows)
            self._conn.executemany("INSERT INTO staged_problem VALUES (?, ?, ?, ?)", said)
            self._conn.execute("UPDATE staged_facts SET through = ?, read = ?", (through, read))
        self.through, self.read = through, read

    def resolve(self, clients: Sequence[str] | None, *, administers: bool, skip_refused: bool) -> Outcome:
        """Compare the staged rows with the desk: which point to nothing, which are new, which differ.

        ``clients`` are the codes that the rows may belong to, None for any; ``administers`` says whether they may give and
        take the role of administrator. Nothing counts as taken while a row is refused, unless refused rows are skipped.
        """
        conn = self._conn
        with self._in_words():
            conn.execute("ATTACH DATABASE ? AS desk", (f"{self._desk.absolute().as_uri()}?mode=ro",))
            try:
                with _transaction(conn):
                    seen = conn.execute("SELECT ifnull(max(seq), 0) FROM audit").fetchone()[0]
                    if (column := self._kind.service_column) in self._columns:
                        spellings.respell_staged(conn, column)
                    refused, denied = self._refuse(clients, administers=administers)
                    added = updated = unchanged = 0
                    if skip_refused or not refused:
                        added, updated, unchanged = self._decide()
            finally:
                conn.execute("DETACH DATABASE desk")
        return Outcome(seen, self.read, refused, denied, added, updated, unchanged)

    def problems(self, limit: int) -> tuple[tuple[Problem, ...], int]:
        """The first problems by row, and how many there are in all."""
        return self._said("grade <> ?", limit)

    def warnings(self, limit: int) -> tuple[tuple[Problem, ...], int]:
        """The first warnings by row, and how many there are in all."""
        return self._said("grade = ?", limit)

    def summaries(self) -> tuple[ColumnSummary, ...]:
        """What stands in the columns, over all staged rows."""
        with self._in_words():
            return stage_summary.summaries(self._conn, self._columns)

    def close(self) -> None:
        """Leave the rows for another try."""
        self._conn.close()
        os.close(self._lock)

    def discard(self) -> None:
        """Remove the stage."""
        self._conn.close()
        stage_files.remove(self.path)
        os.close(self._lock)

    def _refuse(self, clients: Sequence[str] | None, *, administers: bool) -> tuple[int, int]:
        conn = self._conn
        conn.execute("DELETE FROM staged_problem WHERE grade IN (?, ?)", (_FOUND, _DENIED))
        conn.execute("DELETE FROM staged_refused")
        for query in (
            *stage_sql.unknown_references(self._columns),
            *stage_sql.kept_here(self._kind, self._columns),
            *stage_sql.bound_to_its_client(self._kind, self._columns),
        ):
            conn.execute(f"INSERT INTO staged_problem SELECT *, ? FROM ({query})", (_FOUND,))
        if clients is not None:
            for query in stage_sql.out_of_reach(self._kind, self._columns, clients):
                conn.execute(f"INSERT INTO staged_problem SELECT *, ? FROM ({query})", (_DENIED, *clients))
        if not administers:
            for query in stage_sql.for_administrators(self._kind, self._columns):
                conn.execute(f"INSERT INTO staged_problem SELECT *, ? FROM ({query})", (_DENIED,))
        conn.execute("INSERT OR IGNORE INTO staged_refused SELECT n FROM staged_problem WHERE grade <> ?", (_WARNING,))
        refused = conn.execute("SELECT count(*) FROM staged_refused").fetchone()[0]
        denied = conn.execute("SELECT count(*) FROM staged_problem WHERE grade = ?", (_DENIED,)).fetchone()[0]
        return refused, denied

    def _decide(self) -> tuple[int, int, int]:
        """The last good row of each key, and of those the ones that are new or differ."""
        conn, kind, columns = self._conn, self._kind, self._columns
        key = ", ".join(f'"{name}"' for name in kind.key)
        initiative = "i.id" if any(isinstance(column.type, ToInitiative) for column in columns) else "NULL"
        part = (
            "p.id" if any(isinstance(column.type, ToAudience | ToBenefit | ToService) for column in columns) else "NULL"
        )
        conn.execute("DELETE FROM staged_last")
        conn.execute("DELETE FROM staged_change")
        conn.execute(
            f"INSERT INTO staged_last SELECT max(n) FROM staged WHERE n NOT IN (SELECT n FROM staged_refused) GROUP BY {key}"
        )
        # CROSS JOIN keeps the file's order: rows that lie together in it mostly lie together in the desk.
        conn.execute(
            f"INSERT INTO staged_change SELECT s.n, t.id IS NULL, {initiative}, {part}"
            f" FROM staged_last l CROSS JOIN {stage_sql.found(kind, columns)}"
            f" WHERE s.n = l.n AND (t.id IS NULL OR NOT ({stage_sql.is_same(kind, columns)}))"
        )
        keys = conn.execute("SELECT count(*) FROM staged_last").fetchone()[0]
        added, changed = conn.execute("SELECT ifnull(sum(added), 0), count(*) FROM staged_change").fetchone()
        return added, changed - added, keys - changed

    def _said(self, condition: str, limit: int) -> tuple[tuple[Problem, ...], int]:
        total = self._conn.execute(f"SELECT count(*) FROM staged_problem WHERE {condition}", (_WARNING,)).fetchone()[0]
        rows = self._conn.execute(
            f"SELECT n, place, sentence FROM staged_problem WHERE {condition} ORDER BY n, rowid LIMIT ?",
            (_WARNING, limit),
        )
        return tuple(Problem(*row) for row in rows), total

    def _connect(self) -> sqlite3.Connection:
        conn = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        conn.execute("PRAGMA trusted_schema = OFF")
        conn.execute("PRAGMA journal_mode = DELETE")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA cache_size = -16000")
        return conn

    def _resumed(self) -> sqlite3.Connection | None:
        """The stage that an earlier try left, None when there is none, or none of use."""
        if os.fstat(self._lock).st_size == 0:
            return None
        try:
            conn = self._connect()
        except sqlite3.DatabaseError:
            return None
        try:
            sound = conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            if sound and conn.execute("SELECT label FROM staged_facts").fetchone() == (self._label,):
                return conn
        except sqlite3.DatabaseError:
            pass
        conn.close()
        return None

    def _begun(self) -> sqlite3.Connection:
        os.ftruncate(self._lock, 0)
        self.path.with_name(self.path.name + "-journal").unlink(missing_ok=True)
        conn = self._connect()
        with _transaction(conn):
            cells = "".join(f', "{column.name}"' for column in self._columns)
            conn.execute(f"CREATE TABLE staged (n INTEGER PRIMARY KEY{cells})")
            conn.execute("CREATE TABLE staged_problem (n INTEGER, place TEXT, sentence TEXT, grade TEXT)")
            conn.execute("CREATE TABLE staged_refused (n INTEGER PRIMARY KEY)")
            conn.execute("CREATE TABLE staged_last (n INTEGER PRIMARY KEY)")
            conn.execute(
                "CREATE TABLE staged_change (n INTEGER PRIMARY KEY, added INTEGER, initiative_id TEXT, part_id TEXT)"
            )
            conn.execute("CREATE TABLE staged_facts (label TEXT, through INTEGER, read INTEGER)")
            conn.execute("INSERT INTO staged_facts VALUES (?, 1, 0)", (self._label,))
        return conn

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            said = str(error)
            if "full" in said:
                raise DeskUnusable("the disk is full; nothing was changed", "make room and try again") from error
            if "locked" in said:
                sentence = f"{self._desk} is in use by another program; nothing was changed"
                raise DeskUnusable(sentence, "try again in a moment") from error
            if "I/O" in said or "unable to open" in said or "readonly" in said:
                raise DeskUnusable(
                    f"rows cannot be staged beside {self._desk} ({said}); nothing was changed"
                ) from error
            raise
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.DatabaseError as error:
            raise Damaged(f"{self._desk} is damaged ({error})", "restore a backup with: changedesk restore") from error


@contextmanager
def _transaction(conn: sqlite3.Connection) -> Iterator[None]:
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        # Ctrl+C, too, takes the batch back.
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
