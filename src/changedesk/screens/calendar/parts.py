"""What the calendar shows of its rows: their lines on the axis, each drawn when it is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from changedesk.screens.calendar.rows import CalendarRows, PeopleRow, ServiceRow
from changedesk.widgets.calendar.axis import Axis
from changedesk.widgets.calendar.track import WeekMark, draw_loads, draw_track
from changedesk.widgets.lists.columns import places
from changedesk.widgets.lists.rows import Cell, Column, Row, cell
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN

BROAD: Final = 110
FRAME: Final = 5
"""The columns that the box and the margins of a list take."""


def columns(name: str, terminal: int, title: str) -> tuple[Column, ...]:
    """The columns of a list: a sign, names, and the axis under its title."""
    return (Column("", 1, tight=True), Column(name, 26 if terminal >= BROAD else 18), Column(title, 30, share=1))


def axis_width(terminal: int) -> int:
    """How many columns the axis has on a terminal of this width."""
    return places(columns("", terminal, ""), terminal - FRAME, terminal)[-1].width


class ServiceLines:
    """The services as lines of a list; ``marked`` says what is marked on a row now, by its key (empty: nothing)."""

    def __init__(self, rows: CalendarRows, axis: Axis, marked: Callable[[str], str]) -> None:
        self._rows = rows
        self._axis = axis
        self._marked = marked
        self._drawn: dict[tuple[str, str], Row] = {}

    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows.services)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """The lines from one on."""
        return [self._line(row) for row in self._rows.services[offset : offset + limit]]

    def position(self, key: str) -> int | None:
        """Where a row stands."""
        return self._rows.places.get(key)

    def _line(self, row: ServiceRow) -> Row:
        marked = self._marked(row.key)
        if (row.key, marked) not in self._drawn:
            self._drawn[row.key, marked] = self._draw(row, marked)
        return self._drawn[row.key, marked]

    def _draw(self, row: ServiceRow, marked: str) -> Row:
        whole = row.service is None
        # What holds for a whole client is named once, on its own row.
        marks = [item.mark(named=whole) for item in row.items]
        name = cell(row.name, bold=True) if whole else cell(f"  {row.name}", "explain")
        return Row(row.key, (_sign(row.level), name, draw_track(marks, self._axis, self._rows.view.now, marked)))


class PeopleLines:
    """The groups of people as lines of a list; ``marked`` says which week is marked on a group now, by its key."""

    def __init__(self, rows: CalendarRows, axis: Axis, marked: Callable[[str], date | None]) -> None:
        self._rows = rows
        self._axis = axis
        self._marked = marked
        self._clients = Counter(name for name, _ in {(row.name, row.client.code) for row in rows.people})
        self._groups = Counter((row.name, row.client.code) for row in rows.people)

    def count(self) -> int:
        """How many groups there are."""
        return len(self._rows.people)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """The lines from one on."""
        return [self._line(row) for row in self._rows.people[offset : offset + limit]]

    def position(self, key: str) -> int | None:
        """Where a group stands."""
        return self._rows.group_places.get(key)

    def _line(self, row: PeopleRow) -> Row:
        level = "" if row.peak.level == "fine" else row.peak.level
        marks = [WeekMark(week.week, week.share, week.level) for week in row.weeks]
        return Row(
            row.key, (_sign(level), cell(self._told_apart(row)), draw_loads(marks, self._axis, self._marked(row.key)))
        )

    def _told_apart(self, row: PeopleRow) -> str:
        """A group with its site or its client only where another has its name."""
        name = row.name if self._groups[row.name, row.client.code] == 1 else row.audience
        return name if self._clients[row.name] == 1 else f"{name}, {row.client.code}"


def _sign(level: str) -> Cell:
    return cell(GLYPH[level], LEVEL_TOKEN[level]) if level else cell("")
