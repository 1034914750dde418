"""``import`` and ``export`` on the command line: what is printed where, and the exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from changedesk.cli.output import say, say_json, say_table
from changedesk.cli.transfer.import_report import (
    SHOWN,
    Bar,
    Report,
    column_lines,
    document,
    line,
    nothing_taken,
    tell_problems,
)
from changedesk.domain.counted import counted
from changedesk.domain.file_map import FileMap
from changedesk.domain.plaintext import clean
from changedesk.errors import BadInput, Problem, RefusedFile
from changedesk.services.imports import calendar_files, file_maps, importing, map_proposals
from changedesk.services.imports import undo as import_undo
from changedesk.services.imports.exports import export
from changedesk.services.imports.importing import Progress, import_file
from changedesk.services.initiative import plan_import
from changedesk.services.session import Session
from changedesk.values import dataclass

PLAN = "plan"
"""The kind of file that is a plan of another tool."""
CALENDAR = calendar_files.CALENDAR
"""The kind of file that is a calendar of another tool."""

OBSERVATIONS = "observations"
"""The kind of which forecasts are made."""
_NOT_KEPT = "{name}: this week's forecasts of {left} are not kept yet; an open dashboard keeps them, or: changedesk forecast --keep"
_TRY_A_MAP = "a file of another tool? This proposes a map for it: changedesk import {file} --kind {kind} --dry-run"

_STREAM = "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What ``import`` was asked for. ``initiative`` is whose plan it is, or like ``client`` a value that every row of a
    mapped file gets. Of a calendar ``client`` is whose it is, empty for every client's."""

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
    if "" in files:
        raise BadInput("the name of a file is empty", "name a file, or - for standard input")
    take = _taker(session, wanted)
    status = 0
    documents = []
    for file in files:
        source = None if file == _STREAM else Path(file)
        name = "standard input" if source is None else clean(file)
        bar = Bar(name)
        proposal, readable = None, True
        try:
            report = take(source, bar.progress)
            bar.clear()
            taken = not report.refused or wanted.skip_refused
            found = 1 if report.refused else 0
        except RefusedFile as refused:
            bar.clear()
            report, taken, found = nothing_taken(wanted.kind, refused.problems), False, 1
            readable = False
            proposal = _proposal(session, source, wanted)
        except BadInput as bad:
            bar.clear()
            click.echo(clean(bad.sentence), err=True)
            documents.append(document(nothing_taken(wanted.kind, (Problem(0, "", bad.sentence),))))
            status = 2
            continue
        tell_problems(name, report, shown=len(report.problems) if wanted.skip_refused else SHOWN)
        if not (readable or wanted.dry_run or wanted.as_json) and _might_be_mapped(source, wanted):
            click.echo(_TRY_A_MAP.format(file=name, kind=wanted.kind), err=True)
        status = max(status, found if wanted.dry_run else (0 if taken else 2))
        documents.append(document(report) | ({} if proposal is None else {"proposed_map": proposal}))
        left = _keep_forecasts(session, report)
        if not wanted.as_json:
            _say(name, report, proposal, taken=taken, dry_run=wanted.dry_run)
            if left:
                click.echo(_NOT_KEPT.format(name=name, left=counted(left, "initiative")))
    if wanted.as_json:
        click.echo(json.dumps(documents[0] if len(documents) == 1 else documents))
    return status


def _keep_forecasts(session: Session, report: Report) -> int:
    """Keep this week's forecasts of what was counted, where that is quick; returns of how many initiatives it is left."""
    if isinstance(report, plan_import.PlanReport) or report.kind != OBSERVATIONS:
        return 0
    from changedesk.services.adoption import keeping

    return keeping.keep_counted(session, report.touched, report.read)


def _say(name: str, report: Report, proposal: str | None, *, taken: bool, dry_run: bool) -> None:
    """One line; of a dry run also what stands in the columns, or a map to try with every other line as a comment of it."""
    what = line(name, report, taken=taken, dry_run=dry_run)
    if proposal is None:
        click.echo(what)
        for said in column_lines(report):
            click.echo(said)
        return
    click.echo(f"# {what}")
    click.echo("# A map to look over, to keep in a file, and to name with --map:")
    for proposed in proposal.splitlines():
        click.echo(clean(proposed))


