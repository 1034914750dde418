"""The rows of the calendar: each client and its services with what lies on them, and its groups of people with their load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from changedesk.domain.control.collisions import Collision
from changedesk.domain.control.windows import MAINTENANCE, Placed, Span
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.service.names import folded
from changedesk.services.control.calendar.page import CalendarClient, CalendarView
from changedesk.services.sought import Sought
from changedesk.values import dataclass
from changedesk.widgets.calendar.track import Mark

STANDING: Final = {
    "assessing": "open",
    "authorizing": "open",
    "scheduled": "decided",
    "implementing": "decided",
    "review": "done",
    "closed": "done",
}
"""What a state of a change says to a calendar."""
Shown = TypeVar("Shown", "ServiceRow", "PeopleRow")
LEVELS: Final = ("late", "at_risk")
"""From the worst level of a collision on."""


@dataclass(frozen=True, slots=True)
class Item:
    """A change or one time of a window on a row, with what it runs into."""

    key: str
    start: datetime
    end: datetime
    change: Placed | None = None
    span: Span | None = None
    collisions: tuple[Collision, ...] = ()

    @property
    def level(self) -> str:
        """The level of its worst collision; empty when it has none."""
        return next((level for level in LEVELS if any(one.level == level for one in self.collisions)), "")

    def mark(self, *, named: bool) -> Mark:
        """How it is drawn; a freeze or a holiday ``named`` has its title written into it."""
        if self.change is not None:
            standing = STANDING[self.change.state]
            return Mark(self.key, "change", self.start, self.end, self.change.number, standing, self.level)
        assert self.span is not None
        name = self.span.title if named and self.span.kind != MAINTENANCE else ""
        return Mark(self.key, self.span.kind, self.start, self.end, name)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A client as a whole (``service`` None), or one of its services; without a client it is what concerns every one."""

    client: CalendarClient | None
    service: str | None
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """What the row is known by."""
        return f"{self.client.code if self.client else ''}/{folded(self.service or '')}"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.service or (self.client.name if self.client else "Every client")

    @property
    def level(self) -> str:
        """The level of the worst collision on it."""
        found = {item.level for item in self.items}
        return next((level for level in LEVELS if level in found), "")


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """A group of people of a client, and its load in each week."""

    client: CalendarClient
    audience: str
    weeks: tuple[AudienceWeek, ...]

    @property
    def key(self) -> str:
        """What the row is known by."""
        return f"{self.client.code}/{self.audience}"

    @property
    def name(self) -> str:
        """What it is called, without its site."""
        return self.weeks[0].name

    def has_week(self, one: Collision, monday: date) -> bool:
        """Whether a collision of people is about this group in the week that begins on that day."""
        return any(week.week == monday and one.sentence.startswith(f"{self.audience} ") for week in self.weeks)

    @property
    def peak(self) -> AudienceWeek:
        """The heaviest week, of several the first."""
        return max(self.weeks, key=lambda week: (week.share, -week.week.toordinal()))


class Every:
    """All rows of a view, and what words are looked for in: client, service or group."""

    def __init__(self, view: CalendarView) -> None:
        self.view = view
        self.clients = {client.code: client for client in view.clients}
        self.services = tuple(_services(view, self.clients))
        self.people = tuple(_people(view, self.clients))
        self.named_services = Sought()
        self.named_people = Sought()


@dataclass(frozen=True, slots=True)
class CalendarRows:
    """Everything that is shown of a view under a filter, its ``words``. ``zone`` is the one clock of all clients that are
    shown, None else. ``places`` and ``group_places`` say by its key where a row stands."""

    every: Every
    services: tuple[ServiceRow, ...]
    people: tuple[PeopleRow, ...]
    collisions: tuple[Collision, ...]
    zone: ZoneInfo | None
    places: Mapping[str, int]
    group_places: Mapping[str, int]
    words: str

    @property
    def view(self) -> CalendarView:
        """What was read."""
        return self.every.view

    def client_of(self, one: Collision) -> CalendarClient:
        """Whose collision it is."""
        return self.every.clients[one.client]

    def service(self, key: str) -> ServiceRow | None:
        """The row with that key."""
        place = self.places.get(key)
        return None if place is None else self.services[place]

    def group(self, key: str) -> PeopleRow | None:
        """The group with that key."""
        place = self.group_places.get(key)
        return None if place is None else self.people[place]

    def having(self, words: str) -> CalendarRows:
        """The rows of the same view that have every one of some words."""
        return _having(self.every, words)


