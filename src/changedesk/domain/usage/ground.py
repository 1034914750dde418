"""The records that an initiative's metrics are read from, and how they become views of each group and of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from changedesk.domain.adoption import (
    DEFAULT_TARGET,
    AdoptionState,
    adoption_state,
    relapse_days,
    state_of_all,
    still_to_come,
    target_of,
)
from changedesk.domain.records import Audience, Initiative, Observation, Target
from changedesk.domain.saying import day_month, go_live_verb, in_days, percent
from changedesk.domain.usage.counts import GroupCounts, Use, everybody, left_out, total_counts, weekly_counts
from changedesk.domain.usage.kpis import levelled_at, speed_of, sustained_use
from changedesk.domain.usage.metrics import COUNTED_METHODS, SAID_METHODS, UTILIZATION, Metric, in_order, metric_of
from changedesk.domain.usage.outlook import ENOUGH_COUNTS, Asked, asked
from changedesk.domain.usage.relapse import best_level
from changedesk.domain.usage.views import CANCELLED, MetricView, SeriesView
from changedesk.values import dataclass

Curve = tuple[tuple[int, float], ...]
"""A finished roll-out: (days since its go-live, percent)."""


@dataclass(frozen=True, slots=True)
class History:
    """Finished roll-outs of the same client, single groups and whole initiatives: what forecasts of its kind know.

    A group of the initiative itself, an earlier wave of it, comes with its name; those of others have none.
    """

    groups: tuple[tuple[str, Curve], ...] = ()
    totals: tuple[Curve, ...] = ()

    def beside(self, group: str) -> tuple[Curve, ...]:
        """The groups that a group can be compared with: all but itself."""
        return tuple(curve for whose, curve in self.groups if whose != group)


NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class Ground:
    """What the views of an initiative are made of."""

    initiative: Initiative
    audiences: Sequence[Audience]
    observations: Sequence[Observation]
    targets: Sequence[Target]
    today: date
    history: History = field(default=NO_HISTORY)

    def go_live_of(self, audience: Audience) -> date | None:
        """The day of a group's own wave, else the initiative's."""
        return audience.go_live or self.initiative.go_live

    @property
    def waves(self) -> tuple[tuple[date, float], ...]:
        """Who goes live when: (day, people), earliest first."""
        found: dict[date, float] = {}
        for audience in self.audiences:
            day = self.go_live_of(audience)
            if day is not None and audience.headcount:
                found[day] = found.get(day, 0.0) + audience.headcount
        return tuple(sorted(found.items()))


def metric_views(ground: Ground) -> tuple[MetricView, ...]:
    """Every metric that is counted or has a target, and use in any case, in the order in which they are shown."""
    names = {o.metric for o in ground.observations} | {t.metric for t in ground.targets} | {UTILIZATION}
    by_metric: dict[str, dict[str, list[Observation]]] = {name: {} for name in names}
    for seen in ground.observations:
        if seen.date <= ground.today:
            by_metric[seen.metric].setdefault(seen.audience, []).append(seen)
    return tuple(_metric_view(ground, metric_of(name), by_metric[name]) for name in in_order(names))


def group_counts(ground: Ground, metric: str, seen: Mapping[str, Sequence[Observation]]) -> tuple[GroupCounts, ...]:
    """The counts of each group, also of those that have none."""
    return tuple(
        GroupCounts(
            audience.name,
            audience.headcount,
            ground.go_live_of(audience),
            weekly_counts(seen.get(audience.name, ()), audience.headcount, metric, COUNTED_METHODS),
            weekly_counts(seen.get(audience.name, ()), audience.headcount, metric, SAID_METHODS),
            tuple(sorted({one.method for one in seen.get(audience.name, ()) if one.method in COUNTED_METHODS})),
        )
        for audience in ground.audiences
    )


def _metric_view(ground: Ground, metric: Metric, seen: Mapping[str, Sequence[Observation]]) -> MetricView:
    counts = group_counts(ground, metric.name, seen)
    groups = tuple(_group_view(ground, metric, one) for one in counts)
    return MetricView(metric, _everybody_view(ground, metric, counts, groups), groups)


def _group_view(ground: Ground, metric: Metric, counts: GroupCounts) -> SeriesView:
    target = target_of(ground.targets, metric.name, counts.name)
    return _view(ground, metric, counts, counts.measured, target, ground.history.beside(counts.name))


def _everybody_view(
    ground: Ground, metric: Metric, counts: Sequence[GroupCounts], groups: Sequence[SeriesView]
) -> SeriesView:
    use = metric.name == UTILIZATION
    series = everybody(counts) if use else total_counts(counts)
    said = total_counts([GroupCounts(c.name, c.headcount, c.go_live, c.said, ()) for c in counts])
    starts = [c.go_live for c in counts if c.go_live is not None]
    whole = GroupCounts(
        "",
        sum(c.headcount for c in counts),
        min(starts, default=ground.initiative.go_live),
        series,
        said,
        tuple(sorted({method for c in counts for method in c.methods})),
    )
    target = target_of(ground.targets, metric.name, None)
    fallen = tuple(one for one in groups if one.state == "relapsed")
    begun = [one.state for one in groups if one.measured and one.state is not None]
    later = tuple(c.name for c in counts if not c.measured and c.go_live is not None and c.go_live > ground.today)
    return _view(
        ground,
        metric,
        whole,
        series,
        target,
        ground.history.totals,
        state=state_of_all([*begun, *still_to_come(counts)]) if use and series else None,
        fallen=fallen,
        left_out=left_out(counts, ground.today) if use and series else (),
        to_come=later if use and series else (),
    )


def _view(
    ground: Ground,
    metric: Metric,
    counts: GroupCounts,
    series: tuple[Use, ...],
    target: Target | None,
    history: tuple[Curve, ...],
    *,
    state: AdoptionState | None = None,
    fallen: Sequence[SeriesView] = (),
    left_out: tuple[str, ...] = (),
    to_come: tuple[str, ...] = (),
) -> SeriesView:
    by = target.by if target else None
    goal, use = DEFAULT_TARGET if target is None else target.target, metric.name == UTILIZATION
    if state is None and use:
        state = adoption_state(series, goal)
    view = SeriesView(
        audience=counts.name or None,
        metric=metric,
        headcount=counts.headcount,
        go_live=counts.go_live,
        measured=series,
        said=counts.said,
        methods=counts.methods,
        target=target.target if target else None,
        by=by,
        state=state,
        best=best_level([one.percent for one in series]),
        relapses=relapse_days(series) if use and counts.name else (),
        speed=speed_of(series, counts.go_live, goal, by, ground.today) if use else None,
        sustained=sustained_use(series, counts.go_live, ground.today) if use else None,
        levelled=levelled_at(series) if use else None,
        question=None,
        reason="",
        left_out=left_out,
        to_come=to_come,
    )
    reason = CANCELLED if ground.initiative.cancelled else _why_not(view, fallen, ground)
    return replace(view, reason=reason, question=None if reason else _question(ground, view, history))


def _question(ground: Ground, view: SeriesView, history: tuple[Curve, ...]) -> Asked | None:
    """What a forecast is asked; a plan of waves is part of it while anybody is still to go live."""
    since = view.go_live or (view.measured[0].day if view.measured else None)
    if since is None:
        return None
    if view.measured and view.measured[0].day < since:
        since = view.measured[0].day
    waves = ground.waves if view.audience is None and view.metric.name == UTILIZATION else ()
    ahead = waves if any(day > (view.measured[-1].day if view.measured else since) for day, _ in waves) else ()
    return asked(
        view.measured,
        since,
        target=view.target,
        by=view.by,
        waves=ahead,
        history=history if view.metric.name == UTILIZATION else (),
    )


def _why_not(view: SeriesView, fallen: Sequence[SeriesView], ground: Ground) -> str:
    """Why there is no forecast, as a sentence with what would bring one; empty when there is one."""
    metric = view.metric
    if metric.nature == "output":
        return "An output: it says what was done, not that people use it; it is not forecast."
    if view.suspended:
        worst = max(fallen, key=lambda one: (one.best or 0) - (one.percent or 0), default=view)
        was = "" if worst.best is None else f", were at {percent(worst.best)}"
        who = worst.audience or "people"
        return (
            f"Suspended: {who} went back to the old way ({percent(worst.percent)}{was});"
            " counts from before it say nothing of now."
        )
    if not view.measured and view.said:
        return "Only what people say of themselves is known; it is shown apart and not forecast."
    if metric.sampled and len(view.measured) < ENOUGH_COUNTS:
        have = (
            f"{len(view.measured)} of the {ENOUGH_COUNTS} counts"
            if view.measured
            else f"none of the {ENOUGH_COUNTS} counts"
        )
        return f"No forecast yet: it has {have} that one needs."
    if view.measured:
        return ""
    day, today, live = view.go_live, ground.today, ground.initiative.go_live_actual is not None
    if day is None:
        return "No forecast yet: nobody knows when it goes live."
    if day < today or (live and day == today):
        verb = go_live_verb(day, today, went_live=live)
        return f"Nobody has counted it since it {verb} {in_days(day, today)} ({day_month(day, today)})."
    return ""
