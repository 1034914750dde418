"""Counts of groups as tests tell them: one a week from go-live on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from changedesk.domain.records import Audience, Initiative, Observation, Target
from changedesk.domain.usage.counts import GroupCounts, Use, week_of
from changedesk.domain.usage.ground import NO_HISTORY, Ground, History

LIVE = date(2026, 8, 31)
TODAY = date(2026, 11, 26)


def on(days: int) -> date:
    """A day so many days after go-live."""
    return LIVE + timedelta(days=days)


def weekly(percents: Sequence[float], of: int = 200, first: int = 4) -> tuple[Use, ...]:
    """A count every week, the first so many days after go-live."""
    return tuple(
        Use(week_of(on(first + 7 * n)), on(first + 7 * n), float(round(p * of / 100)), float(of))
        for n, p in enumerate(percents)
    )


def group(name: str, percents: Sequence[float] = (), headcount: int = 200, go_live: date | None = LIVE) -> GroupCounts:
    """A group with a count every week."""
    return GroupCounts(name, headcount, go_live, weekly(percents, headcount or 200), ())


def initiative(go_live: date | None = LIVE, *, live: bool = True) -> Initiative:
    """An initiative that went live."""
    return Initiative(
        "i", 1, "alder", "MFA", "MFA everywhere", "pat", "chris", None, go_live, go_live if live else None, None, None,
        None, False,
    )  # fmt: skip


def audience(name: str, headcount: int = 200, go_live: date | None = None, role: str | None = None) -> Audience:
    """A group of people."""
    return Audience(name, 1, name, role, None, headcount, go_live)


def seen(
    name: str, days: int, using: float, of: float, metric: str = "utilization", method: str = "observed"
) -> Observation:
    """A count so many days after go-live."""
    return Observation(f"{name}{days}{metric}{method}", 1, name, metric, on(days), using, of, method)


def rising(name: str, percents: Sequence[float], of: int = 200) -> list[Observation]:
    """A count of use every week."""
    return [seen(name, 4 + 7 * n, round(p * of / 100), of) for n, p in enumerate(percents)]


def target(percent: float, by: date, whose: str | None = None, metric: str = "utilization") -> Target:
    """So many percent by a day."""
    return Target(f"t{whose}{metric}", whose, metric, percent, by)


def ground(
    audiences: Sequence[Audience],
    observations: Sequence[Observation],
    targets: Sequence[Target] = (),
    *,
    of: Initiative | None = None,
    today: date = TODAY,
    history: History = NO_HISTORY,
) -> Ground:
    """What views are made of."""
    return Ground(of or initiative(), audiences, observations, targets, today, history)
