"""Checked rows: a header against the declaration of its kind, then each row into values or problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import itemgetter
from zoneinfo import ZoneInfo

from changedesk.domain.kinds.kind import Column, Kind, Moment, ToAudience, ToBenefit, ToClient, ToInitiative
from changedesk.domain.kinds.row_rules import Cell, RowRule
from changedesk.domain.plaintext import clean
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.cells import Remembered, parser
from changedesk.interchange.iso_days import in_zone
from changedesk.interchange.refusing import CellRefused
from changedesk.values import dataclass

_SHOWN = 60

Zones = Callable[[str | None, str | None], ZoneInfo]
"""The time zone of a row, from the codes of its client and its initiative (None where the row names none)."""


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row with its number, its values in the order of the checked columns (None when refused), problems and warnings."""

    number: int
    values: tuple[Cell, ...] | None
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()


class RowChecker:
    """Checks the rows of one file; ``columns`` are those that its rows have values for, in that order."""

    def __init__(self, kind: Kind, header: Sequence[str], today: date, zones: Zones | None = None) -> None:
        _refuse_header(kind, header)
        named = [kind.column(name) for name in header]
        implied = [
            column
            for column in kind.columns
            if column.name not in header and (column.empty_is is not None or column.name in kind.key)
        ]
        self.columns: tuple[Column, ...] = (*named, *implied)
        self._named = named
        self._implied = tuple(column.empty_is for column in implied)
        self._cells = [Remembered(parser(column)) for column in named]
        self._today = today.isoformat()
        self._moments = _Moments(kind, self.columns, zones or _all_utc)
        places = {column.name: place for place, column in enumerate(self.columns)}
        self._refuses = [_placed(rule, places) for rule in kind.refuses if rule.columns[0] in places]
        self._warns = [_placed(rule, places) for rule in kind.odd if rule.columns[0] in places]

    def check(self, records: Iterable[tuple[int, list[str] | Problem]]) -> Iterator[CheckedRow]:
        """Check row after row; rows of empty cells only are left out."""
        columns, implied, refuses, warns = self._cells, self._implied, self._refuses, self._warns
        moments = self._moments
        for number, cells in records:
            if isinstance(cells, Problem):
                yield CheckedRow(number, None, (cells,))
                continue
            try:
                values: tuple[Cell, ...] = (
                    *[column[cell] for column, cell in zip(columns, cells, strict=True)],
                    *implied,
                )
            except CellRefused:
                if any(cells):
                    yield CheckedRow(number, None, self._cell_problems(number, cells))
                continue
            if moments.places:
                values, problems = moments.settled(number, values)
                if problems:
                    yield CheckedRow(number, None, problems)
                    continue
            broken = self._broken(refuses, number, values)
            if broken:
                yield CheckedRow(number, None, broken)
            else:
                yield CheckedRow(number, values, (), self._broken(warns, number, values) if warns else ())

    def _cell_problems(self, number: int, cells: Sequence[str]) -> list[Problem]:
        problems = []
        for column, checked, cell in zip(self._named, self._cells, cells, strict=True):
            try:
                checked[cell]
            except CellRefused as refused:
                problems.append(Problem(number, column.name, refused.args[0]))
        return problems

    def _broken(self, rules: Sequence[_PlacedRule], number: int, values: Sequence[Cell]) -> Sequence[Problem]:
        problems: list[Problem] = []
        for rule in rules:
            if sentence := rule.broken(self._today, *rule.cells(values)):
                problems.append(Problem(number, rule.column, sentence))
        return problems


class _Moments:
    """Moments that were written without a zone get the one of their row's client."""

    def __init__(self, kind: Kind, columns: Sequence[Column], zones: Zones) -> None:
        self.places = [place for place, column in enumerate(columns) if isinstance(column.type, Moment)]
        self._columns = columns
        self._zones = zones
        owners = [kind.column_of_type(ToClient), kind.column_of_type(ToInitiative)]
        self._client, self._initiative = (columns.index(o) if o in columns else None for o in owners)

    def settled(self, number: int, values: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], list[Problem]]:
        """The values with every moment in UTC, and what cannot be."""
        for place in self.places:
            if _lacks_zone(values[place]):
                break
        else:
            return values, []
        owners = [
            None if place is None or values[place] is None else str(values[place])
            for place in (self._client, self._initiative)
        ]
        zone = self._zones(*owners)
        done, problems = list(values), []
        for place in self.places:
            if _lacks_zone(text := values[place]):
                try:
                    done[place] = in_zone(str(text), zone)
                except CellRefused as refused:
                    problems.append(Problem(number, self._columns[place].name, refused.args[0]))
        return tuple(done), problems


def _lacks_zone(value: Cell) -> bool:
    return isinstance(value, str) and not value.endswith("Z")


def _all_utc(_client: str | None, _initiative: str | None) -> ZoneInfo:
    return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class _PlacedRule:
    column: str
    cells: Callable[[Sequence[Cell]], Sequence[Cell]]
    broken: Callable[..., str | None]


def _placed(rule: RowRule, places: dict[str, int]) -> _PlacedRule:
    found = [places.get(name) for name in rule.columns]
    if len(found) > 1 and None not in found:
        # Every row passes here: the cells are taken without a loop in Python.
        return _PlacedRule(rule.columns[0], itemgetter(*found), rule.broken)
    return _PlacedRule(
        rule.columns[0], lambda values: [None if place is None else values[place] for place in found], rule.broken
    )


def _refuse_header(kind: Kind, header: Sequence[str]) -> None:
    known = [column.name for column in kind.columns]
    strange = [name for name in dict.fromkeys(header) if name not in known]
    problems = [Problem(1, clean(name, _SHOWN), f"{kind.name} have no such column") for name in strange]
    if strange:
        problems[0] = replace(problems[0], problem=f"{kind.name} have no such column; they have {', '.join(known)}")
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    problems += [Problem(1, clean(name, _SHOWN), "the column is there twice") for name in twice]
    problems += [
        Problem(1, column.name, "the column is missing")
        for column in kind.columns
        if column.required and column.name not in header
    ]
    initiative = kind.column_of_type(ToInitiative)
    part = kind.column_of_type(ToAudience) or kind.column_of_type(ToBenefit)
    if initiative and part and part.name in header and not initiative.required and initiative.name not in header:
        said = f"the column is missing, and the {part.name} belongs to one"
        problems.append(Problem(1, initiative.name, said))
    if problems:
        raise RefusedFile("the columns do not fit", problems)
