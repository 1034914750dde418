"""Changes and windows of other tools, on the command line: as history, and never over what was done here."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from builders import NOW, a_desk, a_person, at
from changedesk.services.imports.file_maps import profile_names
from command_line import Shell

SERVICENOW = (
    "number,company,short_description,type,risk,state,start_date,end_date,work_start,work_end,requested_by,assigned_to,"
    "business_service,close_code\n"
    "CHG0030001,alder,New mail relay,Normal,Moderate,Closed,2026-10-02 20:00:00,2026-10-02 22:00:00,2026-10-02 20:05:00,"
    "2026-10-02 21:10:00,Rita Roe,Ivo Ivanov,Mail,Successful with issues\n"
    "CHG0030002,alder,Reset the switch,Emergency,High,Closed,2026-10-03 03:00:00,2026-10-03 04:00:00,2026-10-03 03:00:00,"
    "2026-10-03 03:50:00,Rita Roe,Ivo Ivanov,Network,Unsuccessful\n"
    "CHG0030003,birch,Restart,Standard,Low,Scheduled,2026-12-04 20:00:00,2026-12-04 21:00:00,,,Bea Bo,,Print,\n"
)
GLPI = (
    '\ufeff"ID";"Title";"Entity";"Status";"Opening date";"Time to resolve";"Resolution date";"Requester";"Technician"\n'
    '"41";"New mail relay";"alder";"Closed";"2026-10-02 20:00";"2026-10-05 20:00";"2026-10-04 11:00";"Rita";"Ivo"\n'
    '"42";"Move the printers";"alder";"Evaluation";"2026-11-20 09:00";"2026-12-20 09:00";"";"Rita";""\n'
)
JIRA = (
    "Issue key,Project key,Summary,Status,Resolution,Reporter,Assignee,Resolved,Custom field (Change type),"
    "Custom field (Change risk),Custom field (Change start date),Custom field (Change completion date),"
    "Custom field (Affected services)\n"
    "ALD-7,ALD,New mail relay,Completed,Done,rita,ivo,02/Oct/26 9:10 PM,Normal,Medium,02/Oct/26 8:00 PM,02/Oct/26 10:00 PM,Mail\n"
    "ALD-9,ALD,Restart,Awaiting CAB approval,Unresolved,rita,,,Normal,Low,04/Dec/26 8:00 PM,04/Dec/26 9:00 PM,\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_desk(tmp_path, demo=True) as desk:
        for login, role in (("max", "change_manager"), ("cora", "cab"), ("carl", "cab"), ("rita", "requester")):
            a_person(desk, login, role, client="alder")
        a_person(desk, "ivo", "implementer", client="alder")
    return desk.path


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANGEDESK_NOW", at()().isoformat())


@pytest.fixture
def shell(path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(path, capsys)


def exported(shell: Shell, kind: str = "changes") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(shell("export", "--kind", kind, "-"))))


@pytest.mark.parametrize(
    ("profile", "text", "number", "expected"),
    [
        (
            "servicenow-change",
            SERVICENOW,
            "CHG0030001",
            {"path": "normal", "risk": "medium", "state": "closed", "outcome": "with_issues", "services": "Mail",
             "planned_start": "2026-10-02T20:00:00Z", "actual_end": "2026-10-02T21:10:00Z", "implementer": "Ivo Ivanov"},
        ),
        (
            "glpi-changes",
            GLPI,
            "42",
            {"path": "normal", "risk": "", "state": "assessing", "outcome": "", "requester": "Rita",
             "planned_start": "2026-11-20T09:00:00Z", "planned_end": "2026-12-20T09:00:00Z", "actual_end": ""},
        ),
        (
            "jira-changes",
            JIRA,
            "ALD-7",
            {"path": "normal", "risk": "medium", "state": "closed", "outcome": "successful", "client": "ALD",
             "planned_end": "2026-10-02T22:00:00Z", "actual_end": "2026-10-02T21:10:00Z", "services": "Mail"},
        ),
    ],
)  # fmt: skip
def test_changes_of_other_tools_come_in_by_a_profile(shell: Shell, profile, text, number, expected) -> None:
    assert profile in profile_names()
    report = shell.take(text, "--profile", profile)
    assert (report["refused"], report["problems"]) == (0, [])
    assert report["added"] == text.count("\n") - 1
    row = next(row for row in exported(shell) if row["number"] == number)
    assert {name: row[name] for name in expected} == expected
    assert shell.take(text, "--profile", profile)["unchanged"] == report["added"]


def test_raw_values_of_servicenow_are_understood_as_well(shell: Shell) -> None:
    text = "number,company,short_description,type,risk,state,start_date,end_date,close_code\n"
    text += "C1,alder,Raw,normal,3,3,2026-10-02 20:00:00,2026-10-02 22:00:00,successful_issues\n"
    shell.take(text, "--profile", "servicenow-change")
    (row,) = exported(shell)
    assert (row["risk"], row["state"], row["outcome"]) == ("medium", "closed", "with_issues")


def test_a_word_that_no_profile_knows_is_refused_with_the_list(shell: Shell) -> None:
    report = shell.take(JIRA.replace("Awaiting CAB", "Waiting for CAB"), "--profile", "jira-changes", status=2)
    assert (report["added"], report["refused"]) == (0, 1)
    assert report["problems"][0]["row"] == 3
    assert "is not one of draft, assessing" in report["problems"][0]["problem"]


def test_a_glpi_change_without_a_time_to_resolve_is_named(shell: Shell) -> None:
    report = shell.take(GLPI.replace('"2026-12-20 09:00"', '""'), "--profile", "glpi-changes", "--skip-refused")
    assert (report["added"], report["refused"]) == (1, 1)
    assert report["problems"][0]["column"] == "planned_end"


def test_changes_of_any_other_tool_come_in_by_a_map_of_ones_own(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'kind = "changes"\ndelimiter = "|"\nencoding = "iso-8859-1"\n'
        '[columns]\nnumber = "Nr"\ntitle = "Was"\npath = "Art"\nplanned_start = "Von"\nplanned_end = "Bis"\noutcome = "Erg"\n'
        'actual_end = "Ende"\nstate = "Stand"\n'
        '[dates]\nplanned_start = "%d.%m.%Y %H:%M"\nplanned_end = "%d.%m.%Y %H:%M"\nactual_end = "%d.%m.%Y %H:%M"\n'
        'zone = "Europe/Berlin"\n'
        '[values.path]\nNormal = "normal"\n[values.outcome]\ngut = "successful"\n[values.state]\nzu = "closed"\n'
        '[constants]\nclient = "alder"\n',
        encoding="utf-8",
    )
    file = tmp_path / "theirs.csv"
    file.write_bytes(
        (
            "Nr|Was|Art|Von|Bis|Ende|Erg|Stand\n"
            "Ä-1|Neuer Server für alle|Normal|02.10.2026 20:00|02.10.2026 22:00|02.10.2026 21:00|gut|zu\n"
        ).encode("iso-8859-1")
    )
    shell("import", str(file), "--kind", "changes", "--map", str(tmp_path / "mine.toml"))
    (row,) = exported(shell)
    assert (row["number"], row["title"], row["planned_start"], row["outcome"]) == (
        "Ä-1",
        "Neuer Server für alle",
        "2026-10-02T18:00:00Z",
        "successful",
    )


def test_windows_of_any_other_tool_come_in_by_a_map_of_ones_own(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'kind = "windows"\n[columns]\nkind = "Type"\ntitle = "Name"\nstart = "From"\nend = "To"\nscope = "About"\n'
        'rrule = "Rule"\n'
        '[dates]\nstart = "epoch"\nend = "epoch"\n'
        '[values.kind]\nBlackout = "freeze_hard"\nMaintenance = "maintenance"\n'
        '[values.scope]\nMail = "service:Mail"\nEverything = ""\n'
        '[constants]\nclient = "alder"\n',
        encoding="utf-8",
    )
    text = "Name,Type,From,To,About,Rule\n"
    text += "Year end,Blackout,1798106400,1798452000,Everything,\n"
    text += "Evenings,Maintenance,1764547200,1764554400,Mail,FREQ=WEEKLY;BYDAY=MO\n"
    report = shell.take(text, "--map", str(tmp_path / "mine.toml"), kind="windows")
    assert report["added"] == 2
    rows = exported(shell, "windows")
    assert [(row["kind"], row["scope"], row["start"], row["rrule"]) for row in rows] == [
        ("freeze_hard", "", "2026-12-24T10:00:00Z", ""),
        ("maintenance", "service:Mail", "2025-12-01T00:00:00Z", "FREQ=WEEKLY;BYDAY=MO"),
    ]
    wrong = shell.take(
        text.replace("Blackout", "Freeze"), "--map", str(tmp_path / "mine.toml"), kind="windows", status=2
    )
    assert "is not one of freeze_hard" in wrong["problems"][0]["problem"]


HISTORY = (
    "number,client,title,path,risk,services,planned_start,planned_end,actual_start,actual_end,requester,implementer,state,outcome,"
    "initiative\n"
    "A-1,alder,Old one,normal,low,mail,2026-10-02T20:00:00Z,2026-10-02T22:00:00Z,,2026-10-02T21:00:00Z,rita,ivo,closed,"
    "successful,\n"
    "A-2,alder,Next one,normal,low,mail,2026-11-26T14:00:00Z,2026-11-26T16:00:00Z,,,rita,ivo,scheduled,,\n"
)


def test_imported_changes_are_history_with_their_state_and_without_votes(shell: Shell) -> None:
    shell.take(HISTORY)
    assert shell("export", "--kind", "changes", "-") == HISTORY
    shown = shell.json("change", "show", "A-2")
    assert (shown["state"], shown["imported"], shown["approval"], shown["votes"]) == ("scheduled", True, "pending", [])
    assert shell.json("change", "show", "A-1")["authorised"] is None
    assert shell.json("approvals", "--due") == []


def test_an_imported_change_starts_only_after_this_desk_has_voted(shell: Shell) -> None:
    shell.take(HISTORY)
    shell("change", "start", "A-2", by="ivo", status=1)
    assert "A-2 cannot start: 1 vote of the step Assessment (max)" in shell.said
    shell("change", "vote", "A-2", "--approve", by="max")
    shell("change", "vote", "A-2", "--approve", by="cora")
    shell("change", "start", "A-2", by="ivo", status=1)
    shell("change", "vote", "A-2", "--approve", by="carl")
    assert shell.json("change", "show", "A-2")["approval"] == "approved"
    shell("change", "start", "A-2", by="ivo")
    assert shell.json("change", "show", "A-2")["state"] == "implementing"


def test_a_later_file_brings_history_up_to_date_until_it_is_worked_on_here(shell: Shell) -> None:
    shell.take(HISTORY)
    later = HISTORY.replace("Next one", "Next one moved").replace("14:00:00Z,2026-11-26T16", "18:00:00Z,2026-11-26T20")
    assert (shell.take(later)["updated"], shell.take(later)["unchanged"]) == (1, 2)
    shell("change", "edit", "A-2", "--title", "Ours now", by="max")
    report = shell.take(HISTORY, status=2)
    assert report["refused"] == 1
    assert "A-2" in report["problems"][0]["problem"]
    assert shell.json("change", "show", "A-2")["title"] == "Ours now"
    assert shell.take(HISTORY, "--skip-refused")["unchanged"] == 1


def test_a_vote_alone_already_makes_it_ours(shell: Shell) -> None:
    shell.take(HISTORY)
    shell("change", "vote", "A-2", "--approve", by="max")
    assert shell.take(HISTORY.replace("Next one", "Another"), status=2)["refused"] == 1


def test_no_file_changes_a_change_that_was_made_here(shell: Shell) -> None:
    number = shell(
        "change", "new", "--client", "alder", "--title", "Mine", "--path", "normal", "--start", "2026-12-02T20:00Z",
        "--end", "2026-12-02T21:00Z", "--service", "mail", by="rita",
    ).strip()  # fmt: skip
    report = shell.take(HISTORY.replace("A-2", number), status=2)
    assert report["refused"] == 1
    assert shell.json("change", "show", number)["title"] == "Mine"
    assert len(exported(shell)) == 1
    assert f"{NOW:%Y}" in shell("change", "list")


def test_history_says_how_changes_end_and_nothing_about_this_desks_leave(shell: Shell) -> None:
    shell.take(SERVICENOW, "--profile", "servicenow-change")
    figures = shell.json("change", "kpis", "--client", "alder")
    assert (figures["success"]["n"], figures["failed"]["part"], figures["unauthorised"]["n"]) == (2, 1, 0)
    assert figures["success"]["percent"] == 0
    assert figures["unauthorised"]["percent"] is None
