"""Are people using it? Observed use by audience and in total, and whether it lasts (DOMAIN 1.1, ADOPTION.md).

Only what was observed or tested counts; what people say of themselves is another thing and is never mixed in, and
outputs such as training never count (invariant 17). An audience without observations is unknown: it does not enter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from changedesk.domain.records import Audience, Initiative, Observation, Target
from changedesk.domain.standing import AdoptionStanding
from changedesk.domain.usage.counts import GroupCounts, Use, comes_after, everybody, weekly_counts
from changedesk.domain.usage.metrics import COUNTED_METHODS, UTILIZATION
from changedesk.domain.usage.relapse import RELAPSE_THRESHOLD, best_level, relapse_statistic, shortfalls
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.domain.forecast.model import Forecast

__all__ = [
    "RELAPSE_THRESHOLD",
    "AudienceAdoption",
    "adoption_of",
    "adoption_standing",
    "audience_adoption",
    "audience_adoptions",
    "forecast",
    "groups_of",
    "relapse_statistic",
    "state_of_all",
]

AdoptionState = Literal["not_started", "rising", "adopted", "relapsed", "recovered"]

SHARE_OF_TARGET: Final = 0.8
"""A group has adopted at 80 % of its target (DOMAIN 1.1), held for ``PERIODS_HELD`` observations in a row."""

PERIODS_HELD: Final = 2

MATERIAL_DROP: Final = 5.0
"""Points below the best level from which on a fall is called a relapse (the delta of DOMAIN 1.1)."""

DEFAULT_TARGET: Final = 100.0
"""The target in percent of a group that was set none."""

TREND_WEEKS: Final = 24


@dataclass(frozen=True, slots=True)
class AudienceAdoption:
    """How one audience takes up the new way. ``best`` is the best it has held: a median of three weeks, in percent."""

    name: str
    state: AdoptionState
    series: tuple[Use, ...]
    target: float
    best: float

    @property
    def percent(self) -> float:
        """The latest observed use."""
        return self.series[-1].percent


def forecast(
    t: Iterable[float],
    y: Iterable[float],
    horizon: Iterable[float],
    *,
    cap: float = 100.0,
    target: float | None = None,
    history: Iterable[tuple[Iterable[float], Iterable[float]]] | None = None,
    waves: Sequence[tuple[float, float]] | None = None,
    counts: Sequence[tuple[float, float]] | None = None,
) -> Forecast:
    """How many will use it, where it levels off and when the target is reached: see ``forecast.model.forecast``.

    The engine is loaded by the first forecast: whoever only wants to know how a group stands need not wait for it.
    """
    from changedesk.domain.forecast import model

    return model.forecast(t, y, horizon, cap=cap, target=target, history=history, waves=waves, counts=counts)


def adoption_standing(
    observations_by_audience: Mapping[str, Sequence[Observation]],
    headcounts: Mapping[str, int],
    targets: Sequence[Target],
) -> AdoptionStanding:
    """How an initiative is taken up, over all its audiences; keys are their names, as in ``Target.audience``."""
    adoptions = audience_adoptions(observations_by_audience, headcounts, targets)
    groups = [GroupCounts(one.name, headcounts.get(one.name, 0), None, one.series, ()) for one in adoptions]
    return adoption_of(adoptions, targets, groups)


def audience_adoptions(
    observations_by_audience: Mapping[str, Sequence[Observation]],
    headcounts: Mapping[str, int],
    targets: Sequence[Target],
) -> tuple[AudienceAdoption, ...]:
    """How each audience takes it up, by name; those without an observation that counts are left out."""
    found = []
    for name, observations in sorted(observations_by_audience.items()):
        target = target_of(targets, UTILIZATION, name)
        goal = target.target if target else DEFAULT_TARGET
        found.append(audience_adoption(name, observations, headcounts.get(name, 0), goal))
    return tuple(one for one in found if one is not None)


def groups_of(
    initiative: Initiative, audiences: Iterable[Audience], adoptions: Iterable[AudienceAdoption]
) -> tuple[GroupCounts, ...]:
    """All audiences of an initiative with their use, also those that nobody has counted."""
    series = {one.name: one.series for one in adoptions}
    return tuple(
        GroupCounts(one.name, one.headcount, one.go_live or initiative.go_live, series.get(one.name, ()), ())
        for one in audiences
    )


def adoption_of(
    audiences: Sequence[AudienceAdoption], targets: Sequence[Target], groups: Sequence[GroupCounts]
) -> AdoptionStanding:
    """How an initiative is taken up over its audiences; ``groups`` are all of them, with those that nobody has counted.

    ``percent`` and ``trend`` are those of everybody, as the Adoption screen has them: whose go-live is still to come counts
    as nobody. An audience that reports percentages counts with its headcount.
    """
    if not audiences:
        return _aiming(AdoptionStanding("not_started", None, None, (), None, None, None, None), targets, {})
    series = everybody(groups)
    total = series[-1].percent
    relapsed = [audience for audience in audiences if audience.state == "relapsed"]
    if relapsed:
        worst = max(relapsed, key=lambda audience: audience.best - audience.percent)
    else:
        worst = min(audiences, key=lambda audience: audience.percent)
    found = AdoptionStanding(
        state=state_of_all([*(one.state for one in audiences), *still_to_come(groups)]),
        percent=total,
        observed_on=max(audience.series[-1].day for audience in audiences),
        trend=tuple(use.percent for use in series[-TREND_WEEKS:]),
        worst=worst.name,
        worst_percent=worst.percent,
        target=None,
        by=None,
        worst_was=worst.best if relapsed else None,
    )
    return _aiming(found, targets, {audience.name: audience.percent for audience in audiences})


def audience_adoption(
    name: str, observations: Iterable[Observation], headcount: int, target: float = DEFAULT_TARGET
) -> AudienceAdoption | None:
    """How one audience takes up the new way, from its observations in any order; None when none of them counts.

    ``target`` in percent. ``headcount`` stands for the number of people where the source reports percentages.
    """
    series = weekly_use(observations, headcount)
    if not series:
        return None
    best = best_level([use.percent for use in series]) or 0.0
    return AudienceAdoption(name, adoption_state(series, target), series, target, best)


def weekly_use(observations: Iterable[Observation], headcount: int) -> tuple[Use, ...]:
    """One audience's use week by week, oldest first: the last count of each week that has any."""
    return weekly_counts(observations, headcount, "utilization", COUNTED_METHODS)


