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

OTHER_SCOPES: Final[Mapping[str, str]] = {
    "records": "Records",
    "form": "Forms",
    "gate": "Gate",
    "decisions": "Decisions",
}
"""Where else commands work, and the title of the place."""

_APP: Final = (
    Command("app.help", ("?",), "Help", "Explain this screen, its keys and its signs.", "app", "help", 90),
    Command(
        "app.palette", ("ctrl+p",), "Commands", "List every command, and find one by its name.", "app", "commands", 91
    ),
    Command("app.back", ("escape",), "Back", "Close what is open, or go back to the portfolio.", "app"),
    Command(
        "app.undo",
        ("U",),
        "Undo",
        "Show your own last change, and take it back.",
        "app",
        writes=True,
    ),
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
    Command("portfolio.new", ("n",), "New initiative", "Make an initiative.", "portfolio", "new", 5, writes=True),
    Command(
        "portfolio.new_from_playbook",
        ("N",),
        "New initiative from a playbook",
        "Choose a playbook, a client and a go-live; all days are counted from it.",
        "portfolio",
        "from playbook",
        6,
        writes=True,
    ),
    Command("portfolio.clients", ("C",), "Clients", "List, make and change clients.", "portfolio"),
    Command("portfolio.people", ("P",), "People", "List, make and change people.", "portfolio"),
    Command("portfolio.holidays", ("H",), "Holidays", "List, make and change the holidays of clients.", "portfolio"),
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
        "initiative.lens",
        ("L",),
        "Next lens",
        "Look with the eyes of the project, the change side, the service desk, the business, or all.",
        "initiative",
        "lens",
        5,
    ),
    Command(
        "initiative.measures",
        ("m",),
        "Measures",
        "Show the six measures twice, the blind spots, risks, decisions and the project's figures.",
        "initiative",
        "measures",
        5,
    ),
    Command(
        "initiative.who_owns",
        ("O",),
        "Who owns this?",
        "Find out in three questions whether delivery, people or both own a piece of work.",
        "initiative",
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
    Command(
        "initiative.edit",
        ("e",),
        "Edit",
        "Change the initiative itself: title, owners, dates, budget.",
        "initiative",
        "edit",
        5,
        writes=True,
    ),
    Command(
        "initiative.records",
        ("r",),
        "Records",
        "List, make and change what belongs to the initiative: activities, risks, decisions, benefits and more.",
        "initiative",
        "records",
        5,
    ),
    Command(
        "initiative.workaround",
        ("w",),
        "Note a workaround",
        "Note an old way that people keep using: w, what it is, enter.",
        "initiative",
        "workaround",
        10,
        writes=True,
    ),
    Command(
        "initiative.gate",
        ("enter", "G"),
        "Open the gate",
        "Open the gate that is shown: tick its items with evidence, and sign it.",
        "initiative",
        "gate",
        6,
    ),
    Command(
        "initiative.move",
        ("v",),
        "Move in the plan",
        "Move the selected activity or milestone, and what hangs on it; it shows first what that breaks.",
        "initiative",
        writes=True,
    ),
    Command("initiative.decisions", ("D",), "Decisions", "Acknowledge and lock the decisions.", "initiative"),
    Command(
        "initiative.baseline",
        ("B",),
        "Set a new baseline",
        "Measure all work against the plan as it now stands, for a reason that is kept.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.close_delivery",
        ("x",),
        "Close the delivery lane",
        "Close it when its work is done; over a rule only with a reason.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.close_people",
        ("X",),
        "Close the people lane",
        "Close it when the new way has stuck; over a rule only with a reason.",
        "initiative",
        writes=True,
        dangerous=True,
    ),
    Command(
        "initiative.clone",
        ("K",),
        "Clone to other clients",
        "Make the same initiative for other clients, and compare what each of them demands.",
        "initiative",
        writes=True,
    ),
)

_GATE: Final = (
    Command(
        "gate.tick",
        ("enter", "space"),
        "Tick",
        "Say what shows that the item is done, and tick it; again renews it.",
        "gate",
        "tick",
        1,
        writes=True,
    ),
    Command(
        "gate.sign",
        ("S",),
        "Sign",
        "Sign this gate for the side of the selected item.",
        "gate",
        "sign",
        2,
        writes=True,
        dangerous=True,
    ),
    Command("gate.other_side", ("tab",), "Other side", "Go to the items of the other side.", "gate", "other side", 3),
    Command("gate.previous", ("[",), "Previous gate", "Show the gate before this one.", "gate", "gate", 4),
    Command("gate.next", ("]",), "Next gate", "Show the gate after this one.", "gate", "gate", 4),
    Command(
        "gate.close_lane",
        ("c",),
        "Close the lane",
        "Close the lane of the selected item; over a rule only with a reason.",
        "gate",
        "close lane",
        5,
        writes=True,
        dangerous=True,
    ),
    Command("gate.decisions", ("D",), "Decisions", "Acknowledge and lock the decisions.", "gate", "decisions", 6),
)

_DECISIONS: Final = (
    Command(
        "decisions.delivery",
        ("d",),
        "Acknowledge for delivery",
        "Say that the delivery side knows of it.",
        "decisions",
        "delivery knows",
        1,
        writes=True,
    ),
    Command(
        "decisions.people",
        ("p",),
        "Acknowledge for people",
        "Say that the people side knows of it.",
        "decisions",
        "people know",
        2,
        writes=True,
    ),
    Command(
        "decisions.lock",
        ("L",),
        "Lock",
        "Lock the decision once every side that it touches knows of it.",
        "decisions",
        "lock",
        3,
        writes=True,
        dangerous=True,
    ),
)

_RECORDS: Final = (
    Command("records.new", ("n",), "New", "Make a record of this kind.", "records", "new", 1, writes=True),
    Command("records.edit", ("enter", "e"), "Edit", "Change the selected record.", "records", "edit", 2, writes=True),
    Command(
        "records.close",
        ("c",),
        "Close",
        "Close the selected record as of today, after a question.",
        "records",
        "close",
        3,
        writes=True,
    ),
    Command("records.kinds", ("r",), "Other kinds", "List records of another kind.", "records", "kinds", 4),
)

_FORM: Final = (
    Command("form.save", ("ctrl+s",), "Save", "Save what stands in the form.", "form", "save", 1, writes=True),
)

COMMANDS: Final[tuple[Command, ...]] = (
    *_APP,
    *_SWITCHES,
    *_PORTFOLIO,
    *_INITIATIVE,
    *_RECORDS,
    *_FORM,
    *_GATE,
    *_DECISIONS,
)
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
    titles = {screen.name: screen.title for screen in MAIN_SCREENS} | dict(OTHER_SCOPES) | {"app": "On every screen"}
    parts = [
        "# Keys\n\nWritten by `make keys` from the commands; change a key for yourself in the configuration, by its id.\n"
    ]
    for scope in titles:
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
