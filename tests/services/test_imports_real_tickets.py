"""Real tickets of other tools come in by the shipped maps, and their counts are the ones that others counted.

The files are public data that is not shipped; where they are not at hand these tests are skipped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from builders import a_desk, found
from changedesk.services.imports.file_maps import read_map, shipped_map
from changedesk.services.imports.importing import ImportReport, import_file
from changedesk.services.session import Session, open_session
from changedesk.store.imports.stage_summary import ColumnSummary
from plan_files import SHARED

TICKETS = SHARED / "tickets"

pytestmark = pytest.mark.skipif(not TICKETS.is_dir(), reason="the public ticket files are not at hand")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with a_desk(tmp_path) as desk:
        yield open_session(desk)


def truth(name: str) -> dict[str, Any]:
    return dict(json.loads((SHARED / "tickets-truths.json").read_text())[name])


def tried(session: Session, file: str, profile: str) -> tuple[ImportReport, dict[str, ColumnSummary]]:
    report = import_file(session, TICKETS / file, "tickets", dry_run=True, mapping=shipped_map(profile))
    assert report.problems == ()
    return report, {one.column: one for one in report.columns}


def taken(session: Session, file: str, profile: str) -> ImportReport:
    report = import_file(session, TICKETS / file, "tickets", mapping=shipped_map(profile))
    assert report.problems == ()
    again = import_file(session, TICKETS / file, "tickets", mapping=shipped_map(profile))
    assert (again.added, again.updated, again.unchanged) == (0, 0, report.added)
    return report


def counted(session: Session, expression: str) -> dict[str, int]:
    return Counter(dict(found(session.desk, f"SELECT {expression}, count(*) FROM ticket GROUP BY 1")))


def test_an_event_log_collapses_to_its_incidents(session: Session) -> None:
    true = truth("uci_6k")
    report = taken(session, "uci-servicenow-events.csv", "uci-servicenow-events")
    assert (report.read, report.added) == (true["rows"], true["incidents"])
    assert counted(session, "state") == true["last_state_per_incident"]
    by_day = counted(session, "substr(opened_at, 1, 10)")
    assert sorted(by_day.items(), key=lambda pair: -pair[1])[:3] == [
        tuple(p) for p in true["incidents_opened_busiest_days"]
    ]
    ((first, last),) = found(session.desk, "SELECT min(opened_at), max(opened_at) FROM ticket")
    assert (first[:10], last[:10]) == (true["opened_min"], true["opened_max"])


def test_trying_an_event_log_out_counts_its_rows(session: Session) -> None:
    true = truth("uci_6k")
    report, columns = tried(session, "uci-servicenow-events.csv", "uci-servicenow-events")
    assert (report.read, report.added) == (true["rows"], true["incidents"])
    assert dict(columns["state"].most) == true["incident_state"]
    assert dict(columns["priority"].most) == true["priority"]
    assert columns["related_change"].filled == true["caused_by_not_?"]
    assert found(session.desk, "SELECT count(*) FROM ticket") == [(0,)]


def test_another_map_of_the_same_file_counts_what_it_names(session: Session, tmp_path: Path) -> None:
    true = truth("uci_6k")
    path = tmp_path / "other.toml"
    path.write_text(
        'kind = "tickets"\n[columns]\nid = "number"\nopened_at = "opened_at"\nrelated_change = "rfc"\nstate = "made_sla"\n'
        'category = "active"\n[dates]\nopened_at = "%d-%m-%Y %H:%M"\n[missing]\ntokens = ["?"]\n'
    )
    report = import_file(
        session, TICKETS / "uci-servicenow-events.csv", "tickets", dry_run=True, mapping=read_map(path)
    )
    columns = {one.column: one for one in report.columns}
    assert (columns["related_change"].filled, columns["related_change"].different) == (
        true["rfc_not_?"],
        true["distinct_rfc"],
    )
    assert dict(columns["state"].most) == true["made_sla"]
    assert dict(columns["category"].most) == true["active"]


def test_a_log_of_problems_in_another_alphabet_collapses_to_its_problems(session: Session) -> None:
    true = truth("volvo_problems_closed")
    _, columns = tried(session, "volvo-problems-closed.csv", "bpic13-problems")
    assert dict(columns["state"].most) == true["sub_status"]
    assert dict(columns["priority"].most) == true["impact"]
    report = taken(session, "volvo-problems-closed.csv", "bpic13-problems")
    assert (report.read, report.added) == (true["rows"], true["problems"])
    ((first, last),) = found(session.desk, "SELECT min(opened_at), max(resolved_at) FROM ticket")
    # 15:49:42+01:00 and 22:49:06+01:00
    assert (first, last) == ("2006-01-11T14:49:42Z", "2012-05-31T21:49:06Z")


def test_incidents_with_iso_times_come_in_row_by_row(session: Session) -> None:
    true = truth("bpic14_incidents")
    report = taken(session, "bpic14-incidents.csv", "bpic14-incidents")
    assert (report.read, report.added, report.warnings) == (true["rows"], true["rows"], ())
    assert counted(session, "priority") == true["priority"]
    assert counted(session, "category") == true["category"]
    assert counted(session, "substr(opened_at, 1, 7)") == true["by_month"]
    assert found(session.desk, "SELECT max(opened_at) FROM ticket") == [(f"{true['open_max']}Z",)]
    days = sorted(counted(session, "substr(opened_at, 1, 10)").items(), key=lambda pair: (-pair[1], pair[0]))
    assert {*days[:5]} <= {tuple(pair) for pair in true["busiest_days"]} | {d for d in days if d[1] == 44}
    changes = counted(session, "related_change")
    named = {name: count for name, count in true["related_change_top"] if name != "#MULTIVALUE"}
    assert {name: changes[name] for name in named} == named
    assert "#MULTIVALUE" not in changes


def test_what_was_finished_before_it_began_is_a_warning_each_and_is_taken(session: Session) -> None:
    true = truth("jira_agile")
    report, _ = tried(session, "jira-items.csv", "agile-project-items")
    assert (report.read, report.added) == (true["rows"], true["rows"])
    assert (report.warning_count, len(report.warnings)) == (true["negative_cycle"], true["negative_cycle"])
    taken(session, "jira-items.csv", "agile-project-items")
    assert found(session.desk, "SELECT count(*) FROM ticket WHERE resolved_at < opened_at") == [
        (true["negative_cycle"],)
    ]
