"""How far off a day is, for a narrow column: in days, and beyond a thousand of them in years."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.saying import in_days

FAR: Final = 1000
YEAR: Final = 365.25


def in_days_or_years(day: date | None, today: date) -> str:
    """``in 6 d``, ``94 d ago``, ``3 y ago``; a ``?`` when the day is unknown."""
    days = 0 if day is None else (day - today).days
    if abs(days) < FAR:
        return in_days(day, today)
    years = round(abs(days) / YEAR)
    return f"in {years} y" if days > 0 else f"{years} y ago"
