"""Events of a calendar file (ICS, RFC 5545) that somebody else wrote: found within limits, then read one by one by icalendar.

Only what stands directly in an event is looked at. Zones that the file describes itself are left aside, for to lay out their
rules a program may have to look through thousands of years; a zone counts by its name.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Component, Event

from changedesk.errors import Problem, RefusedFile
from changedesk.values import dataclass

_NO_CALENDAR: Final = "this is no calendar: it does not begin with BEGIN:VCALENDAR"
SIZE_LIMIT: Final = 20_000_000
EVENT_LIMIT: Final = 5_000
LINE_LIMIT: Final = 20_000
"""Characters of one line of the file; a longer text is folded into several."""
EVENT_LINES: Final = 2_000
DEPTH_LIMIT: Final = 8
EXTRA_LIMIT: Final = 400
"""So many days one event may leave out or add."""


class EventRefused(Exception):
    """An event that cannot be taken: the property, and why as a sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An event as it stands in the file, or what is wrong with it. ``number`` is the line of the file on which it begins.

    ``start`` and the like are days, times in a known zone, or times without one; ``length`` stands in for ``end`` where the file
    has a duration. ``zone`` is the zone that the event is
    written in, None when it is UTC or none. ``texts`` are its other properties by their names in small letters, those that
    are there several times with commas between.
    """

    number: int
    start: date | None = None
    end: date | None = None
    length: timedelta | None = None
    zone: ZoneInfo | None = None
    rule: str | None = None
    left_out: tuple[date, ...] = ()
    added: tuple[date, ...] = ()
    replaces: date | None = None
    categories: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None


def events(data: bytes) -> tuple[FoundEvent, ...]:
    """The events of a file, in order. Raises RefusedFile for what is no calendar or goes beyond the limits."""
    return tuple(_read(number, lines) for number, lines in _event_lines(_text(data)))


# --- finding


def _text(data: bytes) -> str:
    if len(data) > SIZE_LIMIT:
        raise RefusedFile.whole(f"the calendar is larger than {SIZE_LIMIT:,} bytes")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedFile.whole("the calendar is not UTF-8, which every calendar file is") from None
    if "\0" in text:
        raise RefusedFile.whole("the calendar holds a NUL character, which no text has")
    return text


def _event_lines(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines of each event, with its own BEGIN and END, without what stands in components of its own, and where it begins."""
    if not text.strip():
        raise RefusedFile.whole(_NO_CALENDAR)
    stack: list[str] = []
    lines: list[str] = []
    count = begun = 0
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if len(line) > LINE_LIMIT:
            raise RefusedFile.whole(f"the calendar has a line of more than {LINE_LIMIT:,} characters")
        word, _, name = line.strip().upper().partition(":")
        if not stack and line.strip() and (word, name) != ("BEGIN", "VCALENDAR"):
            raise RefusedFile.whole(_NO_CALENDAR)
        if word == "BEGIN":
            stack.append(name)
            if len(stack) > DEPTH_LIMIT:
                raise RefusedFile.whole(
                    f"the parts of the calendar lie more than {DEPTH_LIMIT} deep, which no calendar's do"
                )
        inside = stack == ["VCALENDAR", "VEVENT"]
        if inside:
            begun = begun if lines else number
            lines.append(line)
            if len(lines) > EVENT_LINES:
                raise RefusedFile.whole(f"an event of the calendar has more than {EVENT_LINES:,} lines")
        if word == "END":
            if not stack or stack[-1] != name:
                raise RefusedFile.whole(f"the calendar is broken: END:{name[:40]} ends what did not begin")
            stack.pop()
            if inside:
                count += 1
                if count > EVENT_LIMIT:
                    raise RefusedFile.whole(f"the calendar has more than {EVENT_LIMIT:,} events; import it in parts")
                yield begun, lines
                lines = []
    if stack:
        raise RefusedFile.whole(f"the calendar is cut off: {stack[-1][:40]} does not end")


# --- reading one


