"""The choice of an initiative on Adoption: a list that is open for a moment in the place of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from textual.message import Message

from changedesk.domain.counted import counted
from changedesk.domain.saying import percent
from changedesk.domain.usage.chance import said_chance
from changedesk.domain.usage.forecast_words import short_day
from changedesk.screens.adoption.parts import SPARK, STATES
from changedesk.screens.far_days import in_days_or_month
from changedesk.screens.following import following
from changedesk.screens.listed import in_order
from changedesk.screens.none_yet import NO_INITIATIVE
from changedesk.services.adoption.choice import ChoiceRow
from changedesk.values import dataclass
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Cell, Column, Row, cell
from changedesk.widgets.lists.table import VirtualTable
from changedesk.widgets.paint import ink, sparkline

CHOICE_COLUMNS: Final = (
    Column("Initiative", 18, share=3),
    Column("Client", 8, share=1, priority=2),
    Column("Go-live", 9),
    Column("Now", 5, align="right"),
    Column("Trend", SPARK),
    Column("State", 13),
    Column("Target", 8, align="right", from_width=90),
    Column("By", 8, align="right", from_width=90),
    Column("Likely", 6, align="right"),
)

QUESTION: Final = "Which initiative?"
ORDER: Final = "slipped back, then unlikely to get there, then to come"
BY_GROUP: Final = "by group"
"""In the place of a target where only single groups have one: beside everybody's use it would be read as everybody's."""


class InitiativeChoice(Box):
    """The list to choose from. It is told what there is, and tells which one was chosen."""

    class Chosen(Message):
        """Enter was pressed on an initiative."""

        def __init__(self, initiative_id: str) -> None:
            super().__init__()
            self.initiative_id = initiative_id

    def __init__(self, find: str, close: str) -> None:
        self._table = FollowedTable(CHOICE_COLUMNS, self._say_position)
        keys = [KeyHint("enter", "choose"), KeyHint(find, "find"), KeyHint(close, "close")]
        super().__init__(QUESTION, self._table, keys=keys, token="people", id="choice")
        self.display = False
        self._ids: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether one chooses now."""
        return self.display

    @property
    def has_none(self) -> bool:
        """Whether there is nothing to choose."""
        return not self._table.selected_key

    def show(self, rows: Sequence[ChoiceRow], selected: str, today: date) -> None:
        """Show what there is to choose from."""
        self._ids = [row.standing.initiative_id for row in rows]
        self._table.show(ChoiceSource(rows, today), empty=NO_INITIATIVE)
        self._table.select(selected)
        self._say_position()

    def forget(self) -> None:
        """What there is to choose from stays, whichever of it is shown."""

    def open_at(self, initiative_id: str) -> None:
        """Give the keys to the list."""
        self.display = True
        self._table.select(initiative_id)
        self._table.focus()

    def close(self) -> None:
        """Make room for the page again."""
        self.display = False

    def take(self) -> None:
        """Choose the selected one."""
        self.post_message(self.Chosen(self._table.selected_key))

    def beside(self, initiative_id: str, by: int) -> str:
        """The initiative so many rows further on, round the end; where there is no other, this one."""
        return following(self._ids, initiative_id, by) if self._ids else initiative_id

    def say_left(self, left: int) -> None:
        """Say of how many there is no chance yet because this week's forecast is still to be kept."""
        said = f"{counted(left, 'forecast')} of this week still to come" if left else ""
        self.set_title(QUESTION, said, "explain")

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter on a row chooses it."""
        event.stop()
        self.post_message(self.Chosen(event.key))

    def _say_position(self) -> None:
        self.set_note(in_order(ORDER, self._table))


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """The initiatives to choose from; a row's cells are made when it is seen."""

    choice: Sequence[ChoiceRow]
    today: date

    def count(self) -> int:
        """How many there are."""
        return len(self.choice)

    def rows(self, offset: int, limit: int) -> Sequence[Row]:
        """Some of them."""
        return [
            Row(row.standing.initiative_id, _choice_cells(row, self.today), number=offset + n)
            for n, row in enumerate(self.choice[offset : offset + limit], 1)
        ]

    def position(self, key: str) -> int | None:
        """Where an initiative stands."""
        return next((n for n, row in enumerate(self.choice) if row.standing.initiative_id == key), None)


def _choice_cells(row: ChoiceRow, today: date) -> tuple[Cell, ...]:
    one, use = row.standing, row.standing.adoption
    sign, word, token = STATES[standing_of(row)]
    uncounted = one.went_live and use.percent is None
    # What a pilot counts before go-live is known, and stands on the page and on the portfolio, too.
    now: Cell = (
        ()
        if use.percent is None and not one.went_live
        else cell(
            percent(use.percent),
            "unknown" if uncounted else "ink" if one.went_live else "explain",
            bold=one.went_live and not uncounted,
        )
    )
    state = cell("no count yet", "explain") if uncounted else cell(f"{sign} {word}", token)
    return (
        (ink(f"{one.code} ", bold=True), ink(one.title)),
        cell(one.client, "explain"),
        cell(in_days_or_month(one.go_live, today), "explain"),
        now,
        cell(sparkline([value / 100 for value in use.trend], SPARK), "people"),
        state,
        cell("" if use.target is None else BY_GROUP if use.target_of else percent(use.target), "explain"),
        cell("" if use.by is None else short_day(use.by, today), "explain"),
        _choice_chance(row, today),
    )


def standing_of(row: ChoiceRow) -> str:
    """Where its use stands: before go-live it is not live, whatever was counted."""
    return row.standing.adoption.state if row.standing.went_live else "not_live"


def _choice_chance(row: ChoiceRow, today: date) -> Cell:
    one, use = row.standing, row.standing.adoption
    if row.chance is None:
        past = one.went_live and use.by is not None and use.by < today
        if past and use.target is not None and use.aimed_use is not None:
            return cell("there", "fine") if use.aimed_use >= use.target else cell("past", "late")
        return cell("")
    return cell(said_chance(row.chance), "risk" if row.unlikely else "fine", bold=True)
