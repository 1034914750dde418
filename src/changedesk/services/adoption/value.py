"""Was it worth it? The chain from approval to benefit, each benefit's curve, and what waits for people to use it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from changedesk.domain.counted import counted
from changedesk.domain.measures.benefits import SpeedToValue, realised, speed_to_value
from changedesk.domain.records import Gate, Initiative
from changedesk.domain.saying import percent
from changedesk.domain.usage.ground import metric_views
from changedesk.domain.usage.metrics import metric_of
from changedesk.domain.usage.objectives import Objective, objectives_of
from changedesk.domain.usage.value import BenefitView, Chain, LookBack, benefit_view, chain_of, looks_back
from changedesk.domain.usage.views import SeriesView
from changedesk.services.control.lights import serving
from changedesk.services.initiative.gates import current_gates
from changedesk.services.lookup import initiative_in_view
from changedesk.services.session import Session, authorise
from changedesk.store.control import requests
from changedesk.store.desk.database import Connection
from changedesk.store.initiative import adoption, objectives, working
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the value chain: what it is, its day (None: not yet, or unknown) and what is said of it.

    ``done`` says that it has happened; otherwise ``day`` is when it is planned.
    """

    name: str
    day: date | None
    done: bool
    said: str


@dataclass(frozen=True, slots=True)
class ValuePage:
    """What an initiative was to bring and what has come of it, on ``today``.

    ``links`` are approval, go-live, adoption and benefit; ``chain`` the three bars whose product is the share to be
    expected of what depends on people. ``speed`` is None before go-live and while no benefit was measured since.
    """

    today: date
    initiative_id: str
    code: str
    title: str
    client: str
    go_live: date | None
    went_live: bool
    cancelled: bool
    outcome_owner: str | None
    links: tuple[Link, ...]
    chain: Chain
    benefits: tuple[BenefitView, ...]
    speed: SpeedToValue | None
    looks: tuple[LookBack, ...]
    objectives: tuple[Objective, ...]


def value_page(session: Session, initiative_id: str) -> ValuePage:
    """Benefits and value of an initiative as they stand today."""
    authorise(session, "desk.read")
    record, today = initiative_in_view(session, initiative_id), session.today
    with session.desk.snapshot() as conn:
        metrics = metric_views(adoption.ground(conn, record, today, history=False))
        benefits = working.benefits(conn, record.id)
        measured = working.benefit_observations(conn, record.id)
        results = objectives.key_results(conn, record.id)
        gates = current_gates(conn, session.desk.lifecycle, record)
        approval = _approval(session, conn, record, gates)
    use = metrics[0].everybody  # use comes first
    proficiency = next((one.everybody for one in metrics if one.metric.name == "proficiency"), None)
    chain = chain_of(use.speed, use.now, proficiency.now if proficiency else None)
    views = tuple(benefit_view(one, measured, record.go_live, chain, today) for one in benefits)
    speed = speed_to_value(benefits, measured, record.go_live_actual, today)
    ways = {one.metric.name: _way(one.everybody) for one in metrics}
    seen = {one.benefit.name: realised(one.benefit, one.value) for one in views if one.value is not None}
    return ValuePage(
        today=today,
        initiative_id=record.id,
        code=record.code,
        title=record.title,
        client=record.client,
        go_live=record.go_live,
        went_live=record.go_live_actual is not None,
        cancelled=record.cancelled,
        outcome_owner=record.outcome_owner,
        links=(approval, _go_live(record), _adopted(use), _benefit(views, speed)),
        chain=chain,
        benefits=views,
        speed=speed,
        looks=looks_back(record.go_live_actual, use.measured, benefits, measured, today),
        objectives=objectives_of(results, ways, seen),
    )


def _approval(session: Session, conn: Connection, record: Initiative, gates: Sequence[Gate]) -> Link:
    """The decision on the change that is its go-live; without one, the plan that both sides signed."""
    changes = serving(session, conn, record.id)
    for one in changes:
        if one.is_go_live:
            change = requests.by_id(conn, session.scope, one.id)
            decided = change.decided_at if change is not None and one.approval == "approved" else None
            day = None if decided is None else decided.astimezone(session.zone).date()
            return Link("Approval", day, decided is not None, f"{one.number} {one.words}")
    signed = next((gate for gate in gates if gate.name == "planning" and gate.signed), None)
    if signed is None:
        others = f"no go-live among {counted(len(changes), 'change')}" if changes else "no change, no plan signed"
        return Link("Approval", None, False, others)
    day = max(one.signed_at for one in signed.signatures if one.counts).astimezone(session.zone).date()
    return Link("Approval", day, True, "plan signed by both sides")


def _go_live(record: Initiative) -> Link:
    if record.go_live_actual is not None:
        return Link("Go-live", record.go_live_actual, True, "live")
    if record.cancelled:
        return Link("Go-live", record.go_live_planned, False, "cancelled")
    return Link("Go-live", record.go_live_planned, False, "not live yet" if record.go_live_planned else "no date yet")


def _adopted(use: SeriesView) -> Link:
    """When use was enough and stayed so; until then how far it is."""
    if use.percent is None:
        return Link("Adoption", use.by, False, "nobody was counted yet")
    now = f"{percent(use.percent)} use it"
    if use.state == "relapsed":
        return Link("Adoption", None, False, f"{now}, slipping back")
    if (
        use.state in ("adopted", "recovered")
        and use.speed is not None
        and use.speed.reached
        and use.go_live is not None
    ):
        day = date.fromordinal(use.go_live.toordinal() + use.speed.days)
        return Link("Adoption", day, True, now)
    goal = "" if use.target is None else f", target {percent(use.target)}"
    return Link("Adoption", use.by, False, f"{now}{goal}")


def _benefit(views: Sequence[BenefitView], speed: SpeedToValue | None) -> Link:
    """When the first benefit was felt; until then how far the furthest is."""
    if all(one.worse for one in views):
        return Link("Benefit", None, False, "none is named")
    if speed is not None and not speed.censored:
        return Link("Benefit", speed.as_of, True, f"after {speed.said}: {speed.benefit}")
    known = [one for one in views if one.way is not None and not one.worse]
    due = min((one.benefit.due for one in views if one.benefit.due is not None and not one.worse), default=None)
    if not known:
        return Link("Benefit", due, False, "not measured yet")
    best = max(known, key=lambda one: one.way or 0.0)
    return Link("Benefit", due, False, f"{percent(best.way)} of the way")


def _way(series: SeriesView) -> float | None:
    """How far a metric is on the way to its target, in percent; an output shows no key result."""
    if series.percent is None or not series.target or not metric_of(series.metric.name).colours:
        return None
    return 100 * series.percent / series.target
