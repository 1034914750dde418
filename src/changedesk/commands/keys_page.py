"""The page of all keys, made from the commands."""

from __future__ import annotations

from changedesk.commands.lookup import COMMANDS, shown_key
from changedesk.commands.shell import PLACES


def keys_page() -> str:
    """The page docs/keys.md: every command with its keys, screen by screen, as Markdown."""
    titles = dict(PLACES) | {"app": "On every screen"}
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
