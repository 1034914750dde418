"""Desks as a whole: where they lie, making them, opening them, proving and keeping them."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from changedesk.domain.counted import doing
from changedesk.errors import BadInput, Damaged, DeskUnusable
from changedesk.services import checkpoints
from changedesk.services.session import Session, authorise, open_session, operating_system_login
from changedesk.store.desk import files
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk, system_clock
from changedesk.store.desk.restoring import copy_of
from changedesk.store.ids import new_id
from changedesk.store.proving import check
from changedesk.values import dataclass

CLOCKS_APART: Final = timedelta(minutes=5)
"""Clocks of two computers that share a desk may be so far apart."""


def new_desk(path: Path, kind: str) -> str | None:
    """A new, empty desk, personal or shared; its creator is its owner or first administrator.

    Gives what is still to be done so that the other accounts of a shared desk can open it, as a sentence.
    """
    create_desk(path, kind=kind, demo=False, owner=operating_system_login(), clock=system_clock)
    return group_kept_back(path) if kind == "shared" else None


def group_kept_back(path: Path) -> str | None:
    """Why not all accounts of a shared desk can open it, with what to do; None when its folder passes its group on."""
    if files.passes_group_on(path):
        return None
    return (
        f"other accounts cannot open it: its folder does not pass a group on. chgrp GROUP {path.parent} {path},"
        f" then chmod 2770 {path.parent}"
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: whether all holds, how many links the chain has, the first broken one, and each problem."""

    ok: bool
    links: int
    broken_at: int | None
    problems: tuple[str, ...]


def verify(session: Session, checkpoint: Path | None = None) -> Verdict:
    """Prove a desk: the audit chain, the file, the references, decisions against their events, and a checkpoint kept elsewhere."""
    authorise(session, "desk.verify")
    kept = checkpoints.read_checkpoint(checkpoint) if checkpoint else None
    found = check.check(session.desk, kept)
    return Verdict(not found.problems, found.links, found.broken_at, found.problems)


