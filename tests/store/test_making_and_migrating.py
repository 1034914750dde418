"""A desk is made whole or not at all, and brought up to date with a copy kept."""

from __future__ import annotations

import errno
import json
import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import OWNER, a_client, a_desk, an_initiative, at, files_beside, found, record, stranger
from changedesk.cli.main import run
from changedesk.errors import DeskUnusable
from changedesk.services import opening
from changedesk.store.desk import database, files, migrate
from changedesk.store.desk.creating import create_desk
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check
from changedesk.store.scope import Scope
from changedesk.store.summaries import initiative_summaries, refreshing


def _make(path: Path, fill: Callable[[Desk], None] | None = None, kind: str = "personal") -> None:
    create_desk(path, kind=kind, demo=False, owner=OWNER, clock=at(), fill=fill)


def _header(path: Path, schema: int) -> None:
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA user_version = {schema}")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    conn.close()


def test_a_new_desk_is_complete_and_proves_itself(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        assert (desk.facts.kind, desk.facts.demo) == ("personal", False)
        assert found(desk, "SELECT created_at FROM desk") == [("2026-11-26T14:02:00.000Z",)]
        assert check.check(desk, None) == check.Found(1, None, ())
        assert found(desk, "SELECT os_login, roles FROM account") == [(OWNER, "administrator")]
    assert files_beside(desk.path) == {"desk.db"}


@pytest.mark.parametrize(("kind", "file", "folder"), [("personal", 0o600, 0o700), ("shared", 0o660, 0o2770)])
@pytest.mark.parametrize("masked", [0, 0o22, 0o77])
def test_only_its_users_can_read_a_desk(tmp_path: Path, kind: str, file: int, folder: int, masked: int) -> None:
    before = os.umask(masked)
    try:
        _make(tmp_path / "new" / "desk.db", kind=kind)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "desk.db").stat().st_mode) == file
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == folder


def test_a_disk_without_room_for_a_new_desk_is_told_of_and_leaves_nothing(tmp_path: Path) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    path = tmp_path / "new" / "desk.db"
    ended = subprocess.run(
        [sys.executable, "-m", "changedesk", "init", "--db", str(path)],
        capture_output=True, text=True, check=False, preexec_fn=little_room,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ended.returncode == 3
    assert ended.stderr.startswith(f"changedesk: {path} cannot be used")
    assert not list(path.parent.iterdir())


def test_a_desk_that_fails_while_it_is_filled_leaves_nothing(tmp_path: Path) -> None:
    def fill(desk: Desk) -> None:
        a_client(desk)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _make(tmp_path / "desk.db", fill)
    assert list(tmp_path.iterdir()) == []


def test_two_who_make_the_same_desk_at_once_get_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"

    def fill(_desk: Desk) -> None:
        _make(path)

    with pytest.raises(DeskUnusable, match="exists already"):
        _make(path, fill)
    assert files_beside(path) == {"desk.db"}
    with Desk(path, at()) as desk:
        assert check.check(desk, None).problems == ()


@pytest.mark.parametrize("content", [b"", b"my letters", b"SQLite format 3\0"])
def test_an_existing_file_is_never_made_into_a_desk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    with pytest.raises(DeskUnusable, match="exists already"):
        _make(path)
    assert path.read_bytes() == content
    assert files_beside(path) == {"desk.db"}


def test_a_desk_is_not_made_where_the_folder_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskUnusable, match="cannot be made"):
        _make(tmp_path / "file" / "desk.db")


def test_a_place_that_refuses_the_name_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "not here")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(DeskUnusable, match="cannot be made: permission denied"):
        _make(tmp_path / "desk.db")
    assert list(tmp_path.iterdir()) == []


def test_an_older_desk_is_copied_before_it_is_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    _make(path, lambda desk: a_client(desk) and None)
    older = migrate.SCHEMA
    monkeypatch.setattr(migrate, "SCHEMA", older + 1)
    monkeypatch.setattr(database, "SCHEMA", older + 1)
    step = ("0002_test", lambda conn: conn.execute("CREATE TABLE later (x TEXT) STRICT") and None)
    monkeypatch.setattr(migrate, "_STEPS", (*migrate._STEPS, step))
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT count(*) FROM later") == [(0,)]
        assert found(desk, "SELECT code FROM client") == [("alder",)]
    assert files.read_header(path).schema == older + 1
    (copy,) = files_beside(path) - {"desk.db"}
    assert copy == f"desk.db.before-schema-{older}-to-{older + 1}-20261126T140200Z"
    assert files.read_header(tmp_path / copy).schema == older
    with stranger(tmp_path / copy) as conn:
        assert conn.execute("SELECT code FROM client").fetchall() == [("alder",)]
        assert conn.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").fetchone() == (0,)
    conn.close()


@pytest.mark.parametrize("looked_at", [True, False])
def test_the_wait_for_an_upgrade_is_said_once_and_only_to_who_looks_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], looked_at: bool
) -> None:
    path = tmp_path / "desk.db"
    _make(path)
    older = migrate.SCHEMA
    for module in (migrate, database, opening):
        monkeypatch.setattr(module, "SCHEMA", older + 1)
    step = ("0009_test", lambda conn: conn.execute("CREATE TABLE later (x TEXT) STRICT") and None)
    monkeypatch.setattr(migrate, "_STEPS", (*migrate._STEPS, step))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: looked_at)
    assert run(["status", "--db", str(path)]) == 0
    said = capsys.readouterr().err
    assert (f"is brought from schema {older} to {older + 1}, once; a copy is kept" in said) is looked_at
    assert said.count("\n") == int(looked_at)
    assert run(["status", "--db", str(path)]) == 0
    assert capsys.readouterr().err == "", "the second time there is nothing to wait for"