def adoption_state(series: Sequence[Use], target: float) -> AdoptionState:
    """Where a group with these counts stands; ``target`` in percent, of which ``SHARE_OF_TARGET`` is enough."""
    if not series:
        return "not_started"
    percents = [use.percent for use in series]
    return _state([float(use.week) for use in series], percents, round(series[-1].of), enough_of(target))


def enough_of(target: float) -> float:
    """The use from which on a target counts as taken up, in percent as the target is; 40.8 of 51 is enough of it."""
    # A share of a binary fraction may lie a hair above what was counted: rounded, both are the same number.
    return round(SHARE_OF_TARGET * target, 9)


def relapse_days(series: Sequence[Use]) -> tuple[date, ...]:
    """The days on which a relapse was seen first, each time that one was."""
    percents = [use.percent for use in series]
    if not series:
        return ()
    statistic = relapse_statistic([float(use.week) for use in series], percents, round(series[-1].of))
    alarms = [value > RELAPSE_THRESHOLD and _fallen(percents[: n + 1]) for n, value in enumerate(statistic)]
    return tuple(use.day for n, use in enumerate(series) if alarms[n] and not (n and alarms[n - 1]))


def _state(weeks: Sequence[float], percents: Sequence[float], people: int, enough: float) -> AdoptionState:
    """Where a group is between not begun and relapsed; ``enough`` is the percentage at which it has adopted.

    A relapse is an alarm of the statistic that is still up, on a level so far below the best that it matters. It is over
    when the group has held its best level, or come near it, for two observations.
    """
    statistic = relapse_statistic(weeks, percents, people)
    alarms = [n for n, value in enumerate(statistic) if value > RELAPSE_THRESHOLD and _fallen(percents[: n + 1])]
    if alarms:
        back = all(below <= 1 for below in shortfalls(weeks, percents, people)[-PERIODS_HELD:])
        risen = not any(_fallen(percents[: len(percents) - n]) for n in range(PERIODS_HELD))
        over = back or risen or statistic[-1] <= RELAPSE_THRESHOLD
        return "recovered" if over else "relapsed"
    held = 0
    for level in percents:
        held = held + 1 if level >= enough else 0
        if held == PERIODS_HELD:
            return "adopted"
    return "rising" if any(percents) else "not_started"


def _fallen(percents: Sequence[float]) -> bool:
    """Whether the last level is materially below the best one: a long series proves any small drop, needed or not."""
    best = best_level(percents)
    return best is not None and best - percents[-1] >= MATERIAL_DROP


def still_to_come(groups: Sequence[GroupCounts]) -> tuple[AdoptionState, ...]:
    """A state for each group that goes live after the newest count: it has not started."""
    newest = max((group.measured[-1].day for group in groups if group.measured), default=None)
    return tuple("not_started" for group in groups if comes_after(group, newest))


def state_of_all(states: Collection[AdoptionState]) -> AdoptionState:
    """The state of all groups together: what one does is not made good by the others (R31).

    Relapsed when any has relapsed, adopted or recovered when all have got there, rising when any has begun.
    """
    if "relapsed" in states:
        return "relapsed"
    if all(state in ("adopted", "recovered") for state in states):
        return "recovered" if "recovered" in states else "adopted"
    return "not_started" if all(state == "not_started" for state in states) else "rising"


def target_of(targets: Iterable[Target], metric: str, audience: str | None) -> Target | None:
    """What an audience is to reach in the end: its own last target of a metric, else the last one for all."""
    named = [target for target in targets if target.metric == metric and target.audience in (audience, None)]
    return max(named, key=lambda target: (target.audience is not None, target.by), default=None)


def _aiming(found: AdoptionStanding, targets: Sequence[Target], percents: Mapping[str, float]) -> AdoptionStanding:
    """What is known of use, with the target that is to be reached next and whose it is."""
    target = next_target(targets, percents, found.percent)
    if target is None:
        return found
    own = None if target.audience is None else percents.get(target.audience)
    return replace(found, target=target.target, by=target.by, target_of=target.audience, target_of_use=own)


def next_target(targets: Iterable[Target], percents: Mapping[str, float], total: float | None) -> Target | None:
    """The first target of use that is not reached yet, else the last one; None when there are none.

    Targets for everybody come before those of single audiences: the figure beside them is everybody's.
    """
    use = [target for target in targets if target.metric == "utilization"]
    of_all = [target for target in use if target.audience is None]
    ordered = sorted(of_all or use, key=lambda target: (target.by, target.target))
    for target in ordered:
        reached = total if target.audience is None else percents.get(target.audience)
        if reached is None or reached < target.target:
            return target
    return ordered[-1] if ordered else None
