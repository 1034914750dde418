"""What the coming fortnight brings: go-lives, waves, gates and milestones, and what change control has planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from changedesk.domain.attention import LEVELS
from changedesk.domain.attention_rules import gate_label
from changedesk.services.control.calendar.coming import Coming
from changedesk.services.portfolio.entry import Entry
from changedesk.store import upcoming
from changedesk.values import dataclass

EVENT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls on one of the coming days; ``kind`` is go_live, wave, gate, milestone or target of an initiative.

    What change control brings has a moment, ``at``, and belongs to no initiative: retro, review, cab, freeze_hard, change.
    """

    day: date
    kind: str
    text: str
    level: str
    initiative_id: str
    code: str
    at: datetime | None = None


def coming_events(
    entries: Sequence[Entry],
    dated: Iterable[upcoming.DatedRow],
    controlled: Iterable[Coming],
    today: date,
    zone: tzinfo | None,
) -> tuple[Event, ...]:
    """What falls on the coming days, by day; what change control brings is told by the reader's own clock, ``zone``."""
    by_id = {entry.standing.initiative_id: entry for entry in entries}
    last = today + timedelta(days=EVENT_DAYS - 1)
    events = [_timed(one, zone) for one in controlled]
    for entry in entries:
        s = entry.standing
        if not entry.runs:
            continue
        if s.go_live and not s.went_live and today <= s.go_live <= last:
            text = f"{s.title} go-live, {s.people_said[0]}"
            events.append(_event(entry, s.go_live, "go_live", text, entry.found.level))
        for gate in s.gates:
            if gate.due and gate.name != "go_live" and not gate.signed and today <= gate.due <= last:
                missing = gate.delivery_missing + gate.people_missing
                level = "at_risk" if missing and gate.in_use else "fine"
                items = f", {missing} items open" if missing and gate.in_use else ""
                events.append(_event(entry, gate.due, "gate", f"{s.title}: {gate_label(gate.name)}{items}", level))
    for row in dated:
        found = by_id.get(row.initiative_id)
        if found is not None:
            events.append(_event(found, row.day, row.kind, f"{found.standing.title}: {row.text}", "fine"))
    urgency = LEVELS.index
    kinds = ("retro", "review", "go_live", "cab", "freeze_hard", "gate", "change", "wave", "milestone", "target")
    at = {event: event.at.timestamp() if event.at else 0.0 for event in events}
    events.sort(key=lambda e: (e.day, kinds.index(e.kind), at[e], urgency(e.level), e.code, e.text))
    return tuple(events)


def _event(entry: Entry, day: date, kind: str, text: str, level: str) -> Event:
    s = entry.standing
    return Event(day, kind, text, level, s.initiative_id, s.code)


def _timed(one: Coming, zone: tzinfo | None) -> Event:
    local = one.at.astimezone(zone)
    return Event(local.date(), one.kind, one.text, one.level, "", "", local)
