"""Tickets by command: what a dry run shows, and where a map is proposed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from builders import a_desk, an_initiative
from changedesk.cli.main import run

THEIRS = "Ticket;Opened;Solved;Status\nA;31.01.2026 10:00;;new\nA;31.01.2026 10:00;30.01.2026 10:00;done\nB;31.01.2026 11:00;;new\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with a_desk(tmp_path) as desk:
        an_initiative().on(desk)
    return desk.path


def test_a_dry_run_of_a_strange_file_prints_a_map_that_then_takes_it(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, made = tmp_path / "theirs.csv", tmp_path / "made.toml"
    file.write_text(THEIRS)
    words = ["--db", str(db), "import", str(file), "--kind", "tickets", "--dry-run"]
    assert run(words) == 1
    out, err = capsys.readouterr()
    assert "separated by semicolons" in err
    assert tomllib.loads(out)["kind"] == "tickets"
    made.write_text(out)
    assert run([*words, "--map", str(made)]) == 0
    out, _ = capsys.readouterr()
    first, *columns = out.splitlines()
    assert first.endswith("3 read, 2 added, 0 updated, 0 unchanged; nothing was changed")
    assert columns[-1].split() == ["state", "3", "filled,", "2", "different:", "new", "(2),", "done", "(1)"]


def test_what_a_dry_run_shows_is_in_its_document_too(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("id,opened_at,state\n1,2026-01-31T10:00Z,new\n2,2026-01-31T11:00Z,new\n3,noon,new\n")
    words = ["--db", str(db), "import", str(file), "--kind", "tickets", "--dry-run", "--json"]
    assert run(words) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["read"], document["refused"]) == (3, 1)
    assert document["problems"] == [
        {"row": 4, "column": "opened_at", "problem": '"noon" is not a time; write it as 2026-11-26T14:00Z'}
    ]
    assert document["columns"]["state"] == {
        "filled": 2, "different": 1, "lowest": None, "highest": None, "most": {"new": 2},
    }  # fmt: skip
    assert document["columns"]["opened_at"]["highest"] == "2026-01-31T11:00:00Z"


def test_a_map_leaves_the_client_to_the_command(db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "issues.csv"
    file.write_text("Summary,Issue key,Status,Created\nLocked out,D-1,Open,04/Dec/25 5:00 PM\n")
    words = ["--db", str(db), "import", str(file), "--kind", "tickets", "--profile", "jira-issues"]
    assert run([*words, "--client", "alder", "--initiative", "MFA"]) == 0
    capsys.readouterr()
    assert run(["--db", str(db), "export", "--kind", "tickets", "-"]) == 0
    assert "D-1,2025-12-04T17:00:00Z,,,,,alder,MFA,,Open,Locked out," in capsys.readouterr().out
    assert run(["--db", str(db), "import", str(file), "--kind", "tickets", "--client", "alder"]) == 2
    assert "--client goes with --map or --profile" in capsys.readouterr().err


def test_imports_are_listed_with_what_can_be_taken_back_and_taken_back_by_number(
    db: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--db", str(db), "imports"]) == 0
    assert capsys.readouterr().out == "nothing was imported into this desk yet\n"
    file = tmp_path / "ours.csv"
    file.write_text("id,opened_at,client\n1,2026-01-31T10:00Z,alder\n2,2026-01-31T11:00Z,alder\n")
    assert run(["--db", str(db), "import", str(file), "--kind", "tickets"]) == 0
    capsys.readouterr()
    assert run(["--db", str(db), "imports", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["imports"]
    assert (entry["kind"], entry["added"], entry["can_be_undone"], entry["refused"]) == ("tickets", 2, True, None)
    assert run(["--db", str(db), "imports", "--undo", str(entry["number"])]) == 0
    assert capsys.readouterr().out == "taken back: import of tickets, 2 removed, 0 as before\n"
    assert run(["--db", str(db), "imports"]) == 0
    assert "it was taken back already" in capsys.readouterr().out
    assert run(["--db", str(db), "imports", "--undo", str(entry["number"])]) == 1
    assert "the import cannot be taken back: it was taken back already" in capsys.readouterr().err
