"""Taking in canonical files: all of a file or nothing of it, again and again with the same result."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from changedesk.domain.file_map import FileMap
from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.registry import KINDS
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import BadInput, DeskUnusable, Problem
from changedesk.interchange.mapping import MappedRecords
from changedesk.interchange.records import Records
from changedesk.interchange.rows import RowChecker
from changedesk.interchange.source import Source, opened
from changedesk.services.control.calendar import freezes
from changedesk.services.lookup import refuse_unknown
from changedesk.services.session import Session, authorise
from changedesk.services.zones import zones
from changedesk.store.imports import applying, stage_files, staging
from changedesk.store.imports import before as import_before
from changedesk.store.imports import log as import_log
from changedesk.store.imports.stage_summary import ColumnSummary
from changedesk.store.imports.staging import Outcome, Stage
from changedesk.values import dataclass

Progress = Callable[[int, int], None]
"""Told after every batch: bytes read, bytes in all."""

LISTED = 10_000
"""So many problems and warnings of a file are kept in its report; the rest is counted."""
_TRIES = 5
MOVES_WINDOWS = ("windows", "clients")
"""Kinds by which a freeze can come or go: windows, and the clocks that they go by."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``read`` and ``refused`` count rows; added, updated and unchanged count keys.

    With refused rows that were not skipped nothing was taken. ``problem_count`` and ``warning_count`` count all of
    them, also those beyond the ones listed.
    """

    kind: str
    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    warning_count: int
    problem_count: int
    columns: tuple[ColumnSummary, ...] = ()
    """What stands in the columns, row by row; of a dry run only."""
    touched: tuple[str, ...] = ()
    """The ids of the initiatives that say something else now."""


def known_kind(name: str) -> Kind:
    """The declaration of a kind of file, by its name."""
    refuse_unknown("kind", name, KINDS)
    return KINDS[name]


def refuse_map_of_another_kind(mapping: FileMap | None, kind: str) -> None:
    """A map says of which kind the rows are that it reads; files of another kind are not read with it."""
    if mapping is not None and mapping.kind != kind:
        raise BadInput(
            f"{mapping.name} is a map for {mapping.kind}, not for {kind}", "name another with --map or --profile"
        )


def import_file(
    session: Session,
    source: Path | None,
    kind: str,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
    progress: Progress | None = None,
    mapping: FileMap | None = None,
) -> ImportReport:
    """Take a canonical file in, or with a ``mapping`` a file of another tool; None is standard input.

    Either every row is taken or, when one is refused, none; ``skip_refused`` takes the others. A file whose rows cannot
    be told apart raises RefusedFile. ``dry_run`` does all but the last step. An interrupted import goes on where it
    stopped when the same file is imported again.
    """
    authorise(session, "desk.import")
    declared = known_kind(kind)
    refuse_map_of_another_kind(mapping, kind)
    refuse_read_only(session)
    with opened(source) as file:
        records = Records(file) if mapping is None else MappedRecords(file, declared, mapping)
        told = {"digest": file.digest} | ({} if mapping is None else {"map": mapping.digest})
        return take(session, declared, file, records, told, Wanted(dry_run, skip_refused, progress))


def refuse_read_only(session: Session) -> None:
    """Refuse a desk that cannot be written; on others, what earlier imports have left lying for long is swept away."""
    if session.desk.read_only:
        raise DeskUnusable(
            f"{session.desk.path} is read-only for this account; nothing was changed", "ask for write access"
        )
    stage_files.remove_stale(session.desk.path)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How rows are taken: only looked at, without those that are refused, and who is told how far it is."""

    dry_run: bool = False
    skip_refused: bool = False
    progress: Progress | None = None


