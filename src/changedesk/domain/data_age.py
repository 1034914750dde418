"""How old the data behind a figure are, and from when on that is said."""

from __future__ import annotations

from datetime import date
from typing import Final

FRESH_DAYS: Final = 7
"""Data of so many days and fewer need no word about their age."""

STALE_DAYS: Final = 21
"""Figures older than so many days are no longer looked at as current."""


def age_of(as_of: date | None, today: date) -> int | None:
    """The age in days of data of that day; None when they have no day."""
    return None if as_of is None else (today - as_of).days


def said_age(age: int | None) -> str:
    """``9 d old``; nothing for data that are fresh or have no day."""
    return f"{age:,} d old" if age is not None and age > FRESH_DAYS else ""


def is_stale(age: int | None) -> bool:
    """Whether data are too old to be looked at as current."""
    return age is not None and age > STALE_DAYS
