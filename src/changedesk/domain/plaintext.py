"""Text from outside as one harmless line: no character of it can steer a terminal, reorder a line or pile up.

Importers store what :func:`clean` gives; screens and command-line output pass through it whatever is not their own.
"""

from __future__ import annotations

import unicodedata
from typing import Final

MARKS_ALLOWED: Final = 4
"""So many combining marks may stand on one character: enough for every living script."""

_AS_PICTURE: Final = "\N{VARIATION SELECTOR-16}"
_SPACES: Final = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_UNPRINTED: Final = frozenset(("Cs", "Co", "Cn"))


def clean(text: str, limit: int | None = None) -> str:
    """The text as it may be shown on one line.

    Line breaks and tabs become spaces; control and C1 codes, bidirectional overrides and zero-width characters go;
    surrogates, private and unassigned characters become the replacement character; runs of combining marks end after
    ``MARKS_ALLOWED``. A no-break space stays. With ``limit`` only so many characters are looked at.
    """
    if limit is not None and len(text) > limit:
        text = text[:limit]
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks <= MARKS_ALLOWED:
                kept.append(char)
            continue
        shown = _shown(char)
        if shown:
            marks = 0
            kept.append(shown)
    return "".join(kept)


def drawn(text: str, limit: int | None = None) -> str:
    """The clean text as it is drawn in a grid: signs stay signs where a selector asks for their picture.

    A terminal draws such a picture in one column or in two, and nobody can know in which; the sign alone takes one.
    """
    shown = clean(text, limit)
    return shown if shown.isascii() else shown.replace(_AS_PICTURE, "")


def columns(text: str) -> int:
    """How many columns of a terminal a clean text takes: wide letters two, marks none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _shown(char: str) -> str:
    """What stands for one character that is no combining mark; empty when nothing does."""
    if char.isprintable():
        return char
    if char in _SPACES:
        return " "
    category = unicodedata.category(char)
    if category == "Zs":
        return char
    return _REPLACED if category in _UNPRINTED else ""
