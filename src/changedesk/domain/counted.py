"""Numbers with their things, lists and amounts of money as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from changedesk.domain.saying import count, whole

NAMED: Final = 3
"""So many names are said before the rest are counted."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its thing: ``1 day``, ``3 days``, ``2 dependencies``; ``many`` where the plural goes otherwise."""
    return f"{count(number)} {one if abs(number) == 1 else many or plural(one)}"


def doing(number: int, one: str, verb: str) -> str:
    """Things that do something: ``1 link holds``, ``3 links hold``."""
    return f"{counted(number, one)} {verb}{'s' if abs(number) == 1 else ''}"


def people_said(headcount: int) -> str:
    """So many people; what nobody has counted is not nobody: ``an unknown number of people``."""
    return counted(headcount, "person", "people") if headcount else "an unknown number of people"


def plural(one: str) -> str:
    """More than one of a thing: ``days``, ``dependencies``."""
    return f"{one[:-1]}ies" if one[-1:] == "y" and one[-2:-1] not in ("a", "e", "o", "u") else f"{one}s"


def listed(names: Sequence[str], shown: int = NAMED) -> str:
    """Names in a row: ``A``, ``A and B``, ``A, B, C and 2 more``; those with a comma in them ``A, b; C; and 2 more``."""
    first = list(names[:shown])
    *before, last = [*first, f"{count(len(names) - shown)} more"] if len(names) > shown else first or [""]
    if not before:
        return last
    between, final = ("; ", "; and ") if any(", " in name for name in first) else (", ", " and ")
    return f"{between.join(before)}{final}{last}"


def money(amount: float | None, currency: str | None) -> str:
    """An amount in whole units with its currency where that is known: ``120,000 EUR``."""
    return whole(amount, currency or "")


def short_money(amount: float, currency: str | None = None) -> str:
    """An amount as it is spoken: ``850``, ``41k EUR``, ``1.2M``."""
    size, sign = abs(amount), "-" if amount < -0.5 else ""
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        # What rounds up to the next unit is said in it: 999,900 is 1M, not 1000k.
        if size >= 0.9995 * unit:
            scaled = size / unit
            said = f"{scaled:.1f}".removesuffix(".0") if scaled < 9.95 else f"{scaled:,.0f}"
            return f"{sign}{said}{letter} {currency or ''}".strip()
    return f"{sign}{size:.0f} {currency or ''}".strip()
