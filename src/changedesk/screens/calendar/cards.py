"""What is opened over the calendar: the load of a group, the list of what does not go together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from textual.widget import Widget

from changedesk.domain.control.collisions import Collision
from changedesk.domain.saying import day_month, percent
from changedesk.domain.service.names import same
from changedesk.screens.calendar.rows import CalendarRows, PeopleRow
from changedesk.screens.calendar.words import city, draw_words, time_said
from changedesk.screens.dialog import Dialog
from changedesk.values import dataclass
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column, Row, cell
from changedesk.widgets.page import Lines, Page
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink

LABEL: Final = 14
DETAIL: Final = 4
FRAME: Final = 3
"""The rows of a border and of the titles of columns."""
HIGHEST: Final = 42
COLUMNS: Final = (
    Column("", 1, tight=True),
    Column("Client's time", 17),
    Column("What", 19, from_width=100),
    Column("Client", 9),
    Column("Why", 30, share=4),
)


class Card(Dialog[None]):
    """A few facts, one below the other."""

    DEFAULT_CSS = """
    Card > Box { width: 84; max-width: 100%; height: auto; max-height: 100%; padding: 0 1; margin: 0; }
    """
    hints = (KeyHint("↑ ↓", "read on"),)

    def __init__(self, title: str, facts: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._title = title
        self._facts = tuple(facts)

    def content(self) -> Iterable[Widget]:
        """The facts: a label, what is said, and the meaning of its colour."""
        page = Page(self._lines)
        page.styles.height = len(self._lines(80))
        yield Box(self._title, page)

    def _lines(self, width: int) -> Lines:
        lines: list[tuple[Span, ...]] = [()]
        room = max([LABEL, *(cells(label) + 2 for label, _, _ in self._facts)])
        for label, text, token in self._facts:
            for place, line in enumerate(wrap(ink(text).text, width - room - 2)):
                head = label if place == 0 else ""
                lines.append((Span(f" {head}{' ' * (room - cells(head))}", Look("explain")), Span(line, Look(token))))
        lines.append(())
        return lines


class LoadCard(Card):
    """The weeks of one group: where its load comes from."""

    def __init__(self, row: PeopleRow, marked: date | None, now: datetime) -> None:
        super().__init__(f"{row.audience} at {row.client.name}", tuple(_load_facts(row, marked, now)))


def _load_facts(row: PeopleRow, marked: date | None, now: datetime) -> Iterable[tuple[str, str, str]]:
    today = now.astimezone(row.client.zone).date()
    for week in row.weeks:
        sources = "; ".join(f"{source.title} {source.load:g} ({source.why})" for source in week.sources)
        head = f"{percent(100 * week.share)}: {sources}" if sources else "nothing"
        level = "ink" if week.level == "fine" else LEVEL_TOKEN[week.level]
        sign = "" if week.level == "fine" else f"{GLYPH[week.level]} "
        mark = "▸ " if week.week == marked else ""
        yield f"{mark}{day_month(week.week, today)}", f"{sign}{head}", level
    yield "They can bear", f"{row.peak.capacity:g} a week; one heavy change at its go-live is 10", "explain"


class Place(NamedTuple):
    """Where on the calendar something is: a row of the services with what is marked on it, or a group and its week."""

    row: str
    item: str = ""
    week: date | None = None


@dataclass(frozen=True, slots=True)
class CollisionRows:
    """What does not go together as lines of the list, made when they are seen."""

    shown: CalendarRows

    def count(self) -> int:
        """How many lines there are."""
        return len(self.shown.collisions)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some lines of the list."""
        return [self._line(place) for place in range(offset, min(offset + limit, self.count()))]

    def position(self, key: str) -> int | None:
        """On which line one stands."""
        place = int(key)
        return place if place < self.count() else None

    def _line(self, place: int) -> Row:
        one = self.shown.collisions[place]
        client = self.shown.client_of(one)
        when = time_said(one.start, one.end, client.zone, self.shown.view.now)
        return Row(
            str(place),
            (
                cell(GLYPH[one.level], LEVEL_TOKEN[one.level]),
                cell(when.partition(" to ")[0]),
                cell(one.name, LEVEL_TOKEN[one.level]),
                cell(client.code, "explain"),
                cell(one.sentence, "explain"),
            ),
        )


class CollisionList(Dialog[Place]):
    """What does not go together, the earliest first; the answer is where it is."""

    DEFAULT_CSS = f"""
    CollisionList > Box {{ max-width: 150; max-height: 100%; margin: 0; }}
    CollisionList Drawing {{ height: {DETAIL}; padding: 1 1 0 1; }}
    """
    hints = (KeyHint("↑ ↓", "select"), KeyHint("enter", "show it"))

    def __init__(self, rows: CalendarRows) -> None:
        super().__init__()
        self._rows = rows
        self._table = FollowedTable(COLUMNS, self._follow, empty="")
        self._detail = Drawing()
        self._box = Box("What does not go together?")
        self._box.styles.height = min(HIGHEST, FRAME + len(rows.collisions) + DETAIL)

    def content(self) -> Iterable[Widget]:
        """The list, and all that is to be said of the selected one."""
        with self._box:
            yield self._table
            yield self._detail

    def on_mount(self) -> None:
        """All of them."""
        self._table.show(CollisionRows(self._rows))
        self._table.focus()
        self._follow()

    def on_virtual_table_row_opened(self) -> None:
        """Enter shows it on the calendar."""
        one = self._selected
        self.dismiss(self._place(one) if one else None)

    @property
    def _selected(self) -> Collision | None:
        key = self._table.selected_key
        return self._rows.collisions[int(key)] if key else None

    def _place(self, one: Collision) -> Place | None:
        if not one.changes:
            monday = one.start.astimezone(self._rows.client_of(one).zone).date()
            group = next(
                (row for row in self._rows.people if row.client.code == one.client and row.has_week(one, monday)), None
            )
            return Place(group.key, week=monday) if group else None
        for row in self._rows.services:
            its_own = one.service is None or same((row.service or "",), (one.service,))
            if its_own and any(item.key == one.changes[0] for item in row.items):
                return Place(row.key, one.changes[0])
        return None

    def _follow(self) -> None:
        one = self._selected
        self._box.set_note(self._table.position_text)
        if one is not None:
            client = self._rows.client_of(one)
            when = time_said(one.start, one.end, client.zone, self._rows.view.now)
            said = [
                (f"{one.sentence}.", LEVEL_TOKEN[one.level]),
                (f"{client.name}: {when} in {city(client.zone)}", "explain"),
            ]
            self._detail.show(draw_words(said))
