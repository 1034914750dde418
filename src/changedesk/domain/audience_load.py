"""How much change a group of people bears in a week, over all initiatives of its client, against what it can bear (DOMAIN 1.2).

One heavy change at its go-live is a load of 10, which is what a group can bear where nobody has said another figure. The
weights 1, 5 and 10 for a light, middling and heavy impact are ChangePlan's, demand against capacity is Change Compass's;
how the load of one change spreads over its weeks is our own. An impact that nobody has rated counts as middling.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

CAPACITY: Final = 10.0
"""What a group can bear in a week where nobody has said another figure."""
UNRATED: Final = 5.0
"""The weight of an impact that nobody has rated."""
FULL: Final = 1.0
NEARLY_FULL: Final = 0.8
"""Shares of the capacity from which on a week is too much, or nearly."""

_AT_GO_LIVE: Final = 1.0
_SETTLING: Final = 0.5
_TAKES_TIME: Final = 0.5
_BESIDE: Final = 0.25
_GO_LIVE_WEEKS: Final = 3
_SETTLING_WEEKS: Final = 5
_LEARNING: Final = frozenset({"communication", "training", "manager_enablement"})
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of a week's load comes from: an initiative, how much, and why in a few words."""

    code: str
    title: str
    load: float
    why: str


@dataclass(frozen=True, slots=True)
class AudienceWeek:
    """The load of one group in the week that begins on the Monday ``week``; ``sources`` come the largest first."""

    client: str
    audience: str
    week: date
    load: float
    capacity: float
    sources: tuple[Source, ...]

    @property
    def share(self) -> float:
        """The load as a share of what the group can bear."""
        return self.load / self.capacity

    @property
    def level(self) -> str:
        """late when it is too much, at_risk when it nearly is, else fine."""
        return "late" if self.share >= FULL else "at_risk" if self.share >= NEARLY_FULL else "fine"


@dataclass(frozen=True, slots=True)
class Work:
    """Some work of an initiative that is for a group: from its first to its last day."""

    start: date
    end: date
    kind: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Strain:
    """What one initiative asks of one group: its go-live and the work that is for it."""

    client: str
    audience: str
    code: str
    title: str
    go_live: date | None
    work: tuple[Work, ...] = ()


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def audience_weeks(strains: Iterable[Strain], first: date, weeks: int) -> tuple[AudienceWeek, ...]:
    """The load of every group in each of so many weeks from that of ``first`` on; by client and group, then by week."""
    groups: dict[tuple[str, str], list[Strain]] = {}
    for strain in strains:
        groups.setdefault((strain.client, strain.audience), []).append(strain)
    begin = monday_of(first)
    return tuple(
        _week(client, audience, groups[client, audience], begin + n * _WEEK)
        for client, audience in sorted(groups)
        for n in range(weeks)
    )


def _week(client: str, audience: str, strains: Sequence[Strain], monday: date) -> AudienceWeek:
    found = []
    for strain in strains:
        part, why = _intensity(strain, monday)
        if part:
            found.append(Source(strain.code, strain.title, UNRATED * part, why))
    found.sort(key=lambda source: (-source.load, source.code))
    return AudienceWeek(client, audience, monday, sum(source.load for source in found), CAPACITY, tuple(found))


def _intensity(strain: Strain, monday: date) -> tuple[float, str]:
    """How much of its weight a change puts on a group in a week, 0 to 1, and why: the heaviest of what happens then."""
    found = [(0.0, "")]
    if strain.go_live is not None:
        since = (monday - monday_of(strain.go_live)) // _WEEK
        if 0 <= since < _GO_LIVE_WEEKS:
            found.append((_AT_GO_LIVE, "just live" if since else "go-live"))
        elif _GO_LIVE_WEEKS <= since < _SETTLING_WEEKS:
            found.append((_SETTLING, "settling in"))
    for work in strain.work:
        if work.start < monday + _WEEK and work.end >= monday:
            found.append((_TAKES_TIME if work.kind in _LEARNING else _BESIDE, work.title))
    return max(found, key=lambda one: one[0])
