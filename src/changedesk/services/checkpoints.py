"""The end of the audit chain, kept outside the desk: by hand, and by itself on each approval and at the end of a session.

A cut tail or a rewritten end is visible only against such a checkpoint (SAFETY.md). The one that is kept by itself is never
written over by an end that does not follow from it: whoever cut the chain does not get a new one by opening the desk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from changedesk.errors import BadInput, ChangeDeskError
from changedesk.interchange.files import write_whole
from changedesk.services.beside_desk import bytes_of
from changedesk.services.session import Session, authorise
from changedesk.store.desk import files
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

_NOT_KEPT: Final = "the end of the audit chain is not kept"


def kept_file(desk: Desk, folder: Path | None = None) -> Path:
    """Where the end of a desk's chain is kept by itself: in ``folder``, else beside the desk. Each desk has its own."""
    return (folder or desk.path.parent) / f"{desk.path.name}.{desk.facts.id}.checkpoint"


def checkpoint(session: Session) -> bytes:
    """The end of the audit chain as a file holds it."""
    authorise(session, "desk.verify")
    return _document(check.chain_end(session.desk))


def write_checkpoint(session: Session, destination: Path) -> None:
    """Write the end of the audit chain to a file, to be kept elsewhere: it shows later whether anything is missing."""
    document = checkpoint(session)
    if destination.is_file():
        raise BadInput(
            f"{destination} exists already, and an end that is kept is never written over", "name another file"
        )
    write_whole(destination, document, force=False)


def keep_end(desk: Desk, folder: Path | None = None) -> str | None:
    """Keep the end of a desk's chain; gives the sentence that says why not, None when it is kept.

    What was written to the desk is on its disk, whatever becomes of this.
    """
    file = kept_file(desk, folder)
    try:
        found = against_kept(desk, folder)
        if found is not None:
            return f"{found}; {file} stays as it is, and changedesk verify --checkpoint says more"
        end = check.chain_end(desk)
        if not os.path.lexists(file) or read_checkpoint(file) != end:
            write_whole(file, _document(end), force=True, mode=0o660 if desk.facts.kind == "shared" else 0o600)
    except ChangeDeskError as trouble:
        return f"{_NOT_KEPT}: {trouble.sentence}"
    return None


def keep_at_end(desk: Desk, folder: Callable[[], Path | None]) -> str | None:
    """Keep the end of a desk that was written to; ``folder`` says where, and may be refused, which is said and no more."""
    if not desk.has_written:
        return None
    try:
        return keep_end(desk, folder())
    except ChangeDeskError as trouble:
        return f"{_NOT_KEPT}: {trouble.sentence}"


def against_kept(desk: Desk, folder: Path | None) -> str | None:
    """What the end that was kept by itself says against the desk as it is now; None when nothing does, or none was kept."""
    file = kept_file(desk, folder)
    return check.against(desk, read_checkpoint(file)) if os.path.lexists(file) else None


def keep_restored_end(desk: Desk, stamp: str, folder: Callable[[], Path | None]) -> str | None:
    """Keep the end of a desk that was put in place of another; gives the sentence that says why not, None when it is kept.

    An older state is there on purpose: the end that was kept of what was in its place says nothing against it, and is kept
    aside under ``stamp``. ``folder`` is as for :func:`keep_at_end`.
    """
    try:
        where = folder()
        file = kept_file(desk, where)
        if os.path.lexists(file):
            files.set_aside(file, file.with_name(f"{file.name}.before-restore-{stamp}"))
        return keep_end(desk, where)
    except ChangeDeskError as trouble:
        return f"{_NOT_KEPT}: {trouble.sentence}"


def read_checkpoint(path: Path) -> check.ChainEnd:
    """A checkpoint from its file; BadInput when it is none."""
    raw = bytes_of(path)
    try:
        document = json.loads(raw)
        end = check.ChainEnd(str(document["desk"]), int(document["seq"]), str(document["hash"]), str(document["at"]))
        if not 0 <= end.seq < 2**63:
            raise ValueError(end.seq)
        return end
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise BadInput(f"{path} is no checkpoint of a desk", "make one with: changedesk checkpoint FILE") from None


def _document(end: check.ChainEnd) -> bytes:
    text = json.dumps({"desk": end.desk, "seq": end.seq, "hash": end.hash, "at": end.at}, sort_keys=True, indent=1)
    return f"{text}\n".encode()
