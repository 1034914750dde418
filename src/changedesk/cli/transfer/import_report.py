"""What is told of an import: how far it is, its problems, and what became of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from changedesk.domain.plaintext import clean
from changedesk.errors import Problem
from changedesk.services.imports.importing import ImportReport, Progress
from changedesk.services.initiative import plan_import

Report = ImportReport | plan_import.PlanReport

SHOWN = 20
"""So many problems and warnings of a file are printed; the rest is counted."""
_NAMED = 6


class Bar:
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


def nothing_taken(kind: str, problems: tuple[Problem, ...]) -> ImportReport:
    """The report of a file that no row was taken from, because its rows could not be told apart."""
    return ImportReport(kind, 0, 0, 0, 0, 0, (), problems, 0, len(problems))


def tell_problems(name: str, report: Report, shown: int) -> None:
    """The first problems and warnings of a file on standard error, the rest counted."""
    for listed, count, word in (
        (report.problems[:shown], report.problem_count, ""),
        (report.warnings[:SHOWN], report.warning_count, "warning: "),
    ):
        for problem in listed:
            click.echo(clean(word + problem.sentence(name)), err=True)
        if count > len(listed):
            click.echo(f"{name}: {word}and {count - len(listed):,} more", err=True)


def line(name: str, report: Report, *, taken: bool, dry_run: bool) -> str:
    """What became of a file, in one line."""
    counts = f"{report.read:,} read, {report.added:,} added, {report.updated:,} updated, {report.unchanged:,} unchanged"
    refused = f", {report.refused:,} refused" if report.refused else ""
    end = "" if taken and not dry_run else "; nothing was changed"
    return f"{name}: {counts}{refused}{end}"


def column_lines(report: Report) -> Iterator[str]:
    """What stands in each column of a file that was tried out: how many cells, what they hold."""
    if isinstance(report, plan_import.PlanReport):
        return
    width = max((len(summary.column) for summary in report.columns), default=0)
    for summary in report.columns:
        if summary.most and summary.different == summary.filled > _NAMED:
            held = "every one another"
        elif summary.most:
            named = ", ".join(f"{clean(value)} ({count:,})" for value, count in summary.most[:_NAMED])
            more = f", and {summary.different - _NAMED:,} more" if summary.different > _NAMED else ""
            held = named + more
        else:
            held = f"{summary.lowest} to {summary.highest}"
        yield f"  {summary.column.ljust(width)}  {summary.filled:,} filled, {summary.different:,} different: {held}"


def document(report: Report) -> dict[str, object]:
    """What became of a file, for programs."""
    return {
        "kind": report.kind,
        "read": report.read,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "warnings": [_place(warning) for warning in report.warnings],
        "problems": [_place(problem) for problem in report.problems],
        **_columns(report),
        **_plan_counts(report),
    }


def _columns(report: Report) -> dict[str, object]:
    if isinstance(report, plan_import.PlanReport) or not report.columns:
        return {}
    return {
        "columns": {
            one.column: {
                "filled": one.filled,
                "different": one.different,
                "lowest": one.lowest,
                "highest": one.highest,
                "most": dict(one.most),
            }
            for one in report.columns
        }
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
