"""``import`` and ``export`` on the command line: what is printed where, and the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput, Problem, RefusedFile
from changedesk.services import calendar_files, file_maps, imports, plan_import
from changedesk.services.exports import export
from changedesk.services.imports import ImportReport, Progress, import_file
from changedesk.services.session import Session

PLAN = "plan"
"""The kind of file that is a plan of another tool."""
CALENDAR = calendar_files.CALENDAR
"""The kind of file that is a calendar of another tool."""

Report = ImportReport | plan_import.PlanReport

_SHOWN = 20
_STREAM = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ``import`` was asked for. ``initiative`` is whose plan it is, or a value that every row of a mapped file gets;
    ``client`` is whose calendar it is, empty for every client's."""

    kind: str
    initiative: str | None = None
    client: str | None = None
    profile: str | None = None
    map_file: Path | None = None
    dry_run: bool = False
    skip_refused: bool = False
    as_json: bool = False


def run_import(session: Session, files: Sequence[str], wanted: Wanted) -> int:
    """Import files of one kind, each all or nothing; ``-`` is standard input. Returns the exit status, the worst of all files.

    Standard output gets one line a file, or as JSON one document: an object for one file, a list for several.
    """
    kind, dry_run, skip_refused, as_json = wanted.kind, wanted.dry_run, wanted.skip_refused, wanted.as_json
    take = _taker(session, wanted)
    status = 0
    documents = []
    for file in files:
        name = "standard input" if file == _STREAM else clean(file)
        bar = _Bar(name)
        try:
            report = take(None if file == _STREAM else Path(file), bar.progress)
            bar.clear()
            taken = not report.refused or skip_refused
            found = 1 if report.refused else 0
        except RefusedFile as refused:
            bar.clear()
            report, taken, found = _nothing(kind, refused.problems), False, 1
        except BadInput as bad:
            bar.clear()
            click.echo(clean(bad.sentence), err=True)
            documents.append(_document(_nothing(kind, (Problem(0, "", bad.sentence),))))
            status = 2
            continue
        _tell_problems(name, report, shown=len(report.problems) if skip_refused else _SHOWN)
        status = max(status, found if dry_run else (0 if taken else 2))
        documents.append(_document(report))
        if not as_json:
            click.echo(_line(name, report, taken=taken, dry_run=dry_run))
    if as_json:
        click.echo(json.dumps(documents[0] if len(documents) == 1 else documents))
    return status


def _taker(session: Session, wanted: Wanted) -> Callable[[Path | None, Progress | None], Report]:
    """What takes one file in: a plan of another tool, or rows, with a map when they are not canonical."""
    if wanted.kind == PLAN:
        if wanted.profile or wanted.map_file or wanted.skip_refused:
            raise BadInput("a plan has no --profile, no --map and no --skip-refused")
        if not wanted.initiative:
            raise BadInput("a plan belongs to an initiative", "name it with --initiative CODE")
        code = wanted.initiative
        return lambda source, _progress: plan_import.import_plan(session, source, code, dry_run=wanted.dry_run)
    if wanted.client is not None and wanted.kind != CALENDAR:
        raise BadInput(
            "--client and --every-client go with --kind calendar; the rows of other files name their clients"
        )
    if wanted.profile and wanted.map_file:
        raise BadInput("--profile and --map say the same thing; give one of them")
    constants = {"initiative": wanted.initiative} if wanted.initiative else {}
    mapping = None
    if wanted.map_file:
        mapping = file_maps.read_map(wanted.map_file, constants)
    elif wanted.profile:
        mapping = file_maps.shipped_map(wanted.profile, constants)
    elif constants:
        raise BadInput("--initiative goes with --kind plan, --map or --profile; a canonical file names its initiatives")
    if wanted.kind == CALENDAR:
        return lambda source, progress: calendar_files.import_calendar(
            session,
            source,
            client=wanted.client,
            mapping=mapping,
            wanted=imports.Wanted(wanted.dry_run, wanted.skip_refused, progress),
        )
    return lambda source, progress: import_file(
        session,
        source,
        wanted.kind,
        dry_run=wanted.dry_run,
        skip_refused=wanted.skip_refused,
        progress=progress,
        mapping=mapping,
    )


def run_export(session: Session, kind: str, form: str, destination: str, client: str | None, force: bool) -> int:
    """Export a kind to a file; ``-`` is standard output. Returns the exit status."""
    export(session, kind, form, sys.stdout.buffer if destination == _STREAM else Path(destination), client, force=force)
    return 0


class _Bar:
    """How far a file is, on standard error, when that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0

    @property
    def progress(self) -> Progress | None:
        """What the import tells its progress; None when nobody looks."""
        return self._draw if sys.stderr.isatty() else None

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._drawn:
            click.echo(f"\r{' ' * self._drawn}\r", nl=False, err=True)

    def _draw(self, done: int, total: int) -> None:
        filled = 20 * done // total if total else 20
        text = f"{self._name[:40]} [{'#' * filled}{' ' * (20 - filled)}] {5 * filled:3d} %"
        self._drawn = max(self._drawn, len(text))
        click.echo(f"\r{text}", nl=False, err=True)


def _nothing(kind: str, problems: tuple[Problem, ...]) -> ImportReport:
    """The report of a file that no row was taken from, because its rows could not be told apart."""
    return ImportReport(kind, 0, 0, 0, 0, 0, (), problems, 0, len(problems))


def _tell_problems(name: str, report: Report, shown: int) -> None:
    for listed, count, word in (
        (report.problems[:shown], report.problem_count, ""),
        (report.warnings[:_SHOWN], report.warning_count, "warning: "),
    ):
        for problem in listed:
            click.echo(clean(word + problem.sentence(name)), err=True)
        if count > len(listed):
            click.echo(f"{name}: {word}and {count - len(listed):,} more", err=True)


def _line(name: str, report: Report, *, taken: bool, dry_run: bool) -> str:
    counts = f"{report.read:,} read, {report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged"
    refused = f", {report.refused:,} refused" if report.refused else ""
    end = "" if taken and not dry_run else "; nothing was changed"
    return f"{name}: {counts}{refused}{end}"


def _document(report: Report) -> dict[str, object]:
    return {
        "kind": report.kind,
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "warnings": [_place(warning) for warning in report.warnings],
        "problems": [_place(problem) for problem in report.problems],
        **_plan_counts(report),
    }


def _plan_counts(report: Report) -> dict[str, object]:
    if not isinstance(report, plan_import.PlanReport):
        return {}
    return {
        "tasks": report.tasks,
        "links": report.links,
        "milestones": report.milestones,
        "baselines": report.baselines,
    }


def _place(problem: Problem) -> dict[str, object]:
    return {"row": problem.row, "column": problem.column, "problem": clean(problem.problem)}