def _proposal(session: Session, source: Path | None, wanted: Wanted) -> str | None:
    """A map to try where a dry run met columns that are not ours; standard input is gone once it is read."""
    if source is None or not wanted.dry_run or not _might_be_mapped(source, wanted):
        return None
    return map_proposals.proposed_map(session, source, wanted.kind)


def _might_be_mapped(source: Path | None, wanted: Wanted) -> bool:
    """Whether a file of other columns than ours could come in with a map."""
    return source is not None and not (wanted.map_file or wanted.profile or wanted.kind in (PLAN, CALENDAR))


def _taker(session: Session, wanted: Wanted) -> Callable[[Path | None, Progress | None], Report]:
    """What takes one file in: a plan of another tool, or rows, with a map when they are not canonical."""
    if wanted.kind == PLAN:
        if wanted.profile or wanted.map_file or wanted.skip_refused or wanted.client:
            raise BadInput("a plan has no --profile, no --map, no --client and no --skip-refused")
        if not wanted.initiative:
            raise BadInput("a plan belongs to an initiative", "name it with --initiative CODE")
        code = wanted.initiative
        return lambda source, _progress: plan_import.import_plan(session, source, code, dry_run=wanted.dry_run)
    if wanted.kind == CALENDAR:
        mapping = mapping_of(replace(wanted, client=None))
        return lambda source, progress: calendar_files.import_calendar(
            session,
            source,
            client=wanted.client,
            mapping=mapping,
            wanted=importing.Wanted(wanted.dry_run, wanted.skip_refused, progress),
        )
    if wanted.client == "":
        raise BadInput("--every-client goes with --kind calendar; the rows of other files name their clients")
    mapping = mapping_of(wanted)
    return lambda source, progress: import_file(
        session,
        source,
        wanted.kind,
        dry_run=wanted.dry_run,
        skip_refused=wanted.skip_refused,
        progress=progress,
        mapping=mapping,
    )


def mapping_of(wanted: Wanted) -> FileMap | None:
    """The map that was asked for, with the values that every row gets; None for canonical files."""
    if wanted.profile is not None and wanted.map_file:
        raise BadInput("--profile and --map say the same thing; give one of them")
    said = {"initiative": wanted.initiative, "client": wanted.client}
    constants = {name: value for name, value in said.items() if value}
    if wanted.map_file or wanted.profile is not None:
        return file_maps.map_of(wanted.profile, wanted.map_file, constants)
    for name in constants:
        also = "--kind plan, " if name == "initiative" else ""
        raise BadInput(f"--{name} goes with {also}--map or --profile; a canonical file names its {name}s")
    return None


def run_export(session: Session, kind: str, form: str, destination: str, client: str | None, force: bool) -> int:
    """Export a kind to a file; ``-`` is standard output. Returns the exit status."""
    export(session, kind, form, sys.stdout.buffer if destination == _STREAM else Path(destination), client, force=force)
    return 0


def run_imports(session: Session, as_json: bool) -> int:
    """The latest imports, and why those that cannot be taken back cannot."""
    entries = import_undo.imports(session)
    if as_json:
        say_json(
            {
                "imports": [
                    {
                        "number": one.number,
                        "at": one.at,
                        "actor": one.actor,
                        "kind": one.kind,
                        "read": one.read,
                        "added": one.added,
                        "updated": one.updated,
                        "undone": one.undone,
                        "can_be_undone": one.refused is None,
                        "refused": one.refused,
                    }
                    for one in entries
                ]
            }
        )
    elif not entries:
        say("nothing was imported into this desk yet")
    else:
        rows = [
            (
                str(one.number),
                one.at.astimezone(session.zone).strftime("%Y-%m-%d %H:%M"),
                one.actor,
                one.kind,
                f"{one.added:,}",
                f"{one.updated:,}",
                "can be taken back" if one.refused is None else one.refused,
            )
            for one in entries
        ]
        say_table(("Number", "When", "By", "Kind", "Added", "Updated", "Undo"), rows, right=frozenset({0, 4, 5}))
    return 0


def run_undo(session: Session, number: int) -> int:
    """Take one import back."""
    say(import_undo.undo_import(session, number))
    return 0
