"""What every playbook must keep, so that no initiative begins with a people plan that is an afterthought.

Each rule yields what is wrong as (key of the file, reason).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from changedesk.domain.closing import SUSTAIN_DAYS
from changedesk.domain.flags import LATE_START_DAYS, PEOPLE_NEEDS
from changedesk.domain.planning.playbook import Playbook
from changedesk.domain.words import (
    ACTIVITY_KINDS,
    ASPECTS,
    CHECKPOINTS,
    LANES,
    OUTCOME_METRICS,
    OUTPUT_METRICS,
    PHASES,
    READINESS_ABOUT,
    READINESS_KINDS,
    RESISTANCE_ACTIONS,
    RISK_KINDS,
    ROLES,
    SIGNING_LANES,
    plain,
)

Fault = tuple[str, str]
Rule = Callable[[Playbook], Iterator[Fault]]


def playbook_faults(playbook: Playbook) -> tuple[Fault, ...]:
    """Everything that is wrong with a playbook, in the order of the file's keys; empty when it may be used."""
    return tuple(fault for rule in _RULES for fault in rule(playbook))


def _words(playbook: Playbook) -> Iterator[Fault]:
    for lane in LANES:
        for n, activity in enumerate(playbook.lane(lane), 1):
            yield from _one_of(f"{lane}[{n}].phase", activity.phase, PHASES[lane], f"a phase of the {lane} lane")
            yield from _one_of(f"{lane}[{n}].kind", activity.kind, ACTIVITY_KINDS[lane], f"a kind of the {lane} lane")
            yield from _one_of(f"{lane}[{n}].owner", activity.owner, ROLES, "a role")
    for n, audience in enumerate(playbook.audiences, 1):
        for aspect, _ in audience.impacts:
            yield from _one_of(f"audiences[{n}].impacts", aspect, ASPECTS, "an aspect of impact")
    for n, item in enumerate(playbook.readiness, 1):
        yield from _one_of(f"readiness[{n}].about", item.about, READINESS_ABOUT, "what readiness is about")
        yield from _one_of(f"readiness[{n}].checkpoint", item.checkpoint, CHECKPOINTS, "a checkpoint")
        yield from _one_of(f"readiness[{n}].lane", item.lane, SIGNING_LANES, "a lane that signs")
        if item.kind is not None:
            yield from _one_of(f"readiness[{n}].kind", item.kind, READINESS_KINDS, "a kind of readiness")
    for n, resistance in enumerate(playbook.resistance, 1):
        yield from _one_of(f"resistance[{n}].action", resistance.action, RESISTANCE_ACTIONS, "an action")
    for n, metric in enumerate(playbook.metrics, 1):
        yield from _one_of(f"metrics[{n}].kind", metric.kind, ("output", "outcome"), "a kind of metric")
        yield from _one_of(f"metrics[{n}].better", metric.better, ("higher", "lower"), "a direction")
    for n, risk in enumerate(playbook.risks, 1):
        yield from _one_of(f"risks[{n}].kind", risk.kind, RISK_KINDS, "a kind of risk")


def _names(playbook: Playbook) -> Iterator[Fault]:
    for lane in LANES:
        yield from _unique(lane, "title", [activity.title for activity in playbook.lane(lane)])
    yield from _unique("audiences", "name", [audience.name for audience in playbook.audiences])
    yield from _unique("metrics", "name", [metric.name for metric in playbook.metrics])
    yield from _unique("benefits", "name", [benefit.name for benefit in playbook.benefits])
    yield from _unique("risks", "title", [risk.title for risk in playbook.risks])
    items = [f"{one.item} of {one.audience or 'all'}" for one in playbook.readiness]
    yield from _unique("readiness", "item", items)
    yield from _unique("resistance", "what", [one.what for one in playbook.resistance])
    yield from _unique("proficiency", "what", [one.what for one in playbook.proficiency])
    pairs = [f"{target.metric} of {target.audience or 'all'}" for target in playbook.targets]
    yield from _unique("targets", "metric", pairs)


def _audiences(playbook: Playbook) -> Iterator[Fault]:
    known = tuple(audience.name for audience in playbook.audiences)
    named: list[tuple[str, str | None]] = []
    for lane in LANES:
        named += [(f"{lane}[{n}]", a.audience) for n, a in enumerate(playbook.lane(lane), 1)]
    for n, item in enumerate(playbook.readiness, 1):
        named.append((f"readiness[{n}]", item.audience))
        if (item.about == "audience") != (item.audience is not None):
            yield f"readiness[{n}].audience", "an audience is named exactly when the item is about an audience"
    named += [(f"resistance[{n}]", one.audience) for n, one in enumerate(playbook.resistance, 1)]
    named += [(f"proficiency[{n}]", one.audience) for n, one in enumerate(playbook.proficiency, 1)]
    named += [(f"targets[{n}]", one.audience) for n, one in enumerate(playbook.targets, 1)]
    for key, audience in named:
        if audience is not None:
            yield from _one_of(f"{key}.audience", audience, known, "an audience of this playbook")


