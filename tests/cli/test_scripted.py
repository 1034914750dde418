"""The command line as scripts run it: streams that were closed, readers that leave early, slips of the pen."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import TODAY, a_desk, an_initiative, staffed
from changedesk.cli.main import run
from command_line import Shell

ROWS = "code,title,client\nERP,Cutover,birch\n"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\S+")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed desk with one initiative and its people."""
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_audience("all", 40).with_work("delivery", "planning", "Plan", TODAY).on(desk)
    return desk.path


@pytest.fixture
def shell(path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(path, capsys)


def _in_a_shell(line: str, path: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of sh in which ``$changedesk`` is the program."""
    settings = {"changedesk": f"{sys.executable} -m changedesk", "CHANGEDESK_DB": str(path)}
    return subprocess.run(["sh", "-c", line], env=os.environ | settings, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("$changedesk status >&-", 0),
        ("$changedesk status 2>&-", 0),
        ("$changedesk import - --kind initiatives <&-", 2),
        ("$changedesk nonsense 2>&-", 2),
        ("$changedesk >&-", 2),
    ],
)
def test_a_closed_stream_is_no_fault(path: Path, line: str, status: int) -> None:
    done = _in_a_shell(line, path)
    assert done.returncode == status
    assert b"went wrong inside" not in done.stderr


def test_what_is_written_with_every_stream_closed_is_in_the_desk_and_the_desk_is_whole(
    path: Path, shell: Shell
) -> None:
    file = path.with_name("rows.csv")
    file.write_text(ROWS)
    assert _in_a_shell(f"$changedesk import {file} --kind initiatives <&- >&- 2>&-", path).returncode == 0
    assert "ERP,Cutover,birch" in shell("export", "--kind", "initiatives", "-")
    assert shell.json("verify")["ok"]


def test_a_reader_of_an_export_may_leave_early(path: Path, shell: Shell) -> None:
    rows = "".join(f"I{n},{'long ' * 20},alder\n" for n in range(3_000))
    shell.take("code,title,client\n" + rows, kind="initiatives")
    done = _in_a_shell("$changedesk export --kind initiatives - | head -1", path)
    assert (done.stdout.split(b",")[0], done.stderr) == (b"code", b"")


@pytest.mark.parametrize(
    "verb",
    [
        "status",
        "show MFA",
        "triage",
        "calendar",
        "approvals",
        "approvals --due",
        "change list",
        "change kpis",
        "change lessons",
        "change reviews",
        "change questions",
        "services",
        "handover",
        "template list",
        "export --kind initiatives -",
    ],
)
def test_a_client_that_is_not_there_is_refused_everywhere(shell: Shell, verb: str) -> None:
    assert shell(*verb.split(), "--client", "adler", status=2) == ""
    assert "there is no client adler" in shell.said


def test_an_initiative_is_shown_of_its_own_client_alone(shell: Shell) -> None:
    shell.take(ROWS, kind="initiatives")
    assert shell.json("show", "MFA", "--client", "alder") == shell.json("show", "MFA")
    shell("show", "MFA", "--client", "birch", status=2)
    assert "birch has no initiative MFA" in shell.said


@pytest.mark.parametrize("score", ["nan", "inf", "-inf"])
def test_a_score_that_no_gap_can_be_held_against_is_refused(shell: Shell, score: str) -> None:
    shell("triage", "--fail-on", score, status=2)


def test_without_a_gap_no_gap_reaches_a_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with a_desk(tmp_path) as desk:
        pass
    Shell(desk.path, capsys)("triage", "--fail-on", "0")


def test_every_moment_of_a_document_is_utc(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with staffed(a_desk(tmp_path)) as desk:
        an_initiative().with_audience("all", 40).live().on(desk)
    shell = Shell(desk.path, capsys)
    shell.take("client,timezone\nalder,Asia/Kolkata\n", kind="clients")
    for words in (["golive", "MFA"], ["imports"], ["show", "MFA"]):
        moments = [text for text in _texts(shell.json(*words)) if MOMENT.fullmatch(text)]
        assert all(moment.endswith("Z") and len(moment) == len("2026-11-26T14:02:00Z") for moment in moments), moments
        assert moments or words[0] == "show"


def _texts(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)


def test_what_is_refused_says_what_to_do_instead(shell: Shell, path: Path) -> None:
    there = path.with_name("there.txt")
    there.write_text("kept")
    for words, status, said in (
        (["checkpoint", str(there)], 2, "name another file"),
        (["restore", str(path.with_name("nowhere.db"))], 3, "there is no backup at"),
        (["import", "", "--kind", "clients"], 2, "the name of a file is empty"),
        (["cab", "minutes", "CAB of the week"], 2, "changedesk cab list names them"),
    ):
        shell(*words, status=status)
        assert said in shell.said
        assert "--force" not in shell.said
    assert there.read_text() == "kept"


def test_a_checkpoint_goes_to_standard_output_and_proves_the_desk_from_there(shell: Shell, path: Path) -> None:
    kept = path.with_name("kept.json")
    kept.write_text(shell("checkpoint", "-"))
    assert shell.json("verify", "--checkpoint", str(kept))["ok"]
    shell("backup", "-", status=2)
    assert not Path("-").exists()


@pytest.mark.parametrize("group", ["change", "template", "improvement", "cab", "policy", "audit"])
def test_a_group_without_its_verb_names_its_verbs(shell: Shell, group: str) -> None:
    shell(group, status=2)
    assert shell.said.startswith(f"changedesk: changedesk {group} needs one of its verbs: ")
    assert shell.said.count("\n") == 1


def test_a_missing_option_is_one_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", "x.csv", "--db", str(path)]) == 2
    assert re.search(r"--kind'\. Choose from: clients, people", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        ("0,0", "denominator", "must be above 0"),
        ("3,2", "numerator", "more than the denominator"),
        ("1,12345678901234567890", "denominator", "more digits than are kept"),
        ("1,+5", "denominator", '"+5" is not a number; write it as 1234.5'),
        ("--1,5", "numerator", '"--1" is not a number; write it as 1234.5'),
    ],
)
def test_a_count_that_cannot_be_is_told_of_the_column_that_is_wrong(
    shell: Shell, cells: str, column: str, said: str
) -> None:
    header = "initiative,audience,metric,date,numerator,denominator\n"
    report = shell.take(f"{header}MFA,all,utilization,2026-11-20,{cells}\n", kind="observations", status=2)
    assert [problem["column"] for problem in report["problems"]] == [column]
    assert said in report["problems"][0]["problem"]


def test_a_place_where_no_desk_can_be_is_named_as_it_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--db", "/proc/desk.db"]) == 2
    assert capsys.readouterr().err.startswith("changedesk: /proc/desk.db cannot be made")


def test_standard_output_of_an_import_is_one_document_whatever_comes(shell: Shell) -> None:
    report = json.loads(shell("import", "nowhere.csv", "--kind", "clients", "--json", status=2))
    assert report["problems"][0]["row"] == 0
