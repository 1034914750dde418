"""Going back: an older program refuses the desk of a newer one in one sentence, and leaves it as it lies (F11)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from builders import a_client, a_desk, at, files_beside, found, stranger
from changedesk.cli.main import run
from changedesk.errors import DeskUnusable
from changedesk.services import desks
from changedesk.services.session import open_session
from changedesk.store.desk import database, files, migrate
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

pytestmark = pytest.mark.fault("F11")

NEWER = migrate.SCHEMA + 7
SAID = f"has schema {NEWER}, newer than the schema {migrate.SCHEMA} of this program; nothing was changed"
VERBS = (
    "", "--read-only", "status", "show X", "verify", "doctor", "checkpoint end.json", "backup copy.db", "audit list",
    "sign X --checkpoint planning --lane people", "observe X --audience a --metric m --date 2026-11-01 --value 1/2",
    "import in.csv --kind clients", "import in.csv --kind clients --dry-run", "export - --kind clients", "imports --undo 1",
    "watch . --kind clients", "report X -", "restore backup.db", "init",
)  # fmt: skip
"""The dashboard, and verbs of every sort."""


def a_newer_program_takes(path: Path) -> None:
    """The desk is upgraded by a program that is newer than this one."""
    conn = stranger(path)
    conn.execute(f"PRAGMA user_version = {NEWER}")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()


def contents(path: Path) -> list[str]:
    """Everything that lies on a desk."""
    conn = stranger(path)
    try:
        return [f"schema {conn.execute('PRAGMA user_version').fetchone()[0]}", *conn.iterdump()]
    finally:
        conn.close()


@contextmanager
def the_newer_program() -> Iterator[None]:
    """This program as it will be with a step more."""
    step = ("0099_test", lambda conn: conn.execute("CREATE TABLE later (x TEXT) STRICT") and None)
    newer = migrate.SCHEMA + 1
    with pytest.MonkeyPatch.context() as patch:
        for module in (migrate, database):
            patch.setattr(module, "SCHEMA", newer)
        patch.setattr(migrate, "_STEPS", (*migrate._STEPS, step))
        yield


@pytest.fixture
def desk_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with a client, closed, with a backup and a file to import in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text("client,name\nbirch,Birch\n")
    with a_desk(tmp_path / "desk") as desk:
        a_client(desk)
        desks.back_up(open_session(desk), tmp_path / "backup.db")
        return desk.path


@pytest.mark.parametrize("words", VERBS)
def test_a_newer_desk_is_refused_by_screen_and_command_and_not_touched(
    desk_file: Path, capsys: pytest.CaptureFixture[str], words: str
) -> None:
    a_newer_program_takes(desk_file)
    before, around = desk_file.read_bytes(), files_beside(desk_file.parent)
    assert run([*words.split(), "--db", str(desk_file)]) == (2 if words == "init" else 3)
    out, said = capsys.readouterr()
    assert out == ""
    assert (SAID if words != "init" else "exists already") in said
    assert said.count("\n") == 1
    assert desk_file.read_bytes() == before
    assert files_beside(desk_file) == {"desk.db"}
    assert files_beside(desk_file.parent) == around


def test_the_backup_of_a_newer_desk_is_not_put_in_place(desk_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a_newer_program_takes(Path("backup.db"))
    before = desk_file.read_bytes(), Path("backup.db").read_bytes()
    assert run(["restore", "backup.db", "--db", str(desk_file)]) == 3
    assert capsys.readouterr().err.startswith(f"changedesk: backup.db {SAID}")
    assert run(["restore", "backup.db", "--db", "nowhere.db"]) == 3
    assert not Path("nowhere.db").exists()
    assert (desk_file.read_bytes(), Path("backup.db").read_bytes()) == before
    assert files_beside(desk_file) == {"desk.db"}


def test_a_program_that_is_open_while_a_newer_one_upgrades_the_desk_writes_nothing_more(desk_file: Path) -> None:
    with Desk(desk_file, at()) as desk:
        a_client(desk, "birch")
        desk.data_version()
        a_newer_program_takes(desk_file)
        before = contents(desk_file)
        with pytest.raises(DeskUnusable, match=SAID):
            a_client(desk, "cedar")
        for _ in range(2):
            with pytest.raises(DeskUnusable, match=SAID):
                desk.data_version()
    assert contents(desk_file) == before


def test_a_newer_desk_is_refused_also_while_its_upgrade_stands_in_the_log_alone(desk_file: Path) -> None:
    conn = stranger(desk_file)
    conn.execute("PRAGMA wal_autocheckpoint = 0")
    conn.execute(f"PRAGMA user_version = {NEWER}")
    assert files.read_header(desk_file).schema == migrate.SCHEMA, "the file itself does not say it yet"
    with pytest.raises(DeskUnusable, match=SAID):
        Desk(desk_file, at())
    conn.close()
    assert files.read_header(desk_file).schema == NEWER


def test_an_upgrade_that_a_newer_program_overtakes_leaves_the_desk_to_it(
    desk_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def then_the_newer(self: Desk, destination: Path, mode: int = 0o600) -> None:
        backup_to(self, destination, mode)
        a_newer_program_takes(desk_file)

    conn = stranger(desk_file)
    conn.execute(f"PRAGMA user_version = {migrate.SCHEMA - 1}")
    conn.close()
    backup_to = Desk.backup_to
    monkeypatch.setattr(Desk, "backup_to", then_the_newer)
    with pytest.raises(DeskUnusable, match=SAID):
        Desk(desk_file, at())
    assert contents(desk_file)[0] == f"schema {NEWER}"
    with sqlite3.connect(desk_file) as after:
        assert after.execute("SELECT count(*) FROM audit WHERE kind = 'desk.migrated'").fetchone() == (0,)
    after.close()


def test_the_copy_from_before_an_upgrade_brings_the_older_program_back(
    desk_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with the_newer_program(), Desk(desk_file, at()) as desk:
        a_client(desk, "birch")
    (copy,) = files_beside(desk_file) - {"desk.db"}
    assert run(["restore", str(desk_file.with_name(copy)), "--db", str(desk_file)]) == 3, (
        "the newer desk is kept as it is"
    )
    aside = desk_file.rename(desk_file.with_name("newer.db"))
    assert run(["restore", str(desk_file.with_name(copy)), "--db", str(desk_file)]) == 0
    capsys.readouterr()
    with Desk(desk_file, at()) as desk:
        assert found(desk, "SELECT code FROM client") == [("alder",)]
        assert check.check(desk, None).problems == ()
    with the_newer_program(), Desk(aside, at()) as desk:
        assert found(desk, "SELECT code FROM client ORDER BY code") == [("alder",), ("birch",)]
