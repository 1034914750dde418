"""A figure of readiness as it is drawn on every screen: its colour, its sign and its bar follow one rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.domain.saying import percent
from changedesk.widgets.canvas import Span
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, bar, ink

READY_TOKEN: Final[Mapping[str, str]] = {**LEVEL_TOKEN, "fine": "ink", "past": "explain"}
"""The colour of each level that :func:`changedesk.domain.people.readiness.readiness_level` names: what is fine needs none."""
READY_SIGN: Final[Mapping[str, tuple[str, str]]] = {
    **{level: (sign, LEVEL_TOKEN[level]) for level, sign in GLYPH.items()},
    "past": ("★", "explain"),
}
"""The sign of each level with its colour."""


def ready_span(seen: float | None, level: str, width: int = 0, *, bold: bool = False) -> Span:
    """How ready, in percent, at the right end of so many columns; ``?`` while nobody knows."""
    return ink(f"{percent(seen):>{width}}" if width else percent(seen), READY_TOKEN[level], bold=bold)


def ready_bar(seen: float | None, width: int) -> tuple[Span, ...]:
    """The same as a bar; dots while nobody knows."""
    return bar(None if seen is None else seen / 100, width, "people")
