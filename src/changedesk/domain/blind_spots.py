"""What nobody is looking at: everything that is missing before the operating model can be trusted (R5, R7, R107).

Each rule is a small function that yields what it finds, each finding with what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from changedesk.domain.benefits import newest
from changedesk.domain.counted import counted, listed
from changedesk.domain.decisions import sides_missing
from changedesk.domain.earned_value import LOW_CHANGE_BUDGET, change_budget_share, low_change_budget
from changedesk.domain.material import Material
from changedesk.domain.records import Activity
from changedesk.domain.risks import risk_totals
from changedesk.domain.saying import in_days, percent
from changedesk.domain.words import PHASES, plain

STALE_DAYS: Final = 21
"""Figures older than so many days are no longer looked at as current."""


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """Something that nobody sees: ``rule`` names it, ``weight`` (1 to 100) says how much hangs on it."""

    rule: str
    weight: int
    sentence: str
    to_do: str


Rule = Callable[[Material], Iterator[BlindSpot]]


def blind_spots(material: Material) -> tuple[BlindSpot, ...]:
    """Every blind spot, the heaviest first, those of one weight by rule and sentence; none of what was cancelled.

    Of a closed initiative only what must last is asked: its outcome's owner, its benefits and its people's use.
    """
    if material.standing.state == "cancelled":
        return ()
    rules = RULES_WHEN_CLOSED if material.standing.state == "closed" else RULES
    found = [spot for rule in rules for spot in rule(material)]
    return tuple(sorted(found, key=lambda spot: (-spot.weight, spot.rule, spot.sentence)))


def owners(m: Material) -> Iterator[BlindSpot]:
    """Nobody owns a side, one person owns both (R7), nobody sponsors it."""
    one = m.initiative
    if not one.project_owner:
        yield BlindSpot("no_project_owner", 100, "Nobody owns the delivery.", "Name a project owner.")
    if not one.change_owner:
        yield BlindSpot("no_change_owner", 100, "Nobody owns the people side.", "Name a change owner.")
    elif one.change_owner == one.project_owner:
        yield BlindSpot(
            "one_owner", 95, f"{one.change_owner} owns both sides.", "Name a second person: both sides sign, never one for both."
        )  # fmt: skip
    if not one.sponsor:
        yield BlindSpot("no_sponsor", 90, "Nobody sponsors it.", "Name the leader who stands for it in person.")


def go_live(m: Material) -> Iterator[BlindSpot]:
    """Nobody knows when it goes live."""
    if m.initiative.go_live is None:
        yield BlindSpot("no_go_live", 90, "There is no go-live date.", "Plan one; it can move.")


def purpose(m: Material) -> Iterator[BlindSpot]:
    """No charter (R134), no benefit (R147), or one that cannot be measured."""
    if not m.charter:
        yield BlindSpot("no_charter", 80, "There is no charter.", "Say where the approved one is.")
    if not m.benefits:
        yield BlindSpot(
            "no_benefit", 85, "Nobody has said what it is done for.", "Add a benefit with its baseline and target."
        )
    level = [benefit.name for benefit in m.benefits if benefit.target == benefit.baseline]
    if level:
        yield BlindSpot(
            "benefit_without_way", 70, f"The target is the baseline of {listed(level)}.", "Measure the baseline again, or set a target that differs."
        )  # fmt: skip


def benefits_observed(m: Material) -> Iterator[BlindSpot]:
    """After go-live, a benefit that nobody has measured."""
    if not m.standing.went_live:
        return
    unseen = [
        state.benefit.name for state in newest(m.benefits, m.benefit_observations, m.today) if state.as_of is None
    ]
    if unseen:
        yield BlindSpot(
            "benefit_unobserved", 75, f"Nobody has measured {listed(unseen)}.", "Record what it is now, so that it can be held against its baseline."
        )  # fmt: skip


def outcome_owner(m: Material) -> Iterator[BlindSpot]:
    """Nobody answers for the outcome after the project is gone (R140); the later, the heavier."""
    if not m.outcome_owner:
        yield BlindSpot(
            "no_outcome_owner", 85 if m.standing.went_live else 60, "Nobody answers for the outcome after closing.", "Name who does in operations."
        )  # fmt: skip


def reinforcement(m: Material) -> Iterator[BlindSpot]:
    """Nobody keeps the new way alive after the project team leaves (R64)."""
    work = [a for a in m.lane("people") if "reinforcement" in (a.kind, a.phase)]
    if work and not any(a.owner for a in work):
        yield BlindSpot(
            "no_reinforcement_owner", 65, "Reinforcement is planned, but nobody owns it.", "Name an owner who stays after the project."
        )  # fmt: skip


def phases(m: Material) -> Iterator[BlindSpot]:
    """A lane without a plan, or with phases that nobody has planned anything for (R42, R45)."""
    for lane, weight in (("people", 80), ("delivery", 50)):
        work = m.lane(lane)
        if not work:
            yield BlindSpot(
                f"no_{lane}_plan", 95, f"There is no {lane} plan.", "Add its activities, or start from a playbook."
            )
            continue
        planned = {activity.phase for activity in work}
        missing = [plain(phase) for phase in PHASES[lane] if phase not in planned]
        if missing:
            yield BlindSpot(
                f"{lane}_phases", weight, f"Nothing is planned for {listed(missing, len(missing))} in the {lane} lane.", "Add an activity to each, or decide to do without."
            )  # fmt: skip


def audiences(m: Material) -> Iterator[BlindSpot]:
    """An audience of unknown size, one without a target, or none at all."""
    if not m.audiences:
        yield BlindSpot(
            "no_audience", 85, "Nobody has said who is affected.", "Add the audiences with their headcount."
        )
        return
    sizeless = [audience.name for audience in m.audiences if audience.headcount == 0]
    if sizeless:
        yield BlindSpot(
            "no_headcount", 75, f"How many people {listed(sizeless)} has is unknown.", "Enter the headcount."
        )
    aimed = {target.audience for target in m.targets if target.metric == "utilization"}
    aimless = [] if None in aimed else [audience.name for audience in m.audiences if audience.name not in aimed]
    if aimless:
        yield BlindSpot(
            "no_target", 75, f"No target of use is set for {listed(aimless)}.", "Set one: so many percent by a day."
        )


def use_observed(m: Material) -> Iterator[BlindSpot]:
    """After its go-live, an audience whose use nobody has observed; self-reports and outputs are not use (R47)."""
    seen = {o.audience for o in m.latest if o.metric == "utilization" and o.method != "self_reported"}
    unseen = [a.name for a in m.audiences if m.went_live(a) is not None and a.name not in seen]
    if unseen:
        yield BlindSpot(
            "use_unobserved", 90, f"{listed(unseen)}: live, but nobody has looked whether people use it.", "Record how many of how many use it."
        )  # fmt: skip


def metrics(m: Material) -> Iterator[BlindSpot]:
    """A metric with a target whose newest data are old, or that has none although it is live (R107).

    Missing observations of use are said audience by audience instead.
    """
    newest_of = {metric: max(o.date for o in m.latest if o.metric == metric) for metric in {o.metric for o in m.latest}}
    for metric in sorted({target.metric for target in m.targets} | set(newest_of)):
        day = newest_of.get(metric)
        if day is None and m.standing.went_live and metric != "utilization":
            yield BlindSpot(
                "metric_without_data", 70, f"There are no data on {plain(metric)}.", "Record an observation."
            )
        elif day is not None and (m.today - day) > timedelta(STALE_DAYS):
            yield BlindSpot(
                "metric_stale", 70, f"The newest data on {plain(metric)} are from {in_days(day, m.today)}.", "Record what it is now."
            )  # fmt: skip


def risks(m: Material) -> Iterator[BlindSpot]:
    """Not one risk of a kind was ever named (R17): that is a blind spot, not safety."""
    for total in risk_totals(m.risks):
        if not total.named:
            yield BlindSpot(
                f"no_{total.kind}_risk", 65, f"No {total.kind} risk was ever named.", "Ask what may go wrong."
            )
        elif total.unscored:
            open_ones = counted(total.unscored, f"open {total.kind} risk")
            yield BlindSpot(
                f"unrated_{total.kind}_risk",
                45,
                f"{open_ones} without a rating.",
                "Rate probability and impact, 1 to 5.",
            )


def ownerless_work(m: Material) -> Iterator[BlindSpot]:
    """Open activities that nobody owns, and people work that is for nobody in particular."""
    unowned = [a for a in m.activities if a.actual_end is None and not a.owner]
    if unowned:
        activities = counted(len(unowned), "open activity has", "open activities have")
        yield BlindSpot("unowned_work", 55, f"{activities} no owner: {_titles(unowned)}.", "Name one for each.")
    adrift = [a for a in m.lane("people") if a.actual_end is None and not a.audience]
    if adrift and m.audiences:
        activities = counted(len(adrift), "open people activity has", "open people activities have")
        yield BlindSpot("work_for_nobody", 40, f"{activities} no audience: {_titles(adrift)}.", "Say who each is for.")


def snapshots(m: Material) -> Iterator[BlindSpot]:
    """Money and scope that nobody has reported lately, while the delivery runs."""
    began = m.standing.charter_on is not None and m.standing.charter_on <= m.today
    if m.standing.delivery.finished or not began:
        return
    day = max((snapshot.day for snapshot in m.snapshots if snapshot.day <= m.today), default=None)
    if day is None:
        yield BlindSpot(
            "no_snapshot", 50, "Nobody has reported money and scope.", "Add a snapshot: planned, earned, spent."
        )
    elif (m.today - day) > timedelta(STALE_DAYS):
        yield BlindSpot(
            "stale_snapshot",
            50,
            f"Money and scope were last reported {in_days(day, m.today)}.",
            "Add a snapshot of today.",
        )


def decisions(m: Material) -> Iterator[BlindSpot]:
    """Open decisions that a side which they touch does not know of yet (R57, R69)."""
    waiting = [one.title for one in m.decisions if one.locked_at is None and sides_missing(one)]
    if waiting:
        said = counted(len(waiting), "decision waits", "decisions wait")
        yield BlindSpot(
            "unacknowledged", 60, f"{said} for an acknowledgement: {listed(waiting)}.", "Have each side that it touches acknowledge it."
        )  # fmt: skip


def change_budget(m: Material) -> Iterator[BlindSpot]:
    """Too little money for the people side, or nobody knows how much (R5)."""
    low = low_change_budget(m.change_budget, m.initiative.budget, m.initiative.currency)
    if low is not None:
        yield BlindSpot("low_change_budget", 55, f"{low}.", "Fund the people work, or say why so little is enough.")
    elif change_budget_share(m.change_budget, m.initiative.budget) is None:
        yield BlindSpot(
            "unknown_change_budget",
            45,
            "How much of the budget is for the people side is unknown.",
            f"Enter the budget and the people side's part; under {percent(LOW_CHANGE_BUDGET)} is little.",
        )


RULES: Final[tuple[Rule, ...]] = (
    owners,
    go_live,
    purpose,
    benefits_observed,
    outcome_owner,
    reinforcement,
    phases,
    audiences,
    use_observed,
    metrics,
    risks,
    ownerless_work,
    snapshots,
    decisions,
    change_budget,
)
"""All rules; their order does not matter."""

RULES_WHEN_CLOSED: Final[tuple[Rule, ...]] = (benefits_observed, outcome_owner, use_observed)
"""What still matters after closing."""


def _titles(activities: list[Activity]) -> str:
    return listed([a.title for a in sorted(activities, key=lambda a: (a.planned_end, a.title))])
