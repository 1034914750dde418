"""Counts over time: one group's week by week, and of all groups together. A percentage is always made of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.records import Audience, Observation
from changedesk.domain.usage.metrics import COUNTED_METHODS
from changedesk.values import dataclass

DAYS_A_WEEK: Final = 7

UNCOUNTED_DAYS: Final = 14
"""So long after its go-live a group still counts as nobody until its first count; later than that it was unknown."""


@dataclass(frozen=True, slots=True)
class Use:
    """A count in one week: so many of so many on a day. ``week`` numbers the weeks from Monday to Sunday."""

    week: int
    day: date
    using: float
    of: float

    @property
    def percent(self) -> float:
        """100 x using / of."""
        return 100 * self.using / self.of


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """One group's counts of a metric, oldest first: ``measured`` was observed or tested, ``said`` is what people say."""

    name: str
    headcount: int
    go_live: date | None
    measured: tuple[Use, ...]
    said: tuple[Use, ...]
    methods: tuple[str, ...] = ()


def weekly_counts(
    observations: Iterable[Observation], headcount: int, metric: str, methods: frozenset[str]
) -> tuple[Use, ...]:
    """One audience's counts of a metric week by week, oldest first: the last count of each week that has any.

    On one day an observation goes before a test. When any count of the audience is a percentage of its own (a decimal
    out of 100), all of its counts out of 100 are, and they weigh by ``headcount`` (by 100 where that is unknown).
    """
    counted = [o for o in observations if o.metric == metric and o.method in methods]
    percentages = headcount > 0 and any(o.from_percentages for o in counted)
    weeks: dict[int, Observation] = {}
    for observation in sorted(counted, key=lambda o: (o.date, o.method == "observed")):
        weeks[week_of(observation.date)] = observation
    series = []
    for week, last in weeks.items():
        weight = headcount / 100 if percentages and last.denominator == 100 else 1.0
        series.append(Use(week, last.date, last.numerator * weight, last.denominator * weight))
    return tuple(series)


def newest_counts(
    latest: Iterable[Observation],
    metric: str,
    audiences: Iterable[Audience],
    methods: frozenset[str] = COUNTED_METHODS,
) -> dict[str, Use]:
    """What was counted last of each audience that was counted at all, by name: where its :func:`weekly_counts` end."""
    headcounts = {one.name: one.headcount for one in audiences}
    of_group: dict[str, list[Observation]] = {}
    for seen in latest:
        of_group.setdefault(seen.audience, []).append(seen)
    return {
        name: series[-1]
        for name, own in of_group.items()
        if (series := weekly_counts(own, headcounts.get(name, 0), metric, methods))
    }


def counted_last(
    latest: Iterable[Observation],
    metric: str,
    audiences: Iterable[Audience],
    methods: frozenset[str] = COUNTED_METHODS,
) -> tuple[float, float, date] | None:
    """A metric over audiences from what was counted last of each: percent, n and the oldest day, None without a count.

    It is the oldest day so that nobody takes the whole for newer than it is.
    """
    counts = newest_counts(latest, metric, audiences, methods).values()
    using, of = summed(counts)
    return (100 * using / of, of, min(use.day for use in counts)) if of else None


def week_of(day: date) -> int:
    """The number of a day's week, from Monday to Sunday."""
    return (day.toordinal() - 1) // DAYS_A_WEEK


def summed(uses: Iterable[Use]) -> tuple[float, float]:
    """So many of so many, all together."""
    using = of = 0.0
    for use in uses:
        using += use.using
        of += use.of
    return using, of


def total_counts(groups: Sequence[GroupCounts]) -> tuple[Use, ...]:
    """Sampled counts of all groups together, in each week in which any was made; who was not counts as last seen."""
    return _carried(groups, lambda _group, _day: None)


def everybody(groups: Sequence[GroupCounts]) -> tuple[Use, ...]:
    """How many of all for whom it is meant use it, in each week in which anybody was counted.

    Nobody uses what has not come yet: before its own go-live a group counts as 0 of its people, and for ``UNCOUNTED_DAYS``
    after it until it is counted first. A group that was live at the newest count and was never counted is unknown, which is
    not zero: it is left out. No figure of it moves before somebody counts again.
    """
    newest = max((group.measured[-1].day for group in groups if group.measured), default=None)

    def before(group: GroupCounts, day: date) -> tuple[float, float] | None:
        people = group.measured[0].of if group.measured else float(group.headcount)
        if group.go_live is None or not (group.measured or comes_after(group, newest)):
            return None
        return (0.0, people) if (day - group.go_live).days <= UNCOUNTED_DAYS else None

    return _carried(groups, before)


def comes_after(group: GroupCounts, newest: date | None) -> bool:
    """Whether nobody of a group could use it yet when anybody was counted last."""
    return not group.measured and group.go_live is not None and newest is not None and group.go_live > newest


def left_out(groups: Sequence[GroupCounts], today: date) -> tuple[str, ...]:
    """The groups that are live and have no count: what is said of everybody says nothing of them."""
    return tuple(
        group.name for group in groups if not group.measured and (group.go_live is None or group.go_live <= today)
    )


def _carried(
    groups: Sequence[GroupCounts], before: Callable[[GroupCounts, date], tuple[float, float] | None]
) -> tuple[Use, ...]:
    by_week: dict[int, dict[str, Use]] = {}
    for group in groups:
        for use in group.measured:
            by_week.setdefault(use.week, {})[group.name] = use
    latest: dict[str, Use] = {}
    found = []
    for week in sorted(by_week):
        latest |= by_week[week]
        day = max(use.day for use in by_week[week].values())
        using, of = summed(latest.values())
        for group in groups:
            if group.name not in latest and (none_yet := before(group, day)) is not None:
                using, of = using + none_yet[0], of + none_yet[1]
        found.append(Use(week, day, using, of))
    return tuple(found)
