"""Windows and changes as a calendar that other programs subscribe to (ICS, RFC 5545), through icalendar.

The same records give the same bytes: an event has the name and the time of making of its record, and its sequence counts
the record's changes. Whole days by the client's clock stand as days; other times are in UTC, or, where they recur, in the zone
of the client, which the calendar describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vRecur

from changedesk.domain.control.recurrence_rule import parse_rule, plain_rule
from changedesk.domain.kinds.row_rules import Cell
from changedesk.domain.plaintext import clean
from changedesk.domain.words import plain
from changedesk.values import dataclass

RULE: Final = "x-changedesk-rrule"
"""Where the rule stands as the desk has it, whose end another calendar may want in other words."""
TIMES: Final = "x-changedesk-times"
"""Where begin and end of a series stand exactly whose clock shows one of them twice: a calendar means the first then."""
PRODUCT: Final = "-//ChangeDesk//ChangeDesk//EN"
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIRST_YEAR, _LAST_YEAR = 1970, 2038
_STATUS: Final[Mapping[str, str]] = {
    "draft": "TENTATIVE",
    "assessing": "TENTATIVE",
    "authorizing": "TENTATIVE",
    "rejected": "CANCELLED",
    "cancelled": "CANCELLED",
}
"""What a state says to a calendar; any other one is confirmed."""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A record with its cells by column, and the zone of its client."""

    id: str
    rev: int
    zone: ZoneInfo
    cells: Mapping[str, Cell]


def window_chunks(rows: Sequence[CalendarRow]) -> Iterator[bytes]:
    """A calendar of windows, in chunks of bytes."""
    yield from _calendar(map(_window, rows), [row.zone for row in rows if row.cells["rrule"]])


def change_chunks(rows: Iterable[CalendarRow]) -> Iterator[bytes]:
    """A calendar of changes in their planned windows, in chunks of bytes."""
    yield from _calendar(map(_change, rows), ())


def _calendar(events: Iterable[Event], zones: Sequence[ZoneInfo]) -> Iterator[bytes]:
    """The calendar event by event, whatever their number."""
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    opened, closed = head.to_ical().split(b"END:VCALENDAR")
    yield opened
    for key in sorted({zone.key for zone in zones} - {"UTC"}):
        described: Any = Timezone.from_tzid(key, first_date=date(_FIRST_YEAR, 1, 1), last_date=date(_LAST_YEAR, 1, 1))
        yield described.to_ical()
    for event in events:
        yield event.to_ical()
    yield b"END:VCALENDAR" + closed


def _event(row: CalendarRow) -> Event:
    event = Event()
    event.add("uid", f"{row.id.lower()}@changedesk")
    event.add("dtstamp", _made_at(row.id))
    event.add("sequence", row.rev - 1)
    return event


def _window(row: CalendarRow) -> Event:
    cells, event = row.cells, _event(row)
    event.add("summary", _text(cells["title"]))
    rule = _text(cells["rrule"])
    local = [datetime.fromisoformat(_text(cells[column])).astimezone(row.zone) for column in ("start", "end")]
    whole_days = local[0].date() < local[1].date() and all(
        moment.time() == time() and not moment.fold for moment in local
    )
    for name, moment in zip(("dtstart", "dtend"), local, strict=True):
        event.add(name, moment.date() if whole_days else moment if rule else moment.astimezone(UTC))
    if rule:
        event.add("rrule", vRecur.from_ical(as_written(rule, row.zone, whole_days=whole_days)))
        event.add(RULE, rule)
        if any(moment.fold for moment in local):
            event.add(TIMES, f"{_text(cells['start'])}/{_text(cells['end'])}")
    kind = _text(cells["kind"])
    event.add("categories", [plain(kind).upper()])
    event.add("transp", "OPAQUE" if kind.startswith("freeze") else "TRANSPARENT")
    event.add("status", "CONFIRMED")
    event.add("x-changedesk-kind", kind)
    event.add("x-changedesk-client", _text(cells["client"]))
    if cells["scope"]:
        event.add("x-changedesk-scope", _text(cells["scope"]))
    return event


def _change(row: CalendarRow) -> Event:
    cells, event = row.cells, _event(row)
    event.add("summary", f"{_text(cells['number'])} {_text(cells['title'])}")
    for name, column in (("dtstart", "planned_start"), ("dtend", "planned_end")):
        event.add(name, datetime.fromisoformat(_text(cells[column])).astimezone(UTC))
    said = [
        f"{label}: {plain(_text(cells[column]))}"
        for label, column in (
            ("Client", "client"),
            ("Services", "services"),
            ("Path", "path"),
            ("Risk", "risk"),
            ("State", "state"),
            ("Done by", "implementer"),
            ("Serves", "initiative"),
        )
        if cells[column]
    ]
    event.add("description", "\n".join(said))
    event.add("categories", ["CHANGE"])
    event.add("status", _STATUS.get(_text(cells["state"]), "CONFIRMED"))
    event.add("x-changedesk-number", _text(cells["number"]))
    event.add("x-changedesk-client", _text(cells["client"]))
    return event


def as_written(rule: str, zone: ZoneInfo, *, whole_days: bool) -> str:
    """The rule as a calendar wants it: its end is a day where its times are, else in UTC."""
    until = parse_rule(rule).until
    parts = [part for part in plain_rule(rule).split(";") if not part.startswith("UNTIL=")]
    if until is not None:
        moment = until.astimezone(zone) if until.tzinfo else until.replace(tzinfo=zone)
        parts.append(f"UNTIL={moment:%Y%m%d}" if whole_days else f"UNTIL={moment.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def _made_at(record_id: str) -> datetime:
    """When a record was made: its id begins with the time."""
    value = 0
    for letter in record_id[:10]:
        value = value * 32 + _LETTERS.index(letter)
    return datetime.fromtimestamp(value // 1000, UTC)


def _text(value: Cell) -> str:
    return "" if value is None else clean(str(value))
