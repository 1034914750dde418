"""The list of all commands that work on a screen, found by a few letters; where none is, those of other screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from textual.widget import Widget

from changedesk.commands import BY_ID, COMMANDS, PLACES, Command, shown_key
from changedesk.keymap import Keymap
from changedesk.screens.finding import FindDialog
from changedesk.screens.labelled import explained
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import cells
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.lists.rows import Column, ListSource, Row, cell

EMPTY = "No command has these letters."
HELP: Final = 24
"""The fewest columns of what a command does: all of that stands under the list."""
DETAIL: Final = 3
_ELSEWHERE: Final = tuple(command for command in COMMANDS if command.scope in PLACES)


class Palette(FindDialog[str]):
    """Pick a command; the answer is its id. A command that is refused now says why and stays."""

    DEFAULT_CSS = f"""
    Palette Drawing {{ height: {DETAIL}; padding: 1 1 0 1; }}
    """
    hints = (KeyHint("↑ ↓", "select"), KeyHint("enter", "do it"))

    def __init__(
        self, commands: Iterable[Command], keymap: Keymap, reason_against: Callable[[str], str | None]
    ) -> None:
        self._commands = tuple(commands)
        longest = max((cells(command.title) for command in self._commands), default=0)
        columns = (Column("Key", 9), Column("Command", longest), Column("What it does", HELP, share=1))
        line = TypedLine(placeholder="type to find a command")
        super().__init__(line, FollowedTable(columns, self._follow, empty=EMPTY))
        self._detail = Drawing()
        self._keymap = keymap
        self._reason_against = reason_against

    def content(self) -> Iterable[Widget]:
        """What is typed, and the commands that contain it."""
        yield Box("Commands", self._input, self._table, self._detail)

    def _choose(self, command_id: str) -> None:
        command = BY_ID.get(command_id)
        if command is not None and self._against(command) is None:
            self.dismiss(command_id)

    def _fill(self, text: str) -> None:
        found = matching(self._commands, self._keymap, text) or matching(_ELSEWHERE, self._keymap, text)
        self._table.show(ListSource([self._row(one) for one in found]))

    def _follow(self) -> None:
        chosen = BY_ID.get(self._table.selected_key)
        said = (self._against(chosen) or chosen.help) if chosen is not None else ""

        self._detail.show(explained(said))

    def _against(self, command: Command) -> str | None:
        """What speaks against it now: that it belongs to another place, or what the screen says."""
        if command not in self._commands:
            return f"It works on {PLACES[command.scope]}."
        return self._reason_against(command.id)

    def _row(self, command: Command) -> Row:
        reason = self._against(command)
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
