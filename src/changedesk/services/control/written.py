"""What somebody wrote into a form of changes, cell by cell, checked as a row of a file is."""

from __future__ import annotations

from collections.abc import Mapping

from changedesk.domain.kind import Kind
from changedesk.domain.row_rules import Cell
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.rows import RowChecker
from changedesk.services.session import Session
from changedesk.services.zones import zones


def parsed(session: Session, kind: Kind, values: Mapping[str, str]) -> tuple[dict[str, Cell] | None, dict[str, str]]:
    """The cells that were written, None when one cannot be taken, and what is wrong by column."""
    names = [column.name for column in kind.columns]
    checker = RowChecker(kind, names, session.today, zones(session))
    row = next(iter(checker.check([(0, [_cell(values.get(name, "")) for name in names])])), None)
    if row is None:
        return None, {column.name: f"{column.name} is missing" for column in kind.columns if column.required}
    cells = None if row.values is None else dict(zip(names, row.values, strict=True))
    return cells, {problem.column: problem.problem for problem in row.problems}


def taken(session: Session, kind: Kind, values: Mapping[str, str], what: str) -> dict[str, Cell]:
    """The cells that were written; RefusedFile says what cannot be taken."""
    cells, problems = parsed(session, kind, values)
    if cells is None:
        raise RefusedFile(f"the {what} was not saved", [Problem(0, *problem) for problem in problems.items()])
    return cells


def _cell(text: str) -> str:
    """A text as a file has it: what begins with an apostrophe keeps it."""
    return f"'{text}" if text.lstrip().startswith("'") else text
