"""The two columns of facts under the lanes: delivered correctly, and used well (R19-R28).

Each answer comes from data alone and says why; an output (training given) never answers the question of an outcome (R47).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from changedesk.domain.lag import days_behind, deployment_gap
from changedesk.domain.records import Activity, Audience, Gate, Initiative, Observation, Target
from changedesk.domain.saying import count, day_month, in_days, percent
from changedesk.domain.standing import Standing
from changedesk.domain.words import OUTPUT_METRICS, plain

_SHOWN_AUDIENCES = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a column: a name, a value, perhaps a share for a bar, and a note. ``kind`` is output, outcome or empty."""

    name: str
    value: str
    share: float | None = None
    note: str = ""
    kind: str = ""
    level: str = ""
    indent: bool = False


@dataclass(frozen=True, slots=True)
class FactColumn:
    """A question with its answer (yes, no, not yet, unknown), the reason, and the facts behind it."""

    lane: str
    question: str
    answer: str
    because: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What the facts are made of."""

    initiative: Initiative
    activities: Sequence[Activity]
    audiences: Sequence[Audience]
    targets: Sequence[Target]
    latest: Sequence[Observation]
    gates: Sequence[Gate]
    standing: Standing
    today: date


def delivery_column(m: Material) -> FactColumn:
    """Was it delivered correctly? Plan, milestones, checkpoints."""
    lane = m.standing.delivery
    own = [activity for activity in m.activities if activity.lane == "delivery"]
    behind = days_behind(lane, m.today)
    if lane.progress is None:
        answer, because = "unknown", "there is no delivery plan"
    elif not lane.finished:
        answer, because = "not yet", f"{percent(100 * lane.progress)} of the planned work is done"
    elif behind is not None and behind > 0:
        answer, because = "no", f"all done, {_days(behind)} late"
    else:
        answer, because = (
            "yes",
            "all planned work is done, on time" if behind is not None else "all planned work is done",
        )
    facts = [Fact("Work", _done_of(own), lane.progress, "activities by weight", "output")]
    facts.append(Fact("Schedule", _behind(behind), None, "against its baseline", "output", _lag_level(behind)))
    milestones = [activity for activity in own if activity.milestone]
    missed = [a for a in milestones if (a.actual_end or m.today) > (a.baseline_end or a.planned_end)]
    due = [a for a in milestones if a.actual_end or (a.baseline_end or a.planned_end) < m.today]
    if milestones:
        note = _late_milestone(missed, m.today) if missed else f"{len(due)} of {len(milestones)} due so far"
        facts.append(
            Fact("Milestones", f"{len(missed)} of {len(due)} missed", None, note, "output", "risk" if missed else "")
        )
    overdue = [a for a in own if a.actual_end is None and a.planned_end < m.today]
    if overdue:
        first = min(overdue, key=lambda a: a.planned_end)
        facts.append(
            Fact(
                "Overdue",
                count(len(overdue)),
                None,
                f"{first.title}, due {in_days(first.planned_end, m.today)}",
                "output",
                "late",
            )
        )
    if m.initiative.budget is not None:
        facts.append(
            Fact("Budget", f"{m.initiative.budget:,.0f} {m.initiative.currency or ''}".strip(), None, "planned")
        )
    facts.append(_signed(m, "delivery"))
    facts.append(
        Fact(
            "Owner",
            m.initiative.project_owner or "?",
            None,
            "project owner" if m.initiative.project_owner else "no project owner",
        )
    )
    return FactColumn("delivery", "Was it delivered correctly?", answer, because, tuple(facts))


def people_column(m: Material) -> FactColumn:
    """Are people using it well? Use observed against target, audience by audience."""
    answer, because = _used(m)
    adoption = m.standing.adoption
    facts = [
        Fact(
            "People work",
            percent(_hundred(m.standing.people.progress)),
            m.standing.people.progress,
            f"for {count(m.standing.headcount)} people",
            "output",
        )
    ]
    note = f"observed {in_days(adoption.observed_on, m.today)}" if adoption.observed_on else "nothing observed yet"
    share = None if adoption.percent is None else adoption.percent / 100
    facts.append(
        Fact(
            "In use", percent(adoption.percent), share, note, "outcome", "late" if adoption.state == "relapsed" else ""
        )
    )
    facts.extend(_audience_facts(m))
    if adoption.target is not None:
        by = f"by {day_month(adoption.by, m.today)}" if adoption.by else ""
        facts.append(Fact("Target", percent(adoption.target), None, f"use it {by}".strip(), "outcome"))
    if m.standing.went_live:
        gap = deployment_gap(m.standing.delivery.progress, adoption.percent)
        if gap is not None:
            facts.append(
                Fact("Gap", f"{gap:.0f} points", None, "delivered minus in use", "outcome", "risk" if gap >= 20 else "")
            )
    facts.extend(_other_metrics(m))
    facts.append(_signed(m, "people"))
    facts.append(
        Fact(
            "Owner",
            m.initiative.change_owner or "?",
            None,
            "change owner" if m.initiative.change_owner else "no change owner",
        )
    )
    return FactColumn("people", "Are people using it well?", answer, because, tuple(facts))


def _used(m: Material) -> tuple[str, str]:
    adoption = m.standing.adoption
    if (
        not m.standing.went_live
        and (m.standing.go_live is None or m.standing.go_live > m.today)
        and adoption.percent is None
    ):
        return "not yet", "not live yet"
    if adoption.percent is None:
        return "unknown", "no use has been observed"
    now = f"{percent(adoption.percent)} use it"
    if adoption.state == "relapsed":
        return "no", f"{now}: back to the old way" + (f" in {adoption.worst}" if adoption.worst else "")
    if adoption.state in ("adopted", "recovered"):
        return "yes", f"{now}, held"
    if adoption.by is not None and adoption.by < m.today:
        return "no", f"{now}, {percent(adoption.target)} were due {in_days(adoption.by, m.today)}"
    return "not yet", now


def _audience_facts(m: Material) -> list[Fact]:
    """The audiences with the lowest observed use: where it breaks first."""
    newest = {
        o.audience: o
        for o in sorted(m.latest, key=lambda o: o.date)
        if o.metric == "utilization" and o.method != "self_reported"
    }
    lowest = sorted(newest.values(), key=lambda o: (o.percent, o.audience))[:_SHOWN_AUDIENCES]
    if len(newest) < 2:
        return []
    return [Fact(o.audience, percent(o.percent), o.percent / 100, _counts(o), "outcome", indent=True) for o in lowest]


def _other_metrics(m: Material) -> list[Fact]:
    """Every other metric as its newest counts over all audiences; what people said of themselves stays apart (invariant 17)."""
    facts: list[Fact] = []
    keys = sorted({(o.metric, o.method == "self_reported") for o in m.latest if o.metric != "utilization"})
    for metric, self_reported in keys:
        counted = [o for o in m.latest if o.metric == metric and (o.method == "self_reported") == self_reported]
        total = sum(o.denominator for o in counted)
        value = 100 * sum(o.numerator for o in counted) / total
        kind = "output" if metric in OUTPUT_METRICS else "outcome"
        note = ("self-reported, " if self_reported else "") + f"n {total:,.0f}"
        facts.append(Fact(plain(metric).capitalize(), percent(value), value / 100, note, kind))
    return facts


def _signed(m: Material, lane: str) -> Fact:
    used = [gate for gate in m.gates if gate.in_use]
    signed = sum(gate.signature(lane) is not None for gate in used)
    if not used:
        return Fact("Gates", "?", None, "none followed on this desk yet")
    following = next((gate for gate in used if gate.signature(lane) is None), None)
    note = f"next: {plain(following.name)}" if following else "all signed"
    return Fact("Gates", f"{signed} of {len(used)} signed", None, note)


def _done_of(activities: Sequence[Activity]) -> str:
    return f"{sum(a.actual_end is not None for a in activities)} of {len(activities)} done"


def _behind(days: int | None) -> str:
    if days is None:
        return "?"
    if days == 0:
        return "on plan"
    return f"{_days(days)} behind" if days > 0 else f"{_days(-days)} ahead"


def _days(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _lag_level(days: int | None) -> str:
    return "" if days is None or days < 5 else "late" if days >= 14 else "risk"


def _late_milestone(missed: Sequence[Activity], today: date) -> str:
    worst = max(missed, key=lambda a: ((a.actual_end or today) - (a.baseline_end or a.planned_end)).days)
    late = ((worst.actual_end or today) - (worst.baseline_end or worst.planned_end)).days
    return f"{worst.title}, {late} d late"


def _counts(observation: Observation) -> str:
    if observation.from_percentages:
        return "from percentages"
    return f"{observation.numerator:,.0f} of {observation.denominator:,.0f}"


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share