class Reader(Protocol):
    """What gives the rows of an open file under canonical columns."""

    header: list[str]

    @property
    def bytes_read(self) -> int:
        """How far the file was read."""

    def unchanged(self) -> bool:
        """Whether the file stayed what it was while it was read."""

    def __iter__(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """The rows, each with its number, rising."""


def take(
    session: Session, kind: Kind, file: Source, records: Reader, told: Mapping[str, str], wanted: Wanted
) -> ImportReport:
    """Check, stage and apply the rows of a file; ``told`` names the file, and whatever else decides about its rows."""
    checker = RowChecker(kind, records.header, session.today, zones(session))
    stage = Stage(session.desk.path, kind, checker.columns, _stage_digest(told))
    try:
        _stage_rows(stage, records, checker, file, wanted.progress)
        report = _settle(session, kind, stage, checker, told, wanted)
    except BadInput:
        stage.discard()
        raise
    except BaseException:
        # Whatever stopped it, the staged rows are good: the next try goes on with them.
        stage.close()
        raise
    stage.discard()
    return report


def _stage_digest(told: Mapping[str, str]) -> str:
    """What names a stage: rows that another map has made of the same file are other rows."""
    if len(told) == 1:
        return told["digest"]
    return hashlib.sha256("\n".join(told.values()).encode()).hexdigest()


def _stage_rows(stage: Stage, records: Reader, checker: RowChecker, file: Source, progress: Progress | None) -> None:
    """Check and stage batch after batch what an earlier try has not staged yet."""
    begun, read = stage.through, stage.read
    rows: list[tuple[Cell, ...]] = []
    problems: list[Problem] = []
    warnings: list[Problem] = []
    through = begun
    for row in checker.check(record for record in records if record[0] > begun):
        through, read = row.number, read + 1
        if row.values is None:
            problems.extend(row.problems)
        else:
            rows.append((row.number, *row.values))
            warnings.extend(row.warnings)
        if len(rows) + len(problems) + len(warnings) >= staging.BATCH:
            _refuse_changed(file.untouched())
            stage.add(through, read, rows, problems, warnings)
            rows, problems, warnings = [], [], []
            if progress is not None:
                progress(records.bytes_read, file.size)
    _refuse_changed(records.unchanged())
    stage.add(through, read, rows, problems, warnings)
    if progress is not None:
        progress(file.size, file.size)


def _refuse_changed(same: bool) -> None:
    if not same:
        raise BadInput("the file changed while it was read; nothing was taken", "import it again")


def _settle(
    session: Session,
    kind: Kind,
    stage: Stage,
    checker: RowChecker,
    told: Mapping[str, str],
    wanted: Wanted,
) -> ImportReport:
    """Compare with the desk and apply; when somebody else wrote meanwhile, compare again."""
    clients = None if session.actor.clients is None else sorted(session.actor.clients)
    resolve = partial(stage.resolve, clients, administers=session.actor.administers, skip_refused=wanted.skip_refused)
    for _ in range(_TRIES):
        outcome = resolve()
        if outcome.denied:
            with session.desk.write(session.actor.id) as transaction:
                transaction.record("denied", session.desk.facts.id, {"action": "desk.import", "rows": outcome.denied})
            # The denial is the newest event now, so the comparison is made anew.
            outcome = resolve()
        if wanted.dry_run:
            return replace(_report(kind, stage, outcome), columns=stage.summaries())
        if not (outcome.added or outcome.updated):
            return _report(kind, stage, outcome)
        with session.desk.write(session.actor.id, stage=stage.path) as transaction:
            if not applying.is_as_seen(transaction, outcome.seen):
                continue
            first = import_log.next_entry(transaction.conn)
            applying.apply(transaction, kind, checker.columns)
            # What it did and what was before can be looked up later, and proven to be what it was.
            kept = {
                "log": [first, import_log.next_entry(transaction.conn) - 1],
                "before": import_before.digest(transaction.conn, transaction.first_event) if outcome.updated else None,
            }
            body = _told(kind, told, outcome, session.recorded_by) | kept
            transaction.record("import", session.desk.facts.id, body)
            followed = freezes.follow(session, transaction) if kind.name in MOVES_WINDOWS else ()
            touched = tuple(sorted(transaction.touched))
        return replace(_report(kind, stage, outcome, followed), touched=touched)
    raise DeskUnusable("others keep changing this desk; nothing was changed", "try again in a moment")


def _told(kind: Kind, source: Mapping[str, str], outcome: Outcome, recorded_by: str | None) -> dict[str, object]:
    return {
        "kind": kind.name,
        **source,
        "read": outcome.read,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
        "recorded_by": recorded_by,
    }


def _report(kind: Kind, stage: Stage, outcome: Outcome, followed: Sequence[str] = ()) -> ImportReport:
    """The report; what the import has taken with it stands among the warnings, of no row."""
    problems, problem_count = stage.problems(LISTED)
    warnings, warning_count = stage.warnings(LISTED)
    return ImportReport(
        kind.name,
        outcome.read,
        outcome.added,
        outcome.updated,
        outcome.unchanged,
        outcome.refused,
        (*(Problem(0, "", sentence) for sentence in followed), *warnings)[:LISTED],
        problems,
        warning_count + len(followed),
        problem_count,
    )
