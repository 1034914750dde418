"""Weeks, from Monday to Sunday."""

from __future__ import annotations

from datetime import date, timedelta


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())
