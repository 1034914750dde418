"""Events of a calendar file as rows of windows: their kind by category, their times in UTC, their series as rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.control.recurrence_rule import plain_rule, refuse_rule
from changedesk.domain.file_map import FileMap
from changedesk.domain.words import WINDOW_KINDS
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.cells import as_typed
from changedesk.interchange.ics_events import SIZE_LIMIT, EventRefused, FoundEvent, events
from changedesk.interchange.ics_writing import RULE, TIMES, as_written
from changedesk.interchange.iso_days import utc_text
from changedesk.interchange.refusing import quoted
from changedesk.interchange.series import Series, same_clock, without
from changedesk.interchange.source import Source, WatchedBytes
from changedesk.values import dataclass

HEADER: Final = ("client", "kind", "scope", "title", "start", "end", "rrule")
OWN: Final = {"client": "x-changedesk-client", "kind": "x-changedesk-kind", "scope": "x-changedesk-scope"}
"""Columns that a calendar of ours carries in properties of its own."""
CHANGE: Final = "x-changedesk-number"
"""What marks an event as a change."""
CATEGORIES: Final[Mapping[str, str]] = {
    **{kind: kind for kind in WINDOW_KINDS},
    "hard freeze": "freeze_hard",
    "change freeze": "freeze_hard",
    "freeze": "freeze_hard",
    "blackout": "freeze_hard",
    "soft freeze": "freeze_soft",
    "maintenance window": "maintenance",
    "holidays": "holiday",
    "public holiday": "holiday",
    "bank holiday": "holiday",
}
"""Categories of other calendars, in small letters, and what they mean."""

Zones = Callable[[str | None, str | None], ZoneInfo]


@dataclass(frozen=True, slots=True)
class CalendarMap:
    """What is said about a calendar besides itself: whose it is (None: it says so itself, empty: every client's), and a map."""

    client: str | None = None
    file_map: FileMap | None = None


class CalendarRecords:
    """The windows of one calendar file; to be used like :class:`~changedesk.interchange.records.Records`.

    A row has the number of the line on which its event begins; more windows of one event (a series with days left out) come
    after all others. ``warnings`` tell what was left out; they are complete after the last row.
    """

    def __init__(self, source: Source, said: CalendarMap, zones: Zones) -> None:
        self._watched = WatchedBytes(source)
        if source.size > SIZE_LIMIT:
            raise RefusedFile.whole(f"the calendar is larger than {SIZE_LIMIT:,} bytes")
        self._events = events(self._watched.read())
        self._said = said
        self._zones = zones
        self.header = list(HEADER)
        self.warnings: list[Problem] = []

    @property
    def bytes_read(self) -> int:
        """How far the file was read."""
        return self._watched.done

    def unchanged(self) -> bool:
        """Whether the file stayed what it was while it was read."""
        return self._watched.unchanged()

    def __iter__(self) -> Iterator[tuple[int, list[str] | Problem]]:
        """The rows, first one of each event."""
        replaced = self._replaced()
        more: list[list[str]] = []
        for event in self._newest():
            if event.problem is not None:
                yield event.number, event.problem
                continue
            if why := _left_out(event):
                self.warnings.append(Problem(event.number, "", f"{_title(event)} is left out: {why}"))
                continue
            try:
                rows = self._rows(event, replaced.get(event.texts.get("uid", ""), ()))
            except EventRefused as no:
                yield event.number, Problem(event.number, no.name, no.sentence)
                continue
            if not rows:
                self.warnings.append(Problem(event.number, "", f"{_title(event)} is left out: no day of it is left"))
                continue
            yield event.number, rows[0]
            more += rows[1:]
        last = max((event.number for event in self._events), default=1)
        yield from enumerate(more, last + 1)

    def _newest(self) -> Sequence[FoundEvent]:
        """The events without those that the file itself has in a newer state: the same UID and time once more."""
        newest: dict[tuple[str, date | None], FoundEvent] = {}
        for event in self._events:
            key = event.texts.get("uid", ""), event.replaces
            other = newest.get(key)
            if not key[0] or other is None or _sequence(event) >= _sequence(other):
                newest[key if key[0] else (str(event.number), None)] = event
        return sorted(newest.values(), key=lambda event: event.number)

    def _replaced(self) -> dict[str, tuple[date, ...]]:
        """UID of a series to those of its times that events of their own stand in for."""
        found: dict[str, tuple[date, ...]] = {}
        for event in self._events:
            if event.replaces is not None:
                uid = event.texts.get("uid", "")
                found[uid] = (*found.get(uid, ()), event.replaces)
        return found

    def _rows(self, event: FoundEvent, replaced: tuple[date, ...]) -> list[list[str]]:
        client = self._client(event)
        zone = self._zones(client or None, None)
        start, end = _span(event, zone)
        head = [
            client,
            self._kind(event),
            self._cell(event, "scope"),
            self._cell(event, "title") or event.texts.get("summary", ""),
        ]
        first = start.astimezone(zone).replace(tzinfo=None)
        series: tuple[Series, ...] = (Series(first, None),)
        if event.rule is not None and event.replaces is None:
            if why := refuse_rule(event.rule):
                raise EventRefused("rrule", f"{quoted(event.rule)} is no rule of recurrence: {why}")
            self._refuse_clock(event, client, zone, start)
            gone = [_local(moment, zone).date() for moment in (*event.left_out, *replaced)]
            rule = _rule(event, event.rule, zone)
            series = without(first, rule, gone, zone) if gone else (Series(first, rule),)
        added = tuple(Series(_local(moment, zone), None) for moment in event.added)
        rows = []
        for one in (*series, *added):
            # The very instant of a time that clocks show twice is kept where it is the event's own.
            begin = start if one.first == first else one.first.replace(tzinfo=zone)
            over = begin.astimezone(UTC) + (end - start)
            if not isinstance(event.start, datetime):
                # Whole days are whole days, also where a clock changes.
                days = end.astimezone(zone).replace(tzinfo=None) - first
                over = (one.first + days).replace(tzinfo=zone)
            rows.append([*head, utc_text(begin), utc_text(over), one.rule or ""])
        return [[as_typed(text) for text in row] for row in rows]

    def _refuse_clock(self, event: FoundEvent, client: str, zone: ZoneInfo, start: datetime) -> None:
        """A window recurs by the clock of its client; a series that goes by another one would be moved by its summer time."""
        floating = not isinstance(event.start, datetime) or event.start.tzinfo is None
        own = event.zone or ZoneInfo("UTC")
        if not floating and not same_clock(own, zone, start):
            whose = f"that of {client} is {zone.key}" if client else "windows of every client recur in UTC"
            raise EventRefused("rrule", f"it recurs by the clock of {own.key}, and {whose}")

    def _client(self, event: FoundEvent) -> str:
        if self._said.client is not None:
            return self._said.client
        client = self._cell(event, "client")
        if not client and OWN["client"] not in event.texts:
            raise EventRefused(
                "client", "the calendar does not say whose it is: name the client with --client, or --every-client"
            )
        return client

    def _kind(self, event: FoundEvent) -> str:
        if kind := self._cell(event, "kind"):
            return kind
        for category in event.categories:
            if kind := CATEGORIES.get(category.casefold(), ""):
                return kind
        names = quoted(", ".join(event.categories)) if event.categories else "it has no CATEGORIES, which"
        raise EventRefused("kind", f"{names} does not say what it is; a map can (docs/profiles.md)")

    def _cell(self, event: FoundEvent, column: str) -> str:
        """What a map makes of an event for a column, else what a calendar of ours says of it."""
        file_map = self._said.file_map
        if file_map is not None and column in file_map.constants:
            return file_map.constants[column]
        name = file_map.columns.get(column, "").casefold() if file_map is not None else ""
        if file_map is None or not name:
            return event.texts.get(OWN.get(column, ""), "")
        words = {theirs.strip().casefold(): ours for theirs, ours in file_map.values.get(column, {}).items()}
        texts = event.categories if name == "categories" else (event.texts.get(name, "").strip(),)
        known = (words[text.casefold()] for text in texts if text.casefold() in words)
        plain = next((text for text in texts if text not in file_map.missing), "")
        # A category that the map does not name may still be one that is known anyway.
        return next(known, "" if column == "kind" else plain)


def _rule(event: FoundEvent, rule: str, zone: ZoneInfo) -> str:
    """The rule; of a calendar of ours, as the desk had it, where nobody has changed it since."""
    own = event.texts.get(RULE, "")
    if refuse_rule(own) is None:
        written = as_written(own, zone, whole_days=not isinstance(event.start, datetime))
        if plain_rule(written) == plain_rule(rule):
            return own
    return rule


def _left_out(event: FoundEvent) -> str | None:
    """Why an event is no window, in words; None when it is one."""
    if event.texts.get("status", "").upper() == "CANCELLED":
        return "it is cancelled; what the desk has of it stays until somebody removes it"
    if CHANGE in event.texts:
        return "it is a change; changes come as CSV, with path and state (--kind changes)"
    return None


def _title(event: FoundEvent) -> str:
    return quoted(event.texts.get("summary", "") or "an event without a title")


def _sequence(event: FoundEvent) -> int:
    text = event.texts.get("sequence", "")
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _span(event: FoundEvent, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Begin and end as instants; days and times without a zone are by the clock of the client."""
    assert event.start is not None
    if (own := _own_times(event, zone)) is not None:
        return own
    start = _instant(event.start, zone)
    if event.end is not None:
        return start, _instant(event.end, zone)
    if event.length is None:
        raise EventRefused("end", "the event has no DTEND and no DURATION")
    return start, start + event.length


def _own_times(event: FoundEvent, zone: ZoneInfo) -> tuple[datetime, datetime] | None:
    """Begin and end of a series of a calendar of ours, as the desk had them, where nobody has moved it since."""
    try:
        start, end = (datetime.fromisoformat(text) for text in event.texts.get(TIMES, "").split("/"))
    except ValueError:
        return None
    if event.start is None or event.end is None or start.tzinfo is None or end.tzinfo is None or start >= end:
        return None
    shown = _local(event.start, zone), _local(event.end, zone)
    return (start, end) if (_local(start, zone), _local(end, zone)) == shown else None


def _instant(moment: date, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment.replace(tzinfo=zone) if moment.tzinfo is None else moment).astimezone(UTC)


def _local(moment: date, zone: ZoneInfo) -> datetime:
    """A moment by the clock on the wall of the client."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)
