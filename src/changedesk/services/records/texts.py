"""A record as texts and as cells: what is written in a form is read as a file's row is, and shown as a file has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from changedesk.domain.day_entry import day_of, day_written
from changedesk.domain.kinds.kind import Kind, Moment, has_been
from changedesk.domain.kinds.row_rules import Cell
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.cells import as_typed, writer
from changedesk.interchange.iso_days import local_text
from changedesk.interchange.rows import RowChecker
from changedesk.services.session import Session
from changedesk.services.zones import latest_day, zones

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
"""What stood in a record that is yet to be made."""


def parsed(
    session: Session, kind: Kind, values: Mapping[str, str], opened: Mapping[str, str] = NOTHING
) -> tuple[dict[str, Cell] | None, list[Problem], list[Problem]]:
    """The cells that the texts of a form are, None where the rules refuse them; what is refused, and what is odd.

    A file may bring a day that has been and lies ahead, and is told of it; so is whoever opens the record. Somebody who
    writes one that did not stand in the record as it was ``opened`` can still put it right, and is refused.
    """
    names = [column.name for column in kind.columns]
    latest = latest_day(session, values.get("client") or None, values.get("initiative") or None)
    checker = RowChecker(kind, names, latest, zones(session))
    row = next(iter(checker.check([(0, [as_typed(values.get(name, "")) for name in names])])), None)
    if row is None:
        missing = [c for c in kind.columns if c.required]
        return None, [Problem(0, column.name, f"{column.name} is missing") for column in missing], []
    ahead = _ahead(kind, values, opened, latest)
    problems = [*row.problems, *(one for one in ahead if one.column not in by_column(row.problems))]
    if row.values is None or ahead:
        return None, problems, []
    return dict(zip((c.name for c in checker.columns), row.values, strict=True)), problems, list(row.warnings)


def _ahead(kind: Kind, values: Mapping[str, str], opened: Mapping[str, str], latest: date) -> list[Problem]:
    """What is said of days on which something is to have happened, and which are yet to come."""
    found = []
    for column in kind.columns:
        value = values.get(column.name, "")
        day = day_of(value) if has_been(column.type) and value != opened.get(column.name) else None
        if day is not None and day > latest:
            instead = "write a day that has been" if column.required else "write a day that has been, or none yet"
            found.append(Problem(0, column.name, f"{day_written(day)} is still to come; {instead}"))
    return found


def taken(
    session: Session, kind: Kind, values: Mapping[str, str], what: str, opened: Mapping[str, str] = NOTHING
) -> dict[str, Cell]:
    """The cells that the texts of a form are; RefusedFile says all that the rules have against them."""
    cells, problems, _ = parsed(session, kind, values, opened)
    if cells is None:
        raise RefusedFile(f"the {what} was not saved", problems)
    return cells


def by_column(found: Iterable[Problem]) -> dict[str, str]:
    """What the rules say, under the field that it is about."""
    return {one.column: one.problem for one in found}


def texts_of(session: Session, kind: Kind, cells: Mapping[str, Cell]) -> dict[str, str]:
    """The cells as a form shows them; moments by the clock on the client's wall."""
    return texts_maker(session, kind)(cells)


def texts_maker(session: Session, kind: Kind) -> Callable[[Mapping[str, Cell]], dict[str, str]]:
    """What makes these texts of one record after the other: of a hundred thousand, it is not found out anew for each cell."""
    writers = [(column.name, writer(column)) for column in kind.columns]
    moments = [column.name for column in kind.columns if isinstance(column.type, Moment)]
    zone_of = zones(session) if moments else None

    def texts_of_one(cells: Mapping[str, Cell]) -> dict[str, str]:
        texts = {}
        for name, write in writers:
            value = cells.get(name)
            texts[name] = "" if value is None else write(value).removeprefix("'")
        if zone_of is not None:
            zone = zone_of(texts.get("client"), texts.get("initiative"))
            texts |= {name: local_text(texts[name], zone) for name in moments if texts[name]}
        return texts

    return texts_of_one
