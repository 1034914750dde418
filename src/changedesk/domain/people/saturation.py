"""How much change a group bears at once: load by week over all initiatives, against what it can bear (DOMAIN 1.2).

One heavy change at its go-live is a load of 10, which is what a group can bear by default. The weights (1, 5, 10 for a
light, middling and heavy impact) are ChangePlan's, demand against capacity is Change Compass's; how the load of one change
spreads over its weeks is our own. The same people are those of one client whose group has the same name and site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import floor
from typing import Final, Literal

from changedesk.domain.counted import listed
from changedesk.domain.saying import percent
from changedesk.domain.weeks import monday_of
from changedesk.values import dataclass

Level = Literal["fine", "at_risk", "late"]

DEFAULT_CAPACITY: Final = 10.0
"""The load that a group can bear in a week where nobody has said another one."""

FULL: Final = 100
NEARLY_FULL: Final = 80
"""Percent of the capacity from which on a week is full, or nearly; what is more than full is overloaded."""

AT_GO_LIVE: Final = 1.0
SETTLING: Final = 0.5
AT_WORK: Final = 0.5
BESIDE: Final = 0.25
"""How much of a change's weight a group bears: in the week of its go-live and the two after, in the two weeks behind those,
while it is trained, informed or led through it, and while other people work goes on that is for it."""

_GO_LIVE_WEEKS: Final = 3
_SETTLING_WEEKS: Final = 5
_TAKES_TIME: Final = frozenset({"communication", "training", "manager_enablement"})
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Work:
    """Some people work that takes time of a group: its days, kind and title."""

    start: date
    end: date
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Strain:
    """What one initiative asks of one group. ``degree`` None is an impact that nobody has rated."""

    initiative_id: str
    code: str
    title: str
    client: str
    audience: str
    site: str | None
    headcount: int
    capacity: float | None
    degree: int | None
    go_live: date | None
    work: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a week's load comes from: an initiative, how much it adds, and why in a few words."""

    initiative_id: str
    code: str
    title: str
    load: float
    why: str
    rated: bool


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """A group's load in an ISO week that begins on ``monday``; ``share`` is load / capacity, sources the largest first."""

    monday: date
    load: float
    share: float
    level: Level
    sources: tuple[Source, ...]

    @property
    def iso_week(self) -> tuple[int, int]:
        """Year and number of the week by ISO 8601."""
        year, week, _ = self.monday.isocalendar()
        return year, week


@dataclass(frozen=True, slots=True)
class GroupLoad:
    """One group of people over the weeks; ``codes`` are the initiatives that concern it."""

    client: str
    audience: str
    site: str | None
    headcount: int
    capacity: float
    weeks: tuple[WeekLoad, ...]
    codes: tuple[str, ...]

    @property
    def called(self) -> str:
        """Its name with its site, where that is known: groups of one name at other sites are other people."""
        return f"{self.audience}, {self.site}" if self.site else self.audience

    @property
    def peak(self) -> WeekLoad:
        """The heaviest week, of several the first."""
        return max(self.weeks, key=lambda week: (week.share, -week.monday.toordinal()))


@dataclass(frozen=True, slots=True)
class Collision:
    """Weeks in a row in which several initiatives together ask nearly all of a group, or more."""

    client: str
    audience: str
    site: str | None
    headcount: int
    first: date
    last: date
    peak: float
    codes: tuple[str, ...]
    sentence: str


def weight_of(degree: int | None) -> float:
    """What an impact weighs: 1 light (1, 2), 5 middling (3), 10 heavy (4, 5); one that nobody rated counts as middling."""
    if degree is None:
        return 5.0
    return (0.0, 1.0, 1.0, 5.0, 10.0, 10.0)[degree]


def intensity(strain: Strain, monday: date) -> tuple[float, str]:
    """How much of its weight a change puts on a group in a week, 0 to 1, and why."""
    sunday = monday + timedelta(days=6)
    found = [(0.0, "")]
    if strain.go_live is not None:
        weeks = (monday - monday_of(strain.go_live)) // _WEEK
        if weeks == 0:
            found.append((AT_GO_LIVE, "go-live"))
        elif 0 < weeks < _GO_LIVE_WEEKS:
            found.append((AT_GO_LIVE, "just live"))
        elif _GO_LIVE_WEEKS <= weeks < _SETTLING_WEEKS:
            found.append((SETTLING, "settling in"))
    for work in strain.work:
        if work.start <= sunday and work.end >= monday:
            found.append((AT_WORK if work.kind in _TAKES_TIME else BESIDE, work.title))
    return max(found, key=lambda one: one[0])


