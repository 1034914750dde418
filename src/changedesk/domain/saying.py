"""Dates, days and figures as people say them: plain English whatever the locale; what is unknown is ``?``."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from math import floor
from typing import Final

UNKNOWN: Final = "?"

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_days(day: date | None, today: date) -> str:
    """How far off a day is: ``today``, ``tomorrow``, ``yesterday``, ``in 6 d``, ``12 d ago``."""
    if day is None:
        return UNKNOWN
    days = (day - today).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    return near.get(days) or (f"in {count(days)} d" if days > 0 else f"{count(-days)} d ago")


def day_month(day: date | None, today: date) -> str:
    """A day by name: ``Wed 2 Dec``, and ``Wed 2 Dec 2026`` when it is not in this year."""
    if day is None:
        return UNKNOWN
    said = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def go_live_said(day: date | None, today: date, *, went_live: bool, cancelled: bool) -> str:
    """When something goes or went live; of what was cancelled before, when it was to: that day is no day to come."""
    if day is None:
        return "no go-live date"
    if cancelled and not went_live:
        return f"go-live was to be {day_month(day, today)}"
    return f"{go_live_word(day, today, went_live=went_live)} {day_month(day, today)}, {in_days(day, today)}"


def go_live_word(day: date, today: date, *, went_live: bool = False) -> str:
    """What stands before the day of a go-live; one that has passed was planned, and does not say that it came."""
    return "went live" if went_live else "go-live" if day >= today else "go-live planned"


def go_live_verb(day: date, today: date, *, went_live: bool) -> str:
    """The same of a subject: what it does on that day, or did."""
    return "went live" if went_live else "goes live" if day >= today else "was to go live"


def short_day(day: date, today: date) -> str:
    """A day of at most eleven columns: ``Wed 2 Dec``, or ``4 Jan 2027`` in another year."""
    said = day_month(day, today)
    return said if day.year == today.year else said.partition(" ")[2]


def clock(local: datetime) -> str:
    """The time on a wall: ``06:00``; of an hour that comes twice, where clocks go back, which one it is: ``01:30 GMT``."""
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f"{local:%H:%M %Z}" if twice else f"{local:%H:%M}"


def day_time(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """A moment by the clock of a zone: ``Wed 2 Dec 06:00``, with its year when it is not in this one."""
    local = moment.astimezone(zone)
    return f"{day_month(local.date(), now.astimezone(zone).date())} {clock(local)}"


def from_to(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> str:
    """A time from its begin to its end: ``Wed 2 Dec 22:00 to 23:30``, with the day of the end where that is another one."""
    over = end.astimezone(zone)
    same_day = over.date() == start.astimezone(zone).date()
    return f"{day_time(start, zone, now)} to {clock(over) if same_day else day_time(end, zone, now)}"


def capital(text: str) -> str:
    """Words as a line of their own begins: with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def as_sentence(text: str, login: str = "") -> str:
    """Words as a sentence of their own: ``saved: risk Vendor late`` is ``Saved: risk Vendor late.``; nothing stays nothing.

    Where they begin with ``login`` it stays as it is written: ``sam may not edit this change.``
    """
    text = closed(text)
    return text if login and text.startswith(f"{login} ") else capital(text)


def closed(text: str) -> str:
    """Words with a full stop at their end, unless another sign ends them."""
    text = text.rstrip()
    return f"{text}." if text and text[-1] not in ".?!…" else text


def signed_days(days: int | None, one: str = "d", many: str = "d") -> str:
    """Days with their sign: ``+23 d``, ``0 d``, ``-2 d``; with the words for one and for many, ``-1 day``."""
    if days is None:
        return UNKNOWN
    return f"{days:+,} {one if abs(days) == 1 else many}" if days else f"0 {many}"


def percent(value: float | None) -> str:
    """A percentage (0 to 100) in whole points: ``41 %``; halves go up, and 100 % is only said of all of it."""
    if value is None:
        return UNKNOWN
    whole = floor(value + 0.5)
    # What is a hair below 100 is the rounding of a sum.
    return f"{min(whole, 99) if round(value, 6) < 100 else whole} %"


def share_said(share: float | None) -> str:
    """A share (0 to 1) as :func:`percent` says it."""
    return percent(None if share is None else 100 * share)


def count(number: int | None) -> str:
    """A number of things with a comma at the thousands: ``1,240``."""
    return UNKNOWN if number is None else f"{number:,}"


def whole(value: float | None, unit: str = "") -> str:
    """A figure in whole units: ``1,240``, ``35 min``."""
    return UNKNOWN if value is None else f"{value:,.0f} {unit}".rstrip()


def length(span: timedelta) -> str:
    """How long something lasts, in its largest fitting unit: ``35 min``, ``4 h``, ``3 d``; what began is not 0."""
    minutes = max(1, floor(abs(span.total_seconds()) / 60))
    if minutes < 60:
        return f"{minutes} min"
    hours = minutes // 60
    return f"{hours} h" if hours < 48 else f"{count(hours // 24)} d"


def in_hours(hours: float) -> str:
    """How many hours something took, to the nearest that matters: ``6.5 h``, ``31 h``, ``1,080 h``."""
    return f"{f'{hours:.1f}'.removesuffix('.0') if hours < 10 else f'{hours:,.0f}'} h"


def zone_name(zone: tzinfo, now: datetime, reader: datetime) -> str:
    """The name of a client's zone where its clock shows another hour than the reader's; empty where they agree."""
    if now.astimezone(zone).utcoffset() == reader.utcoffset():
        return ""
    return f"{str(zone).rpartition('/')[2].replace('_', ' ')} time"