def rows_of(view: CalendarView, words: str = "") -> CalendarRows:
    """The rows of a view; with ``words`` only those of which every word is in client, service or group."""
    return _having(Every(view), words)


def _having(every: Every, words: str) -> CalendarRows:
    wanted = bool(words.split())
    services, people = (
        _some(every.services, every.named_services, words, lambda row: row.service or ""),
        _some(every.people, every.named_people, words, lambda row: row.audience),
    )
    shown = {row.client.code for row in services if row.client} | {row.client.code for row in people}
    zones = {every.clients[code].zone.key: every.clients[code].zone for code in shown}
    seen = {item.change.id for row in services for item in row.items if item.change}
    collisions = tuple(
        one
        for one in every.view.collisions
        if not wanted or seen & set(one.changes) or (one.kind == "audience" and one.client in shown)
    )
    alone = len(zones) == 1 and (wanted or len(every.clients) == 1)
    return CalendarRows(
        every,
        services,
        people,
        collisions,
        next(iter(zones.values())) if alone else None,
        {row.key: place for place, row in enumerate(services)},
        {row.key: place for place, row in enumerate(people)},
        words,
    )


def _some(rows: tuple[Shown, ...], sought: Sought, words: str, named: Callable[[Shown], str]) -> tuple[Shown, ...]:
    places = sought.having(words, lambda: (_text(row.client, named(row)) for row in rows))
    return rows if places is None else tuple(rows[place] for place in places)


def _text(client: CalendarClient | None, name: str) -> str:
    return f"{client.code} {client.name} {name}" if client else "every client"


def _services(view: CalendarView, clients: Mapping[str, CalendarClient]) -> list[ServiceRow]:
    """Every client that something is planned for, and its services below it, by name: each as its client writes it first."""
    spelt: dict[tuple[str | None, str], str] = {}

    def one(client: str | None, name: str | None) -> str | None:
        if not name:
            return None
        known_as = folded(name)
        spelt.setdefault((client, known_as), name)
        return known_as

    collisions: dict[str, list[Collision]] = {}
    for collision in view.collisions:
        for id_ in collision.changes:
            collisions.setdefault(id_, []).append(collision)
    changes: dict[tuple[str, str | None], list[Item]] = {}
    for change in view.changes:
        item = Item(change.id, change.start, change.end, change=change, collisions=tuple(collisions.get(change.id, ())))
        for service in {one(change.client, name) for name in change.services} or {None}:
            changes.setdefault((change.client, service), []).append(item)
    windows: dict[tuple[str | None, str | None], list[Item]] = {}
    for span in view.spans:
        key = f"{span.window or span.title} {span.start.isoformat()}"
        windows.setdefault((span.client, one(span.client, span.service)), []).append(
            Item(key, span.start, span.end, span=span)
        )
    everywhere = windows.get((None, None), [])
    rows = [ServiceRow(None, None, tuple(everywhere))] if everywhere else []
    for code, client in sorted(clients.items(), key=lambda known: known[1].name.casefold()):
        named = {service for owner, service in (*changes, *windows) if owner == code}
        if not named:
            continue
        whole = [*windows.get((code, None), ()), *everywhere]
        rows.append(_row(client, None, [*whole, *changes.get((code, None), ())]))
        for service in sorted({service for service in named if service}):
            own = [*windows.get((code, service), ()), *windows.get((None, service), ())]
            rows.append(_row(client, spelt[code, service], [*whole, *own, *changes.get((code, service), ())]))
    return rows


def _row(client: CalendarClient, service: str | None, items: list[Item]) -> ServiceRow:
    return ServiceRow(client, service, tuple(sorted(items, key=_by_start)))


def _by_start(item: Item) -> tuple[datetime, bool, str]:
    """By their beginning, a change before a window that begins with it."""
    return item.start, item.change is None, item.key


def _people(view: CalendarView, clients: Mapping[str, CalendarClient]) -> list[PeopleRow]:
    """Every group that something happens to in these weeks, the heaviest first."""
    groups: dict[tuple[str, str], list[AudienceWeek]] = {}
    for week in view.weeks:
        groups.setdefault((week.client, week.audience), []).append(week)
    rows = [
        PeopleRow(clients[code], audience, tuple(weeks))
        for (code, audience), weeks in groups.items()
        if code in clients and any(week.load for week in weeks)
    ]
    return sorted(rows, key=lambda row: (-row.peak.share, row.client.name, row.audience))
