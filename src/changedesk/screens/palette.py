"""The list of all commands that work on a screen, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from changedesk.commands import Command, shown_key
from changedesk.keymap import Keymap
from changedesk.screens.dialog import Dialog
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.rows import Column, ListSource, Row, cell
from changedesk.widgets.table import VirtualTable

EMPTY = "No command of this screen has these letters; 1 to 8 show other screens."
COLUMNS = (
    Column("Key", 9),
    Column("Command", 16),
    Column("What it does", 20, 1),
)


class Palette(Dialog[str]):
    """Pick a command; the answer is its id. A command that is refused now says why and stays."""

    DEFAULT_CSS = """
    Palette Input, Palette Input:focus {
        border: none; height: 1; padding: 0 1; background: $raised; color: $ink; margin: 0 0 1 0;
    }
    Palette Input > .input--placeholder { color: $explain; }
    Palette Input > .input--cursor { background: $key; color: $ground; text-style: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    hints = (KeyHint("↑ ↓", "select"), KeyHint("enter", "do it"))

    def __init__(
        self, commands: Iterable[Command], keymap: Keymap, reason_against: Callable[[str], str | None]
    ) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._keymap = keymap
        self._reason_against = reason_against
        self._table = VirtualTable(COLUMNS, empty=EMPTY)
        self._table.can_focus = False
        self._input = Input(placeholder="type to find a command")
        self._input.cursor_blink = False
        self._found: str | None = None

    def content(self) -> Iterable[Widget]:
        """What is typed, and the commands that contain it."""
        yield Box("Commands", self._input, self._table)

    def on_mount(self) -> None:
        """All commands."""
        self._find()

    def on_input_changed(self) -> None:
        """Only those that contain every word."""
        self._find()

    def on_input_submitted(self) -> None:
        """Enter gives the selected command."""
        self._choose(self._table.selected_key)

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """A second click does as well."""
        self._choose(event.key)

    def action_move(self, step: int) -> None:
        """Select another command while typing goes on."""
        self._find()
        self._table.action_move(step)

    def action_page(self, step: int) -> None:
        """Go a screenful of commands up or down."""
        self._find()
        self._table.action_page(step)

    def _choose(self, command_id: str) -> None:
        if command_id and self._reason_against(command_id) is None:
            self.dismiss(command_id)

    def _find(self) -> None:
        """List what has every word, once for each text: keys may be ahead of the messages about letters."""
        if self._input.value != self._found:
            self._found = self._input.value
            found = [self._row(command) for command in matching(self._commands, self._keymap, self._found)]
            self._table.show(ListSource(found))

    def _row(self, command: Command) -> Row:
        reason = self._reason_against(command.id)
        keys = " ".join(shown_key(key) for key in self._keymap.of(command.id))
        if reason is not None:
            return Row(command.id, (cell(keys, "faint"), cell(command.title, "faint"), cell(reason, "risk")))
        return Row(command.id, (cell(keys, "key"), cell(command.title), cell(command.help, "explain")))


def matching(commands: Iterable[Command], keymap: Keymap, text: str) -> list[Command]:
    """The commands whose key, title, id or help contain every word, whatever the case; those found by title come first."""
    words = text.casefold().split()
    by_title, others = [], []
    for command in commands:
        title = f"{command.title} {' '.join(keymap.of(command.id))}".casefold()
        if all(word in title for word in words):
            by_title.append(command)
        elif all(word in f"{title} {command.id} {command.help}".casefold() for word in words):
            others.append(command)
    return by_title + others
