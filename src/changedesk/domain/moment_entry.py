"""Moments as people write them: a day and a time, ``fri 14:00``, ``2 dec 06:00``, ``14:00`` for today."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from changedesk.domain.day_entry import day_said, day_written, parse_day

HOW_TO_WRITE_MOMENT: Final = "write a day and a time: fri 14:00, 2 dec 06:00 or 2026-12-02 06:00"
"""What is said about a text that is no moment."""

_CLOCK = re.compile(r"(?:(.*?)[ t]+)?([0-9]{1,2}):([0-9]{2})(?::00)?")


def parse_moment(text: str, today: date, begins: datetime | None = None) -> datetime | None:
    """The wall-clock moment, without a zone, that a person means; None when the text is none.

    The day is read as :func:`~changedesk.domain.day_entry.parse_day` does; without a day it is today, or the first such time
    after what ``begins`` before it. 24:00 is the end of the day.
    """
    found = _CLOCK.fullmatch(" ".join(text.casefold().replace(",", " ").split()))
    if found is None:
        return None
    alone = begins.date() if begins else today
    day = parse_day(found[1], today) if found[1] else alone
    hour, minute = int(found[2]), int(found[3])
    if day is None or minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    moment = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
    return moment + timedelta(days=1) if begins and not found[1] and moment <= begins else moment


def moment_said(moment: datetime, today: date) -> str:
    """A moment exactly, and how far off its day is: ``Fri 27 Nov 2026, in 1 d, 14:00``."""
    return f"{day_said(moment.date(), today)}, {moment:%H:%M}"


def moment_written(moment: datetime) -> str:
    """A moment as it stands in a field, and as :func:`parse_moment` reads it on any day: ``27 Nov 2026 14:00``."""
    return f"{day_written(moment.date())} {moment:%H:%M}"
