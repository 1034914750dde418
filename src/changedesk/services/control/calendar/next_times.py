"""When a window that repeats comes next: a list of windows is about what is still to come, not about when each began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.row_rules import Cell
from changedesk.interchange.recurrence import occurrences
from changedesk.services.records.texts import texts_of
from changedesk.services.session import Session
from changedesk.services.zones import zones
from changedesk.store.times import seconds, stored_instant

FAR: Final = timedelta(days=5 * 366)
"""So far the next time is looked for; what comes later is no plan that anybody makes."""


def next_texts(session: Session, kind: Kind, windows: Iterable[Mapping[str, Cell]]) -> list[dict[str, str]]:
    """Begin and end of the time of each window that runs or comes next, as a form shows them.

    Empty where that is its first time, or where none comes any more.
    """
    zone, found = zones(session), []
    for cells in windows:
        client = cells.get("client")
        later = next_time(cells, zone(None if client is None else str(client), None), session.now)
        texts = texts_of(session, kind, {**cells, **later}) if later else {}
        found.append({name: texts[name] for name in later})
    return found


def next_time(cells: Mapping[str, Cell], zone: tzinfo, now: datetime) -> dict[str, Cell]:
    """Begin and end of the time that runs or comes next, as cells; empty where that is the first one, or where none comes."""
    start, end, rule = (str(cells.get(name) or "") for name in ("start", "end", "rrule"))
    if not rule or stored_instant(end) > now:
        return {}
    laid = occurrences(stored_instant(start), stored_instant(end), rule, zone, now, now + FAR)
    return next(({"start": seconds(begin), "end": seconds(over)} for begin, over in laid), {})