def _days(playbook: Playbook) -> Iterator[Fault]:
    for lane in LANES:
        for n, activity in enumerate(playbook.lane(lane), 1):
            if activity.start > activity.end:
                yield f"{lane}[{n}].plan", f"it ends on day {activity.end}, before it starts on day {activity.start}"
    for phase in ("initiation", "planning"):
        if not any(activity.phase == phase and activity.end < 0 for activity in playbook.lane("delivery")):
            yield "delivery", f"no work of the {phase} phase ends before go-live, so its gate would have no day"
    if not any(activity.milestone and activity.end == 0 for activity in playbook.lane("delivery")):
        yield "delivery", "no milestone ends on day 0: the go-live itself is one"


def _anchors(playbook: Playbook) -> Iterator[Fault]:
    milestones = [activity.title for activity in playbook.activities if activity.milestone]
    if len(set(milestones)) < len(milestones):
        yield "delivery", "two milestones have the same title, so nothing could be tied to one of them"
    for lane in LANES:
        for n, activity in enumerate(playbook.lane(lane), 1):
            if activity.anchor is not None and activity.milestone:
                yield f"{lane}[{n}].anchor", "a milestone is tied to no other"
            elif activity.anchor is not None:
                yield from _one_of(f"{lane}[{n}].anchor", activity.anchor, tuple(milestones), "a milestone")
            elif lane == "people":
                yield f"people[{n}].anchor", "people work is tied to a milestone, so that both move together"


def _people(playbook: Playbook) -> Iterator[Fault]:
    people, delivery = playbook.lane("people"), playbook.lane("delivery")
    for kind in PEOPLE_NEEDS:
        if not any(activity.kind == kind for activity in people):
            yield "people", f"there is no {plain(kind)}; people work is more than communication and training"
    begins, charter = min(a.start for a in people), min(a.start for a in delivery)
    if begins - charter > LATE_START_DAYS:
        yield "people", f"it begins {begins - charter} days after the charter; {LATE_START_DAYS} are allowed"
    planned_by = max((a.end for a in delivery if a.phase == "planning"), default=begins)
    if begins > planned_by:
        yield "people", "it begins after the planning gate"
    if max(a.end for a in people) < SUSTAIN_DAYS:
        yield "people", f"it ends before day {SUSTAIN_DAYS}; whether the new way stays shows after go-live"


def _measures(playbook: Playbook) -> Iterator[Fault]:
    outputs = {metric.name for metric in playbook.metrics if metric.kind == "output"}
    lower = {metric.name for metric in playbook.metrics if metric.better == "lower"}
    known = tuple(metric.name for metric in playbook.metrics)
    for n, metric in enumerate(playbook.metrics, 1):
        fixed = {**dict.fromkeys(OUTCOME_METRICS, "outcome"), **dict.fromkeys(OUTPUT_METRICS, "output")}
        if metric.name in fixed and (metric.kind != fixed[metric.name] or metric.better != "higher"):
            yield f"metrics[{n}]", f"{metric.name} is always an {fixed[metric.name]} of which more is better"
    for n, target in enumerate(playbook.targets, 1):
        yield from _one_of(f"targets[{n}].metric", target.metric, known, "a metric of this playbook")
        if target.metric in lower:
            yield f"targets[{n}].metric", f"less of {target.metric} is better; a target says how much is to be reached"
        if target.metric not in outputs and target.by <= 0:
            yield f"targets[{n}].by", "an outcome shows after go-live only"
    if not any(target.metric == "utilization" for target in playbook.targets):
        yield "targets", "there is no target of utilization, so the people lane could never close"


def _risks(playbook: Playbook) -> Iterator[Fault]:
    for kind in RISK_KINDS:
        if not any(risk.kind == kind for risk in playbook.risks):
            yield "risks", f"there is no {kind} risk; both lanes have some"


_RULES: Final[tuple[Rule, ...]] = (_words, _names, _audiences, _days, _anchors, _people, _measures, _risks)


def _one_of(key: str, word: str, words: tuple[str, ...], noun: str) -> Iterator[Fault]:
    if word not in words:
        yield key, f"{word!r} is not {noun}; it is one of {', '.join(words)}"


def _unique(key: str, column: str, values: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, value in enumerate(values, 1):
        if value in seen:
            yield f"{key}[{n}].{column}", f"{value!r} is there twice"
        seen.add(value)
