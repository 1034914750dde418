"""What change control brings on the coming days: meetings of boards, freezes, change windows, votes that are owed.

The portfolio shows it in its first frame: what costs time to be imported is imported only where there is something to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

from changedesk.domain.control.news import WORDS, Owed
from changedesk.domain.control.windows import HARD
from changedesk.domain.counted import counted, listed
from changedesk.domain.saying import day_month
from changedesk.services.session import Session
from changedesk.store import upcoming
from changedesk.store.desk.database import Connection
from changedesk.store.scope import Scope
from changedesk.values import dataclass

ONE_BY_ONE: Final = 2
"""So many things of a kind on a day are said each by itself; more of them are said together."""
NAMED: Final = 24
"""A client whose name has more letters is called by its code: what comes is to be read behind it."""
KINDS: Final = ("retro", "review", "cab", "freeze_hard", "change")
"""What comes, the most urgent first."""
_TOGETHER: Final = {
    "retro": ("approval afterwards", "approvals afterwards"),
    "review": ("overdue review", "overdue reviews"),
    "cab": ("CAB meeting", "CAB meetings"),
    "freeze_hard": ("hard freeze", "hard freezes"),
    "change": ("change", "changes"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """Something at a moment; ``level`` is how much it matters, ``short`` what it is among others of its kind."""

    at: datetime
    kind: str
    text: str
    short: str
    level: str
    client: str


def coming(
    session: Session, conn: Connection, scope: Scope, names: dict[str, str], until: datetime, overdue: Iterable[Owed]
) -> tuple[Coming, ...]:
    """What comes from today until a moment, by day in the reader's zone; of many on one day how many they are.

    What is ``overdue`` stands on today, whatever day it was due on.
    """
    zone = session.wall_clock.tzinfo
    names = {code: name if len(name) <= NAMED else code for code, name in names.items()}
    found = [
        *(_overdue(one, session.now) for one in overdue),
        *_owed(session, conn, scope, until),
        *_meetings(session, conn, scope, names, until),
        *_freezes(session, conn, scope, names, until),
        *_changes(session, conn, scope, names, until),
    ]
    return tuple(_gathered(found, zone))


def _gathered(found: Iterable[Coming], zone: tzinfo | None) -> Iterator[Coming]:
    by_day: dict[tuple[object, int], list[Coming]] = {}
    for one in found:
        by_day.setdefault((one.at.astimezone(zone).date(), KINDS.index(one.kind)), []).append(one)
    for (_, kind), same in sorted(by_day.items(), key=lambda item: (str(item[0][0]), item[0][1])):
        if len(same) <= ONE_BY_ONE:
            yield from sorted(same, key=lambda one: (one.at, one.text))
            continue
        first = min(same, key=lambda one: one.at)
        names = list(dict.fromkeys(one.short for one in sorted(same, key=lambda one: (one.at, one.text))))
        text = f"{counted(len(same), *_TOGETHER[KINDS[kind]])}: {listed(names, ONE_BY_ONE)}"
        yield Coming(
            first.at, KINDS[kind], text, "", first.level, first.client if len({o.client for o in same}) == 1 else ""
        )


def _overdue(one: Owed, now: datetime) -> Coming:
    return Coming(now, one.kind, f"{one.number}: {WORDS[one.kind]} overdue", one.number, "late", one.client)


def _owed(session: Session, conn: Connection, scope: Scope, until: datetime) -> Iterator[Coming]:
    """Votes that an emergency is owed, and that are still in time."""
    for row in upcoming.owed_approvals(conn, scope):
        if not session.now <= row.at < until:
            continue
        from changedesk.services.control.situation import situation
        from changedesk.store.control import requests

        change = requests.by_id(conn, scope, row.text)
        if change is None or situation(session, conn, change).approval != "pending":
            continue
        said = f"{change.number}: {WORDS['retro']} due"
        yield Coming(row.at, "retro", said, change.number, "at_risk", row.client)


def _meetings(
    session: Session, conn: Connection, scope: Scope, names: dict[str, str], until: datetime
) -> Iterator[Coming]:
    for row in upcoming.meetings(conn, scope, session.now, until):
        agenda = f", {counted(row.count, 'change')}" if row.count else ""
        client = names.get(row.client, row.client)
        yield Coming(max(row.at, session.now), "cab", f"{client}: {row.text}{agenda}", client, "fine", row.client)


def _freezes(
    session: Session, conn: Connection, scope: Scope, names: dict[str, str], until: datetime
) -> Iterator[Coming]:
    """Hard freezes that begin, or that are in force: those stand on today."""
    from changedesk.store.control import calendar

    now, zone = session.now, session.wall_clock.tzinfo
    windows = calendar.windows(conn, scope, now, until, (HARD,))
    if not windows:
        return
    from changedesk.interchange.recurrence import occurrences
    from changedesk.services.zones import zone_named

    for window in windows:
        for start, end in occurrences(window.start, window.end, window.rrule, zone_named(window.timezone), now, until):
            whose = names.get(window.client or "", window.client or "") or "every client"
            last = day_month((end - timedelta(seconds=1)).astimezone(zone).date(), now.astimezone(zone).date())
            of = f" of {window.service}" if window.service else ""
            text = f"{whose}: hard freeze{of}, {window.title}, to {last}"
            yield Coming(max(start, now), HARD, text, whose, "at_risk", window.client or "")


def _changes(
    session: Session, conn: Connection, scope: Scope, names: dict[str, str], until: datetime
) -> Iterator[Coming]:
    for row in upcoming.change_windows(conn, scope, session.now, until):
        number, _, title = row.text.partition(" ")
        whose, short = names.get(row.client, row.client), f"{number} on hold" if row.held else number
        text = f"{whose}: {short}, {title}" if row.held else f"{whose}: {row.text}"
        yield Coming(row.at, "change", text, short, "at_risk" if row.held else "fine", row.client)
