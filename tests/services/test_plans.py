"""Plans that come in from MS Project, milestones that move, and new baselines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from builders import TODAY, a_desk, a_person, an_initiative, as_person, found, record, staffed, tick_all
from changedesk.domain.records import Activity
from changedesk.errors import BadInput, Denied, RefusedFile, RuleRefused, Stale
from changedesk.interchange import mspdi
from changedesk.services.initiative import gates, plans
from changedesk.services.initiative.plan_import import PlanReport, import_plan
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk
from changedesk.store.initiative import initiatives, working
from plan_files import SHARED, Line, plan_xml, someone

TRUTHS = SHARED / "tickets-truths.json"
SAVED_BY_PROJECT = sorted((SHARED / "plans").glob("*.xml"))

LINES = (
    Line(1, "Build", summary=True, start="2026-12-01", finish="2026-12-18"),
    Line(
        2, "Enrol", "2026-12-01", "2026-12-04", 2, percent=50, work="PT40H0M0S", baseline=("2026-11-23", "2026-11-27")
    ),
    Line(3, "Test", "2026-12-07", "2026-12-08", 2, work="PT16H0M0S", after=((2, 1, 0),)),
    Line(4, "Test", "2026-12-09", "2026-12-10", 2, work="PT16H0M0S", after=((3, 1, 0), (1, 1, 0))),
    Line(5, "Live", "2026-12-11", "2026-12-11", milestone=True, duration="PT0H0M0S", after=((4, 1, 0),)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as made:
        an_initiative().planned_for(date(2026, 12, 12)).on(staffed(made))
        yield made


@pytest.fixture
def session(desk: Desk) -> Session:
    return open_session(desk)


def take(session: Session, *lines: Line, rest: str = "", dry_run: bool = False) -> PlanReport:
    path = session.desk.path.with_name("plan.xml")
    path.write_text(plan_xml(*lines, rest=rest), encoding="utf-8")
    return import_plan(session, path, "MFA", dry_run=dry_run)


def counts(report: PlanReport) -> tuple[int, int, int]:
    return report.added, report.updated, report.unchanged


def activities(session: Session) -> dict[str, Activity]:
    """Title to activity."""
    conn = session.desk.reader()
    return {one.title: one for one in initiatives.activities(conn, the_id(session))}


def the_activity(session: Session, title: str) -> str:
    return str(found(session.desk, "SELECT id FROM activity WHERE title = ?", title)[0][0])


def the_id(session: Session) -> str:
    return str(found(session.desk, "SELECT id FROM initiative WHERE code = 'MFA'")[0][0])


def events(session: Session, kind: str) -> list[dict[str, object]]:
    rows = found(session.desk, "SELECT body FROM audit WHERE kind = ? ORDER BY seq", kind)
    return [json.loads(body) for (body,) in rows]


def links(session: Session) -> set[tuple[str, str, str, float]]:
    """What hangs on what, by title."""
    titles = {one.id: one.title for one in activities(session).values()}
    return {
        (titles[one.predecessor_id], titles[one.successor_id], one.kind, one.lag_days)
        for one in working.dependencies(session.desk.reader(), the_id(session))
    }


@pytest.mark.requirement("R43")
def test_the_tasks_of_a_plan_become_activities_of_the_delivery_lane(session: Session) -> None:
    report = take(session, *LINES, rest=someone("Ann Lee", 2))
    assert counts(report) == (4, 0, 0)
    assert (report.kind, report.read, report.tasks, report.links, report.milestones, report.baselines) == (
        "plan",
        6,
        6,
        4,
        1,
        1,
    )
    there = activities(session)
    assert set(there) == {"Enrol", "Test (3)", "Test (4)", "Live"}
    enrol, live = there["Enrol"], there["Live"]
    assert (enrol.lane, enrol.phase, enrol.owner, enrol.weight, enrol.percent_complete) == (
        "delivery",
        "execution",
        "Ann Lee",
        40,
        50,
    )
    assert (enrol.planned_start, enrol.planned_end, enrol.source_key) == (date(2026, 12, 1), date(2026, 12, 4), "2")
    assert (live.milestone, live.weight, live.planned_end) == (True, 1, date(2026, 12, 11))
    assert links(session) == {
        ("Enrol", "Test (3)", "FS", 0),
        ("Test (3)", "Test (4)", "FS", 0),
        ("Test (4)", "Live", "FS", 0),
    }
    assert [warning.problem for warning in report.warnings] == [
        "1 link to summaries or to tasks that are no activities: left out"
    ]


def test_the_baseline_is_the_plans_own_or_else_the_first_plan(session: Session) -> None:
    take(session, *LINES)
    there = activities(session)
    assert (there["Enrol"].baseline_start, there["Enrol"].baseline_end) == (date(2026, 11, 23), date(2026, 11, 27))
    assert there["Test (3)"].baseline_end == date(2026, 12, 8)


def test_the_same_plan_again_changes_nothing_and_leaves_no_event(session: Session) -> None:
    take(session, *LINES)
    before = found(session.desk, "SELECT max(seq) FROM audit")
    assert counts(take(session, *LINES)) == (0, 0, 4)
    assert found(session.desk, "SELECT max(seq) FROM audit") == before
    assert [event["kind"] for event in events(session, "import")] == ["plan"]


def test_moved_dates_move_the_plan_and_never_the_baseline(session: Session) -> None:
    take(session, *LINES)
    moved = Line(
        2, "Enrol", "2026-12-03", "2026-12-08", 2, percent=50, work="PT40H0M0S", baseline=("2026-11-30", "2026-12-05")
    )
    report = take(session, LINES[0], moved, *LINES[2:])
    assert counts(report) == (0, 1, 3)
    enrol = activities(session)["Enrol"]
    assert (enrol.planned_end, enrol.baseline_end) == (date(2026, 12, 8), date(2026, 11, 27))
    assert "another baseline" in report.warnings[-1].problem or "another baseline" in report.warnings[0].problem


def test_after_the_planning_checkpoint_new_tasks_have_no_baseline(desk: Desk, session: Session) -> None:
    for checkpoint in ("initiation", "planning"):
        for lane, owner in (("delivery", "pat"), ("people", "chris")):
            tick_all(as_person(desk, owner), "MFA", checkpoint, lane)
            gates.sign(as_person(desk, owner), "MFA", checkpoint, lane, "begun before the charter")
    take(session, *LINES)
    assert {one.baseline_end for one in activities(session).values()} == {None}


def test_what_a_new_plan_no_longer_has_is_kept_and_said(session: Session) -> None:
    take(session, *LINES)
    report = take(
        session, LINES[0], LINES[1], Line(5, "Live", "2026-12-11", "2026-12-11", milestone=True, duration="PT0H0M0S")
    )
    assert len(activities(session)) == 4
    said = {warning.problem for warning in report.warnings}
    assert said == {"Test (3) is no longer in the plan: kept", "Test (4) is no longer in the plan: kept"}


def test_a_link_that_a_new_plan_no_longer_has_is_kept_and_said(session: Session) -> None:
    take(session, Line(1, "One"), Line(2, "Two", after=((1, 1, 0),)))
    report = take(session, Line(1, "One"), Line(2, "Two"))
    assert links(session) == {("One", "Two", "FS", 0)}
    assert [warning.problem for warning in report.warnings] == ["1 link no longer in the plan: kept"]
    assert counts(take(session, Line(1, "One"), Line(2, "Two", after=((1, 3, 4800),)))) == (0, 1, 1)
    assert links(session) == {("One", "Two", "SS", 1)}


def test_a_task_that_hangs_on_itself_is_taken_without_that_link(session: Session) -> None:
    report = take(session, Line(1, "One", after=((1, 1, 0),)))
    assert (report.added, links(session), len(report.warnings)) == (1, set(), 1)


def test_tasks_that_trade_their_names_stay_themselves(session: Session) -> None:
    take(session, Line(1, "One", finish="2026-12-01"), Line(2, "Two", finish="2026-12-02"))
    assert counts(take(session, Line(1, "Two", finish="2026-12-01"), Line(2, "One", finish="2026-12-02"))) == (0, 2, 0)
    assert activities(session)["Two"].source_key == "1"


def test_an_activity_that_has_the_title_already_is_taken_for_the_task(session: Session) -> None:
    record(
        session.desk, "activity", initiative_id=the_id(session), lane="delivery", phase="closure", title="One",
        owner="pat", planned_end="2026-12-01", baseline_end="2026-12-01",
    )  # fmt: skip
    assert counts(take(session, Line(1, "One", finish="2026-12-03"))) == (0, 1, 0)
    one = activities(session)["One"]
    assert (one.source_key, one.phase, one.owner) == ("1", "closure", "pat")
    assert (one.planned_end, one.baseline_end) == (date(2026, 12, 3), date(2026, 12, 1))


def test_a_title_that_a_vanished_task_still_has_is_told_apart(session: Session) -> None:
    take(session, Line(1, "One"))
    take(session, Line(2, "One"))
    assert set(activities(session)) == {"One", "One (task 2)"}
    assert counts(take(session, Line(2, "One"))) == (0, 0, 1)


def test_what_the_plan_does_not_know_erases_nothing(session: Session) -> None:
    take(session, Line(1, "One", percent=30), rest=someone("Ann", 1))
    with session.desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE activity SET actual_end = '2026-11-20', rev = rev + 1")
        transaction.record("test.made", "x", {})
    assert counts(take(session, Line(1, "One", percent=None))) == (0, 0, 1)


def test_a_dry_run_counts_and_changes_nothing(session: Session) -> None:
    assert counts(take(session, *LINES, dry_run=True)) == (4, 0, 0)
    assert activities(session) == {}
    assert events(session, "import") == []


def test_a_refused_task_refuses_the_whole_plan(session: Session) -> None:
    report = take(session, Line(1, "One"), Line(2, "x" * 600))
    assert (report.refused, report.added, report.problem_count) == (1, 0, 1)
    assert report.problems[0].sentence("plan.xml") == (
        "plan.xml row 2, column Name: the text has 600 characters; at most 500 are taken"
    )
    with pytest.raises(RefusedFile):
        take(session, Line(1, "One", start="someday"))
    assert activities(session) == {}


def test_a_task_that_a_change_serves_keeps_its_name_because_its_go_live_is_found_by_that(session: Session) -> None:
    take(session, Line(1, "Live"), Line(2, "Build"))
    record(
        session.desk, "change_request", number="C1", title="Change", planned_start="2026-12-01T08:00:00Z",
        planned_end="2026-12-01T09:00:00Z", state="draft", path="normal", imported=0, held_here=1, milestone="Live",
        initiative_id=the_id(session), client_id=found(session.desk, "SELECT client_id FROM initiative")[0][0],
    )  # fmt: skip
    report = take(session, Line(1, "Switch"), Line(2, "Built"))
    assert (report.refused, report.added, report.updated) == (1, 0, 0)
    assert report.problems[0].sentence("plan.xml") == (
        "plan.xml row 1, column Name: its changes name it Live, so it keeps that; its days may change"
    )
    assert set(activities(session)) == {"Live", "Build"}
    assert counts(take(session, Line(1, "Live", finish="2026-12-03"), Line(2, "Built"))) == (0, 2, 0)


def test_what_is_odd_but_possible_is_taken_with_a_warning(session: Session) -> None:
    report = take(
        session,
        Line(1, "Idea", more="<Active>0</Active>"),
        Line(2, "Some day", start="", finish=""),
        Line(3, "Back", start="2026-12-05", finish="2026-12-01"),
        Line(4, "Done", more="<ActualFinish>2027-01-01T17:00:00</ActualFinish>"),
    )
    assert counts(report) == (2, 0, 0)
    assert [(warning.row, warning.problem) for warning in report.warnings] == [
        (1, "Idea is inactive or of another project: left out"),
        (2, "Some day has no day to finish on: left out"),
        (3, "2026-12-01 lies before the start 2026-12-05"),
        (4, "2027-01-01 is in the future"),
    ]


@pytest.mark.parametrize("lines", [(Line(1, "Build", summary=True), Line(2, "Run", summary=True)), ()])
def test_a_plan_of_which_nothing_can_be_taken_says_why(session: Session, lines: tuple[Line, ...]) -> None:
    report = take(session, *lines)
    assert counts(report) == (0, 0, 0)
    (warning,) = report.warnings
    assert warning.problem.startswith("no task of the plan is work of its own")


def test_a_plan_that_is_too_large_is_refused(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mspdi, "SIZE_LIMIT", 100)
    with pytest.raises(RefusedFile, match="larger than"):
        take(session, *LINES)


def test_only_who_may_import_takes_a_plan_in(desk: Desk) -> None:
    with pytest.raises(Denied):
        take(as_person(desk, "pat"), *LINES)
    with pytest.raises(BadInput, match="no initiative"):
        import_plan(open_session(desk), None, "NONE")


@pytest.mark.skipif(not SAVED_BY_PROJECT, reason="the plans that MS Project saved are not here")
@pytest.mark.parametrize("path", SAVED_BY_PROJECT, ids=lambda path: path.stem)
def test_a_plan_that_ms_project_saved_is_taken_in_once(session: Session, path: Path) -> None:
    truth = json.loads(TRUTHS.read_text())["mspdi"][path.name]
    report = import_plan(session, path, "MFA")
    assert (report.tasks, report.links, report.milestones, report.baselines) == (
        truth["tasks"], truth["links"], truth["milestones"], truth["with_baseline"],
    )  # fmt: skip
    assert counts(report) == (truth["tasks"] - truth["summary"], 0, 0)
    assert len(links(session)) == truth["links"]
    assert counts(import_plan(session, path, "MFA")) == (0, 0, report.added)


@pytest.mark.requirement("R43")
def test_a_moved_milestone_moves_what_hangs_on_it_and_never_the_baseline(session: Session) -> None:
    take(session, *LINES)
    shown = plans.preview_move(session, "MFA", the_activity(session, "Enrol"), date(2026, 12, 7))
    assert activities(session)["Live"].planned_end == date(2026, 12, 11)
    assert plans.move(session, "MFA", the_activity(session, "Enrol"), date(2026, 12, 7), expected=shown) == shown
    there = activities(session)
    assert {one.title: one.new_end.day for one in shown.moved} == {"Enrol": 7, "Test (3)": 9, "Test (4)": 11}
    assert there["Test (4)"].planned_end == date(2026, 12, 11)
    assert there["Test (4)"].baseline_end == date(2026, 12, 10)
    assert [event["moved"] for event in events(session, "plan.moved")] == [3]


def test_a_move_past_the_go_live_says_so(session: Session) -> None:
    take(session, *LINES)
    shown = plans.preview_move(session, "MFA", the_activity(session, "Live"), date(2026, 12, 15))
    assert "3 days after the go-live of Sat 12 Dec 2026" in shown.breaks[0]


def test_a_move_that_somebody_else_made_stale_is_not_made(session: Session) -> None:
    take(session, *LINES)
    shown = plans.preview_move(session, "MFA", the_activity(session, "Enrol"), date(2026, 12, 9))
    plans.move(session, "MFA", the_activity(session, "Test (4)"), date(2026, 12, 20))
    with pytest.raises(Stale):
        plans.move(session, "MFA", the_activity(session, "Enrol"), date(2026, 12, 9), expected=shown)
    assert activities(session)["Enrol"].planned_end == date(2026, 12, 4)


def test_a_move_to_where_it_is_changes_nothing(session: Session) -> None:
    take(session, *LINES)
    assert plans.move(session, "MFA", the_activity(session, "Enrol"), date(2026, 12, 4)).moved == ()
    assert events(session, "plan.moved") == []


def test_what_is_done_or_not_there_is_not_moved(desk: Desk, session: Session) -> None:
    an_initiative().named("DONE").with_work("delivery", "execution", "Enrol", TODAY, TODAY).on(desk)
    with pytest.raises(RuleRefused, match="is done since"):
        plans.move(session, "DONE", the_activity(session, "Enrol"), TODAY + timedelta(days=3))
    with pytest.raises(BadInput, match="no longer there"):
        plans.move(session, "DONE", "nothing", TODAY)


def test_rebaselining_is_a_decision_with_a_reason(desk: Desk, session: Session) -> None:
    take(session, *LINES)
    plans.move(session, "MFA", the_activity(session, "Live"), date(2026, 12, 15))
    with pytest.raises(BadInput, match="needs a reason"):
        plans.rebaseline(session, "MFA", "  \n")
    assert plans.rebaseline(as_person(desk, "pat"), "MFA", "the vendor is late") == 2
    assert activities(session)["Live"].baseline_end == date(2026, 12, 15)
    assert [(event["reason"], event["baseline_changed"]) for event in events(session, "plan.rebaselined")] == [
        ("the vendor is late", 2)
    ]
    with pytest.raises(RuleRefused, match="already"):
        plans.rebaseline(session, "MFA", "again")


def test_only_who_runs_the_project_or_the_desk_rebaselines(desk: Desk) -> None:
    a_person(desk, "kim", "trainer", client="alder")
    for login in ("chris", "kim"):
        with pytest.raises(Denied):
            plans.rebaseline(as_person(desk, login), "MFA", "because")
    with pytest.raises(Denied):
        plans.move(as_person(desk, "kim"), "MFA", "nothing", TODAY)


def test_the_plan_of_what_was_cancelled_is_moved_no_more_and_is_no_new_baseline(desk, session):
    take(session, *LINES)
    enrol = activities(session)["Enrol"]
    with desk.write("the test") as transaction:
        transaction.conn.execute("UPDATE initiative SET state = 'cancelled'")
        transaction.record("test.cancelled", desk.facts.id, {})
    refused = "^MFA is cancelled; nothing more is planned of it$"
    with pytest.raises(RuleRefused, match=refused):
        plans.move(session, "MFA", enrol.id, date(2026, 12, 9))
    with pytest.raises(RuleRefused, match=refused):
        plans.tie(session, "MFA", enrol.id, None)
    with pytest.raises(RuleRefused, match=refused):
        plans.rebaseline(session, "MFA", "it is another plan")
