"""The reading side of an open desk: a connection for each thread that reads, and one that sees whether anybody has written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from changedesk.store.desk.migrate import refuse_newer, schema_of


class Readers:
    """The read-only connections to the desk at ``path``, each made by ``connecting`` when it is first needed."""

    def __init__(self, path: Path, connecting: Callable[[], sqlite3.Connection]) -> None:
        self._path = path
        self._connecting = connecting
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._all_lock = threading.Lock()
        self._watcher: sqlite3.Connection | None = None
        self._watched = 0

    def of_this_thread(self) -> sqlite3.Connection:
        """The connection of the thread that asks; each statement reads the newest committed state."""
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            conn = self._local.conn = self._connecting()
            with self._all_lock:
                self._all.append(conn)
        return conn

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Several statements on one and the same state of the desk; inside another one it is that one's."""
        conn = self.of_this_thread()
        inside = conn.in_transaction
        if inside:
            yield conn
            return
        conn.execute("BEGIN")
        try:
            yield conn
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")

    def interrupt(self) -> None:
        """Stop every running query."""
        with self._all_lock:
            for conn in self._all:
                conn.interrupt()

    def data_version(self) -> int:
        """A number that changes when another connection has committed; refuses once a newer program has upgraded the desk."""
        if self._watcher is None:
            self._watcher = self._connecting()
        version = int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
        if version != self._watched:
            refuse_newer(self._path, schema_of(self._watcher))
            self._watched = version
        return version

    def close(self, *, still_read: bool) -> None:
        """Close the connections; ``still_read``: all but those of threads that may be within a statement."""
        with self._all_lock:
            for conn in (*(() if still_read else self._all), self._watcher):
                if conn is not None:
                    conn.close()
            self._all.clear()
            self._watcher = None
            self._local = threading.local()
