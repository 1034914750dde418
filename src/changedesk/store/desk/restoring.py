"""A backup as a desk of the present schema: a copy of it, so that the backup itself is only ever read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from changedesk.errors import DeskUnusable
from changedesk.store.desk import files
from changedesk.store.desk.connecting import connect, copy_all, damage_is_said
from changedesk.store.desk.database import BUSY_MS, Desk, system_clock
from changedesk.store.ids import new_id


@contextmanager
def copy_of(source: Path, place: Path) -> Iterator[Desk]:
    """A copy of a desk beside ``place``, open and of the present schema; it is gone when the block ends.

    Not a byte of the source changes, whatever its schema and whoever has it open. A folder that was made for the copy goes
    again, unless ``place`` has come to be in it.
    """
    files.refuse_unsafe_place(source)
    files.read_header(source)
    missing = [folder for folder in place.parents if not folder.exists()]
    files.make_folder(place.parent, shared=False)
    fresh = place.with_name(f".{place.name}.{new_id()}.part")
    try:
        files.new_file(fresh, 0o600, place)
        _copy(source, fresh)
        with Desk(fresh, system_clock, unnamed=True) as desk:
            yield desk
    except DeskUnusable as error:
        # Whoever reads this knows the backup, and never heard of the copy.
        raise type(error)(error.message.replace(str(fresh), str(source)), error.hint) from error
    finally:
        files.remove_passing(fresh)
        with suppress(OSError):
            for folder in missing:
                folder.rmdir()


def _copy(source: Path, copy: Path) -> None:
    with damage_is_said(source):
        there = connect(source, reading=True, frozen=True, synced=True, busy_ms=BUSY_MS)
        with closing(there), closing(sqlite3.connect(copy, isolation_level=None)) as here:
            copy_all(there, here)
