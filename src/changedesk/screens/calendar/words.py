"""What is marked on the calendar, in words: what it is, when by whose clock, what it runs into, who is behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.commands import key_to
from changedesk.domain.control.collisions import Collision
from changedesk.domain.control.recurrence_entry import rule_said
from changedesk.domain.control.windows import SAID
from changedesk.domain.people.audience_load import AudienceWeek
from changedesk.domain.saying import day_month, from_to, percent
from changedesk.domain.words import plain
from changedesk.screens.calendar.rows import LEVELS, CalendarRows, Item, PeopleRow, ServiceRow
from changedesk.widgets.canvas import LEFT_OUT, Line, Look, Span, cells, fit, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, ink

NOTHING: Final = (
    f"Nothing is planned for {{}} in this time: {key_to('calendar.find')} finds a free one, "
    f"{key_to('calendar.new')} makes a window."
)
NO_SERVICES: Final = "no service named, so that every freeze of its client holds"
UTC_ZONE: Final = ZoneInfo("UTC")

Words = tuple[str, str]
"""A sentence and the meaning of its colour."""


def city(zone: tzinfo) -> str:
    """What a zone is called: ``Sydney`` of ``Australia/Sydney``; the computer's own has no name of a place."""
    return zone.key.rpartition("/")[2].replace("_", " ") if isinstance(zone, ZoneInfo) else "your own"


def time_said(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> str:
    """A time by the clock of a zone: ``Wed 2 Dec 22:00 to 23:30``, ``Fri 25 Dec`` for a whole day."""
    today = now.astimezone(zone).date()
    begin, over = start.astimezone(zone), end.astimezone(zone)
    last = (over - timedelta(seconds=1)).date()
    if begin.hour == begin.minute == over.hour == over.minute == 0:
        first = day_month(begin.date(), today)
        return first if last == begin.date() else f"{first} to {day_month(last, today)}"
    return from_to(start, end, zone, now)


def item_words(row: ServiceRow, item: Item, rows: CalendarRows, reader: tzinfo | None) -> list[Words]:
    """What is to be said of an item, the most important first."""
    zone, now = row.client.zone if row.client else UTC_ZONE, rows.view.now
    when = time_said(item.start, item.end, zone, now)
    own = reader or UTC
    other = any(at.astimezone(zone).utcoffset() != at.astimezone(own).utcoffset() for at in (item.start, item.end))
    if other:
        when = f"{when} in {city(zone)} ({time_said(item.start, item.end, own, now)} on your clock)"
    said: list[Words] = [(f"{_what(item)}: {when}", "ink")]
    said += [(f"{GLYPH[level]} {sentence}", LEVEL_TOKEN[level]) for level, sentence in _collisions(item.collisions)]
    said += [(text, "explain") for text in _more(item, rows)]
    return said


def _what(item: Item) -> str:
    if item.change is not None:
        return f"{item.change.number} {item.change.title}, {item.change.state}"
    assert item.span is not None
    of = f" of {item.span.service}" if item.span.service else "" if item.span.client else " of every client"
    return f"{item.span.title}, {SAID[item.span.kind]}{of}"


def _collisions(found: Sequence[Collision]) -> Iterator[tuple[str, str]]:
    """Each once, the worst first."""
    yield from sorted(dict.fromkeys((one.level, one.sentence) for one in found), key=lambda one: LEVELS.index(one[0]))


def _more(item: Item, rows: CalendarRows) -> Iterator[str]:
    if item.change is not None:
        change = item.change
        services = f"services {', '.join(change.services)}" if change.services else NO_SERVICES
        parts = [
            f"done by {change.implementer}" if change.implementer else "nobody does it yet",
            services,
            f"serves {change.initiative}" if change.initiative else "",
        ]
        yield "; ".join(part for part in parts if part)
        return
    window = rows.view.windows.get(item.span.window) if item.span else None
    if window is not None:
        parts = [
            f"repeats: {plain(rule_said(window.rrule))}" if window.rrule else "",
            f"approved by {window.approved_by}" if window.approved_by else "",
        ]
        yield "; ".join(part for part in parts if part)


def week_words(row: PeopleRow, week: AudienceWeek, now: datetime) -> list[Words]:
    """What is to be said of a group's week."""
    monday = day_month(week.week, now.astimezone(row.client.zone).date())
    level = "ink" if week.level == "fine" else LEVEL_TOKEN[week.level]
    head = f"{row.audience} at {row.client.name}, week of {monday}: they bear {percent(100 * week.share)}"
    if not week.sources:
        return [(f"{head}; nothing happens to them.", "ink")]
    sources = "; ".join(f"{source.code} {source.load:g} ({source.why})" for source in week.sources)
    return [(head, level), (f"{sources}; they can bear {week.capacity:g}", "explain")]


def draw_words(said: Sequence[Words]) -> Draw:
    """The sentences below each other, wrapped; those without room are counted, the least important first."""

    def draw(width: int, height: int) -> tuple[Line, ...]:
        wrapped = [
            [(Span(line, Look(token)),) for line in wrap(ink(text).text, width)] for text, token in said if text.strip()
        ]
        for kept in range(len(wrapped), 0, -1):
            lines: list[Line] = [line for sentence in wrapped[:kept] for line in sentence]
            if len(lines) <= height:
                return (*lines[:-1], (*lines[-1], *_left_out(len(wrapped) - kept, lines[-1], width)))
        if not wrapped or height <= 0:
            return ()
        first, look = wrapped[0], wrapped[0][0][0].look
        rest = " ".join(span.text for line in first[height - 1 :] for span in line)
        return (*first[: height - 1], (Span(fit(rest, width), look),))

    return draw


def _left_out(count: int, line: Line, width: int) -> Line:
    """How many sentences stand no more, behind the last that does, where that leaves room."""
    more = f"  {count} more"
    return (Span(more, LEFT_OUT),) if count and sum(cells(span.text) for span in line) + cells(more) <= width else ()
