"""The initiatives as rows of the screen People, and what the selected one comes to in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import counted, people_said
from changedesk.domain.saying import capital, count, day_month, go_live_verb, percent
from changedesk.screens.far_days import in_days_or_month
from changedesk.screens.people.ready_figure import ready_bar, ready_span
from changedesk.services.people.page import PeopleRow
from changedesk.values import dataclass
from changedesk.widgets.canvas import Line, wrap
from changedesk.widgets.figures.heat import heat_cell
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.paint import ink

COLUMNS: Final = (
    Column("Initiative", 22, share=4),
    Column("Client", 9, share=1, from_width=96, priority=4),
    Column("Go-live", 9, align="right"),
    Column("Groups", 6, align="right", priority=3),
    Column("People", 6, align="right"),
    Column("Hit", 4),
    Column("Not rated", 9, align="right", priority=1),
    Column("Ready", 5, align="right"),
    Column("", 8, priority=2),
    Column("Open", 4, align="right"),
)
NEAR: Final = 7
"""From so many days before it on a go-live stands out."""
NEVER: Final = 10_000
"""No terminal has so many columns."""


def columns_of(rows: Sequence[PeopleRow]) -> tuple[Column, ...]:
    """The columns; where every group is rated, none says how many are not, and the titles have its room."""
    if any(row.sums.unrated for row in rows):
        return COLUMNS
    return tuple(one._replace(from_width=NEVER) if one.title == "Not rated" else one for one in COLUMNS)


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """Initiatives as lines of the list, made when they are seen."""

    found: Sequence[PeopleRow]
    today: date

    def count(self) -> int:
        """How many there are."""
        return len(self.found)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines."""
        return [people_row(row, self.today) for row in self.found[offset : offset + limit]]

    def position(self, key: str) -> int | None:
        """On which line an initiative stands."""
        return next((n for n, row in enumerate(self.found) if row.sums.initiative_id == key), None)


def people_row(row: PeopleRow, today: date) -> Row:
    """An initiative as a line of the list."""
    one = row.sums
    near = one.go_live is not None and not one.went_live and (one.go_live - today).days <= NEAR
    return Row(
        one.initiative_id,
        (
            cell(one.title),
            cell(one.client, "explain"),
            cell(in_days_or_month(one.go_live, today), "explain" if not near else "ink"),
            cell(count(one.groups), "explain"),
            cell(count(one.headcount or None)),
            heat_cell(one.hardest, rated=False),
            cell(f"{one.unrated} of {one.groups}" if one.unrated else "", "risk"),
            (ready_span(one.ready, row.level),),
            ready_bar(one.ready, 8),
            cell(str(one.open_items) if one.open_items else "", "explain"),
        ),
    )


def detail_lines(row: PeopleRow | None, today: date, width: int) -> tuple[Line, ...]:
    """What the people side of an initiative comes to, in two sentences."""
    if row is None:
        return ()
    one = row.sums
    when = "has no go-live date"
    if one.go_live is not None:
        when = f"{go_live_verb(one.go_live, today, went_live=one.went_live)} {day_month(one.go_live, today)}"
    hit = "nobody has rated how hard" if one.hardest is None else f"hit {one.hardest} of 5 where it is hardest"
    rated = f"; {counted(one.unrated, 'group')} not rated" if one.unrated and one.hardest is not None else ""
    items = f"{counted(one.open_items, 'item')} of readiness open" if one.open_items else "no item of readiness open"
    if one.ready is not None:
        ready = f"{percent(one.ready)} ready, {items}"
    elif one.open_items:
        ready = f"nobody knows yet how ready they are, {items}"
    else:
        ready = "nothing is recorded about readiness"
    people = f"{counted(one.groups, 'group')}, {people_said(one.headcount)}"
    text = f"{one.code} of {one.client} {when}. {people}; {hit}{rated}. {capital(ready)}."
    return tuple((ink(line, "explain"),) for line in wrap(ink(text).text, width))
