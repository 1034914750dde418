"""The use of those who are live, against the target that they are held to: what hypercare may end by (DOMAIN 1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from changedesk.domain.adoption import enough_of, next_target, weekly_use
from changedesk.domain.records import Audience, Initiative, Observation, Target
from changedesk.domain.usage.counts import GroupCounts, everybody, left_out
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class LiveUse:
    """How many of those who are live use it; ``percent`` is None until one of them was counted, ``people`` are all of them.

    ``target`` is everybody's. Where only single groups have one, all of this is of ``group`` alone: the live one that is the
    furthest below its own. ``later`` people are still to go live; of the groups ``uncounted`` nobody knows anything.
    """

    percent: float | None
    people: float
    target: float | None
    group: str | None
    later: int
    uncounted: tuple[str, ...]


def live_use(
    initiative: Initiative,
    audiences: Iterable[Audience],
    observations: Iterable[Observation],
    targets: Iterable[Target],
    today: date,
) -> LiveUse:
    """What is known today of an initiative that went live; ``observations`` are all of its counts of use.

    The sum is that of everybody, over the groups that are live: one that went live lately counts as nobody for as long.
    """
    of_group: dict[str, list[Observation]] = {}
    for one in observations:
        of_group.setdefault(one.audience, []).append(one)
    live: list[GroupCounts] = []
    later = 0
    for audience in audiences:
        day = audience.go_live or initiative.go_live
        if day is not None and day > today:
            later += audience.headcount
            continue
        series = weekly_use(of_group.get(audience.name, ()), audience.headcount)
        live.append(GroupCounts(audience.name, audience.headcount, day, series, ()))
    return _held_to([target for target in targets if target.metric == "utilization"], live, later, today)


def _held_to(targets: Sequence[Target], live: Sequence[GroupCounts], later: int, today: date) -> LiveUse:
    """All that are live, held to the target of all; without one the group that is the furthest below its own."""
    own = {group.name: [target for target in targets if target.audience == group.name] for group in live}
    if any(target.audience is None for target in targets) or not any(own.values()):
        return _of(live, [target for target in targets if target.audience is None], None, later, today)
    found = [_of([group], own[group.name], group.name, later, today) for group in live if own[group.name]]
    return min(found, key=_above)


def _of(live: Sequence[GroupCounts], targets: Sequence[Target], group: str | None, later: int, today: date) -> LiveUse:
    series = everybody(live)
    percent, people = (series[-1].percent, series[-1].of) if series else (None, 0.0)
    target = next_target(targets, {} if group is None or percent is None else {group: percent}, percent)
    return LiveUse(percent, people, target.target if target else None, group, later, left_out(live, today))


def _above(one: LiveUse) -> float:
    """How far a group is above what is enough; one that nobody counted comes first."""
    return float("-inf") if one.percent is None else one.percent - enough_of(one.target or 0.0)
