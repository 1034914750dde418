"""The three palettes: every colour has one meaning, and the same meanings in dark, light and high contrast."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TOKENS: Final = (
    "ground",
    "raised",
    "line",
    "selection",
    "ink",
    "explain",
    "faint",
    "delivery",
    "delivery-dim",
    "people",
    "people-dim",
    "service",
    "service-dim",
    "late",
    "risk",
    "fine",
    "unknown",
    "key",
    "band",
)
"""What a colour can mean. Text comes in three strengths: ``ink`` matters, ``explain`` explains, ``faint`` may be ignored.

``band`` is the ground of what is drawn over what is to be expected: what the signs of the band come to between them.
"""


def _palette(colours: str) -> Mapping[str, str]:
    return MappingProxyType(dict(zip(TOKENS, colours.split(), strict=True)))


PALETTES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "changedesk-dark": _palette(
            "#0f1419 #1b2530 #2b3645 #22303f #d9dfe7 #8592a3 #4d5a6a"
            " #6cb6ff #1f3a57 #d3a0ff #40295a #5fd3b3 #1c443b"
            " #ff7b72 #f5c26b #7bd88f #8592a3 #ffd866 #4f4163"
        ),
        "changedesk-light": _palette(
            "#fbfaf7 #ece9e2 #cfc9bd #dbe4ee #1d2530 #56616f #8b94a0"
            " #0b5cad #cfe3f7 #7433ad #ead9f8 #0b705b #c9ece2"
            " #b3261e #934a00 #1a6e35 #566270 #765c00 #d9c8e4"
        ),
        "changedesk-contrast": _palette(
            "#000000 #1c1c1c #98a3af #00325e #ffffff #d5dbe1 #a8b1bb"
            " #8cc6ff #00325e #e3baff #4d1f7a #4ff0c9 #004a3b"
            " #ffaaa3 #ffc95c #7dff9b #d5dbe1 #fff200 #4a3d54"
        ),
    }
)
"""Theme name to the colour of each token."""

_ON_DARK: Final = (0, 0, 8, 4, 15, 7, 8, 12, 8, 13, 8, 14, 8, 9, 3, 10, 7, 11, 5)
_ON_LIGHT: Final = (15, 15, 8, 7, 0, 8, 8, 4, 7, 5, 7, 6, 7, 1, 3, 2, 8, 3, 5)
"""The number of each meaning on a terminal of 16 colours: the nearest colour would be white for most of them."""

SIXTEEN: Final[Mapping[str, int]] = MappingProxyType(
    {
        palette[token]: number
        for name, palette in PALETTES.items()
        # Of meanings that share a colour the first one counts: the selection, not what is still to do.
        for token, number in reversed(tuple(zip(TOKENS, _ON_LIGHT if "light" in name else _ON_DARK, strict=True)))
    }
)
"""Colour of a palette to its number on a terminal of 16 colours."""

_PALE: Final = (2, 3, 6, 10, 11, 14)
"""What cannot be read on white in the colours of every terminal, nor white on it."""


def readable(ground: int, ink: int) -> int:
    """The number of an ink that can be read on a ground of a terminal of 16 colours."""
    if ground == 5:
        return 15
    if ground in (4, 8):
        return ink if ink in (0, 11) else 15
    if ground in _PALE and ink in (7, 15):
        return 0
    if ground == 15:
        return 8 if ink == 7 else 0 if ink in _PALE else ink
    return 0 if ground == 7 else ink


DEFAULT_THEME: Final = "changedesk-dark"
HIGH_CONTRAST: Final = "changedesk-contrast"

SHORT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"dark": "changedesk-dark", "light": "changedesk-light", "contrast": HIGH_CONTRAST}
)
"""How a person names the themes, in the order in which they follow one another."""


def theme_named(name: str) -> str | None:
    """The full name of a theme, from its full or its short name; None when there is no such theme."""
    full = SHORT_NAMES.get(name, name)
    return full if full in PALETTES else None


def theme_after(name: str) -> str:
    """The theme that follows this one when the key for themes is pressed."""
    names = tuple(PALETTES)
    return names[(names.index(name) + 1) % len(names)] if name in names else DEFAULT_THEME
