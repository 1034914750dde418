"""Choosing the client to which a screen is narrowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from changedesk.screens.base import DeskScreen
from changedesk.screens.chooser import Choice, choose_one
from changedesk.screens.none_yet import NO_CLIENT
from changedesk.services.control.rules.profiles import ClientLine, client_lines
from changedesk.widgets.lists.rows import Column

ALL: Final = "\n"
"""The key of all clients; no code has a line break."""


def pick_client(
    screen: DeskScreen, title: str, chosen: Callable[[str | None], None], *, now: str | None, all_of_them: bool = True
) -> None:
    """Choose one client in view, or all of them (None) where that makes sense; ``now`` is the one that is shown."""
    session = screen.context.session

    def ask(lines: Sequence[ClientLine]) -> None:
        every = [Choice(ALL, ("all", "every client in view"), all=True)] if all_of_them and lines else []
        choices = [*every, *(Choice(line.code, (line.code, line.name)) for line in lines)]
        columns = (Column("Client", 14), Column("Name", 20, share=1))

        def answered(client: str) -> None:
            chosen(None if client == ALL else client)

        choose_one(screen, title, columns, choices, answered, empty=screen.keyed(NO_CLIENT), start=now or "")

    screen.read_to_ask("clients", lambda: client_lines(session), ask)