def back_up(session: Session, destination: Path) -> None:
    """Copy the desk, whole and consistent, to a new file."""
    authorise(session, "desk.backup")
    if not destination.parent.is_dir():
        raise BadInput(f"there is no folder {destination.parent}", "make it first, or name another")
    if os.path.lexists(destination):
        raise BadInput(f"{destination} exists already", "name another file")
    session.desk.backup_to(destination)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a restore: where the desk that was there is ``kept``, None when there was none, and what went amiss."""

    kept: Path | None
    trouble: str | None


def restore(
    path: Path, source: Path, folder: Callable[[], Path | None] = lambda: None, login: str | None = None
) -> Restored:
    """Put a backup in place of the desk at ``path``.

    The backup is verified first, as a copy of the present schema, and the desk in place is kept aside: nothing is lost by
    any step of this, and the backup stays as it is, byte for byte. ``folder`` says where checkpoints are kept, and may be
    refused: a desk is not kept from coming back by that. ``login`` is for whom the owner of the desk in place acts.
    """
    files.refuse_unsafe_place(path)
    if not source.exists():
        raise DeskUnusable(f"there is no backup at {source}", "make one with: changedesk backup FILE")
    with copy_of(source, path) as backup:
        found = check.check(backup, None)
        if found.problems:
            raise BadInput(f"{source} does not verify ({found.problems[0]}); nothing was changed")
        kept = _put_in_place(path, backup, login)
    with Desk(path) as desk:
        actor = open_session(desk).actor.id
        with desk.write(actor) as transaction:
            transaction.record("desk.restored", desk.facts.id, {"events_restored": found.links})
        return Restored(kept, checkpoints.keep_restored_end(desk, _stamp(), folder))


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


def _put_in_place(path: Path, backup: Desk, login: str | None) -> Path | None:
    """Only who may replace the desk in place, where there is one, and is known to the backup does this."""
    wanted = path.with_name(f"{path.name}.before-restore-{_stamp()}")
    if not path.exists():
        _put_new(path, backup)
        return None
    there = path.stat()
    try:
        desk = Desk(path)
    except Damaged:
        # Nothing can be copied out of it, so the file itself is what is kept.
        open_session(backup)
        with files.alone_with(path, there):
            kept = files.set_aside(path, wanted, files.BESIDE)
            _put_new(path, backup)
        return kept
    with desk:
        authorise(open_session(desk, login), "desk.restore")
        open_session(backup)
        copy = path.with_name(f".{path.name}.{new_id()}.part")
        desk.backup_to(copy)
        kept = files.set_aside(copy, wanted)
        desk.take_over(backup)
    return kept


def _put_new(path: Path, backup: Desk) -> None:
    open_session(backup)
    backup.backup_to(path, 0o660 if backup.facts.kind == "shared" else 0o600)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    said: str


def doctor(session: Session, folder: Callable[[], Path | None] = lambda: None) -> tuple[Finding, ...]:
    """Look a desk over: its place and rights, its proof and its kept end, its summaries, what imports left behind.

    ``folder`` says where checkpoints are kept, None is the desk's own; that it is refused is something found.
    """
    desk = session.desk
    verdict = verify(session)
    rights = desk.path.stat().st_mode & 0o777
    allowed = 0o660 if desk.facts.kind == "shared" else 0o600
    stale = check.stale_summaries(desk)
    stages = sorted(p.name for p in desk.path.parent.glob(f"{glob.escape(desk.path.name)}.stage-*"))
    return (
        Finding(
            "place",
            True,
            f"{desk.path} ({desk.facts.kind} desk{', demo' if desk.facts.demo else ''}, {desk.path.stat().st_size:,} bytes)",
        ),
        Finding(
            "rights",
            not rights & ~allowed,
            f"{rights:o}"
            if not rights & ~allowed
            else f"{rights:o}: others can read it; chmod {allowed:o} {desk.path}",
        ),
        *_group(desk),
        Finding("access", not desk.read_only, "read-only for this account" if desk.read_only else "can be written"),
        Finding("proof", verdict.ok, doing(verdict.links, "link", "hold") if verdict.ok else verdict.problems[0]),
        _kept_end(session, folder),
        _clock(session),
        Finding(
            "summaries",
            not stale,
            "agree with the records"
            if not stale
            else f"{len(stale)} disagree with the records: {', '.join(stale[:5])}; "
            "the next change to an initiative works its summary out anew",
        ),
        Finding(
            "imports",
            not stages,
            "none interrupted"
            if not stages
            else f"interrupted: {', '.join(stages)}; import the same file again to finish",
        ),
    )


def _group(desk: Desk) -> tuple[Finding, ...]:
    if desk.facts.kind != "shared":
        return ()
    trouble = group_kept_back(desk.path)
    return (Finding("group", trouble is None, trouble or "passed on to what is made beside the desk"),)


def _clock(session: Session) -> Finding:
    """An event of a time that is still to come: this computer's clock is wrong now, or one was then."""
    seq, at = check.latest_event(session.desk)
    if at is None or at <= session.now + CLOCKS_APART:
        return Finding("clock", True, "no event is later than now")
    said = f"event {seq} is of {at:%Y-%m-%d %H:%M} UTC, and now it is {session.now:%Y-%m-%d %H:%M} UTC here"
    return Finding("clock", False, f"{said}: a clock was wrong; delegations given before that event have ended with it")


def _kept_end(session: Session, folder: Callable[[], Path | None]) -> Finding:
    try:
        where = folder()
    except BadInput as mistaken:
        return Finding("kept end", False, f"not looked at, where it lies is not known: {mistaken.sentence}")
    file = checkpoints.kept_file(session.desk, where)
    try:
        problem = checkpoints.against_kept(session.desk, where)
    except BadInput as unreadable:
        problem = unreadable.sentence
    there = f"agrees with {file}" if file.exists() else "none kept yet"
    return Finding("kept end", problem is None, problem or there)
