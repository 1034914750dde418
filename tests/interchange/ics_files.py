"""Calendars as other programs write them, for the tests."""

from __future__ import annotations


def event(*lines: str, title: str = "Night work", uid: str = "1", category: str | None = "Maintenance") -> str:
    """One event with these lines besides its name and title."""
    more = (f"CATEGORIES:{category}",) if category else ()
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", *more, *lines, "END:VEVENT", ""))


def calendar(*events: str) -> bytes:
    """A calendar of these events."""
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "".join(events) + "END:VCALENDAR", "")
    ).encode()


AT_TEN = ("DTSTART:20261201T220000Z", "DTEND:20261201T230000Z")
