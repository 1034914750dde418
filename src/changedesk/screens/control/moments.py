"""Moments as the screens of change control say them, by the clock of the client whose they are."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from changedesk.domain.saying import clock, day_month, day_time, length, short_day


def short_moment(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """A moment in at most eleven columns: ``at 18:00`` today, ``Fri 14:00`` within a week, else ``2 Dec`` or the year."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days == 0:
        return f"at {local:%H:%M}"
    said = day_month(local.date(), today)
    if 0 < days < 7:
        return f"{said.partition(' ')[0]} {local:%H:%M}"
    return said.partition(" ")[2]


def due_said(due: datetime | None, zone: tzinfo, now: datetime) -> str:
    """When something has to be decided, or for how long it should have been: ``Fri 14:00``, ``4 h over``."""
    if due is None:
        return "none"
    return f"{length(now - due)} over" if now > due else short_moment(due, zone, now)


def due_level(due: datetime | None, now: datetime) -> str:
    """How pressing a deadline is: late when it has passed, at risk within a day."""
    if due is None:
        return "fine"
    return "late" if now > due else "at_risk" if due - now <= timedelta(days=1) else "fine"


def window_said(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> str:
    """A window in one go: ``Wed 2 Dec 06:00-08:00``, with the day of its end where that is another one."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    to = clock(last) if first.date() == last.date() else f" {day_time(end, zone, now)}"
    return (
        f"{day_time(start, zone, now)}-{to}" if first.date() == last.date() else f"{day_time(start, zone, now)} -{to}"
    )


def window_short(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> str:
    """A window for a narrow column, without the day of its end where that is the next morning, or which one an hour is that
    comes twice."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    if end - start < timedelta(hours=24) and (last.date() - first.date()).days in (0, 1):
        return f"{short_day(first.date(), now.astimezone(zone).date())} {first:%H:%M}-{last:%H:%M}"
    return window_said(start, end, zone, now)
