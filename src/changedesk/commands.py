"""Every command of the dashboard, declared once: from it come its key, the palette, the line of keys, help and docs/keys.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from changedesk.errors import BadInput

READ_ONLY: Final = "This desk is open read-only"
"""Why a writing command is refused on a desk that was opened read-only."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does.

    ``scope`` is the screen on which it works; ``app`` works on every main screen. ``keys`` come in the order in which they
    are shown. ``footer`` orders the line of keys: the lowest first, 0 stays out of it. ``word`` is what the line of keys
    calls it. ``writes`` changes the desk; ``dangerous`` cannot be taken back by another key.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    scope: str
    word: str = ""
    footer: int = 0
    writes: bool = False
    dangerous: bool = False

    @property
    def name(self) -> str:
        """The id without the scope: ``sort`` of ``portfolio.sort``."""
        return self.id.partition(".")[2]


@dataclass(frozen=True, slots=True)
class MainScreen:
    """One of the main screens: its name, its title, the key that shows it, and the question that it answers."""

    name: str
    title: str
    key: str
    question: str


MAIN_SCREENS: Final = (
    MainScreen(
        "portfolio", "Portfolio", "1", "Where does each initiative stand, and which one needs somebody today, and why?"
    ),
    MainScreen(
        "initiative",
        "Initiative",
        "2",
        "Was it delivered correctly, and are the people using it? Two lanes, one initiative.",
    ),
)
"""The main screens in the order of their keys. A new screen is one entry here and its commands below."""

_APP: Final = (
    Command("app.help", ("?",), "Help", "Explain this screen, its keys and its signs.", "app", "help", 90),
    Command(
        "app.palette", ("ctrl+p",), "Commands", "List every command, and find one by its name.", "app", "commands", 91
    ),
    Command("app.back", ("escape",), "Back", "Close what is open, or go back to the portfolio.", "app"),
    Command("app.theme", ("T",), "Next theme", "Change between dark, light and high contrast.", "app"),
    Command(
        "app.quit",
        ("q", "ctrl+q"),
        "Quit",
        "Leave ChangeDesk. Everything that was saved is on disk.",
        "app",
        "quit",
        92,
    ),
)

_SWITCHES: Final = tuple(
    Command(f"app.{screen.name}", (screen.key,), screen.title, f"Show the screen {screen.title}.", "app")
    for screen in MAIN_SCREENS
)

_PORTFOLIO: Final = (
    Command("portfolio.open", ("enter",), "Open", "Open the selected initiative.", "portfolio", "open", 1),
    Command(
        "portfolio.filter",
        ("/",),
        "Filter",
        "Show only initiatives that contain these words.",
        "portfolio",
        "filter",
        2,
    ),
    Command("portfolio.sort", ("s",), "Sort", "Change the order of the initiatives.", "portfolio", "sort", 3),
    Command(
        "portfolio.group",
        ("g",),
        "Group by client",
        "Put the initiatives of a client together, or not.",
        "portfolio",
        "group",
        4,
    ),
)

_INITIATIVE: Final = (
    Command("initiative.next_panel", ("tab",), "Next panel", "Go to the next panel.", "initiative", "panel", 1),
    Command(
        "initiative.activities",
        ("a",),
        "Activities",
        "List the activities of all lanes.",
        "initiative",
        "activities",
        2,
    ),
    Command(
        "initiative.audiences",
        ("u",),
        "Audiences",
        "List the audiences with their waves and targets.",
        "initiative",
        "audiences",
        3,
    ),
    Command(
        "initiative.observations",
        ("o",),
        "Observations",
        "List what was observed, newest first.",
        "initiative",
        "observations",
        4,
    ),
    Command(
        "initiative.previous_gate", ("[",), "Previous gate", "Show the gate before this one.", "initiative", "gate", 6
    ),
    Command("initiative.next_gate", ("]",), "Next gate", "Show the gate after this one.", "initiative", "gate", 6),
    Command(
        "initiative.zoom_in", ("+", "="), "Zoom in", "Show a shorter time with more detail.", "initiative", "zoom", 7
    ),
    Command("initiative.zoom_out", ("-",), "Zoom out", "Show a longer time.", "initiative", "zoom", 7),
    Command(
        "initiative.earlier", ("left", "h"), "Earlier", "Move the time axis to earlier days.", "initiative", "move", 8
    ),
    Command("initiative.later", ("right", "l"), "Later", "Move the time axis to later days.", "initiative", "move", 8),
    Command(
        "initiative.fit", ("0",), "Whole time", "Show the whole initiative on the time axis.", "initiative", "all", 9
    ),
)

COMMANDS: Final[tuple[Command, ...]] = (*_APP, *_SWITCHES, *_PORTFOLIO, *_INITIATIVE)
"""All commands, in the order in which help and palette list them."""

BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

ALWAYS: Final[Mapping[str, str]] = {"ctrl+q": "app.quit"}
"""Keys that keep their meaning whatever the configuration says."""

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
    "ctrl+s": "the terminal takes it",
    "ctrl+z": "the terminal takes it",
}
_CHORDS: Final = frozenset(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
ALLOWED_KEYS: Final = "one letter, digit or sign, enter, escape, tab, space, left, right, or ctrl+letter such as ctrl+o"
"""What a key may be, in words."""

_SHOWN: Final[Mapping[str, str]] = {"escape": "esc", "left": "←", "right": "→", "up": "↑", "down": "↓"}


def shown_key(key: str) -> str:
    """A key as it is written on the screen: ``esc``, ``←``, ``ctrl+p``."""
    return _SHOWN.get(key, key)


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


def commands_on(scope: str) -> tuple[Command, ...]:
    """The commands that work on a screen: its own, then those of every screen."""
    own = tuple(command for command in COMMANDS if command.scope == scope)
    return own + tuple(command for command in COMMANDS if command.scope == "app") if scope != "app" else own


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


def footer_commands(commands: Iterable[Command]) -> list[Command]:
    """The commands of the line of keys, the most important first."""
    return sorted((command for command in commands if command.footer), key=lambda command: command.footer)
