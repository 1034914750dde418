"""Blind spots of the work itself and of the people it is for (R42, R47, R64, R107)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from changedesk.domain.counted import counted, listed
from changedesk.domain.data_age import STALE_DAYS
from changedesk.domain.material import Material
from changedesk.domain.measures.blind_spot import BlindSpot
from changedesk.domain.people.sponsors import coverage
from changedesk.domain.people.training import groups_hit
from changedesk.domain.records import Activity
from changedesk.domain.saying import in_days
from changedesk.domain.usage.counts import newest_counts
from changedesk.domain.usage.metrics import UTILIZATION
from changedesk.domain.words import PHASES, plain


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
                f"{lane}_phases",
                weight,
                f"Nothing is planned for {listed(missing, len(missing))} in the {lane} lane.",
                f"Add an activity {'for it' if len(missing) == 1 else 'for each'}, or decide to do without.",
            )


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


def impacts(m: Material) -> Iterator[BlindSpot]:
    """An audience of which nobody has said how hard it is hit (R107)."""
    rated = {impact.audience for impact in m.impacts}
    unrated = [audience.name for audience in m.audiences if audience.name not in rated]
    if unrated:
        yield BlindSpot(
            "no_impact",
            70,
            f"How hard {listed(unrated)} {'is' if len(unrated) == 1 else 'are'} hit is not rated.",
            "Rate what changes for them, aspect by aspect, from 0 to 5.",
        )


def readiness(m: Material) -> Iterator[BlindSpot]:
    """An audience that goes live without anybody having said what it needs for that."""
    asked = {item.audience for item in m.readiness if item.about == "audience"}
    unasked = [a.name for a in m.audiences if a.name not in asked and m.went_live(a) is None]
    if unasked:
        yield BlindSpot(
            "no_readiness",
            75,
            f"Nobody has said what {listed(unasked)} {'needs' if len(unasked) == 1 else 'need'} to be ready.",
            "Write down what has to be true before go-live, and how far it is.",
        )


def sponsors(m: Material) -> Iterator[BlindSpot]:
    """Groups that hear it from nobody who stands for it."""
    hit = [audience.name for audience in groups_hit(m.audiences, m.impacts)]
    if hit and not m.stakeholders:
        yield BlindSpot(
            "no_stakeholders", 60, "Nobody has said who stands for it, and who against.", "Add the stakeholders."
        )
    elif unheard := coverage(hit, m.stakeholders).uncovered:
        yield BlindSpot(
            "no_sponsor_reach",
            60,
            f"{listed(unheard)} {'hears' if len(unheard) == 1 else 'hear'} it from no sponsor.",
            "Win somebody of the right level who speaks to them.",
        )


def behaviours(m: Material) -> Iterator[BlindSpot]:
    """Behaviours that are to shift without anybody looking whether they do."""
    unseen = [one.title for one in m.behaviours if not one.metric]
    if unseen:
        yield BlindSpot(
            "unseen_behaviour",
            45,
            f"Nothing shows whether people do it: {listed(unseen)}.",
            "Name the metric that shows it.",
        )


def use_observed(m: Material) -> Iterator[BlindSpot]:
    """After its go-live, an audience whose use nobody has observed; self-reports and outputs are not use (R47)."""
    seen = newest_counts(m.latest, UTILIZATION, m.audiences)
    unseen = [a.name for a in m.audiences if m.went_live(a) is not None and a.name not in seen]
    if unseen:
        yield BlindSpot(
            "use_unobserved",
            90,
            f"{listed(unseen)}: live, but nobody has looked whether people use it.",
            "Record how many of how many use it.",
        )


def metrics(m: Material) -> Iterator[BlindSpot]:
    """A metric with a target whose newest data are old, or that has none although it is live (R107).

    Missing observations of use are said audience by audience instead.
    """
    newest_of = {metric: max(o.date for o in m.latest if o.metric == metric) for metric in {o.metric for o in m.latest}}
    for metric in {target.metric for target in m.targets} | set(newest_of):
        day = newest_of.get(metric)
        if day is None and m.standing.went_live and metric != "utilization":
            yield BlindSpot(
                "metric_without_data", 70, f"There are no data on {plain(metric)}.", "Record an observation."
            )
        elif day is not None and (m.today - day) > timedelta(STALE_DAYS):
            yield BlindSpot(
                "metric_stale",
                70,
                f"The newest data on {plain(metric)} are from {in_days(day, m.today)}.",
                "Record what it is now.",
            )


def reinforcement(m: Material) -> Iterator[BlindSpot]:
    """Nobody keeps the new way alive after the project team leaves (R64)."""
    work = [a for a in m.lane("people") if "reinforcement" in (a.kind, a.phase)]
    if work and not any(a.owner for a in work):
        yield BlindSpot(
            "no_reinforcement_owner",
            65,
            "Reinforcement is planned, but nobody owns it.",
            "Name an owner who stays after the project.",
        )


def ownerless_work(m: Material) -> Iterator[BlindSpot]:
    """Open activities that nobody owns, and people work that is for nobody in particular."""
    unowned = [a for a in m.activities if a.actual_end is None and not a.owner]
    if unowned:
        activities = counted(len(unowned), "open activity has", "open activities have")
        yield BlindSpot("unowned_work", 55, f"{activities} no owner: {_titles(unowned)}.", "Name one for each.")
    adrift = [a for a in m.lane("people") if a.actual_end is None and not a.audience]
    if adrift and m.audiences:
        activities = counted(len(adrift), "open people activity is", "open people activities are")
        said = f"{activities} for everybody, and for no group by name: {_titles(adrift)}."
        yield BlindSpot("work_for_nobody", 40, said, "Say who each is for.")


def _titles(activities: Sequence[Activity]) -> str:
    return listed([a.title for a in sorted(activities, key=lambda a: (a.planned_end, a.title))])
