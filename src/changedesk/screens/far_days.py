"""How far off a day is, for a narrow column: in days, and when it is far, in years or by its month."""

from __future__ import annotations

from datetime import date
from typing import Final

from changedesk.domain.saying import MONTHS, in_days

FAR: Final = 1000
YEAR: Final = 365.25
NEAR: Final = 120
"""So many days before and after today a go-live is told in days, else by its month."""


def in_days_or_years(day: date | None, today: date) -> str:
    """``in 6 d``, ``94 d ago``, ``3 y ago``; a ``?`` when the day is unknown."""
    days = 0 if day is None else (day - today).days
    if abs(days) < FAR:
        return in_days(day, today)
    years = round(abs(days) / YEAR)
    return f"in {years} y" if days > 0 else f"{years} y ago"


def in_days_or_month(day: date | None, today: date) -> str:
    """``in 6 d``, ``94 d ago``, ``Nov 2023``; ``no date`` when a go-live has none."""
    if day is None:
        return "no date"
    return in_days(day, today) if abs((day - today).days) <= NEAR else f"{MONTHS[day.month - 1]} {day.year}"
