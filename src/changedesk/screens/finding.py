"""A list over the screen that a few typed letters make shorter, while the arrow keys select."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType

from changedesk.screens.dialog import Dialog
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.lists.table import VirtualTable

Answer = TypeVar("Answer")


class FindDialog(Dialog[Answer]):
    """A dialog with such a list; a subclass says what has the words that were typed, and what choosing a row does."""

    DEFAULT_CSS = """
    FindDialog TypedLine { margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def __init__(self, line: TypedLine, table: VirtualTable) -> None:
        super().__init__()
        self._input = line
        self._table = table
        self._table.can_focus = False
        self._found: str | None = None

    @abstractmethod
    def _fill(self, text: str) -> None:
        """List what has every word of the text."""

    @abstractmethod
    def _choose(self, key: str) -> None:
        """Answer with the row of that key, if it can be chosen."""

    def on_mount(self) -> None:
        """Everything."""
        self._find()

    def on_input_changed(self) -> None:
        """Only what has every word."""
        self._find()

    def on_input_submitted(self) -> None:
        """Enter chooses."""
        self._choose(self._table.selected_key)

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """A second click does as well."""
        self._choose(event.key)

    def action_move(self, step: int) -> None:
        """Select another one of those that have every letter typed before."""
        self._find()
        self._table.action_move(step)

    def action_page(self, step: int) -> None:
        """Go a screenful up or down."""
        self._find()
        self._table.action_page(step)

    def _find(self) -> None:
        """List once for each text, and select the best of it: keys may be ahead of the messages about letters."""
        if self._input.value != self._found:
            self._found = self._input.value
            self._fill(self._found)
            self._table.action_edge(-1)
