"""The list that takes the place of an initiative's panels while it is open, and all that its selected row says."""

from __future__ import annotations

from datetime import date

from changedesk.keymap import Keymap
from changedesk.screens.initiative.lists import LISTS, ListKind, list_keys
from changedesk.screens.records.rows import in_full
from changedesk.widgets.box import Box
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.lists.followed_table import FollowedTable


class ListBox(Box):
    """One of the lists behind an initiative; none while it is closed."""

    def __init__(self, keymap: Keymap) -> None:
        self._table = FollowedTable((), self._say_position)
        self._row = Drawing(id="row")
        super().__init__("", self._table, self._row, id="list")
        self._keymap = keymap
        self._opened = ""
        self._begins = False

    @property
    def opened(self) -> str:
        """The name of the list that is open; empty when none is."""
        return self._opened

    @property
    def selected_key(self) -> str:
        """The id of what is selected in it."""
        return self._table.selected_key

    def open(self, name: str) -> None:
        """Stand there for this list, and take the keys; its rows come with :meth:`show_rows`."""
        self._begins = self._opened != name
        self._opened = name
        self._table.set_columns(LISTS[name].columns)
        self.set_title(LISTS[name].name)
        self.set_keys(list_keys(self._keymap, name))
        self.display = True
        self._table.focus()

    def close(self) -> None:
        """Go away, and leave the keys to the screen."""
        self._opened = ""
        self.display = False
        self.screen.set_focus(None)

    def show_rows(self, kind: ListKind, found: object, today: date) -> None:
        """Show what was read for this list; one that was just opened begins where somebody looks first."""
        if LISTS.get(self._opened) is not kind:
            return
        self._table.show(kind.source(found, today), empty=kind.empty)
        self.set_title(kind.name, *kind.answer(found))
        if self._begins:
            self._begins = False
            if not self._table.select(kind.begin(found)):
                self._table.action_edge(-1)
        self._say_position()

    def _say_position(self) -> None:
        """Say all that the selected row says, and how far down the list one sees."""
        said = self._table.selected_texts
        self._row.show(lambda width, height: in_full(said, width, height))
        signs = LISTS[self._opened].signs if self._opened else ""
        self.set_note("   ".join(part for part in (signs, self._table.position_text) if part))
