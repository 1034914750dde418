"""Why a cell of a file cannot be taken, in a sentence that may quote it."""

from __future__ import annotations

from changedesk.domain.plaintext import clean

_SHOWN = 60


class CellRefused(Exception):
    """A cell that cannot be taken; ``args[0]`` is the sentence."""


def quoted(text: str) -> str:
    """Text from a file as a sentence may show it: harmless, short and in quotes."""
    harmless = clean(text, 4 * _SHOWN)
    cut = len(harmless) > _SHOWN or len(text) > 4 * _SHOWN
    return f'"{harmless[:_SHOWN]}..."' if cut else f'"{harmless}"'
