"""The sponsor's report: everything that is known on one day, from one state of the desk, in one file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from builders import TODAY, a_client, a_desk, a_person, as_person, at, record
from changedesk.domain.report import Bullets, LaneChart, LineChart, Report, Table
from changedesk.errors import BadInput
from changedesk.services.initiative import report
from changedesk.services.people import triage
from changedesk.services.records.observing import observe
from changedesk.services.session import open_session
from changedesk.store.desk.database import Desk
from running_desk import a_service, of_service, people, tickets

LIVE = TODAY - timedelta(days=20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as desk:
        people(desk)
        initiative = (
            of_service(a_service(desk))
            .live(LIVE)
            .with_work("delivery", "execution", "Build", LIVE - timedelta(days=9), LIVE - timedelta(days=9))
            .with_work("people", "training", "Train everybody", LIVE - timedelta(days=5))
            .with_target(80, TODAY + timedelta(days=30))
            .on(desk)
        )
        tickets(desk, initiative, LIVE - timedelta(days=60), TODAY, 20, live=LIVE, surge=1)
        record(
            desk, "decision", initiative_id=initiative, title="Later for nurses", touches_timing=1, touches_adoption=1
        )  # fmt: skip
        record(desk, "risk", initiative_id=initiative, title="No keys", kind="adoption", probability=5, impact=5)
        record(desk, "benefit", initiative_id=initiative, name="Calls", baseline=40.0, target=10.0, unit="a week")
        record(desk, "confidence", initiative_id=initiative, whose="sponsor", day="2026-11-20", score=3)
        observe(open_session(desk), "MFA", "all", "utilization", "2026-11-13", "40/200")
        observe(open_session(desk), "MFA", "all", "utilization", "2026-11-20", "90/200")
        yield desk


def blocks(made: Report, kind: type) -> list[object]:
    return [block for section in made.sections for block in section.blocks if isinstance(block, kind)]


def texts(made: Report) -> str:
    written = BytesIO()
    report.write_report(None, made, "md", written)  # type: ignore[arg-type]
    return written.getvalue().decode()


def test_it_says_both_lanes_use_load_risks_decisions_and_what_is_next(desk: Desk) -> None:
    made = report.report(open_session(desk), "MFA")
    titles = [section.title for section in made.sections]
    assert titles[:2] == ["In short", "What waits for you"]
    assert {"Risks", "Decisions", "Next steps", "Four questions", "What lasts"} <= set(titles)
    assert made.title == "MFA everywhere"
    assert made.subtitle.startswith("MFA, Alder. Went live")
    use, load = blocks(made, LineChart)
    assert isinstance(use, LineChart)
    assert isinstance(load, LineChart)
    assert [round(level) for _, level in use.points] == [20, 45]
    assert use.target == 80
    assert load.band
    assert len(load.bars) == 41
    (chart,) = blocks(made, LaneChart)
    assert isinstance(chart, LaneChart)
    assert [lane.title for lane in chart.lanes] == ["Delivery", "People"]
    said = texts(made)
    for part in (
        "Later for nurses touches timing and adoption",
        "severe (25)",
        "Train everybody",
        "Confidence of the sponsor: 3 of 5",
        "Handover to Mail",
        "45 % use it",
        "tickets a week for every 100 people",
    ):
        assert part in said, part


def test_every_column_of_a_table_has_a_heading_and_what_stands_by_a_day_is_one(demo_file: Path) -> None:
    with Desk(demo_file, at()) as demo:
        made = report.report(open_session(demo), "MFA")
    tables = [one for one in blocks(made, Table) if isinstance(one, Table)]
    headings = [table.columns for table in tables]
    assert all("" not in columns for columns in headings), headings
    (gaps,) = (table for table in tables if table.columns[0] == "Gap")
    assert {row[-1] for row in gaps.rows} == {"Wed 25 Nov", "Mon 30 Nov"}


def test_the_gaps_of_a_report_are_those_of_the_ranking_and_read_of_its_own_initiative_alone(demo_file: Path) -> None:
    with Desk(demo_file, at()) as demo:
        session = open_session(demo)
        ranking = triage.triage(session)
        found = next(row.gap.initiative_id for row in ranking.rows(0, 1))
        asked: list[str] = []
        demo.reader().set_trace_callback(asked.append)
        gaps = triage.gaps_of_initiative(session, found)
        demo.reader().set_trace_callback(None)
        rows = ranking.narrowed(triage.TriageQuery(initiative_id=found)).rows(0, len(gaps) + 1)
    assert list(gaps) == [row.gap for row in rows]
    of_people = [statement for statement in asked if "people_standing" in statement]
    assert of_people
    assert all(found in statement for statement in of_people)


def test_what_waits_for_somebody_stands_before_everything_that_is_only_told(desk: Desk) -> None:
    made = report.report(open_session(desk), "MFA")
    waits = next(section for section in made.sections if section.title == "What waits for you")
    (bullets,) = waits.blocks
    assert isinstance(bullets, Bullets)
    assert bullets.items[0].startswith("Decision: Later for nurses")


def test_an_initiative_of_which_nothing_is_known_has_a_report_that_says_so(desk: Desk) -> None:
    of_service(a_service(desk, "Empty")).named("NEW", "New one").planned_for(TODAY + timedelta(days=90)).on(desk)
    made = report.report(open_session(desk), "NEW")
    assert blocks(made, LineChart) == []
    assert "unknown" in texts(made)
    for form in report.FORMATS:
        report.write_report(open_session(desk), made, form, BytesIO())


@pytest.mark.requirement("R108")
def test_a_report_on_another_clients_initiative_cannot_be_had(desk: Desk) -> None:
    a_client(desk, "birch")
    a_person(desk, "bea", "sponsor", client="birch")
    with pytest.raises(BadInput, match="MFA"):
        report.report(as_person(desk, "bea"), "MFA")


def test_a_file_is_whole_or_not_there_and_written_over_only_with_force(desk: Desk) -> None:
    session = open_session(desk)
    made = report.report(session, "MFA")
    path = desk.path.with_name("report.html")
    report.write_report(session, made, "html", path)
    first = path.read_bytes()
    assert first.startswith(b"<!doctype html>")
    with pytest.raises(BadInput, match="exists already"):
        report.write_report(session, made, "html", path)
    report.write_report(session, made, "html", path, force=True)
    assert path.read_bytes() == first
    with pytest.raises(BadInput, match="is the desk itself"):
        report.write_report(session, made, "html", desk.path, force=True)
    with pytest.raises(BadInput, match="cannot be written as pdf"):
        report.write_report(session, made, "pdf", path)


def test_the_same_desk_on_the_same_day_gives_the_same_bytes(desk: Desk) -> None:
    written = []
    for _ in range(2):
        target = BytesIO()
        report.write_report(open_session(desk), report.report(open_session(desk), "MFA"), "html", target)
        written.append(target.getvalue())
    assert written[0] == written[1]
    assert len(blocks(report.report(open_session(desk), "MFA"), Table)) >= 5
