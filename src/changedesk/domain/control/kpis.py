"""Is change control healthy? The figures of DOMAIN 1.4, each with how many changes it is made of.

Percentages are of closed changes that were done, not of approved ones. What was cancelled or rejected is counted apart. A
change that was begun without leave stays counted and is never a success.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from changedesk.domain.control.lead_time import LeadTime, Waited, lead_time
from changedesk.domain.counted import listed
from changedesk.domain.proportion import Proportion
from changedesk.domain.words import plain
from changedesk.values import dataclass

TAKEN_BACK: Final = ("failed", "backed_out")
_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
_PLANNED: Final = ("scheduled", "implementing", "review", "closed")
"""States of a change that has a window of its own."""


@dataclass(frozen=True, slots=True)
class ChangeFact:
    """What the figures have to know of one change.

    ``ended`` is when it was done, ``good`` whether its client counts its outcome as a success, ``authorised`` false where
    it was begun without leave and None where that is not known here. ``outside`` is whether its window lies outside its
    client's maintenance windows, None where the client has none for it. ``incident`` says whether it is known to have caused
    one, None where nobody could have said. ``downtime`` are minutes, None where nobody has said.
    """

    client: str
    path: str
    team: str | None
    state: str
    outcome: str | None
    good: bool
    planned_start: datetime
    ended: datetime | None = None
    submitted: datetime | None = None
    lead: Waited | None = None
    authorised: bool | None = None
    outside: bool | None = None
    incident: bool | None = False
    downtime: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """From an instant up to another one; ``since`` None is as far back as the desk knows."""

    since: datetime | None
    until: datetime

    def holds(self, moment: datetime | None) -> bool:
        """Whether a moment lies in it."""
        return moment is not None and (self.since is None or self.since <= moment) and moment < self.until


@dataclass(frozen=True, slots=True)
class Kpis:
    """The figures of some changes in a window.

    ``success``, ``with_issues`` and ``failed`` are of closed ones that were done; ``incident`` and ``unauthorised`` of all
    that were done and of which it is known, ``emergency`` of all that closed, ``outside`` of those that have a window and a
    client with maintenance windows. ``downtime`` are minutes altogether of ``downtime_known`` changes, None where nobody has
    said any.
    """

    success: Proportion
    with_issues: Proportion
    failed: Proportion
    incident: Proportion
    emergency: Proportion
    unauthorised: Proportion
    outside: Proportion
    lead: LeadTime
    downtime: int | None
    downtime_known: int
    cancelled: int
    rejected: int


RATES: Final = ("success", "with_issues", "failed", "incident", "emergency", "unauthorised", "outside")
"""The figures that are shares, in the order in which they are told."""


def kpis(facts: Iterable[ChangeFact], window: Window) -> Kpis:
    """The figures of these changes in a window: done in it, planned into it, submitted in it."""
    known = list(facts)
    done = [fact for fact in known if fact.outcome is not None and window.holds(fact.ended)]
    closed = [fact for fact in known if fact.state == "closed" and window.holds(fact.ended)]
    ended = [fact for fact in done if fact.state == "closed"]
    placed = [
        fact
        for fact in known
        if fact.state in _PLANNED and fact.outside is not None and window.holds(fact.planned_start)
    ]
    judged = [fact for fact in done if fact.authorised is not None]
    asked = [fact for fact in done if fact.incident is not None]
    downtimes = [fact.downtime for fact in done if fact.downtime is not None]
    return Kpis(
        success=_share(ended, lambda fact: fact.good and fact.authorised is not False),
        with_issues=_share(ended, lambda fact: fact.outcome == "with_issues"),
        failed=_share(ended, lambda fact: fact.outcome in TAKEN_BACK),
        incident=_share(asked, lambda fact: fact.incident is True),
        emergency=_share(closed, lambda fact: fact.path == "emergency"),
        unauthorised=_share(judged, lambda fact: fact.authorised is False),
        outside=_share(placed, lambda fact: fact.outside is True),
        lead=lead_time(fact.lead for fact in known if fact.lead is not None and window.holds(fact.submitted)),
        downtime=sum(downtimes) if downtimes else None,
        downtime_known=len(downtimes),
        cancelled=sum(fact.state == "cancelled" and window.holds(fact.planned_start) for fact in known),
        rejected=sum(fact.state == "rejected" and window.holds(fact.planned_start) for fact in known),
    )


def _share(facts: Sequence[ChangeFact], holds: Callable[[ChangeFact], bool]) -> Proportion:
    return Proportion(sum(map(holds, facts)), len(facts))


GROUPS: Final[Mapping[str, Callable[[ChangeFact], str]]] = {
    "client": lambda fact: fact.client,
    "path": lambda fact: fact.path,
    "team": lambda fact: fact.team or "nobody named",
}
"""By what the figures are told apart; the team is whoever does the change."""


def grouped(facts: Iterable[ChangeFact], by: str, window: Window) -> dict[str, Kpis]:
    """The figures of each group, by name."""
    of = GROUPS[by]
    groups: dict[str, list[ChangeFact]] = {}
    for fact in facts:
        groups.setdefault(of(fact), []).append(fact)
    return {name: kpis(groups[name], window) for name in sorted(groups)}


def months(until: datetime, count: int) -> Iterator[Window]:
    """The months up to the one that a moment lies in, the oldest first, by the calendar of the moment's zone."""
    first = until.replace(day=1, hour=0, minute=0, second=0, microsecond=0, fold=0)
    starts = [_month(first, -back) for back in range(count)][::-1]
    for start, end in zip(starts, [*starts[1:], _month(first, 1)], strict=True):
        yield Window(start, end)


def _month(first: datetime, step: int) -> datetime:
    place = first.year * 12 + first.month - 1 + step
    return first.replace(year=place // 12, month=place % 12 + 1)


def trend(facts: Sequence[ChangeFact], windows: Iterable[Window]) -> tuple[Kpis, ...]:
    """The figures of each of windows that follow one another, the oldest first."""
    shown = list(windows)
    # Each change is looked at once for all windows: it counts in up to three of them.
    starts = [_EARLIEST if window.since is None else window.since.astimezone(UTC) for window in shown]
    within: list[list[ChangeFact]] = [[] for _ in shown]
    for fact in facts:
        moments = (fact.ended, fact.planned_start, fact.submitted)
        for place in {bisect_right(starts, moment) - 1 for moment in moments if moment is not None}:
            if place >= 0:
                within[place].append(fact)
    return tuple(map(kpis, within, shown))


def said_counted(success: Mapping[str, Sequence[str]]) -> str:
    """What counts as a success, by client, in words; where clients differ, each by name."""
    clients: dict[tuple[str, ...], list[str]] = {}
    for client, words in success.items():
        clients.setdefault(tuple(words), []).append(client)
    told = (
        _or(next(iter(clients), ("successful",)))
        if len(clients) <= 1
        else "; ".join(f"{_or(words)} at {listed(names, 4)}" for words, names in clients.items())
    )
    return f"What counts as a success: {told}."


def _or(words: Sequence[str]) -> str:
    return " or ".join(f"“{plain(word)}”" for word in words)