@pytest.mark.fault("F12")
def test_a_migration_that_fails_leaves_the_desk_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(conn: sqlite3.Connection) -> None:
        conn.execute("CREATE TABLE half_made (x TEXT) STRICT")
        raise ZeroDivisionError

    path = tmp_path / "desk.db"
    _make(path)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "SCHEMA", migrate.SCHEMA + 1)
        patch.setattr(database, "SCHEMA", database.SCHEMA + 1)
        patch.setattr(migrate, "_STEPS", (*migrate._STEPS, ("0002_fails", fail)))
        with pytest.raises(ZeroDivisionError):
            Desk(path, at())
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT count(*) FROM sqlite_schema WHERE name = 'half_made'") == [(0,)]
        assert check.check(desk, None).problems == ()


@pytest.mark.fault("F12")
def test_a_desk_whose_summaries_cannot_be_made_anew_stays_as_old_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    path = tmp_path / "desk.db"
    _make(path, lambda desk: an_initiative().on(desk) and None)
    older = migrate.SCHEMA
    monkeypatch.setattr(migrate, "SCHEMA", older + 1)
    monkeypatch.setattr(database, "SCHEMA", older + 1)
    monkeypatch.setattr(migrate, "_STEPS", (*migrate._STEPS, ("0002_test", lambda _: None)))
    with stranger(path) as conn:
        conn.execute("UPDATE standing SET body = '[]'")
    conn.close()
    with monkeypatch.context() as patch:
        patch.setattr(refreshing, "refresh", fail)
        with pytest.raises(ZeroDivisionError):
            Desk(path, at())
    assert files.read_header(path).schema == older
    with Desk(path, at()) as desk:
        assert check.stale_summaries(desk) == []
        assert found(desk, "SELECT count(*) FROM audit WHERE kind = 'desk.migrated'") == [(1,)]
        assert check.check(desk, None).problems == ()


def test_summaries_of_another_shape_are_made_anew_before_anybody_reads_them(tmp_path: Path) -> None:
    def people_are_ready(desk: Desk) -> None:
        initiative = an_initiative().with_audience("Office", 40).on(desk)
        ((office,),) = found(desk, "SELECT id FROM audience")
        record(desk, "readiness", initiative_id=initiative, audience_id=office, item="Trained", status="partial")

    path = tmp_path / "desk.db"
    _make(path, people_are_ready)
    with stranger(path) as conn:
        ((body,),) = conn.execute("SELECT body FROM standing").fetchall()
        standing = json.loads(body)
        standing[21][4:4] = ["Office", 50.0]
        conn.execute("UPDATE standing SET body = ?", (json.dumps(standing),))
    conn.close()
    _header(path, 13)
    with Desk(path, at()) as desk:
        (standing,) = initiative_summaries.standings(desk.reader(), Scope(None))
        assert standing.readiness.percent == 50
        assert check.stale_summaries(desk) == []


def test_two_programs_that_bring_a_desk_up_to_date_at_once_both_succeed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "desk.db"
    _make(path)
    older = migrate.SCHEMA
    others: list[int] = []

    def first_the_other(conn: sqlite3.Connection) -> None:
        conn.execute("CREATE TABLE later (x TEXT) STRICT")

    def copy_then_other(self: Desk, destination: Path, mode: int = 0o600) -> None:
        if not others:
            others.append(1)
            Desk(path, at()).close()
        backup_to(self, destination, mode)

    backup_to = Desk.backup_to
    monkeypatch.setattr(migrate, "SCHEMA", older + 1)
    monkeypatch.setattr(database, "SCHEMA", older + 1)
    monkeypatch.setattr(migrate, "_STEPS", (*migrate._STEPS, ("0002_test", first_the_other)))
    monkeypatch.setattr(Desk, "backup_to", copy_then_other)
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT count(*) FROM later") == [(0,)]
        assert found(desk, "SELECT count(*) FROM audit WHERE kind = 'desk.migrated'") == [(1,)], "it was one upgrade"


def test_a_desk_whose_version_was_lost_is_found_to_be_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    _make(path, lambda desk: a_client(desk) and None)
    _header(path, 0)
    with Desk(path, at()) as desk:
        assert found(desk, "SELECT code FROM client") == [("alder",)]
    assert files.read_header(path).schema == migrate.SCHEMA


def test_a_backup_is_whole_while_the_desk_is_in_use(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        a_client(desk)
        with desk.write("me") as transaction:
            transaction.conn.execute("INSERT INTO mention VALUES ('x', 'not yet')")
            desk.backup_to(tmp_path / "copy.db")
            transaction.record("test.made", "x", {})
    with Desk(tmp_path / "copy.db", at()) as copy:
        assert check.check(copy, None) == check.Found(2, None, ())
        assert found(copy, "SELECT count(*) FROM mention") == [(0,)]
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_backup_never_goes_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with a_desk(tmp_path) as desk, pytest.raises(DeskUnusable, match="exists already"):
        desk.backup_to(tmp_path / "copy.db")
    assert files_beside(desk.path) == {"desk.db", "copy.db"}
    assert (tmp_path / "copy.db").read_text() == "mine"
