"""What the views of adoption are made of: every count of an initiative, and the finished roll-outs of its client."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from changedesk.domain.records import Initiative, Observation
from changedesk.domain.usage.counts import GroupCounts, everybody, weekly_counts
from changedesk.domain.usage.ground import Curve, Ground, History
from changedesk.domain.usage.metrics import COUNTED_METHODS, UTILIZATION
from changedesk.domain.usage.outlook import ENOUGH_COUNTS
from changedesk.store.initiative import initiatives
from changedesk.store.times import day, stored_day

FINISHED_AFTER = 182
"""A roll-out is finished, and says how others may end, half a year after its go-live."""

MOST_SIBLINGS = 12
"""So many finished initiatives are looked at, those that went live last."""

CURVE_DAYS = 728
"""Of a finished roll-out so many days count: what happened to it years later says nothing of how it came."""


def ground(conn: sqlite3.Connection, initiative: Initiative, today: date, *, history: bool = True) -> Ground:
    """Everything that an initiative's views are made of, as it stood on a day; counts of later days are left out."""
    return Ground(
        initiative,
        initiatives.audiences(conn, initiative.id),
        observations(conn, initiative.id, today),
        initiatives.targets(conn, initiative.id),
        today,
        finished(conn, initiative, today) if history else History(),
    )


def observations(conn: sqlite3.Connection, initiative_id: str, until: date) -> tuple[Observation, ...]:
    """All observations of an initiative up to a day, by audience, metric, method and day."""
    rows = conn.execute(
        "SELECT o.id, o.rev, g.name, o.metric, o.day, o.numerator, o.denominator, o.method"
        " FROM audience g JOIN observation o ON o.audience_id = g.id"
        " WHERE g.initiative_id = ? AND o.day <= ? ORDER BY g.name, o.metric, o.method, o.day",
        (initiative_id, until.isoformat()),
    )
    return tuple(Observation(r[0], r[1], r[2], r[3], stored_day(r[4]), r[5], r[6], r[7]) for r in rows)


def finished(conn: sqlite3.Connection, initiative: Initiative, today: date) -> History:
    """The finished roll-outs of the same client as curves: those of groups, and those of whole initiatives.

    Only of the same client: what one client's people did is not shown through the forecasts of another. Earlier
    waves of the same initiative are among the groups, the initiative itself is never among the wholes.
    """
    before = (today - timedelta(days=FINISHED_AFTER)).isoformat()
    siblings = conn.execute(
        "SELECT i.id, i.go_live_actual FROM initiative i JOIN client c ON c.id = i.client_id"
        " WHERE c.code = ? AND i.go_live_actual <= ? AND ifnull(i.state, '') <> 'cancelled'"
        " ORDER BY i.go_live_actual DESC, i.code LIMIT ?",
        (initiative.client, before, MOST_SIBLINGS),
    ).fetchall()
    groups: list[tuple[str, Curve]] = []
    totals: list[Curve] = []
    for sibling, live in siblings:
        counts = _counted(conn, sibling, stored_day(live), today)
        done = [one for one in counts if one.measured and one.go_live is not None and one.go_live.isoformat() <= before]
        # The initiative's own finished waves say how its next one may go; it is no sibling of itself as a whole.
        own = sibling == initiative.id
        groups += [(one.name if own else "", curve) for one in done if (curve := _curve(one)) is not None]
        if not own and done:
            whole = GroupCounts("", 0, min(one.go_live for one in done if one.go_live), everybody(counts), ())
            if (curve := _curve(whole)) is not None:
                totals.append(curve)
    return History(tuple(groups), tuple(totals))


def _counted(conn: sqlite3.Connection, initiative_id: str, live: date, today: date) -> list[GroupCounts]:
    rows = conn.execute(
        "SELECT g.name, g.headcount, g.go_live, o.day, o.numerator, o.denominator, o.method"
        " FROM audience g JOIN observation o ON o.audience_id = g.id AND o.metric = ?"
        " WHERE g.initiative_id = ? AND o.day <= ? AND o.day <= date(ifnull(g.go_live, ?), ?)",
        (UTILIZATION, initiative_id, today.isoformat(), live.isoformat(), f"+{CURVE_DAYS} days"),
    )
    seen: dict[tuple[str, int, str | None], list[Observation]] = {}
    for name, headcount, wave, at, numerator, denominator, method in rows:
        one = Observation("", 1, name, UTILIZATION, stored_day(at), numerator, denominator, method)
        seen.setdefault((name, headcount, wave), []).append(one)
    return [
        GroupCounts(
            name, headcount, day(wave) or live, weekly_counts(found, headcount, UTILIZATION, COUNTED_METHODS), ()
        )
        for (name, headcount, wave), found in sorted(seen.items(), key=lambda item: item[0][0])
    ]


def _curve(counts: GroupCounts) -> Curve | None:
    since = counts.go_live
    if since is None:
        return None
    points = tuple(((use.day - since).days, use.percent) for use in counts.measured if use.day >= since)
    return points if len(points) >= ENOUGH_COUNTS else None
