"""Giving out canonical files: what the session may see, whole or not at all."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import BadInput
from changedesk.interchange.files import write_chunks
from changedesk.interchange.writing import csv_chunks, json_chunks
from changedesk.services.imports.importing import known_kind
from changedesk.services.lookup import unknown_client
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zone_named
from changedesk.store import exporting

FORMATS = ("csv", "json", "ics")
ICS_KINDS = ("windows", "changes")
"""Kinds whose rows are times, which a calendar can hold."""


def export(
    session: Session,
    kind: str,
    form: str,
    destination: Path | BinaryIO,
    client: str | None = None,
    *,
    force: bool = False,
) -> None:
    """Write all records of a kind that the session may see, or those of one client, as canonical CSV, JSON or a calendar.

    A path gets the whole file or nothing and is written over only with ``force``; a stream is written as it goes.
    Rows come by natural key, in the order of the UTF-8 bytes of its cells.
    """
    authorise(session, "desk.export", client)
    declared = known_kind(kind)
    if declared.seen_with:
        authorise(session, declared.seen_with, client)
    formats = [name for name in FORMATS if name != "ics" or kind in ICS_KINDS]
    if form not in formats:
        raise BadInput(f"{kind} cannot be exported as {form}; the formats are {', '.join(formats)}")
    if client is not None and not exporting.has_client(session.desk.reader(), client):
        raise unknown_client(client)
    if form == "ics":
        chunks = _events(session, declared, client)
    else:
        chunks = (csv_chunks if form == "csv" else json_chunks)(declared, _rows(session, kind, client))
    # Whoever reads the stream may go early: the rows end while the desk is still open.
    with closing(chunks):
        if isinstance(destination, Path):
            refuse_own_files(session, destination)
            write_chunks(destination, chunks, force=force)
            return
        for chunk in chunks:
            destination.write(chunk)
        destination.flush()


def _rows(session: Session, kind: str, client: str | None) -> Iterator[Sequence[Cell]]:
    with session.desk.snapshot() as conn:
        yield from exporting.rows(conn, known_kind(kind), session.scope.narrowed(client), without_client=client is None)


def _events(session: Session, kind: Kind, client: str | None) -> Generator[bytes, None, None]:
    """The same rows as a calendar."""
    # icalendar takes its time to be imported, and few exports need it.
    from changedesk.interchange.ics_writing import CalendarRow, change_chunks, window_chunks

    with session.desk.snapshot() as conn:
        scope = session.scope.narrowed(client)
        found = exporting.dated_rows(conn, kind, scope, without_client=client is None)
        rows = [CalendarRow(id_, rev, zone_named(zone), cells) for id_, rev, zone, cells in found]
    if kind.name == "changes":
        yield from change_chunks(rows)
    else:
        yield from window_chunks(rows)


def refuse_own_files(session: Session, destination: Path) -> None:
    """An export with ``force`` must never replace the desk that it comes from."""
    desk = session.desk.path
    own = {desk.name, f"{desk.name}-wal", f"{desk.name}-shm"}
    if destination.name in own and destination.parent.resolve() == desk.parent.resolve():
        raise BadInput(f"{destination} is the desk itself", "name another file")
    if destination.exists() and destination.samefile(desk):
        raise BadInput(f"{destination} is the desk itself", "name another file")
