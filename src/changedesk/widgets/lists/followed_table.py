"""A list that what stands around it follows in the same frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message

from changedesk.widgets.lists.rows import Column, ListSource
from changedesk.widgets.lists.table import VirtualTable
from changedesk.widgets.paint import LOADING


class FollowedTable(VirtualTable):
    """A list that calls ``follow`` as soon as another row is selected or other rows are seen.

    A message does the same one frame later; with a detail under the list, each key would then paint twice.
    """

    def __init__(self, columns: Sequence[Column], follow: Callable[[], None], *, empty: str = LOADING.text) -> None:
        super().__init__(columns, empty=empty)
        self._follow = follow
        self._first = empty
        self.keys_said: Callable[[str], str] = str
        """Puts the keys that the reader has into what is said of an empty list."""

    def forget(self) -> None:
        """Let go of all rows: it is empty as at first."""
        self.show(ListSource(), empty=self._first)

    @property
    def empty_text(self) -> str:
        """What is said where nothing is listed, with the reader's keys."""
        return self.keys_said(super().empty_text)

    def post_message(self, message: Message) -> bool:
        """Tell it as always, but the follower first."""
        if isinstance(message, (VirtualTable.RowHighlighted, VirtualTable.Scrolled)):
            self._follow()
        return super().post_message(message)
