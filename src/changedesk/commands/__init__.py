"""Every command of the dashboard, declared once: from it come its key, the palette, the line of keys, help and docs/keys.md.

One module a place; a new command is one entry there, a new place one module and its line in ``lookup``.
"""

from changedesk.commands.command import READ_ONLY, Command, MainScreen
from changedesk.commands.lookup import (
    ALWAYS,
    BY_ID,
    COMMANDS,
    commands_on,
    footer_commands,
    key_to,
    shown_key,
    with_keys,
)
from changedesk.commands.shell import MAIN_SCREENS, OTHER_SCOPES, PLACES

__all__ = [
    "ALWAYS",
    "BY_ID",
    "COMMANDS",
    "MAIN_SCREENS",
    "OTHER_SCOPES",
    "PLACES",
    "READ_ONLY",
    "Command",
    "MainScreen",
    "commands_on",
    "footer_commands",
    "key_to",
    "shown_key",
    "with_keys",
]
