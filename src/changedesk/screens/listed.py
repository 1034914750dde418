"""A main screen with a list: the keys go to it first, and what is to be said of the selected row stands under it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column
from changedesk.widgets.lists.table import VirtualTable


class ListScreen(DeskScreen):
    """A screen with such a list. A subclass says in ``_follow`` what stands around the selected row."""

    def __init__(self, context: Context, columns: Sequence[Column] = ()) -> None:
        super().__init__(context)
        self._table = FollowedTable(columns, self._follow)

    @abstractmethod
    def _follow(self) -> None:
        """Another row is selected, or other rows are seen."""

    def boxed(
        self, question: str, detail: Drawing, *keys: tuple[str, str], token: str = "ink", id: str | None = None
    ) -> Box:
        """The list over its detail in a box that asks ``question``; ``keys`` are commands with their words."""
        return Box(question, self._table, detail, keys=self.keys_of(*keys), token=token, id=id)

    def on_mount(self) -> None:
        """The keys go to the list, at once: a line that a key opens meanwhile must not lose them again."""
        self.set_focus(self._table)


def in_order(order: str, table: VirtualTable) -> str:
    """In which order a list stands, and how far down it one sees: ``nearest go-live first  10 of 14``."""
    position = table.position_text
    return f"{order}  {position}" if order and position else position
