"""``calendar`` on the command line: what lies ahead, what does not go together, and when a change could run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from math import isfinite

from changedesk.cli.output import say, say_json, say_table, utc
from changedesk.domain.control.slots import Slot
from changedesk.domain.control.windows import SAID, Span
from changedesk.domain.saying import day_time
from changedesk.domain.weeks import monday_of
from changedesk.errors import BadInput
from changedesk.services.control.calendar import planning
from changedesk.services.control.calendar.page import CalendarView
from changedesk.services.control.calendar.page import calendar as calendar_of
from changedesk.services.control.calendar.planning import Feasible
from changedesk.services.control.calendar.planning_words import feasible_said, free_said
from changedesk.services.session import Session
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What the earliest feasible time is asked for: services, hours, who does it."""

    services: tuple[str, ...]
    hours: float
    implementer: str | None


def calendar(session: Session, client: str | None, weeks: int, asked: Asked, as_json: bool) -> int:
    """The calendar of so many weeks, from this one on, of one client or of all in view."""
    if not isfinite(asked.hours):
        raise BadInput("--hours is a number of hours")
    begin = datetime.combine(monday_of(session.today), time(), session.wall_clock.tzinfo)
    view = calendar_of(session, begin, begin + timedelta(weeks=weeks), client)
    answers = [
        planning.when(session, one.code, asked.services, asked.hours * timedelta(hours=1), asked.implementer)
        for one in view.clients
    ]
    if as_json:
        say_json(_document(view, answers))
    else:
        _say(view, answers)
    return 0


# --- for people


def _say(view: CalendarView, answers: Sequence[Feasible]) -> None:
    zones = {one.code: one.zone for one in view.clients}
    _say_part(
        "Windows",
        ("From", "To", "Client", "Kind", "Scope", "Title"),
        [
            (
                *_times(span.start, span.end, zones.get(span.client or "", UTC), view.now),
                span.client or "every client",
                SAID[span.kind],
                span.service or "",
                span.title,
            )
            for span in view.spans
        ],
    )
    _say_part(
        "Changes",
        ("From", "To", "Client", "Number", "State", "Services", "Title"),
        [
            (
                *_times(change.start, change.end, zones[change.client], view.now),
                change.client,
                change.number,
                change.state,
                ", ".join(change.services),
                change.title,
            )
            for change in view.changes
        ],
    )
    _say_part(
        "What does not go together",
        ("From", "To", "Client", "What", "Why"),
        [
            (*_times(one.start, one.end, zones[one.client], view.now), one.client, one.name, one.sentence)
            for one in view.collisions
        ],
    )
    _say_part(
        "People who bear 80 % or more of what they can",
        ("Week of", "Client", "Audience", "Load", "Of"),
        [
            (f"{week.week}", week.client, week.audience, f"{week.load:.1f}", f"{week.capacity:.0f}")
            for week in view.weeks
            if week.level != "fine"
        ],
    )
    for answer in answers:
        say("")
        say(f"{answer.wish.client}, times of {answer.zone.key}")
        say(f"  Next free  {' '.join(free_said(answer))}")
        say(f"  Feasible   {' '.join(feasible_said(answer))}")


def _say_part(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    say(f"{title}: {len(rows) or 'none'}")
    if rows:
        say_table(columns, rows)
    say("")


def _times(start: datetime, end: datetime, zone: tzinfo, now: datetime) -> tuple[str, str]:
    """Begin and end by the clock of a zone."""
    return day_time(start, zone, now), day_time(end, zone, now)


# --- for programs


def _document(view: CalendarView, answers: Sequence[Feasible]) -> dict[str, object]:
    numbers = {change.id: change.number for change in view.changes}
    return {
        "as_of": utc(view.now),
        "from": utc(view.since),
        "until": utc(view.until),
        "clients": [{"client": one.code, "timezone": one.zone.key} for one in view.clients],
        "windows": [_window(span) for span in view.spans],
        "changes": [
            {
                "number": change.number,
                "client": change.client,
                "title": change.title,
                "state": change.state,
                "services": list(change.services),
                "implementer": change.implementer,
                "initiative": change.initiative,
                "planned_start": utc(change.start),
                "planned_end": utc(change.end),
            }
            for change in view.changes
        ],
        "conflicts": [
            {
                "kind": one.kind,
                "level": one.level,
                "client": one.client,
                "start": utc(one.start),
                "end": utc(one.end),
                "changes": [numbers[change] for change in one.changes],
                "service": one.service,
                "sentence": one.sentence,
            }
            for one in view.collisions
        ],
        "load": [
            {
                "client": week.client,
                "audience": week.audience,
                "week": week.week,
                "load": week.load,
                "capacity": week.capacity,
                "share": round(week.share, 4),
                "level": week.level,
                "sources": [
                    {"initiative": source.code, "load": source.load, "why": source.why} for source in week.sources
                ],
            }
            for week in view.weeks
            if week.load
        ],
        "earliest_feasible": [_answer(answer) for answer in answers],
    }


def _window(span: Span) -> dict[str, object]:
    return {
        "client": span.client,
        "kind": span.kind,
        "service": span.service,
        "title": span.title,
        "start": utc(span.start),
        "end": utc(span.end),
    }


def _answer(answer: Feasible) -> dict[str, object]:
    lead = answer.lead
    return {
        "client": answer.wish.client,
        "path": "normal",
        "services": list(answer.wish.services),
        "minutes": answer.wish.length // timedelta(minutes=1),
        "implementer": answer.wish.implementer,
        "next_free": _slot(answer.free),
        "lead_time": {
            "n": lead.n,
            "open": lead.undecided,
            "p50_business_hours": lead.p50,
            "p80_business_hours": lead.p80,
        },
        "decided_by": utc(answer.decided_by),
        "feasible": _slot(answer.feasible),
        "outside_maintenance": answer.outside,
        "explanation": [*free_said(answer), *feasible_said(answer)],
    }


def _slot(slot: Slot | None) -> dict[str, object] | None:
    if slot is None:
        return None
    return {"start": utc(slot.start), "end": utc(slot.end), "maintenance": slot.home.title if slot.home else None}
