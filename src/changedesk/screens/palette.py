"""The list of all commands that work on a screen, found by a few letters; where none is, those of other screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from textual.widget import Widget

from changedesk.commands import BY_ID, COMMANDS, MAIN_SCREENS, PLACES, Command, shown_key
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
_MAIN: Final = frozenset(screen.name for screen in MAIN_SCREENS)
_ELSEWHERE: Final = tuple(command for command in COMMANDS if command.scope in PLACES)


class Palette(FindDialog[str]):
    """Pick a command; the answer is its id. A command that is refused now says why and stays; one of another place may be
    picked where a command leads there from everywhere."""

    DEFAULT_CSS = f"""
    Palette Drawing {{ height: {DETAIL}; padding: 1 1 0 1; }}
    """
    hints = (KeyHint("↑ ↓", "select"), KeyHint("enter", "do it"))

    def __init__(
        self, commands: Iterable[Command], keymap: Keymap, reason_against: Callable[[str], str | None]
    ) -> None:
        self._commands = tuple(commands)
        self._listed = tuple(told_once(self._commands, keymap, reason_against))
        longest = max((cells(command.title) for command in self._commands), default=0)
        columns = (Column("Key", 9), Column("Command", longest), Column("What it does", HELP, share=1))
        line = TypedLine(placeholder="type to find a command")
        super().__init__(line, FollowedTable(columns, self._follow, empty=EMPTY))
        self._detail = Drawing()
        self._box = Box("Commands", self._input, self._table, self._detail)
        self._keymap = keymap
        self._reason_against = reason_against

    def content(self) -> Iterable[Widget]:
        """What is typed, and the commands that contain it."""
        yield self._box

    def _choose(self, command_id: str) -> None:
        command = BY_ID.get(command_id)
        if command is not None and (self._said(command) is None or self._leads_to(command)):
            self.dismiss(command_id)

    def _fill(self, text: str) -> None:
        found = matching(self._listed, self._keymap, text) or matching(_ELSEWHERE, self._keymap, text)
        self._table.show(ListSource([self._row(one) for one in found]))

    def _follow(self) -> None:
        chosen = BY_ID.get(self._table.selected_key)
        said = (self._said(chosen) or chosen.help) if chosen is not None else ""
        self._box.set_note(self._table.position_text)
        self._detail.show(explained(said))

    def _is_elsewhere(self, command: Command) -> bool:
        return command not in self._commands

    def _leads_to(self, command: Command) -> bool:
        """Whether it belongs to another place, to which a command of this list leads."""
        return self._is_elsewhere(command) and BY_ID.get(f"app.{command.scope}") in self._commands

    def _said(self, command: Command) -> str | None:
        """Why its key does nothing now: it belongs to another place, or the screen says what speaks against it."""
        return self._where(command) if self._is_elsewhere(command) else self._reason_against(command.id)

    def _where(self, command: Command) -> str:
        place = PLACES[command.scope]
        if self._leads_to(command):
            return f"It works on {place}: enter goes there."
        opens = next((one for one in _ELSEWHERE if one.name == command.scope and one.scope in _MAIN), None)
        if opens is None:
            return f"It works on {place}."
        return f"It works on {place}, which {shown_key(self._keymap.of(opens.id)[0])} on {PLACES[opens.scope]} opens."

    def _row(self, command: Command) -> Row:
        keys = " ".join(shown_key(key) for key in self._keymap.of(command.id))
        said = self._said(command)
        if said is None:
            return Row(command.id, (cell(keys, "key"), cell(command.title), cell(command.help, "explain")))
        if self._leads_to(command):
            return Row(command.id, (cell(keys, "faint"), cell(command.title), cell(said, "explain")))
        return Row(command.id, (cell(keys, "faint"), cell(command.title, "faint"), cell(said, "risk")))


def told_once(
    commands: Sequence[Command], keymap: Keymap, reason_against: Callable[[str], str | None]
) -> Iterable[Command]:
    """The commands without those of everywhere that have no key, where one of the screen does the same with a key."""
    keyed = {one.title for one in commands if keymap.of(one.id) and reason_against(one.id) is None}
    return (one for one in commands if keymap.of(one.id) or one.title not in keyed)


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
