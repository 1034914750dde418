"""Which keys each command has: its own, or those that the configuration gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.commands import ALWAYS, COMMANDS, commands_on, shown_key, with_keys
from changedesk.errors import BadInput
from changedesk.values import dataclass

LIST_KEYS: Final = ("up", "down", "j", "k", "pageup", "pagedown", "home", "end")
"""Keys that move in every list, and so belong to no command."""

_NAMED: Final = ("enter", "escape", "tab", "space", "left", "right", "insert", "delete", "backspace")
_EATEN: Final = {
    "ctrl+a": "screen and tmux take it",
    "ctrl+b": "tmux takes it",
    "ctrl+c": "the terminal takes it",
    "ctrl+d": "the terminal takes it",
    "ctrl+h": "the terminal sends it as backspace",
    "ctrl+i": "the terminal sends it as tab",
    "ctrl+j": "the terminal sends it as enter",
    "ctrl+m": "the terminal sends it as enter",
    "ctrl+z": "the terminal takes it",
}
_CHORDS: Final = frozenset(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
ALLOWED_KEYS: Final = "one letter, digit or sign, enter, escape, tab, space, left, right, or ctrl+letter such as ctrl+o"
"""What a key may be, in words."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys each command has, after the configuration."""

    keys: Mapping[str, tuple[str, ...]]

    def of(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command, the one to show first."""
        return self.keys[command_id]

    def shown(self, command_id: str) -> str:
        """The first key of a command as it is written on the screen."""
        keys = self.keys[command_id]
        return shown_key(keys[0]) if keys else ""

    def said(self, sentence: str) -> str:
        """A sentence that names commands by :func:`changedesk.commands.key_to`, with the keys that they have here."""
        return with_keys(sentence, self.shown)


def keymap(changes: Mapping[str, str], source: str = "the configuration") -> Keymap:
    """The keys of all commands, with the changes of a configuration file (command id to key).

    A command that nobody has, a key that cannot work and a key that two commands of one screen would share are refused
    with one sentence that names file, key and what is allowed.
    """
    keys = {command.id: command.keys for command in COMMANDS}
    for command_id, key in changes.items():
        if command_id not in keys:
            raise BadInput(
                f"{source}, [keys] {command_id}: there is no such command",
                f"commands are {', '.join(sorted(keys))}",
            )
        _check_key(key, f"{source}, [keys] {command_id} = {key!r}")
        kept = tuple(always for always, owner in ALWAYS.items() if owner == command_id and always != key)
        keys[command_id] = (key, *kept)
    _check_clashes(keys, changes, source)
    return Keymap(keys)


def _check_key(key: str, place: str) -> None:
    if key in _EATEN:
        raise BadInput(f"{place}: {_EATEN[key]}", f"allowed: {ALLOWED_KEYS}")
    if key in LIST_KEYS:
        raise BadInput(f"{place}: lists need this key to move", f"allowed: {ALLOWED_KEYS}")
    single = len(key) == 1 and key.isprintable() and not key.isspace() and key != ","
    if not (single or key in _NAMED or key in _CHORDS):
        raise BadInput(f"{place}: this key does not reach the program on every terminal", f"allowed: {ALLOWED_KEYS}")


def _check_clashes(keys: Mapping[str, tuple[str, ...]], changes: Mapping[str, str], source: str) -> None:
    for scope in {command.scope for command in COMMANDS}:
        owners: dict[str, str] = {}
        for command in commands_on(scope):
            for key in keys[command.id]:
                other = owners.setdefault(key, command.id)
                if other != command.id:
                    changed, kept = (command.id, other) if command.id in changes else (other, command.id)
                    raise BadInput(
                        f"{source}, [keys] {changed} = {key!r}: this key already belongs to {kept}",
                        "give one of them another key",
                    )
