"""Blind spots of governance: owners, purpose, benefits, money, risks and decisions (R5, R7, R17, R107, R140)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from changedesk.domain.counted import counted, listed
from changedesk.domain.data_age import STALE_DAYS
from changedesk.domain.decisions import sides_missing
from changedesk.domain.material import Material
from changedesk.domain.measures.benefits import newest, sought
from changedesk.domain.measures.blind_spot import BlindSpot
from changedesk.domain.measures.earned_value import LOW_CHANGE_BUDGET, change_budget_share, low_change_budget
from changedesk.domain.measures.risks import risk_totals
from changedesk.domain.saying import in_days, percent


def owners(m: Material) -> Iterator[BlindSpot]:
    """Nobody owns a side, one person owns both (R7), nobody sponsors it."""
    one = m.initiative
    if not one.project_owner:
        yield BlindSpot("no_project_owner", 100, "Nobody owns the delivery.", "Name a project owner.")
    if not one.change_owner:
        yield BlindSpot("no_change_owner", 100, "Nobody owns the people side.", "Name a change owner.")
    elif one.change_owner == one.project_owner:
        yield BlindSpot(
            "one_owner",
            95,
            f"{one.change_owner} owns both sides.",
            "Name a second person: both sides sign, never one for both.",
        )
    if not one.sponsor:
        yield BlindSpot("no_sponsor", 90, "Nobody sponsors it.", "Name the leader who stands for it in person.")


def go_live(m: Material) -> Iterator[BlindSpot]:
    """Nobody knows when it goes live, or whether it has: until that is said, it counts as not live everywhere."""
    day = m.initiative.go_live
    if m.standing.went_live:
        return
    if m.standing.state == "live":
        said = "It is called live, and nobody has said since when."
        entered = "Enter that day as “Went live”, in a file as go_live_actual: until then it counts as not live."
        yield BlindSpot("no_day_live", 90, said, entered)
    elif day is None:
        yield BlindSpot("no_go_live", 90, "There is no go-live date.", "Plan one; it can move.")
    elif day < m.today:
        said = f"It was to go live {in_days(day, m.today)}, and nobody has said that it did."
        yield BlindSpot("go_live_passed", 90, said, "Enter the day it went live, or plan another one.")


def purpose(m: Material) -> Iterator[BlindSpot]:
    """No charter (R134), no benefit (R147), or one that cannot be measured."""
    if not m.initiative.charter:
        yield BlindSpot("no_charter", 80, "There is no charter.", "Say where the approved one is.")
    if not sought(m.benefits):
        yield BlindSpot(
            "no_benefit", 85, "Nobody has said what it is done for.", "Add a benefit with its baseline and target."
        )
    level = [benefit.name for benefit in m.benefits if benefit.target == benefit.baseline]
    if level:
        yield BlindSpot(
            "benefit_without_way",
            70,
            f"The target is the baseline of {listed(level)}.",
            "Measure the baseline again, or set a target that differs.",
        )


def benefits_observed(m: Material) -> Iterator[BlindSpot]:
    """After go-live, a benefit that nobody has measured."""
    if not m.standing.went_live:
        return
    unseen = [
        state.benefit.name for state in newest(m.benefits, m.benefit_observations, m.today) if state.as_of is None
    ]
    if unseen:
        yield BlindSpot(
            "benefit_unobserved",
            75,
            f"Nobody has measured {listed(unseen)}.",
            "Record what it is now, so that it can be held against its baseline.",
        )


def outcome_owner(m: Material) -> Iterator[BlindSpot]:
    """Nobody answers for the outcome after the project is gone (R140); the later, the heavier."""
    if not m.initiative.outcome_owner:
        yield BlindSpot(
            "no_outcome_owner",
            85 if m.standing.went_live else 60,
            "Nobody answers for the outcome after closing.",
            "Name who does in operations.",
        )


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
            "unacknowledged",
            60,
            f"{said} for an acknowledgement: {listed(waiting)}.",
            "Have each side that it touches acknowledge it.",
        )


def change_budget(m: Material) -> Iterator[BlindSpot]:
    """Too little money for the people side, or nobody knows how much (R5)."""
    low = low_change_budget(m.initiative.change_budget, m.initiative.budget, m.initiative.currency)
    if low is not None:
        yield BlindSpot("low_change_budget", 55, f"{low}.", "Fund the people work, or say why so little is enough.")
    elif change_budget_share(m.initiative.change_budget, m.initiative.budget) is None:
        yield BlindSpot(
            "unknown_change_budget",
            45,
            "How much of the budget is for the people side is unknown.",
            f"Enter the budget and the people side's part; under {percent(LOW_CHANGE_BUDGET)} is little.",
        )
