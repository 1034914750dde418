"""Every command of the dashboard, declared once: from it come its key, the palette, the line of keys, help and docs/keys.md."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

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

_SHOWN: Final[Mapping[str, str]] = {"escape": "esc", "left": "←", "right": "→", "up": "↑", "down": "↓"}


def shown_key(key: str) -> str:
    """A key as it is written on the screen: ``esc``, ``←``, ``ctrl+p``."""
    return _SHOWN.get(key, key)


def commands_on(scope: str) -> tuple[Command, ...]:
    """The commands that work on a screen: its own, then those of every screen."""
    own = tuple(command for command in COMMANDS if command.scope == scope)
    return own + tuple(command for command in COMMANDS if command.scope == "app") if scope != "app" else own


def footer_commands(commands: Iterable[Command]) -> list[Command]:
    """The commands of the line of keys, the most important first."""
    return sorted((command for command in commands if command.footer), key=lambda command: command.footer)


def keys_page() -> str:
    """The page docs/keys.md: every command with its keys, screen by screen, as Markdown."""
    titles = {screen.name: screen.title for screen in MAIN_SCREENS} | {"app": "On every screen"}
    parts = [
        "# Keys\n\nWritten by `make keys` from the commands; change a key for yourself in the configuration, by its id.\n"
    ]
    for scope in (*(screen.name for screen in MAIN_SCREENS), "app"):
        parts.append(f"\n## {titles[scope]}\n\n| key | command | what it does | id |\n| --- | --- | --- | --- |\n")
        for command in COMMANDS:
            if command.scope == scope:
                keys = " ".join(f"`{shown_key(key)}`" for key in command.keys)
                parts.append(f"| {keys} | {command.title} | {command.help} | {command.id} |\n")
    parts.append(
        "\nIn every list: `↑` `↓` `k` `j` move, `page up` `page down` go by a screenful, `home` `end` to the ends.\n"
    )
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(keys_page())
