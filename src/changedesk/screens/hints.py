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
    commands: Iterable[Command],
    keymap: Keymap,
    reason_against: Callable[[str], str | None],
    word_now: Callable[[Command], str] = lambda command: command.word,
) -> tuple[KeyHint, ...]:
    """The commands of the line of keys; those of the same word stand together: ``[ ] gate``.

    ``word_now`` says what a command is called now; an empty word leaves it out.
    """
    found: dict[str, KeyHint] = {}
    for command in footer_commands(commands):
        word = word_now(command)
        if not word:
            continue
        dim = reason_against(command.id) is not None
        before = found.get(word)
        key = keymap.shown(command.id)
        if before is None:
            found[word] = KeyHint(key, word, dim)
        else:
            found[word] = KeyHint(f"{before.key} {key}", word, before.dim and dim)
    return tuple(found.values())
