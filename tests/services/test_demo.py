"""The demo desk is made once, from the same decisions that people make, and proves itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from builders import a_desk, at, found
from changedesk.errors import DeskUnusable
from changedesk.services import desks
from changedesk.services.control.approvals import meetings
from changedesk.services.control.approvals.queue import queue
from changedesk.services.control.calendar import page as calendar
from changedesk.services.control.learning import kpis, reviews
from changedesk.services.control.rules import catalogue
from changedesk.services.demo.making import ensure_demo
from changedesk.services.initiative.page import initiative
from changedesk.services.session import Session, open_session
from changedesk.store.desk.database import Desk

NOW = {"CHANGEDESK_NOW": "2026-11-26T14:02:00Z"}


@pytest.fixture(scope="module")
def demo(demo_file: Path) -> Iterator[Session]:
    with Desk(demo_file, at()) as desk:
        yield open_session(desk)


def test_the_demo_desk_is_made_once_and_proves_itself(demo_template: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(demo_template, tmp_path / "demo.db"))
    assert not ensure_demo(path, NOW)
    with Desk(path, at()) as desk:
        assert (desk.facts.kind, desk.facts.demo) == ("personal", True)
        findings = desks.doctor(open_session(desk))
        assert [finding for finding in findings if not finding.well] == []
        assert found(desk, "SELECT count(*) > 0 FROM signature") == [(1,)]
        assert found(desk, "SELECT max(at) FROM audit") <= [("2026-11-26T14:02:00.000Z",)]
    assert [entry.name for entry in tmp_path.iterdir()] == ["demo.db"]


def test_its_files_were_brought_on_the_day_up_to_which_they_count(demo: Session) -> None:
    brought = "SELECT DISTINCT date(at) FROM audit WHERE kind = 'import'"
    assert demo.desk.reader().execute(brought).fetchall() == [(NOW["CHANGEDESK_NOW"][:10],)]


def test_a_desk_of_ones_own_is_never_taken_for_a_demo(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        before = desk.path.read_bytes()
        with pytest.raises(DeskUnusable, match="is a desk of its own, not a demo"):
            ensure_demo(desk.path, NOW)
        assert desk.path.read_bytes() == before


@pytest.mark.parametrize(
    "table",
    [
        "snapshot",
        "benefit",
        "benefit_observation",
        "risk",
        "decision",
        "resistance",
        "workaround",
        "holiday",
        "ticket",
        "service",
        "agreement",
        "service_period",
        "service_signal",
        "improvement",
        "support_hours",
        "security_exception",
        "duty",
        "handover",
        "handover_item",
        "exit_word",
    ],
)
def test_there_is_something_of_every_kind_to_work_with(demo: Session, table: str) -> None:
    assert found(demo.desk, f"SELECT count(*) > 1 FROM {table}") == [(1,)]


@pytest.mark.requirement("R107")
@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("ONCALL", "one_owner"),
        ("SRV", "no_benefit"),
        ("SRV", "no_snapshot"),
        ("FWALL", "stale_snapshot"),
        ("FWALL", "unknown_change_budget"),
        ("EXP", "no_target"),
        ("PSA", "use_unobserved"),
        ("PSA", "metric_stale"),
        ("RMM", "no_adoption_risk"),
        ("LOB", "no_outcome_owner"),
        ("MFA", "low_change_budget"),
        ("MFA", "unacknowledged"),
    ],
)
def test_the_demo_has_something_that_nobody_looks_at(demo: Session, code: str, rule: str) -> None:
    assert rule in {spot.rule for spot in initiative(demo, code).measures.blind_spots}


@pytest.mark.requirement("R34")
def test_the_demo_shows_how_resistance_moved_a_milestone(demo: Session) -> None:
    assert [chain.slip_days for chain in initiative(demo, "ERP").measures.chains if chain.milestone == "Cutover"] == [4]


@pytest.mark.requirement("R104")
def test_nearly_all_changes_keep_to_their_windows_and_something_is_owed_after_them(demo: Session) -> None:
    whole = kpis.kpi_view(demo).whole
    assert whole.outside.whole > 50
    assert whole.outside.part / whole.outside.whole < 0.15, "or the sign would say nothing"
    assert whole.incident.part > 0
    assert whole.downtime is not None
    owed = reviews.reviews_view(demo)
    assert {one.overdue for one in owed.reviews} == {True, False}
    assert len(owed.to_close) > 0
    assert {one.action.due < demo.now for one in owed.actions if one.action.due} == {True, False}
    assert {one.about for one in owed.proposals} == {"policy"}
    states = {(entry.shown.name, entry.state) for entry in catalogue.catalogue(demo)}
    assert {("account-unlock", "proposed"), ("tablet-profile", "expired"), ("firmware-update", "suspended")} <= states


@pytest.mark.requirement("R150")
def test_somebody_is_booked_for_two_changes_at_once(demo: Session) -> None:
    said = [one.sentence for one in calendar.calendar(demo, demo.now, demo.now + timedelta(days=21)).collisions]
    assert any("does" in sentence and "at the same time" in sentence for sentence in said), said


def test_every_title_of_a_change_begins_as_a_sentence_does(demo: Session) -> None:
    titles = [title for (title,) in found(demo.desk, "SELECT title FROM change_request")]
    assert [title for title in titles if title[:1].islower()] == []


def test_no_change_was_asked_for_after_its_window_had_begun(demo: Session) -> None:
    late = (
        "SELECT r.number FROM change_request r JOIN audit a ON a.subject = r.id AND a.kind = 'change.created'"
        " WHERE datetime(a.at) > datetime(r.planned_start)"
    )
    assert demo.desk.reader().execute(late).fetchall() == []


def test_the_board_sits_before_the_votes_on_what_it_talks_about_are_due_unless_they_are_overdue(demo: Session) -> None:
    due = {(item.client, item.number): item.due for item in queue(demo).items if item.due and item.due > demo.now}
    for meeting in meetings.listed(demo):
        for one in meetings.meeting_view(demo, meeting.id).agenda:
            deadline = due.get((meeting.client, one.item.number))
            assert deadline is None or meeting.at <= deadline, one.item.number
