"""Taking in a project plan from MS Project: its tasks become activities of the delivery lane, all of it or nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from changedesk.domain.counted import counted
from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.planning.plan import Plan
from changedesk.domain.planning.plan_activities import PlannedActivity, activities_of, is_work
from changedesk.domain.planning.plan_merge import PlanMerge, merge
from changedesk.domain.records import Activity
from changedesk.domain.working import Dependency
from changedesk.errors import BadInput, DeskUnusable, Problem, RefusedFile
from changedesk.interchange import mspdi
from changedesk.interchange.source import opened
from changedesk.services.lookup import known_initiative
from changedesk.services.session import Session, authorise
from changedesk.store.desk.transaction import Transaction
from changedesk.store.initiative import plans
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What the import of a plan did. ``read`` counts lines of the plan; added, updated and unchanged count activities.

    ``tasks``, ``links``, ``milestones`` and ``baselines`` (tasks that have one) are counts of the file: the project
    itself and its summaries are tasks too. With a refused line nothing was taken. Rows are the IDs of tasks in the plan.
    """

    kind: str
    read: int
    added: int
    updated: int
    unchanged: int
    refused: int
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    tasks: int
    links: int
    milestones: int
    baselines: int

    @property
    def warning_count(self) -> int:
        """How many warnings there are; all are listed."""
        return len(self.warnings)

    @property
    def problem_count(self) -> int:
        """How many problems there are; all are listed."""
        return len(self.problems)


def import_plan(session: Session, path: Path | None, initiative_code: str, *, dry_run: bool = False) -> PlanReport:
    """Take the tasks of an MS Project XML file (None is standard input) as the delivery activities of an initiative.

    Tasks are known by their UID: the same file again changes nothing, a file with moved dates moves the plan and never
    a baseline. Activities and links that the file no longer has are kept, with a warning. A file that cannot be read
    raises RefusedFile; ``dry_run`` does all but the last step.
    """
    initiative = known_initiative(session, initiative_code)
    authorise(session, "desk.import", initiative.client, initiative.id)
    if session.desk.read_only:
        raise DeskUnusable(
            f"{session.desk.path} is read-only for this account; nothing was changed", "ask for write access"
        )
    plan, digest = _read(path)
    tasks = activities_of(plan, initiative.go_live)
    problems = tuple(_problems(tasks))
    if problems:
        return _report(plan, _Outcome(0, 0, 0), _odd_tasks(plan, session.today), problems)
    with session.desk.write(session.actor.id) as transaction:
        outcome = _take(transaction, initiative.id, plan, tasks, dry_run=dry_run)
        if (outcome.added or outcome.updated) and not dry_run:
            transaction.record(
                "import",
                initiative.id,
                {
                    "kind": "plan",
                    "digest": digest,
                    "read": len(plan.tasks),
                    "added": outcome.added,
                    "updated": outcome.updated,
                    "unchanged": outcome.unchanged,
                    "recorded_by": session.recorded_by,
                },
            )
    return _report(plan, outcome, (*_odd_tasks(plan, session.today), *outcome.warnings), outcome.problems)


@dataclass(frozen=True, slots=True)
class _Outcome:
    added: int
    updated: int
    unchanged: int
    warnings: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


def _read(path: Path | None) -> tuple[Plan, str]:
    with opened(path) as file:
        if file.size > mspdi.SIZE_LIMIT:
            limit = mspdi.SIZE_LIMIT // 1024**2
            raise RefusedFile.whole(f"the plan is larger than {limit} MiB")
        plan = mspdi.read_plan(file.file)
        if not file.untouched():
            raise BadInput("the file changed while it was read; nothing was taken", "import it again")
        return plan, file.digest


def _take(
    transaction: Transaction, initiative_id: str, plan: Plan, tasks: Sequence[PlannedActivity], *, dry_run: bool
) -> _Outcome:
    """Compare with the desk as it is in this transaction, and write what differs."""
    there = plans.plan_records(transaction.conn, initiative_id)
    lane = [one for one in there.activities if one.lane == "delivery"]
    merged = merge(lane, tasks, planning_signed=plans.planning_is_signed(transaction, initiative_id))
    problems = tuple(_renamed(lane, merged, tasks, plans.served(transaction.conn, initiative_id)))
    if problems:
        return _Outcome(0, 0, 0, problems=problems)
    ids = {key: activity.id for key, activity in merged.activities.items()}
    wanted = {
        key: activity for key, activity in merged.activities.items() if key in merged.added or key in merged.changed
    }
    if wanted and not dry_run:
        ids |= plans.write_activities(transaction, initiative_id, wanted, merged.added)
    links, warnings = _changed_links(there.dependencies, plan, ids)
    if links and not dry_run:
        plans.write_links(transaction, initiative_id, [link for _, link in links])
    updated = merged.changed | {successor for successor, _ in links} - merged.added
    return _Outcome(
        len(merged.added),
        len(updated),
        len(merged.activities) - len(merged.added) - len(updated),
        (*_merge_warnings(merged), *warnings),
    )


