"""Desks as a whole: where they lie, making them, opening them, proving and keeping them."""

from __future__ import annotations

import glob
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from changedesk.errors import BadInput, Damaged
from changedesk.interchange.files import write_whole
from changedesk.services.session import Session, authorise, open_session, operating_system_login
from changedesk.store import check, files
from changedesk.store.creating import create_desk
from changedesk.store.database import Desk, system_clock


def new_desk(path: Path, kind: str) -> None:
    """A new, empty desk, personal or shared; its creator is its owner or first administrator."""
    create_desk(path, kind=kind, demo=False, owner=operating_system_login(), clock=system_clock)


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
    kept = _read_checkpoint(checkpoint) if checkpoint else None
    found = check.check(session.desk, kept)
    return Verdict(not found.problems, found.links, found.broken_at, found.problems)


def write_checkpoint(session: Session, destination: Path) -> None:
    """Write the end of the audit chain to a file, to be kept elsewhere: it shows later whether anything is missing."""
    authorise(session, "desk.verify")
    end = check.chain_end(session.desk)
    text = json.dumps({"desk": end.desk, "seq": end.seq, "hash": end.hash, "at": end.at}, sort_keys=True, indent=1)
    write_whole(destination, (text + "\n").encode(), force=False)


def _read_checkpoint(path: Path) -> check.ChainEnd:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        end = check.ChainEnd(str(document["desk"]), int(document["seq"]), str(document["hash"]), str(document["at"]))
        if not 0 <= end.seq < 2**63:
            raise ValueError(end.seq)
        return end
    except OSError as error:
        raise BadInput(f"the checkpoint {path} cannot be read: {os.strerror(error.errno or 0).lower()}") from None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise BadInput(f"{path} is no checkpoint of a desk", "make one with: changedesk checkpoint FILE") from None


def back_up(session: Session, destination: Path) -> None:
    """Copy the desk, whole and consistent, to a new file."""
    authorise(session, "desk.backup")
    if not destination.parent.is_dir():
        raise BadInput(f"there is no folder {destination.parent}")
    if os.path.lexists(destination):
        raise BadInput(f"{destination} exists already", "name another file")
    session.desk.backup_to(destination)


def restore(path: Path, source: Path) -> Path | None:
    """Put a backup in place of the desk at ``path``; returns where the desk that was there is kept, None when there was none.

    The backup is verified first and the desk in place is kept aside, so that no step of this loses anything.
    """
    files.refuse_unsafe_place(path)
    with Desk(source) as backup:
        open_session(backup)
        found = check.check(backup, None)
        if found.problems:
            raise BadInput(f"{source} does not verify ({found.problems[0]}); nothing was changed")
        kept = _put_in_place(path, backup) if path.exists() else None
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            backup.backup_to(path, 0o660 if backup.facts.kind == "shared" else 0o600)
    with Desk(path) as desk:
        actor = open_session(desk).actor.id
        with desk.write(actor) as transaction:
            transaction.record("desk.restored", desk.facts.id, {"events_restored": found.links})
    return kept


def _put_in_place(path: Path, backup: Desk) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    kept = path.with_name(f"{path.name}.before-restore-{stamp}")
    try:
        desk = Desk(path)
    except Damaged:
        # Nothing can be copied out of it, so the file itself is what is kept.
        path.rename(kept)
        for part in ("-wal", "-shm"):
            beside = path.with_name(path.name + part)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + part))
        return kept
    with desk:
        authorise(open_session(desk), "desk.restore")
        desk.backup_to(kept)
        desk.take_over(backup)
    return kept


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    said: str


def doctor(session: Session) -> tuple[Finding, ...]:
    """Look a desk over: its place and rights, its proof, its summaries, what interrupted imports left behind."""
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
        Finding("access", not desk.read_only, "read-only for this account" if desk.read_only else "can be written"),
        Finding("proof", verdict.ok, f"{verdict.links} links hold" if verdict.ok else verdict.problems[0]),
        Finding(
            "summaries",
            not stale,
            "agree with the records"
            if not stale
            else f"{len(stale)} disagree with the records: {', '.join(stale[:5])}",
        ),
        Finding(
            "imports",
            not stages,
            "none interrupted"
            if not stages
            else f"interrupted: {', '.join(stages)}; import the same file again to finish",
        ),
    )
