"""Connections to the file of a desk: how each is set up, what none may do, and SQLite's errors in the words of the desk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from changedesk.errors import Damaged, DeskUnusable
from changedesk.store.desk.files import open_to_its_group
from changedesk.store.finding import let_find
from changedesk.store.ids import new_id

_SHARED_MEMORY = 32_768
"""Bytes of the file that SQLite keeps beside a desk in use."""


def connect(path: Path, *, reading: bool, frozen: bool, synced: bool, busy_ms: int) -> sqlite3.Connection:
    """A connection for reading or for writing, which waits ``busy_ms`` for another program's lock.

    ``frozen``: this account may not change the file. ``synced``: a commit is on disk when it returns.
    """
    mode = "ro" if frozen else "rw"
    # On a folder that cannot be written SQLite could not make its shared-memory file: the file is read as it lies.
    # With a write-ahead log beside it, it must not be: what was committed last would be missing.
    folder_is_fixed = frozen and not os.access(path.parent, os.W_OK)
    as_it_lies = "&immutable=1" if folder_is_fixed and not _has_content(path, "-wal") else ""
    with damage_is_said(path):
        conn = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}{as_it_lies}",
            uri=True,
            isolation_level=None,
            timeout=busy_ms / 1000,
            check_same_thread=False,
        )
        conn.execute(f"PRAGMA busy_timeout = {busy_ms}")
        conn.execute("PRAGMA trusted_schema = OFF")
        conn.execute("PRAGMA cell_size_check = ON")
        let_find(conn)
        if reading:
            conn.execute("PRAGMA query_only = ON")
            # Each thread that reads has one of these, and the system keeps the pages of the file for all of them.
            conn.execute("PRAGMA cache_size = -256")
        else:
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute(f"PRAGMA synchronous = {'FULL' if synced else 'OFF'}")
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA recursive_triggers = ON")
            conn.create_function("new_id", 0, new_id)
        conn.set_authorizer(_no_attach)
        if frozen and not folder_is_fixed:
            conn.execute("PRAGMA schema_version").fetchone()
            open_to_its_group(path)
    return conn


@contextmanager
def damage_is_said(path: Path) -> Iterator[None]:
    """SQLite's errors in the words of the desk; a rule that a CHECK holds stays a programming error."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        said = str(error)
        if "interrupted" in said:
            raise
        if "locked" in said or "busy" in said:
            raise DeskUnusable(
                f"{path} is in use by another program; nothing was changed", "try again in a moment"
            ) from error
        if "full" in said or ("I/O" in said and _is_full(path.parent)):
            raise DeskUnusable("the disk is full; nothing was changed", "make room and try again") from error
        if "no such" in said or "decode" in said or "user-defined" in said:
            raise Damaged(f"{path} is damaged ({said})", "restore a backup with: changedesk restore") from error
        if "I/O" in said or "unable to open" in said or "readonly" in said:
            raise DeskUnusable(f"{path} cannot be used ({said}); nothing was changed") from error
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.ProgrammingError):
            raise
        raise Damaged(f"{path} is damaged ({error})", "restore a backup with: changedesk restore") from error


@contextmanager
def attached(conn: sqlite3.Connection, stage: Path | None) -> Iterator[None]:
    """The one file that may be attached: the stage of an import, and only while that import is applied."""
    if stage is None:
        yield
        return
    conn.set_authorizer(None)
    conn.execute("ATTACH DATABASE ? AS stage", (str(stage),))
    conn.set_authorizer(_no_attach)
    try:
        yield
    finally:
        conn.set_authorizer(None)
        conn.execute("DETACH DATABASE stage")
        conn.set_authorizer(_no_attach)


def copy_all(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database; a lock that outlasts the busy timeout is an error, where sqlite3 alone would try for ever."""

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise sqlite3.OperationalError("database is locked")

    source.backup(target, progress=progress)


def _is_full(folder: Path) -> bool:
    """Whether a disk has no room for the memory that SQLite shares between programs, which reading needs, too."""
    try:
        room = os.statvfs(folder)
    except OSError:
        return False
    return room.f_bavail * room.f_frsize < _SHARED_MEMORY


def _has_content(path: Path, suffix: str) -> bool:
    beside = path.with_name(path.name + suffix)
    return beside.exists() and beside.stat().st_size > 0


def _no_attach(action: int, *_: object) -> int:
    return sqlite3.SQLITE_DENY if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) else sqlite3.SQLITE_OK