def loads(
    strains: Iterable[Strain], capacities: dict[str, float | None], first: date, weeks: int
) -> tuple[GroupLoad, ...]:
    """Every group's load over ``weeks`` weeks from the week of ``first``; by client, then the heaviest first.

    Groups of which nothing is asked in these weeks are left out.

    ``capacities`` are the clients' own. Of several capacities that are said of the same people the smallest counts. A
    change that meets a part of a group weighs as much as that part of it; a headcount of 0 is unknown and means all.
    """
    groups: dict[tuple[str, str, str], list[Strain]] = {}
    for strain in strains:
        groups.setdefault((strain.client, strain.audience, strain.site or ""), []).append(strain)
    begin = monday_of(first)
    end = begin + weeks * _WEEK
    found = [
        _group(own, capacities.get(key[0]), begin, weeks)
        for key, own in groups.items()
        if any(_asks(strain, begin, end) for strain in own)
    ]
    return tuple(sorted(found, key=lambda group: (group.client, -group.peak.share, group.audience, group.site or "")))


def _asks(strain: Strain, begin: date, end: date) -> bool:
    """Whether a change asks anything of its group from a Monday to another one."""
    if not weight_of(strain.degree):
        return False
    # A week after which nothing of a go-live is left to bear begins so many weeks after the Monday of it.
    if strain.go_live is not None and begin - (_SETTLING_WEEKS - 1) * _WEEK <= strain.go_live < end:
        return True
    return any(work.start < end and work.end >= begin for work in strain.work)


def collisions(groups: Iterable[GroupLoad]) -> tuple[Collision, ...]:
    """Where several initiatives meet in the same people and together ask for nearly all of them, the earliest first."""
    found: list[Collision] = []
    for group in groups:
        run: list[WeekLoad] = []
        for week in (*group.weeks, None):
            if week is not None and len(week.sources) > 1 and week.level != "fine":
                run.append(week)
            elif run:
                found.append(_collision(group, run))
                run = []
    return tuple(sorted(found, key=lambda one: (one.first, -one.peak, one.client, one.audience)))


def _group(strains: Sequence[Strain], client_capacity: float | None, first: date, weeks: int) -> GroupLoad:
    stated = [strain.capacity for strain in strains if strain.capacity is not None]
    capacity = min(stated, default=client_capacity or DEFAULT_CAPACITY)
    headcount = max(strain.headcount for strain in strains)
    one = strains[0]
    asking = [strain for strain in strains if _asks(strain, first, first + weeks * _WEEK)]
    made: dict[tuple[int, float, str], Source] = {}
    return GroupLoad(
        one.client,
        one.audience,
        one.site,
        headcount,
        capacity,
        tuple(_week(asking, headcount, capacity, first + n * _WEEK, made) for n in range(weeks)),
        tuple(sorted({strain.code for strain in strains})),
    )


def _week(
    strains: Sequence[Strain],
    headcount: int,
    capacity: float,
    monday: date,
    made: dict[tuple[int, float, str], Source],
) -> WeekLoad:
    """A group's load in a week. ``made`` are its sources so far: most ask the same for the same reason week after week."""
    sources = []
    for n, strain in enumerate(strains):
        part, why = intensity(strain, monday)
        if part <= 0:
            continue
        source = made.get((n, part, why))
        if source is None:
            people = strain.headcount / headcount if strain.headcount and headcount else 1.0
            load, rated = weight_of(strain.degree) * part * people, strain.degree is not None
            source = made[n, part, why] = Source(strain.initiative_id, strain.code, strain.title, load, why, rated)
        sources.append(source)
    sources.sort(key=lambda source: (-source.load, source.code))
    load = sum(source.load for source in sources)
    return WeekLoad(monday, load, load / capacity, level_of(load / capacity), tuple(sources))


def level_of(share: float) -> Level:
    """How a share of the capacity is coloured, by the whole percent that is shown of it."""
    shown = _shown(share)
    return "late" if shown >= FULL else "at_risk" if shown >= NEARLY_FULL else "fine"


def load_word(share: float) -> str:
    """What a share of the capacity is called everywhere: overloaded is above what the group can bear, full is all of it."""
    level = level_of(share)
    if level == "late":
        return "overloaded" if _shown(share) > FULL else "full"
    return "nearly full" if level == "at_risk" else "bearable"


def _shown(share: float) -> int:
    return floor(100 * share + 0.5)


def _collision(group: GroupLoad, run: Sequence[WeekLoad]) -> Collision:
    codes = tuple(dict.fromkeys(source.code for week in run for source in week.sources))
    peak = max(week.share for week in run)
    last = run[-1].monday + timedelta(days=6)
    sentence = f"{listed(codes)} meet in {group.audience}: up to {percent(100 * peak)} of what the group can bear"
    return Collision(
        group.client, group.audience, group.site, group.headcount, run[0].monday, last, peak, codes, sentence
    )
