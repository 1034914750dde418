"""Everything on the Adoption screen about one initiative but the forecasts, which come a moment later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from changedesk.domain.by_group import by_group
from changedesk.domain.forecast.proficiency import Proficiency, shrunk
from changedesk.domain.records import Activity, Audience
from changedesk.domain.thresholds import Thresholds
from changedesk.domain.usage.calibration import NOTHING_JUDGED, KeptForecast, Score, judged
from changedesk.domain.usage.ground import Ground, metric_views
from changedesk.domain.usage.kpis import competency_times
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.usage.old_ways import OldWays, old_ways
from changedesk.domain.usage.survival import Duration, Median, median_time
from changedesk.domain.usage.views import MetricView, SeriesView, Standing
from changedesk.domain.working import Workaround
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session, authorise
from changedesk.store.initiative import adoption, forecasts, initiatives, working
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Competency:
    """How long the people of a role take from the start of their training until they can do it."""

    role: str
    median: Median


@dataclass(frozen=True, slots=True)
class Able:
    """How well a group does it: plain counts, and the rate that so few counts allow to say."""

    group: str
    found: Proficiency
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    """An initiative's adoption on ``today``.

    ``metrics`` always begin with use. ``speed`` is the median over the groups; ``score`` how often earlier forecasts held;
    ``kept`` are those forecasts, oldest first. ``waves`` are the days on which groups go live.
    """

    today: date
    initiative_id: str
    code: str
    title: str
    client: str
    state: str
    go_live: date | None
    went_live: bool
    metrics: tuple[MetricView, ...]
    waves: tuple[tuple[date, tuple[str, ...]], ...]
    speed: Median
    competency: tuple[Competency, ...]
    able: tuple[Able, ...]
    score: Score
    kept: tuple[KeptForecast, ...]
    old_ways: OldWays
    thresholds: Thresholds

    @property
    def use(self) -> MetricView:
        """How many use it."""
        return self.metrics[0]

    def standing(self, series: SeriesView) -> Standing | None:
        """Where a series stands in use; before the initiative has gone live it is not live, whatever was counted."""
        return "not_live" if series.state is not None and not self.went_live else series.standing(self.today)

    @property
    def newest(self) -> KeptForecast | None:
        """The newest kept forecast of everybody's use, which lists show; None while there is none."""
        of_use = (one for one in reversed(self.kept) if one.metric == UTILIZATION and one.audience is None)
        return next(of_use, None)

    def metric(self, name: str) -> MetricView:
        """A metric by its name; use for one that is not there."""
        return next((one for one in self.metrics if one.metric.name == name), self.use)


def adoption_page(session: Session, initiative_id: str) -> AdoptionPage:
    """The adoption of an initiative as it stands today."""
    authorise(session, "desk.read")
    record = initiative_in_view(session, initiative_id)
    with session.desk.snapshot() as conn:
        ground = adoption.ground(conn, record, session.today)
        activities = initiatives.activities(conn, record.id)
        kept = forecasts.kept_forecasts(conn, record.id)
        noted = working.workarounds(conn, record.id)
    return page_of(ground, activities, kept, noted, session.thresholds)


def page_of(
    ground: Ground,
    activities: Sequence[Activity],
    kept: Sequence[KeptForecast],
    noted: Sequence[Workaround],
    thresholds: Thresholds,
) -> AdoptionPage:
    """The page from its records."""
    record, today = ground.initiative, ground.today
    metrics = metric_views(ground)
    speeds = [group.speed.duration for group in metrics[0].groups if group.speed is not None]
    return AdoptionPage(
        today=today,
        initiative_id=record.id,
        code=record.code,
        title=record.title,
        client=record.client,
        state=record.effective_state,
        go_live=record.go_live,
        went_live=record.go_live_actual is not None,
        metrics=metrics,
        waves=_waves(ground),
        speed=median_time(speeds),
        competency=_competency(ground, metrics, activities),
        able=_able(metrics),
        score=score_of(metrics, kept),
        kept=tuple(kept),
        old_ways=old_ways(noted, today),
        thresholds=thresholds,
    )


def score_of(metrics: Iterable[MetricView], kept: Sequence[KeptForecast]) -> Score:
    """How the kept forecasts did against what was counted since, over every series that was forecast."""
    total = NOTHING_JUDGED
    for metric in metrics:
        own = by_group(one for one in kept if one.metric == metric.metric.name)
        for series in metric.all:
            total = total.plus(judged(own[series.audience], series.measured))
    return total


def _waves(ground: Ground) -> tuple[tuple[date, tuple[str, ...]], ...]:
    days: dict[date, list[str]] = {}
    for audience in ground.audiences:
        day = ground.go_live_of(audience)
        if day is not None:
            days.setdefault(day, []).append(audience.name)
    return tuple((day, tuple(names)) for day, names in sorted(days.items()))


def _competency(
    ground: Ground, metrics: Sequence[MetricView], activities: Sequence[Activity]
) -> tuple[Competency, ...]:
    """By role, with every group of it; a group without a role is one of its own."""
    tested = next((one for one in metrics if one.metric.name == "proficiency"), None)
    if tested is None:
        return ()
    by_role: dict[str, list[Duration]] = {}
    for audience in ground.audiences:
        times = competency_times(tested.of(audience.name).measured, _training_began(audience, ground, activities))
        if times:
            by_role.setdefault(audience.role or audience.name, []).extend(times)
    return tuple(Competency(role, median_time(times)) for role, times in sorted(by_role.items()))


def _training_began(audience: Audience, ground: Ground, activities: Sequence[Activity]) -> date | None:
    """The first day of a training of the group, else the first on which anybody of it had been trained."""
    days = [
        one.actual_start
        for one in activities
        if (one.kind or one.phase) == "training" and one.audience == audience.name and one.actual_start is not None
    ]
    days += [o.date for o in ground.observations if o.metric == "training" and o.audience == audience.name]
    return min(days, default=None)


def _able(metrics: Sequence[MetricView]) -> tuple[Able, ...]:
    """Each group that was looked at; small groups are drawn towards what all groups have in common."""
    tested = next((one for one in metrics if one.metric.name == "proficiency"), None)
    groups: list[SeriesView] = [] if tested is None else [one for one in tested.groups if one.now is not None]
    rates = shrunk([(one.now.using, one.now.of) for one in groups if one.now is not None])
    return tuple(Able(one.name, rate, one.methods) for one, rate in zip(groups, rates, strict=True))