def _changed_links(
    dependencies: Iterable[Dependency], plan: Plan, ids: dict[str, str]
) -> tuple[list[tuple[str, Dependency]], tuple[Problem, ...]]:
    """The links that the desk has not, each with its successor's key, and what is to be said about the others."""
    there = {(one.predecessor_id, one.successor_id): one for one in dependencies}
    possible = [
        link
        for link in plan.links
        if link.predecessor in ids and link.successor in ids and link.predecessor != link.successor
    ]
    of_plan = {
        (link.predecessor, link.successor): Dependency(
            ids[link.predecessor], ids[link.successor], link.kind, link.lag_days
        )
        for link in possible
    }
    changed = [
        (key[1], link) for key, link in of_plan.items() if there.get((link.predecessor_id, link.successor_id)) != link
    ]
    warnings = []
    if left_out := len(plan.links) - len(possible):
        warnings.append(f"{counted(left_out, 'link')} to summaries or to tasks that are no activities: left out")
    mine = set(ids.values())
    taken = {(link.predecessor_id, link.successor_id) for link in of_plan.values()}
    if lost := sum({*ends} <= mine and ends not in taken for ends in there):
        warnings.append(f"{counted(lost, 'link')} no longer in the plan: kept")
    return changed, tuple(Problem(0, "", sentence) for sentence in warnings)


def _problems(tasks: Iterable[PlannedActivity]) -> Iterator[Problem]:
    for task in tasks:
        for column, text in (("Name", task.title), ("Resource", task.owner or "")):
            if len(text) > TEXT_LENGTH:
                sentence = f"the text has {len(text):,} characters; at most {TEXT_LENGTH} are taken"
                yield Problem(task.row, column, sentence)


def _renamed(
    lane: Iterable[Activity], merged: PlanMerge, tasks: Iterable[PlannedActivity], served: Container[str]
) -> Iterator[Problem]:
    """Tasks with another name than the one by which changes find the activity that they serve."""
    titles = {activity.id: activity.title for activity in lane}
    for task in tasks:
        after = merged.activities[task.key]
        title = titles.get(after.id, after.title)
        if after.title != title and title in served:
            yield Problem(task.row, "Name", f"its changes name it {title}, so it keeps that; its days may change")


def _odd_tasks(plan: Plan, today: date) -> tuple[Problem, ...]:
    """What is odd but possible in the plan itself."""
    said = []
    if all(task.active and not is_work(task) for task in plan.tasks):
        sentence = "no task of the plan is work of its own (a heading over others is none): there is nothing to take"
        said.append(Problem(0, "", sentence))
    for task in plan.tasks:
        if not task.active:
            said.append(Problem(task.row, "", f"{task.name} is inactive or of another project: left out"))
        elif is_work(task):
            if task.finish is None:
                said.append(Problem(task.row, "Finish", f"{task.name} has no day to finish on: left out"))
            elif task.start is not None and task.finish < task.start:
                said.append(Problem(task.row, "Finish", f"{task.finish} lies before the start {task.start}"))
            for column, day in (("ActualStart", task.actual_start), ("ActualFinish", task.actual_finish)):
                if day is not None and day > today:
                    said.append(Problem(task.row, column, f"{day} is in the future"))
    return tuple(said)


def _merge_warnings(merged: PlanMerge) -> Iterator[Problem]:
    for activity in merged.vanished:
        yield Problem(0, "", f"{activity.title} is no longer in the plan: kept")
    if merged.other_baselines:
        one = merged.other_baselines == 1
        has = "1 task has" if one else f"{merged.other_baselines:,} tasks have"
        yield Problem(0, "Baseline", f"{has} another baseline in the plan; the one on the desk is kept")


def _report(plan: Plan, outcome: _Outcome, warnings: tuple[Problem, ...], problems: tuple[Problem, ...]) -> PlanReport:
    return PlanReport(
        kind="plan",
        read=len(plan.tasks),
        added=outcome.added,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        refused=len({problem.row for problem in problems}),
        warnings=warnings,
        problems=problems,
        tasks=len(plan.tasks),
        links=len(plan.links),
        milestones=plan.milestone_count,
        baselines=plan.baseline_count,
    )
