"""All commands together, and finding one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from changedesk.commands import (
    adoption,
    approvals,
    board,
    calendar,
    changes,
    gate,
    golive,
    initiative,
    learning,
    people_side,
    policies,
    portfolio,
    records,
    service,
    shell,
)
from changedesk.commands.command import Command

COMMANDS: Final[tuple[Command, ...]] = (
    *shell.APP,
    *shell.SWITCHES,
    *portfolio.PORTFOLIO,
    *initiative.INITIATIVE,
    *calendar.CALENDAR,
    *adoption.ADOPTION,
    *adoption.VALUE,
    *golive.GOLIVE,
    *records.RECORDS,
    *records.FORM,
    *gate.GATE,
    *gate.DECISIONS,
    *approvals.APPROVALS,
    *changes.CHANGES,
    *changes.CHANGE,
    *policies.POLICIES,
    *policies.POLICY,
    *board.CAB,
    *board.TRAIL,
    *learning.LEARNING_APP,
    *learning.REVIEWS,
    *learning.CHANGE_KPIS,
    *learning.CATALOGUE,
    *people_side.PEOPLE_APP,
    *people_side.READINESS,
    *people_side.READY,
    *people_side.PEOPLE,
    *people_side.HIT,
    *people_side.CHANGE_PLAN,
    *people_side.SATURATION,
    *service.SERVICE_APP,
    *service.HANDOVER,
    *service.SERVICES,
    *service.SERVICE,
    *service.CLIENT,
    *service.IMPORTS,
)
"""All commands, in the order in which help and palette list them."""

BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

ALWAYS: Final[Mapping[str, str]] = {"ctrl+q": "app.quit"}
"""Keys that keep their meaning whatever the configuration says."""

_KEY: Final = "\x1a"
"""Stands around the id of such a command. No text of a desk has it: it is no sign that can be shown."""
_NAMED: Final = re.compile(f"{_KEY}([a-z_.]+){_KEY}")

_SHOWN: Final[Mapping[str, str]] = {"escape": "esc", "left": "←", "right": "→", "up": "↑", "down": "↓"}


def shown_key(key: str) -> str:
    """A key as it is written on the screen: ``esc``, ``←``, ``ctrl+p``."""
    return _SHOWN.get(key, key)


def key_to(command_id: str) -> str:
    """What stands in a sentence for the key of a command, until it is said to a reader, who may have another one.

    ``f"No service yet: {key_to('services.new')} adds one."``; :meth:`changedesk.keymap.Keymap.said` puts the key there.
    """
    return f"{_KEY}{BY_ID[command_id].id}{_KEY}"


def with_keys(sentence: str, shown: Callable[[str], str]) -> str:
    """The sentence with what ``shown`` gives for each command whose key it names.

    In words that it quotes the sign may stand as well, pasted there: it does nothing.
    """
    return _NAMED.sub(lambda found: shown(found[1]) if found[1] in BY_ID else found[0], sentence)


def commands_on(scope: str) -> tuple[Command, ...]:
    """The commands that work on a screen: its own, then those of every screen."""
    own = tuple(command for command in COMMANDS if command.scope == scope)
    return own + tuple(command for command in COMMANDS if command.scope == "app") if scope != "app" else own


def footer_commands(commands: Iterable[Command]) -> list[Command]:
    """The commands of the line of keys, the most important first."""
    return sorted((command for command in commands if command.footer), key=lambda command: command.footer)
