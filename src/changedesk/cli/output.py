"""What the command line says: data to standard output, sentences to standard error, both safe for a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from changedesk.domain.plaintext import clean, columns, drawn

_WIDEST: Final = 48
"""So many columns a text takes in a table at a terminal, but in the last one, which may wrap; a program gets all of it."""


def say(text: str) -> None:
    """A line of data on standard output."""
    sys.stdout.write(clean(text) + "\n")


def complain(text: str) -> None:
    """One sentence on standard error."""
    sys.stderr.write(f"changedesk: {clean(text)}\n")


def say_json(document: object) -> None:
    """One JSON document on standard output; unknown is null, instants are UTC with ``Z``, days are days."""
    sys.stdout.write(json.dumps(document, default=_plain, indent=2, ensure_ascii=True, allow_nan=False) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a JSON document")


def utc(moment: datetime | None) -> str | None:
    """A moment as documents have it: UTC, to the second, with ``Z``; unknown is null."""
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def rounded(value: float | None) -> float | None:
    """A figure as documents have it: without the noise of binary fractions."""
    return None if value is None else round(value, 2)


def say_table(titles: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
    """An aligned table; the columns named in ``right`` hold numbers. A reader at a terminal gets long texts shortened."""
    most = _WIDEST if sys.stdout.isatty() else None
    cells = [[*(_within(drawn(cell), most) for cell in row[:-1]), drawn(row[-1])] for row in (titles, *rows)]
    widths = [max(columns(row[n]) for row in cells) for n in range(len(titles))]
    for row in cells:
        padded = []
        for n, (cell, width) in enumerate(zip(row, widths, strict=True)):
            blank = " " * (width - columns(cell))
            padded.append(blank + cell if n in right else cell + blank)
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def _within(cell: str, most: int | None) -> str:
    if most is None or columns(cell) <= most:
        return cell
    while columns(cell) >= most:
        cell = cell[:-1]
    return f"{cell}…"


def say_pairs(pairs: Mapping[str, str]) -> None:
    """Names and values, one pair a line."""
    width = max(map(len, pairs), default=0)
    for name, value in pairs.items():
        say(f"{name.ljust(width)}  {value}")
