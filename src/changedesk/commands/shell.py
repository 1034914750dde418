"""The main screens, the other places, and the commands that work everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.commands.command import Command, MainScreen
from changedesk.commands.learning import LEARNING_SCOPES
from changedesk.commands.people_side import PEOPLE_SCOPES
from changedesk.commands.service import SERVICE_SCOPES

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
    MainScreen("approvals", "Approvals", "3", "What waits for a decision, and what is it given on?"),
    MainScreen("calendar", "Calendar", "4", "Can this run then, when is the next free time, and whom does it hit?"),
    MainScreen("readiness", "Readiness", "5", "Who is not ready, and what is to be done about it first?"),
    MainScreen("people", "People", "6", "Who is hit, how hard, and who stands behind it?"),
    MainScreen("adoption", "Adoption", "7", "Is it used, when will it be enough, and is it slipping back?"),
    MainScreen("golive", "Go-live", "8", "What hits us today, is it normal, and can we leave hypercare?"),
)
"""The main screens in the order of their keys. A new screen is one entry here and its commands below."""

OTHER_SCOPES: Final[Mapping[str, str]] = {
    "records": "Records",
    "form": "Forms",
    "value": "Benefits and value",
    "gate": "Gate",
    "decisions": "Decisions",
    "cab": "CAB meeting",
    "trail": "Audit trail",
    "changes": "Changes",
    "change": "Change",
    "policies": "Clients and policies",
    "policy": "Approval policy",
    **LEARNING_SCOPES,
    **PEOPLE_SCOPES,
    **SERVICE_SCOPES,
}
"""Where else commands work, and the title of the place."""

PLACES: Final[Mapping[str, str]] = {screen.name: screen.title for screen in MAIN_SCREENS} | dict(OTHER_SCOPES)
"""Every place at which commands work, and its title."""

APP: Final = (
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

SWITCHES: Final = tuple(
    Command(f"app.{screen.name}", (screen.key,), screen.title, f"Show the screen {screen.title}.", "app")
    for screen in MAIN_SCREENS
)
