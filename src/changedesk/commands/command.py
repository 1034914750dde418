"""What a command is, and what a main screen is."""

from __future__ import annotations

from typing import Final

from changedesk.values import dataclass

READ_ONLY: Final = "This desk is open read-only."
"""Why a writing command is refused on a desk that was opened read-only."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does.

    ``scope`` is the screen on which it works; ``app`` works on every main screen. ``keys`` come in the order in which they
    are shown. ``footer`` orders the line of keys: the lowest first, 0 stays out of it. ``word`` is what the line of keys
    calls it. ``writes`` changes the desk; ``takes`` is the action that somebody has to be allowed for it, where that is known
    before anything is asked; ``dangerous`` cannot be taken back by another key.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    scope: str
    word: str = ""
    footer: int = 0
    writes: bool = False
    takes: str = ""
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
