"""Making a desk: complete under a passing name, then named, so that a crash leaves no half-made one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from changedesk.store.desk import files
from changedesk.store.desk.connecting import damage_is_said
from changedesk.store.desk.database import Clock, Desk
from changedesk.store.desk.migrate import migrate
from changedesk.store.ids import new_id
from changedesk.store.times import instant
from changedesk.store.trail import audit, sealing


def create_desk(
    path: Path, *, kind: str, demo: bool, owner: str, clock: Clock, fill: Callable[[Desk], None] | None = None
) -> None:
    """Make a new desk, complete, with its first account; ``fill`` may write into it before it gets its name.

    It is built under a passing name in the same folder and named last, so that a crash leaves no half-made desk.
    """
    files.refuse_unsafe_place(path)
    files.refuse_taken_name(path)
    shared = kind == "shared"
    files.make_folder(path.parent, shared=shared)
    fresh = path.with_name(f".{path.name}.{new_id()}.part")
    files.new_file(fresh, 0o660 if shared else 0o600, path)
    try:
        with damage_is_said(path):
            _lay_out(fresh, kind=kind, demo=demo, owner=owner, clock=clock)
        with Desk(fresh, clock, unnamed=True) as desk:
            if fill is not None:
                fill(desk)
        with damage_is_said(path):
            _fold_in_wal(fresh)
        files.publish(fresh, path)
    finally:
        files.remove_passing(fresh)


def _lay_out(path: Path, *, kind: str, demo: bool, owner: str, clock: Clock) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = FULL")
        migrate(conn)
        now, desk_id, account = instant(clock()), new_id(), new_id()
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE write_door SET event = 1")
        conn.execute("INSERT INTO desk VALUES (1, ?, ?, ?, ?)", (desk_id, kind, int(demo), now))
        conn.execute("INSERT INTO account (id, os_login, roles) VALUES (?, ?, 'administrator')", (account, owner))
        told = {"kind": kind, "demo": demo, "account": account}
        audit.append(conn, now, account, "desk.created", desk_id, {**sealing.seal(conn, 0), **told})
        conn.execute("UPDATE write_door SET event = NULL")
        conn.execute("COMMIT")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        conn.close()


def _fold_in_wal(path: Path) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        conn.close()
