"""``import`` and ``export`` on the command line: streams and exit status."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from changedesk.cli.transfer.exchanging import Wanted, run_export, run_import
from changedesk.errors import BadInput
from changedesk.services.session import Session, open_session
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk

NOW = datetime(2026, 11, 26, 14, 2, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "desk" / "desk.db"
    create_desk(path, kind="personal", demo=False, owner="owner", clock=lambda: NOW)
    with Desk(path, lambda: NOW) as desk:
        yield open_session(desk)


def _file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def _run(
    session: Session, *files: str, kind: str = "clients", dry: bool = False, skip: bool = False, js: bool = False
) -> int:
    return run_import(session, files, Wanted(kind, dry_run=dry, skip_refused=skip, as_json=js))


def test_an_import_prints_one_line_a_file(session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = (
        _file(tmp_path, "one.csv", "client\nlarch\n"),
        _file(tmp_path, "two.csv", "client,name\nlarch,\nelm,Elm\n"),
    )
    assert _run(session, one, two) == 0
    assert capsys.readouterr() == (
        f"{one}: 1 read, 1 added, 0 updated, 0 unchanged\n{two}: 2 read, 1 added, 0 updated, 1 unchanged\n",
        "",
    )


def test_json_is_one_document_with_the_agreed_keys(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, "one.csv", "client,user_maturity\nlarch,9\nelm,1\n")
    assert _run(session, file, js=True) == 2
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "kind": "clients",
        "read": 2,
        "added": 0,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "warnings": [],
        "problems": [{"row": 2, "column": "user_maturity", "problem": "9 is not between 1 and 5"}],
    }
    assert err == f"{file} row 2, column user_maturity: 9 is not between 1 and 5\n"
    assert _run(session, file, js=True, skip=True) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["added"], document["refused"]) == (1, 1)
    good = _file(tmp_path, "good.csv", "client\nash\n")
    assert _run(session, good, good, js=True) == 0
    assert [document["added"] for document in json.loads(capsys.readouterr().out)] == [1, 0]


def test_the_first_twenty_problems_are_told_and_the_rest_counted(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, "bad.csv", "client,user_maturity\n" + "".join(f"c{n},9\n" for n in range(25)))
    assert _run(session, file) == 2
    out, err = capsys.readouterr()
    assert out == f"{file}: 25 read, 0 added, 0 updated, 0 unchanged, 25 refused; nothing was changed\n"
    assert len(err.splitlines()) == 21
    assert err.splitlines()[-1] == f"{file}: and 5 more"
    assert _run(session, file, skip=True) == 0
    assert len(capsys.readouterr().err.splitlines()) == 25


def test_a_dry_run_with_refusals_ends_with_1_and_without_with_0(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = _file(tmp_path, "bad.csv", "client\n'\n"), _file(tmp_path, "good.csv", "client\nlarch\n")
    assert _run(session, bad, dry=True) == 1
    assert _run(session, good, dry=True) == 0
    assert (
        capsys.readouterr().out.splitlines()[1]
        == f"{good}: 1 read, 1 added, 0 updated, 0 unchanged; nothing was changed"
    )
    assert _run(session, good) == 0
    assert "1 added" in capsys.readouterr().out


def test_a_file_refused_as_a_whole_ends_with_2_and_the_next_file_is_taken(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = _file(tmp_path, "bad.csv", "client;name\n"), _file(tmp_path, "good.csv", "client\nlarch\n")
    assert _run(session, bad, good, js=True) == 2
    out, err = capsys.readouterr()
    assert [(d["added"], len(d["problems"])) for d in json.loads(out)] == [(0, 1), (1, 0)]
    assert err == f"{bad} row 1: the columns are separated by semicolons; a canonical file has commas\n"


def test_a_file_of_other_columns_is_refused_with_the_way_to_a_map(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = _file(tmp_path, "bad.csv", "Customer,Company\nlarch,Larch\n")
    assert _run(session, bad) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert (
        said == f"a file of another tool? This proposes a map for it: changedesk import {bad} --kind clients --dry-run"
    )
    assert _run(session, _file(tmp_path, "wrong.csv", "client,user_maturity\nlarch,9\n")) == 2
    assert "proposes a map" not in capsys.readouterr().err


def test_a_file_that_is_not_there_does_not_keep_the_others_out(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = _file(tmp_path, "good.csv", "client\nlarch\n")
    assert _run(session, str(tmp_path / "none.csv"), good) == 2
    assert capsys.readouterr() == (
        f"{good}: 1 read, 1 added, 0 updated, 0 unchanged\n",
        f"{tmp_path / 'none.csv'} cannot be read: no such file or directory\n",
    )


def test_nothing_of_a_file_acts_on_the_terminal(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _file(tmp_path, "bad.csv", "client,timezone,\x1b[2J\nlarch,\x1b]52;c;eA==\x07,\n")
    assert _run(session, file) == 2
    file = _file(tmp_path, "worse.csv", "client,timezone\nlarch,\x1b]52;c;eA==\x07\u202e\n")
    assert _run(session, file, js=True) == 2
    out, err = capsys.readouterr()
    assert all(char.isprintable() or char == "\n" for char in out + err)


def test_a_progress_bar_is_drawn_on_a_terminal_only(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    file = _file(tmp_path, "one.csv", "client\nlarch\n")
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert _run(session, file) == 0
    assert "100 %" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_exports_go_to_a_file_or_to_standard_output(
    session: Session, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _run(session, _file(tmp_path, "one.csv", "client,name\nlarch,Lärche\n"))
    capfdbinary.readouterr()
    out = tmp_path / "out.csv"
    assert run_export(session, "clients", "csv", str(out), None, False) == 0
    assert run_export(session, "clients", "csv", "-", None, False) == 0
    assert capfdbinary.readouterr() == (out.read_bytes(), b"")
    with pytest.raises(BadInput, match="exists already"):
        run_export(session, "clients", "csv", str(out), None, False)
    assert run_export(session, "clients", "json", str(out), "larch", True) == 0
    assert json.loads(out.read_text())[0]["name"] == "Lärche"
