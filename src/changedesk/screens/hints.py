"""From the commands to what the frame shows of them: keys, tabs, and the line of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from textual.binding import Binding, BindingsMap

from changedesk.commands import MAIN_SCREENS, Command, footer_commands
from changedesk.keymap import Keymap
from changedesk.widgets.frame import KeyHint, Tab


def bindings_of(commands: Iterable[Command], keymap: Keymap) -> BindingsMap:
    """The keys of these commands, as Textual wants them."""
    return BindingsMap(
        Binding(key, f"perform('{command.id}')", id=f"{command.id}:{key}", show=False)
        for command in commands
        for key in keymap.of(command.id)
    )


def tabs(keymap: Keymap, counts: Mapping[str, int]) -> list[Tab]:
    """The main screens with how much waits on each (name to number)."""
    return [
        Tab(screen.name, keymap.shown(f"app.{screen.name}"), screen.title, counts.get(screen.name, 0))
        for screen in MAIN_SCREENS
    ]


def hints(
    commands: Iterable[Command], keymap: Keymap, reason_against: Callable[[str], str | None]
) -> tuple[KeyHint, ...]:
    """The commands of the line of keys; those of the same word stand together: ``[ ] gate``."""
    found: dict[str, KeyHint] = {}
    for command in footer_commands(commands):
        dim = reason_against(command.id) is not None
        before = found.get(command.word)
        key = keymap.shown(command.id)
        if before is None:
            found[command.word] = KeyHint(key, command.word, dim)
        else:
            found[command.word] = KeyHint(f"{before.key} {key}", command.word, before.dim and dim)
    return tuple(found.values())