def _read(number: int, lines: Sequence[str]) -> FoundEvent:
    try:
        return _event(number, Event.from_ical("\r\n".join(lines)))
    except EventRefused as no:
        return FoundEvent(number, problem=Problem(number, no.name, no.sentence))
    except OSError:
        # A zone is looked up as a file; the name of a folder of zones is none.
        return FoundEvent(
            number, problem=Problem(number, "start", "the event is written in a time zone that is not known")
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        # What the library says of a broken event is about its own insides.
        return FoundEvent(number, problem=Problem(number, "", "the event is broken and cannot be read"))


def _event(number: int, event: Component) -> FoundEvent:
    for name, _ in event.errors:
        raise EventRefused(str(name).lower(), f"{name} cannot be read")
    start, zone = _moment(event, "DTSTART")
    if start is None:
        raise EventRefused("start", "the event has no DTSTART")
    return FoundEvent(
        number,
        start,
        _end(event, start),
        _length(event),
        zone,
        _rule(event),
        _days(event, "EXDATE"),
        _days(event, "RDATE"),
        _replaced(event),
        _categories(event),
        _texts(event),
    )


def _moment(event: Component, name: str) -> tuple[date | None, ZoneInfo | None]:
    value = event.get(name)
    if value is None:
        return None, None
    if isinstance(value, list):
        raise EventRefused(name.lower(), f"the event has {name} {len(value)} times")
    return _known(value.dt, value.params.get("TZID"), name)


def _known(moment: object, zone_name: str | None, name: str) -> tuple[date, ZoneInfo | None]:
    """A day or a time of the file; refused when the zone that it is written in is not known."""
    if not isinstance(moment, date):
        raise EventRefused(name.lower(), f"{name} is no day and no time")
    if not isinstance(moment, datetime) or (moment.tzinfo is None and zone_name is None):
        return moment, None
    zone = moment.tzinfo
    if zone_name is not None and not isinstance(zone, ZoneInfo):
        raise EventRefused(name.lower(), f'the time zone "{zone_name}" is not known; write it as Europe/Helsinki')
    return moment, zone if zone_name is not None and isinstance(zone, ZoneInfo) else None


def _end(event: Component, start: date) -> date | None:
    """The end as it is written; days end by their length, and an event of a day alone with that day."""
    end, _ = _moment(event, "DTEND")
    if end is not None:
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise EventRefused("end", "DTSTART and DTEND are not both days, or both times")
        return end
    if isinstance(start, datetime):
        return None
    return start + (_length(event) or timedelta(days=1))


def _length(event: Component) -> timedelta | None:
    length = event.get("DURATION")
    if length is None:
        return None
    if isinstance(length, list) or not isinstance(length.dt, timedelta):
        raise EventRefused("end", "DURATION cannot be read")
    return length.dt


def _rule(event: Component) -> str | None:
    rule = event.get("RRULE")
    if isinstance(rule, list):
        raise EventRefused("rrule", "the event has several rules of recurrence; a window has one")
    if event.get("EXRULE") is not None:
        raise EventRefused("rrule", "EXRULE is not followed; leave days out with EXDATE")
    return None if rule is None else rule.to_ical().decode()


def _days(event: Component, name: str) -> tuple[date, ...]:
    """The days and times that an event leaves out or adds."""
    value = event.get(name)
    found: list[date] = []
    for part in value if isinstance(value, list) else [value] if value is not None else []:
        for one in part.dts:
            if isinstance(one.dt, tuple):
                raise EventRefused(name.lower(), f"{name} has periods, which are not followed")
            found.append(_known(one.dt, part.params.get("TZID"), name)[0])
    if len(found) > EXTRA_LIMIT:
        raise EventRefused(name.lower(), f"{name} names {len(found):,} times; at most {EXTRA_LIMIT} are taken")
    return tuple(found)


def _replaced(event: Component) -> date | None:
    """The time of a series that this event stands in for."""
    value = event.get("RECURRENCE-ID")
    if value is None:
        return None
    if isinstance(value, list) or value.params.get("RANGE"):
        raise EventRefused("rrule", "an event that replaces this and all later times of a series is not followed")
    return _known(value.dt, value.params.get("TZID"), "RECURRENCE-ID")[0]


def _categories(event: Component) -> tuple[str, ...]:
    value = event.get("CATEGORIES")
    parts = value if isinstance(value, list) else [value] if value is not None else []
    return tuple(str(name).strip() for part in parts for name in part.cats)


def _texts(event: Component) -> dict[str, str]:
    texts = {}
    for name, value in event.items():
        if name in ("DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "CATEGORIES"):
            continue
        parts = value if isinstance(value, list) else [value]
        texts[name.lower()] = ",".join(str(part) for part in parts if isinstance(part, str | int))
    return texts
