"""Moving the plan of an initiative: what depends on a date, moving it with all of that, and re-baselining."""

from __future__ import annotations

from datetime import date

from changedesk.domain.planning.over import refuse_planning
from changedesk.domain.planning.schedule import Deadlines, MoveReport, refuse_move, refuse_tie
from changedesk.domain.planning.schedule import move as moved_plan
from changedesk.domain.records import Activity, Initiative
from changedesk.domain.working import Dependency
from changedesk.errors import BadInput, RuleRefused, Stale
from changedesk.services.lookup import known_initiative
from changedesk.services.one_line import one_line
from changedesk.services.session import Session, authorise
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import gates, initiatives, plans


def preview_move(session: Session, code: str, activity_id: str, new_end: date) -> MoveReport:
    """What would move with an activity, and what that breaks; nothing is changed."""
    initiative = known_initiative(session, code)
    with session.desk.snapshot() as conn:
        records = plans.plan_records(conn, initiative.id)
    return _forecast(records, initiative, activity_id, new_end)[1]


def move(
    session: Session, code: str, activity_id: str, new_end: date, expected: MoveReport | None = None
) -> MoveReport:
    """Move the planned end of an activity, and the planned dates of all that depends on it; baselines stay.

    ``expected`` is what was shown before somebody agreed to it: Stale when the desk has changed so that it no longer holds.
    """
    initiative = known_initiative(session, code)
    authorise(session, "plan.move", initiative.client, initiative.id)
    with session.desk.write(session.actor.id) as transaction:
        initiative = _planned(transaction, session, initiative)
        records = plans.plan_records(transaction.conn, initiative.id)
        first, report = _forecast(records, initiative, activity_id, new_end)
        if expected is not None and report != expected:
            raise Stale("the plan was changed by somebody else meanwhile; nothing was moved", "look at it again")
        if report.moved:
            plans.write_moves(transaction, initiative.id, report.moved)
            transaction.record(
                "plan.moved",
                initiative.id,
                {
                    "activity": first.id,
                    "from": first.planned_end,
                    "to": new_end,
                    "moved": len(report.moved),
                    "recorded_by": session.recorded_by,
                },
            )
    return report


def tie(session: Session, code: str, activity: str, milestone: str | None) -> None:
    """Let an activity of the people lane move with a milestone, keeping its distance; None ties it to none.

    Both are ids. The distance is that of their ends as they stand, so that tying moves nothing (R62).
    """
    initiative = known_initiative(session, code)
    authorise(session, "plan.move", initiative.client, initiative.id)
    with session.desk.write(session.actor.id) as transaction:
        _planned(transaction, session, initiative)
        records = plans.plan_records(transaction.conn, initiative.id)
        known = {one.id: one for one in records.activities}
        tied = known.get(activity)
        anchor = known.get(milestone) if milestone else None
        if tied is None or (milestone and anchor is None):
            raise BadInput("this activity or milestone is no longer there")
        refused = refuse_tie(tied, anchor, records.dependencies)
        if refused:
            raise RuleRefused(refused)
        plans.drop_ties(transaction, initiative.id, tied.id)
        if anchor is not None:
            days = (tied.planned_end - anchor.last_day).days
            plans.write_links(transaction, initiative.id, [Dependency(anchor.id, tied.id, "FF", float(days))])
        transaction.record(
            "plan.tied",
            initiative.id,
            {"activity": tied.id, "milestone": milestone, "recorded_by": session.recorded_by},
        )


def rebaseline(session: Session, code: str, reason: str) -> int:
    """Decide that the plan as it stands is what all work is measured against from now on; returns how many activities changed.

    The reason is kept in the audit trail with the decision.
    """
    initiative = known_initiative(session, code)
    authorise(session, "plan.rebaseline", initiative.client, initiative.id)
    said = one_line(reason, what="reason")
    if not said:
        raise BadInput("a new baseline needs a reason", "say in a sentence why the old one no longer serves")
    with session.desk.write(session.actor.id) as transaction:
        _planned(transaction, session, initiative)
        changed = gates.fix_baseline(transaction, initiative.id)
        if not changed:
            raise RuleRefused(f"the baseline of {code} is the plan as it stands already")
        transaction.record(
            "plan.rebaselined",
            initiative.id,
            {"reason": said, "baseline_changed": changed, "recorded_by": session.recorded_by},
        )
    return changed


def _planned(transaction: Transaction, session: Session, initiative: Initiative) -> Initiative:
    """The initiative as it is now, if it still is planned."""
    now = initiatives.initiative_by_id(transaction.conn, session.scope, initiative.id) or initiative
    refused = refuse_planning(now.code, cancelled=now.cancelled)
    if refused:
        raise RuleRefused(refused)
    return now


def _forecast(
    records: plans.PlanRecords, initiative: Initiative, activity_id: str, new_end: date
) -> tuple[Activity, MoveReport]:
    first = next((one for one in records.activities if one.id == activity_id), None)
    if first is None:
        raise BadInput("this activity is no longer there")
    refused = refuse_move(first, new_end)
    if refused:
        raise RuleRefused(refused)
    deadlines = Deadlines(initiative.go_live, records.waves)
    return first, moved_plan(records.activities, records.dependencies, first.id, new_end, deadlines)
